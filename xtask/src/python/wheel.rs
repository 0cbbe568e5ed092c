//! The wheel that the tests install: of the same shape as the one that is packed, built as quickly as can be.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{context::Context, maturin};

pub(super) const PROJECT: &str = "bindings-uniffi/python";

pub(super) fn for_tests(context: &Context) -> Result<PathBuf, String> {
    build(
        context,
        &context.root.join(PROJECT),
        "wheel",
        &["--profile", "dev"],
    )
}

/// Builds one from a folder with a `pyproject.toml`.
pub(super) fn build(
    context: &Context,
    project: &Path,
    name: &str,
    arguments: &[&str],
) -> Result<PathBuf, String> {
    // A build that fails may leave half a wheel, which must not be taken for one.
    let fresh = context.target().join("python").join(name);
    let _ = fs::remove_dir_all(&fresh);
    let out = fresh.display().to_string();
    let arguments = [&["build", "--out", &out], arguments].concat();
    maturin::step(context, project, &arguments)?
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
