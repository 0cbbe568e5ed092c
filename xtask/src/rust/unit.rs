//! Unit and integration tests.

use super::libtest;
use crate::part::Part;

/// Everything but doc tests, which are a part of their own.
const TARGETS: [&str; 5] = ["--lib", "--bins", "--tests", "--examples", "--no-fail-fast"];

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
                let arguments = [&["test"], scope, &TARGETS].concat();
                libtest::count(&context.cargo(&arguments).run(), checks);
            }
        },
    }
}
