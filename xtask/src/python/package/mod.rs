//! `cargo xtask package python`: wheels for Linux, and the source from which pip makes one anywhere else.
//! All of them come from one and the same tree.

mod contents;
mod manifest;
mod source;
mod target;
mod wheel;

use std::{
    fs,
    path::{Path, PathBuf},
};

use self::target::{TARGETS, Target};
use crate::{
    context::Context,
    python::environment::copy_folder,
    setup::{self, Need},
};

pub(crate) const WHAT: &str =
    "python (the client: wheels for Linux, and the source for everything else)";
/// One version for everything, so this crate's own is the package's too.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The crate that Python loads.
const CRATE: &str = "square-oauth-uniffi";
const PROJECT: &str = "bindings-uniffi/python";
/// What a wheel and the source begin their names with.
const NAME: &str = "square_oauth";

pub(crate) fn run(context: &Context) -> Result<(), String> {
    let tree = source::plant(context)?;
    let archive = source::pack(context, &tree, &packages(context)?)?;
    println!("  {} ({} KiB)", archive.display(), kibibytes(&archive));
    for target in &TARGETS {
        let wheel = build(context, &tree, target)?;
        println!("  {} ({} KiB)", wheel.display(), kibibytes(&wheel));
    }
    Ok(())
}

/// The wheel that users of such a machine as this one get; none if they build it from the source.
pub(super) fn for_this_machine(context: &Context) -> Option<Result<PathBuf, String>> {
    let target = TARGETS.iter().find(|target| target.is_this_machines())?;
    Some(source::plant(context).and_then(|tree| build(context, &tree, target)))
}

/// The source as it is published.
pub(super) fn archive(context: &Context) -> Result<PathBuf, String> {
    source::pack(context, &source::plant(context)?, &packages(context)?)
}

/// The same, made in another folder of a copy of what it is made of.
pub(super) fn archive_elsewhere(context: &Context, folder: &Path) -> Result<PathBuf, String> {
    let tree = folder.join("source");
    copy_folder(&source::plant(context)?, &tree)?;
    source::pack(context, &tree, folder)
}

fn build(context: &Context, tree: &Path, target: &Target) -> Result<PathBuf, String> {
    setup::bring(context, &Need::Target(target.triple))?;
    let wheel = wheel::build(context, tree, target)?;
    let told = contents::check(context, &wheel, target)?;
    println!("  {}: {told}", target.triple);
    Ok(wheel)
}

/// Where everything is put together.
fn staging(context: &Context) -> PathBuf {
    context.target().join("packaging/python")
}

/// Where everything is left.
fn packages(context: &Context) -> Result<PathBuf, String> {
    let folder = context.target().join("packages");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(folder)
}

fn kibibytes(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len()) / 1024
}
