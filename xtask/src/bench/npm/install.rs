//! The programs, the pinned peers and our own package, in a folder of their own.

use std::{fs, path::Path, process::Command};

use super::super::{Amount, Programs, copy_programs, once_for};
use crate::{
    context::Context,
    setup::{self, Need},
    shell::Step,
};

const NEEDS: [Need; 2] = [
    Need::Program {
        name: "node",
        package: "nodejs",
    },
    Need::Program {
        name: "npm",
        package: "npm",
    },
];

pub(super) fn programs(context: &Context, amount: &Amount) -> Result<Programs, String> {
    for need in &NEEDS {
        setup::bring(context, need)?;
    }
    let folder = copy_programs(context, "npm", amount)?;
    if !amount.smoke {
        let lock = context.read("benches/npm/package-lock.json")?;
        once_for(&lock, &folder.join("installed-lock.json"), || {
            // Nothing that is measured needs a script of its own to be installed.
            npm(
                &folder,
                &["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            )
        })?;
    }
    unpack(context, &folder.join("node_modules/square-oauth"))?;
    Ok(Programs {
        interpreter: "node".into(),
        script: "run.mjs",
        folder,
    })
}

fn npm(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(folder);
    let label = format!("npm {}", arguments.join(" "));
    Step::new(label, command).run().verdict()
}

/// As npm would, which would also look after all the others.
fn unpack(context: &Context, folder: &Path) -> Result<(), String> {
    let tarball = context.target().join(concat!(
        "packages/square-oauth-",
        env!("CARGO_PKG_VERSION"),
        ".tgz"
    ));
    let problem = |e: std::io::Error| format!("{}: {e}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(problem)?;
    }
    fs::create_dir_all(folder).map_err(problem)?;
    let (tarball, folder) = (tarball.display().to_string(), folder.display().to_string());
    let words = ["xzf", &tarball, "--strip-components=1", "-C", &folder];
    context.program("tar", &words).run().verdict()
}
