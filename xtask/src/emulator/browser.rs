//! The emulator's pages in a real browser.

use std::fs;

use crate::{part::Part, rust::libtest, setup::Need};

const PACKAGE: &str = "square-oauth-emulator-browser-tests";

pub(super) const fn part() -> Part {
    Part {
        name: "browser",
        language: "emulator",
        about: "the emulator's pages in Chromium, with pictures in target/artefacts/browser",
        needs: &[
            Need::Program {
                name: "chromium",
                package: "chromium",
            },
            Need::Program {
                name: "chromedriver",
                package: "chromium-driver",
            },
        ],
        run: |context, checks| {
            // So that no picture is older than the pages are.
            let pictures = context.target().join("artefacts/browser");
            let _ = fs::remove_dir_all(&pictures);
            let build = ["test", "--no-run", "--package", PACKAGE];
            match context.cargo(&build).run().verdict() {
                Ok(()) => libtest::run(context, &["--package", PACKAGE, "--", "--ignored"], checks),
                Err(problem) => checks.check("the tests compile", Err(problem)),
            }
            println!("  pictures: {}", pictures.display());
        },
    }
}
