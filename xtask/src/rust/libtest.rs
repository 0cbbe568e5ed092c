//! Counts what Rust's own test harness reports.

use std::time::Duration;

use crate::{checks::Checks, context::Context};

/// A test that hangs is ended, long before the machine is.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// What the closing lines of all test binaries add up to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Summary {
    passed: u64,
    failed: u64,
    /// Test binaries that cargo started.
    started: u64,
    /// Those that said how they ended.
    ended: u64,
}

/// Runs one `cargo test` and adds what it counted; a failure's output comes without what went well.
///
/// A binary that dies in the middle says nothing at the end, and one that does not compile never
/// starts: each is a failure too.
pub(crate) fn run(context: &Context, arguments: &[&str], checks: &mut Checks) {
    let finished = context
        .cargo(&[&["test", "--no-fail-fast"], arguments].concat())
        .limit(LIMIT)
        .run();
    let summary = summarize(finished.lines());
    checks.add(summary.passed, summary.failed);
    let Summary {
        passed,
        failed,
        ended,
        ..
    } = summary;
    println!("        {passed} passed, {failed} failed in {ended} test binaries");
    let silent = summary.started.saturating_sub(summary.ended);
    if silent > 0 {
        checks.check(
            "every test binary lives to its end",
            Err(format!("{silent} did not")),
        );
    }
    if let Err(output) = finished.verdict() {
        let output: String = output
            .lines()
            .filter(|l| !went_well(l))
            .map(|l| format!("{l}\n"))
            .collect();
        if summary.failed == 0 && silent == 0 {
            checks.check("cargo test", Err(output));
        } else {
            println!("{output}");
        }
    }
}

fn went_well(line: &str) -> bool {
    line.starts_with("test ") && line.ends_with(" ... ok")
}

fn summarize<'a>(lines: impl Iterator<Item = &'a str>) -> Summary {
    let mut summary = Summary::default();
    for line in lines.map(str::trim_start) {
        if line.starts_with("Running ") || line.starts_with("Doc-tests ") {
            summary.started += 1;
        } else if let Some(result) = line.strip_prefix("test result: ") {
            summary.ended += 1;
            summary.passed += number_before(" passed", result);
            summary.failed += number_before(" failed", result);
        }
    }
    summary
}

fn number_before(word: &str, line: &str) -> u64 {
    let before = line.split_once(word).map_or("", |(before, _)| before);
    before
        .rsplit(' ')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_all_binaries_are_added_up() {
        let output = "\
     Running unittests src/lib.rs (target/debug/deps/a-1)
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
     Running tests/b.rs (target/debug/deps/b-1)
test x ... FAILED
test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
   Doc-tests a
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        let summary = summarize(output.lines());
        assert_eq!(
            summary,
            Summary {
                passed: 16,
                failed: 2,
                started: 3,
                ended: 3
            }
        );
    }

    #[test]
    fn a_binary_that_dies_has_started_and_not_ended() {
        let output = "\
     Running unittests src/lib.rs (target/debug/deps/a-1)
running 2 tests
error: test failed, to rerun pass `-p a --lib`
  process didn't exit successfully: `a-1` (signal: 6, SIGABRT: process abort signal)";
        let summary = summarize(output.lines());
        assert_eq!((summary.started, summary.ended), (1, 0));
    }
}
