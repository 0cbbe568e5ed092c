//! Fuzzing: every target for a while, from the conformance vectors onwards.
//!
//! Built with the pinned toolchain and without sanitizers: there is no unsafe code of ours that they
//! could look at, and so no second toolchain is needed.

mod seeds;
mod target;

use std::{collections::VecDeque, fs, sync::Mutex, thread, time::Duration};

use self::target::Target;
use crate::{
    checks::Checks,
    context::Context,
    part::Part,
    setup::{self, Need},
};

const TOOL: &str = "cargo-fuzz";
/// In the test each target has this long, two at a time.
const SHORT: Duration = Duration::from_secs(30);
pub(crate) const AT_A_TIME: usize = 2;
const MANIFEST: &str = "fuzz/Cargo.toml";

pub(crate) const NEEDS: &[Need] = &[
    Need::Tool {
        name: TOOL,
        version: "0.13.2",
    },
    // libFuzzer is C++, and is built from its sources.
    Need::Program {
        name: "c++",
        package: "g++",
    },
];

pub(crate) const fn part() -> Part {
    Part {
        name: "fuzz",
        language: "rust",
        about: "each fuzz target finds nothing for 30 s, from the vectors onwards",
        needs: NEEDS,
        run: |context, checks| {
            style(context, checks);
            run(context, SHORT, checks);
        },
    }
}

/// The names of the targets, which are those of their files.
pub(crate) fn names(context: &Context) -> Result<Vec<String>, String> {
    let folder = context.root.join("fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let files = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = files
        .filter_map(|file| Some(file.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

/// Builds all targets and runs each for this long; each is one check.
pub(crate) fn run(context: &Context, each: Duration, checks: &mut Checks) {
    let built = build(context).and_then(|()| Ok((names(context)?, seeds::write(context)?)));
    let (names, counts) = match built {
        Ok(built) => built,
        Err(problem) => return checks.check("the targets are built", Err(problem)),
    };
    let waiting = Mutex::new(names.iter().collect::<VecDeque<_>>());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(name) = next(&waiting) {
                    let result = Target::new(context, name).and_then(|target| target.run(each));
                    if let Ok(mut done) = done.lock() {
                        done.push((name, result));
                    }
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_default();
    for (name, result) in &done {
        match result {
            Ok(tried) => checks.check(&format!("{name}: {tried} inputs"), Ok::<_, String>(())),
            Err(problem) => checks.check(name, Err(problem)),
        }
    }
    let seedless: Vec<_> = names.iter().filter(|n| !counts.contains_key(*n)).collect();
    let seeded = match seedless.as_slice() {
        [] => Ok(()),
        some => Err(format!("no vector is a seed for {some:?}")),
    };
    checks.check("every target starts from the vectors", seeded);
    let all = if done.len() == names.len() && !names.is_empty() {
        Ok(())
    } else {
        Err(format!("{} of {} targets ran", done.len(), names.len()))
    };
    checks.check("every target ran", all);
}

fn next<T>(waiting: &Mutex<VecDeque<T>>) -> Option<T> {
    waiting.lock().ok()?.pop_front()
}

fn build(context: &Context) -> Result<(), String> {
    let tool = setup::tool(context, TOOL).display().to_string();
    let folder = target::folder(context).display().to_string();
    let arguments = [
        "build",
        "--fuzz-dir",
        "fuzz",
        "--target-dir",
        &folder,
        "--sanitizer",
        "none",
    ];
    let step = context.program(&tool, &arguments);
    step.limit(Duration::from_secs(30 * 60)).run().verdict()
}

/// The package is no member of the workspace, so nothing else looks at its style.
fn style(context: &Context, checks: &mut Checks) {
    let format = ["fmt", "--manifest-path", MANIFEST, "--check"];
    let format = context.program("cargo", &format).run().verdict();
    checks.check("cargo fmt --check", format);
    let folder = target::folder(context).display().to_string();
    let lint = [
        "clippy",
        "--manifest-path",
        MANIFEST,
        "--target-dir",
        &folder,
        "--",
        "-D",
        "warnings",
    ];
    let lint = context.cargo(&lint).env("RUSTFLAGS", "--cfg fuzzing").run();
    checks.check("cargo clippy", lint.verdict());
}
