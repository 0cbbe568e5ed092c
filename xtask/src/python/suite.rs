//! The package's own tests, against the installed wheel.

use super::{
    NEEDS,
    environment::Environment,
    interpreter::{self, Interpreter},
    wheel,
};
use crate::{checks::Checks, context::Context, part::Part, shell::Finished};

const REQUIREMENTS: &str = "bindings-uniffi/python/tests/requirements.txt";

pub(super) const fn part() -> Part {
    Part {
        name: "python-suite",
        language: "python",
        about: "the installed wheel: both clients, event loops, threads, forks, exits, secrets, leaks, Square's SDK",
        needs: NEEDS,
        run: |context, checks| match interpreter::usual() {
            Ok(interpreter) => run(context, checks, &interpreter, "25"),
            Err(problem) => checks.check("python3", Err(problem)),
        },
    }
}

pub(super) const fn other_part() -> Part {
    Part {
        name: "python-other",
        language: "python",
        about: "the same wheel and tests with another version of Python",
        needs: NEEDS,
        run: |context, checks| match interpreter::other() {
            Ok(interpreter) => run(context, checks, &interpreter, "8"),
            Err(problem) => checks.not_run("another Python", &problem, context.ci),
        },
    }
}

pub(super) const fn oldest_part() -> Part {
    Part {
        name: "python-oldest",
        language: "python",
        about: "the same wheel and tests with the oldest Python that it installs on",
        needs: NEEDS,
        run: |context, checks| match interpreter::oldest() {
            Ok(interpreter) => run(context, checks, &interpreter, "8"),
            Err(problem) => checks.not_run("the oldest Python", &problem, context.ci),
        },
    }
}

fn run(context: &Context, checks: &mut Checks, interpreter: &Interpreter, exits: &str) {
    if let Err(problem) = tests(context, checks, interpreter, exits) {
        checks.check("the tests run", Err(problem));
    }
}

/// `exits` is how often each way to leave the interpreter is tried.
fn tests(
    context: &Context,
    checks: &mut Checks,
    interpreter: &Interpreter,
    exits: &str,
) -> Result<(), String> {
    let wheel = wheel::for_tests(context)?;
    let requirements = context.read(REQUIREMENTS)?;
    let environment = Environment::with(context, interpreter, "tests", &wheel, &requirements)?;
    environment.copy(context, "bindings-uniffi/python/tests", "tests")?;
    let finished = environment
        .run(&[
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-rs",
            "tests",
        ])
        .env("SQUARE_OAUTH_EMULATOR", &emulator(context)?)
        .env("EXIT_RUNS", exits)
        .run();
    add(context, checks, interpreter, &finished)
}

/// Adds what pytest has counted.
pub(super) fn add(
    context: &Context,
    checks: &mut Checks,
    interpreter: &Interpreter,
    finished: &Finished,
) -> Result<(), String> {
    let last = finished.lines().rfind(|line| line.contains(" in "));
    let counted = last.and_then(Counted::said);
    let counted = counted.ok_or_else(|| {
        let verdict = finished.verdict().err();
        verdict.unwrap_or_else(|| "pytest counted nothing".to_owned())
    })?;
    println!(
        "  CPython {}: {} passed, {} failed",
        interpreter.version, counted.passed, counted.failed
    );
    checks.add(counted.passed, counted.failed);
    if counted.skipped > 0 {
        let why = format!("{} were skipped", counted.skipped);
        checks.not_run("tests", &why, context.ci);
    }
    match counted.failed {
        0 => finished.verdict(),
        _ => {
            println!("{}", finished.stdout());
            Ok(())
        }
    }
}

/// The emulator's program, built from the repository: it is another language's part that packs it.
pub(super) fn emulator(context: &Context) -> Result<String, String> {
    let package = ["build", "--package", "square-oauth-emulator"];
    context.cargo(&package).run().verdict()?;
    let program = context.target().join("debug/square-oauth-emulator");
    Ok(program.display().to_string())
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counted {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Counted {
    /// Those of pytest's last line.
    fn said(line: &str) -> Option<Self> {
        let mut counted = Self::default();
        let (counts, _) = line.trim_matches(['=', ' ']).rsplit_once(" in ")?;
        for count in counts.split(", ") {
            let (number, what) = count.split_once(' ')?;
            let number: u64 = number.parse().ok()?;
            match what {
                "passed" | "xpassed" => counted.passed += number,
                "failed" | "error" | "errors" => counted.failed += number,
                "skipped" | "xfailed" => counted.skipped += number,
                "warning" | "warnings" => {}
                _ => return None,
            }
        }
        (counted != Self::default()).then_some(counted)
    }
}

#[cfg(test)]
mod tests {
    use super::Counted;

    #[test]
    fn pytests_last_line_is_read() {
        let said = |line| Counted::said(line).map(|c| (c.passed, c.failed, c.skipped));
        assert_eq!(
            said("1 failed, 98 passed, 2 skipped, 1 error in 143.12s (0:02:23)"),
            Some((98, 2, 2))
        );
        assert_eq!(said("==== 3 passed in 0.10s ===="), Some((3, 0, 0)));
        assert_eq!(said("no tests ran in 0.01s"), None);
        assert_eq!(said("error in setup"), None);
    }
}
