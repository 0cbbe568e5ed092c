//! The programs, the pinned peers and our own package, in a folder of their own.

use std::{fs, path::Path};

use super::super::{Amount, Programs, copy_programs};
use crate::{context::Context, npm::package, setup};

pub(super) fn programs(context: &Context, amount: &Amount) -> Result<Programs, String> {
    for need in package::NEEDS {
        setup::bring(context, need)?;
    }
    let folder = copy_programs(context, "npm", amount)?;
    if !amount.smoke {
        package::install(&context.root.join("benches/npm"), &folder)?;
    }
    let tarball = package::pack(context, &context.target().join("packaging/npm"))?;
    unpack(context, &tarball, &folder.join("node_modules/square-oauth"))?;
    Ok(Programs {
        interpreter: "node".into(),
        script: "run.mjs",
        folder,
    })
}

/// As npm would, which would also look after all the others.
fn unpack(context: &Context, tarball: &Path, folder: &Path) -> Result<(), String> {
    let problem = |e: std::io::Error| format!("{}: {e}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(problem)?;
    }
    fs::create_dir_all(folder).map_err(problem)?;
    let (tarball, folder) = (tarball.display().to_string(), folder.display().to_string());
    let words = ["xzf", &tarball, "--strip-components=1", "-C", &folder];
    context.program("tar", &words).run().verdict()
}
