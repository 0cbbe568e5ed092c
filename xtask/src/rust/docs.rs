//! The documentation: every snippet compiles and runs, every link leads somewhere.

use super::libtest;
use crate::part::Part;

pub(super) const fn part() -> Part {
    Part {
        name: "docs",
        language: "rust",
        about: "every snippet compiles and runs, rustdoc finds nothing",
        needs: &[],
        run: |context, checks| {
            libtest::run(context, &["--doc", "--workspace", "--all-features"], checks);
            let pages = ["doc", "--no-deps", "--workspace", "--all-features"];
            let pages = context
                .cargo(&pages)
                .env("RUSTDOCFLAGS", "-D warnings")
                .run();
            checks.check("cargo doc", pages.verdict());
        },
    }
}
