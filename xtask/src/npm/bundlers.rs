//! Bundled by what users bundle with, the package still connects: each bundle is a subject that answers a vector.

use std::{path::Path, process::Command};

use super::{
    installed::{installed, program, tools},
    package::{NEEDS, step},
};
use crate::{checks::Checks, context::Context, part::Part, shell::Step};

pub(super) const fn part() -> Part {
    Part {
        name: "npm-bundlers",
        language: "npm",
        about: "the package bundled by esbuild, Vite, Rollup and webpack, and run",
        needs: NEEDS,
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    let with = ["bindings-wasm/npm/test/bundlers"];
    let found = installed(context, "bundlers", &with).and_then(|installed| {
        let newest = program(&tools(context, "runtimes")?, "node-newest/bin/node")?;
        Ok((installed, tools(context, "checks")?, newest))
    });
    let (installed, tools, node) = match found {
        Ok(found) => found,
        Err(problem) => return checks.check("the package is packed and installed", Err(problem)),
    };
    for bundler in ["esbuild", "esbuild-cjs", "vite", "rollup", "webpack"] {
        let words = ["bundle.mjs", bundler, &tools.display().to_string()];
        let program = node.display().to_string();
        let bundled = step(&program, &words, &installed.app);
        let ran = bundled.and_then(|()| bundle(&node, &installed.app.join(bundler)));
        checks.check(&format!("a bundle of {bundler} runs"), ran);
    }
}

/// It stands alone: no `node_modules` on its path.
fn bundle(node: &Path, folder: &Path) -> Result<(), String> {
    let alone = std::env::temp_dir().join(format!("square-oauth-bundle-{}", std::process::id()));
    super::package::remove(&alone)?;
    super::package::copy_all(folder, &alone)?;
    let mut command = Command::new(node);
    command.arg("program.js").current_dir(&alone);
    let finished = Step::new("node program.js", command).run();
    let verdict =
        finished
            .verdict()
            .and_then(|()| match finished.stdout().contains("bundled: ok") {
                true => Ok(()),
                false => Err(finished.stdout()),
            });
    super::package::remove(&alone)?;
    verdict
}
