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
            let tests = [
                "test",
                "--doc",
                "--workspace",
                "--all-features",
                "--no-fail-fast",
            ];
            libtest::count(&context.cargo(&tests).run(), checks);
            let pages = ["doc", "--no-deps", "--workspace", "--all-features"];
            let pages = context
                .cargo(&pages)
                .env("RUSTDOCFLAGS", "-D warnings")
                .run();
            checks.check("cargo doc", pages.verdict());
        },
    }
}
