//! Whether the code is as rustfmt writes it.

use crate::{part::Part, setup::Need};

pub(super) const fn part() -> Part {
    Part {
        name: "format",
        language: "rust",
        about: "the code is as rustfmt writes it",
        needs: &[Need::Component {
            name: "rustfmt",
            program: "cargo-fmt",
        }],
        run: |context, checks| {
            let step = context.program("cargo", &["fmt", "--all", "--check"]);
            checks.check("cargo fmt --check", step.run().verdict());
        },
    }
}
