//! Unit and integration tests.

use super::libtest;
use crate::part::Part;

/// Everything but doc tests, which are a part of their own.
const TARGETS: [&str; 4] = ["--lib", "--bins", "--tests", "--examples"];

pub(super) const fn part() -> Part {
    Part {
        name: "unit",
        language: "rust",
        about: "unit and integration tests, with all features and the core with its default ones",
        needs: &[],
        run: |context, checks| {
            for scope in [
                &["--workspace", "--all-features"][..],
                &["--package", "square-oauth"],
            ] {
                let arguments = [scope, &TARGETS].concat();
                // Built apart, so that the time limit is one for the tests alone.
                let build = context
                    .cargo(&[&["test", "--no-run"], &arguments[..]].concat())
                    .run();
                match build.verdict() {
                    Ok(()) => libtest::run(context, &arguments, checks),
                    Err(problem) => checks.check("the tests compile", Err(problem)),
                }
            }
        },
    }
}
