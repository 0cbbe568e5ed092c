//! `cargo xtask package emulator`: a wheel for Python and a package for Node, with one and the same
//! binary in both.

mod npm;
mod stage;
mod wheel;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{context::Context, package::glibc};

pub(crate) const WHAT: &str = "emulator (a wheel and an npm package that hold its binary)";
/// One version for everything, so this crate's own is theirs too.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What both packages hold a binary for; `emulator/packages` says so in words.
const TARGET: &str = "x86_64-unknown-linux-gnu";
const PROGRAM: &str = "square-oauth-emulator";

/// What was packed.
#[derive(Debug)]
pub(super) struct Packages {
    pub(super) wheel: PathBuf,
    pub(super) tarball: PathBuf,
}

pub(crate) fn run(context: &Context) -> Result<(), String> {
    pack(context).map(drop)
}

pub(super) fn pack(context: &Context) -> Result<Packages, String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err(format!(
            "the binary for {TARGET} is built on x86_64 Linux only"
        ));
    }
    let packages = context.target().join("packages");
    let staging = context.target().join("packaging/emulator");
    create(&packages)?;
    recreate(&staging)?;
    let wheel = wheel::build(context, &staging.join("python"), &packages)?;
    let binary = wheel::binary(context, &wheel, &staging.join("unpacked"))?;
    println!(
        "  the binary needs {}, and is {}",
        glibc::needed(&binary)?,
        size(&binary)
    );
    let tarball = npm::build(context, &staging.join("npm"), &binary, &packages)?;
    for package in [&wheel, &tarball] {
        println!("  {} ({})", package.display(), size(package));
    }
    Ok(Packages { wheel, tarball })
}

fn size(file: &Path) -> String {
    let bytes = fs::metadata(file).map_or(0, |metadata| metadata.len());
    let tenths = bytes * 10 / (1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

fn create(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))
}

/// An empty folder, whatever was there before.
fn recreate(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    create(folder)
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to)
        .map(drop)
        .map_err(|e| format!("{} to {}: {e}", from.display(), to.display()))
}
