//! The wheel. maturin builds the binary with zig as its linker, so that it runs with a C library much
//! older than this machine's, and refuses to tag what it finds to need a newer one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{PROGRAM, TARGET, recreate, stage, write};
use crate::{context::Context, maturin};

/// The first glibc that Rust's standard library runs with is the one of this tag.
const TAG: &str = "manylinux2014";

const WORDS: stage::Words = stage::Words {
    language: "Python",
    fence: "python",
    install: "pip install square-oauth-emulator",
    command: PROGRAM,
    elsewhere: "There is no wheel for other platforms: with Rust, `cargo install square-oauth-emulator` builds it there.",
};

pub(super) fn build(context: &Context, folder: &Path, into: &Path) -> Result<PathBuf, String> {
    recreate(folder)?;
    stage::stage(context, folder, &WORDS)?;
    let manifest = context
        .root
        .join("emulator/Cargo.toml")
        .display()
        .to_string();
    let project = stage::source(context, "python/pyproject.toml")?;
    let project = stage::fill(&project, &[("manifest", &manifest)])?;
    write(&folder.join("pyproject.toml"), &project)?;

    // A build that fails may leave half a wheel, which must not be taken for one.
    let fresh = folder.join("out");
    let out = fresh.display().to_string();
    let arguments = ["build", "--release", "--zig", "--compatibility", TAG];
    let arguments = [&arguments[..], &["--target", TARGET, "--out", &out]].concat();
    let step = maturin::step(context, folder, &arguments)?;
    maturin::nameless(context, step, &context.root)
        .run()
        .verdict()?;
    keep(&fresh, into)
}

/// The binary as it is in the wheel.
pub(super) fn binary(context: &Context, wheel: &Path, into: &Path) -> Result<PathBuf, String> {
    let (wheel, folder) = (wheel.display().to_string(), into.display().to_string());
    let unpack = ["-m", "zipfile", "-e", &wheel, &folder];
    context.program("python3", &unpack).run().verdict()?;
    let data = format!("square_oauth_emulator-{}.data/scripts", super::VERSION);
    let binary = into.join(data).join(PROGRAM);
    match binary.is_file() {
        true => Ok(binary),
        false => Err(format!("{wheel} holds no {PROGRAM}")),
    }
}

/// Moves the one wheel that was built to where packages are kept.
fn keep(from: &Path, into: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(from).map_err(|e| format!("{}: {e}", from.display()))?;
    let mut wheels = entries.flatten().map(|entry| entry.path());
    let (Some(wheel), None) = (wheels.next(), wheels.next()) else {
        return Err(format!("{}: one wheel was expected", from.display()));
    };
    let to = into.join(wheel.file_name().unwrap_or_default());
    super::copy(&wheel, &to)?;
    Ok(to)
}
