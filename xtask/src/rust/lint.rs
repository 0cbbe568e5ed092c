//! Clippy over everything, and over the core in each combination of its features.

use crate::{checks::Checks, context::Context, part::Part, setup::Need};

/// What is looked at; a feature that only ever compiles together with another is half a feature.
const SCOPES: [&[&str]; 6] = [
    &["--workspace"],
    &["--workspace", "--all-features"],
    &["--package", "square-oauth", "--no-default-features"],
    &["--package", "square-oauth", "--features", "tracing"],
    &["--package", "square-oauth", "--features", "native"],
    &["--package", "square-oauth", "--features", "web"],
];

pub(super) const fn part() -> Part {
    Part {
        name: "lint",
        language: "rust",
        about: "clippy finds nothing, whatever features are on",
        needs: &[Need::Component {
            name: "clippy",
            program: "cargo-clippy",
        }],
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    for scope in SCOPES {
        let arguments = [
            &["clippy", "--all-targets"],
            scope,
            &["--", "-D", "warnings"],
        ]
        .concat();
        checks.check(
            &format!("clippy {}", scope.join(" ")),
            context.cargo(&arguments).run().verdict(),
        );
    }
}
