//! Whether the core compiles where there is no operating system.

use crate::{part::Part, setup::Need};

const TARGET: &str = "wasm32-unknown-unknown";

pub(super) const fn part() -> Part {
    Part {
        name: "wasm",
        language: "rust",
        about: "the core compiles to WebAssembly",
        needs: &[Need::Target(TARGET)],
        run: |context, checks| {
            for features in [&[][..], &["--features", "tracing"], &["--features", "web"]] {
                let check = ["check", "--package", "square-oauth", "--target", TARGET];
                let step = context
                    .cargo(&[&check, features].concat())
                    .env("RUSTFLAGS", "-D warnings");
                let name = format!("cargo {} {}", check.join(" "), features.join(" "));
                checks.check(name.trim_end(), step.run().verdict());
            }
        },
    }
}
