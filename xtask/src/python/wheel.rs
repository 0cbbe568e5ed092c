//! The wheel that is installed here.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use super::package;
use crate::{context::Context, maturin};

const PROJECT: &str = "bindings-uniffi/python";

/// As users get it, packed once for all parts of the test.
pub(crate) fn for_tests(context: &Context) -> Result<PathBuf, String> {
    static PACKED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let pack = || package::for_this_machine(context).unwrap_or_else(|| for_demo(context));
    PACKED.get_or_init(pack).clone()
}

/// Of the same shape, built as quickly as can be: somebody is waiting.
pub(super) fn for_demo(context: &Context) -> Result<PathBuf, String> {
    // A build that fails may leave half a wheel, which must not be taken for one.
    let fresh = context.target().join("python/wheel");
    let _ = fs::remove_dir_all(&fresh);
    let out = fresh.display().to_string();
    let arguments = ["build", "--profile", "dev", "--out", &out];
    maturin::step(context, &context.root.join(PROJECT), &arguments)?
        .run()
        .verdict()?;
    only(&fresh)
}

/// The one file of a folder.
pub(super) fn only(folder: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files = entries.flatten().map(|entry| entry.path());
    match (files.next(), files.next()) {
        (Some(file), None) => Ok(file),
        _ => Err(format!("{}: one file was expected", folder.display())),
    }
}
