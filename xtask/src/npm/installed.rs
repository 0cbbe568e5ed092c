//! The package as a user has it: out of its tarball, in a folder that has nothing else, with no checkout above it but
//! the target folder.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::package::{self, copy_all, install, remove, step};
use crate::context::Context;

/// Where the package is installed, and the folders whose `node_modules` hold what it is tried with.
#[derive(Debug)]
pub(super) struct Installed {
    pub(super) tarball: PathBuf,
    pub(super) app: PathBuf,
    pub(super) package: PathBuf,
}

/// Packs and installs; what a test needs beside it is copied there.
pub(super) fn installed(context: &Context, name: &str, with: &[&str]) -> Result<Installed, String> {
    let tarball = package::pack(context, &context.target().join("packaging/npm"))?;
    let app = context.target().join("npm").join(name);
    remove(&app)?;
    for folder in with {
        copy_all(&context.root.join(folder), &app)?;
    }
    fs::create_dir_all(&app).map_err(|e| format!("{}: {e}", app.display()))?;
    let manifest = "{\"private\": true, \"type\": \"module\"}\n";
    fs::write(app.join("package.json"), manifest).map_err(|e| e.to_string())?;
    let file = tarball.display().to_string();
    let words = ["install", "--offline", "--ignore-scripts", "--no-audit"];
    step("npm", &[&words[..], &["--no-fund", &file]].concat(), &app)?;
    let package = app.join("node_modules/square-oauth");
    Ok(Installed {
        tarball,
        app,
        package,
    })
}

/// A folder of pinned tools, installed once.
pub(super) fn tools(context: &Context, name: &str) -> Result<PathBuf, String> {
    let folder = context.target().join("npm/tools").join(name);
    let manifest = context.root.join("bindings-wasm/npm/test").join(name);
    install(&manifest, &folder)?;
    Ok(folder)
}

/// A program that a package of pinned tools holds.
pub(super) fn program(tools: &Path, path: &str) -> Result<PathBuf, String> {
    let program = tools.join("node_modules").join(path);
    match program.is_file() {
        true => Ok(program),
        false => Err(format!("{} is not there: {} only", path, env::consts::ARCH)),
    }
}
