//! The wheel. maturin builds the binary with zig as its linker, so that it runs with a C library much
//! older than this machine's, and refuses to tag what it finds to need a newer one.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{PROGRAM, TARGET, recreate, stage, write};
use crate::{context::Context, shell::Step};

const MATURIN: &str = "maturin==1.16.0";
const ZIG: &str = "ziglang==0.17.1";
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
    let tools = tools(context)?;
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
    let mut arguments = vec!["build", "--release", "--zig", "--compatibility", TAG];
    arguments.extend(["--target", TARGET, "--out", &out]);
    arguments.extend(context.ci.then_some("--locked"));
    let mut command = Command::new(tools.join("maturin"));
    command.args(&arguments).current_dir(folder);
    let path = env::var("PATH").unwrap_or_default();
    Step::new(format!("maturin {}", arguments.join(" ")), command)
        .env("PATH", &format!("{}:{path}", tools.display()))
        .env("CARGO_ENCODED_RUSTFLAGS", &nameless(context))
        .env("CARGO_TARGET_DIR", &context.target().display().to_string())
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

/// The folder of a Python environment's programs, made once, with exactly these versions.
fn tools(context: &Context) -> Result<PathBuf, String> {
    let name = format!("{MATURIN}-{ZIG}").replace("==", "-");
    let folder = context.tools().join(name);
    let complete = folder.join("complete");
    if !complete.exists() {
        recreate(&folder)?;
        let at = folder.display().to_string();
        context
            .program("python3", &["-m", "venv", &at])
            .run()
            .verdict()?;
        let pip = folder.join("bin/pip").display().to_string();
        let install = ["install", "--quiet", MATURIN, ZIG];
        context.program(&pip, &install).run().verdict()?;
        write(&complete, "")?;
    }
    Ok(folder.join("bin"))
}

/// Flags that keep this machine's folders out of the binary's messages.
fn nameless(context: &Context) -> String {
    let home = env::var("CARGO_HOME")
        .ok()
        .or_else(|| Some(env::var("HOME").ok()? + "/.cargo"));
    let registry = home.map(|home| format!("--remap-path-prefix={home}/registry/src=crates"));
    let own = format!(
        "--remap-path-prefix={}=square-oauth",
        context.root.display()
    );
    let flags: Vec<_> = registry.into_iter().chain([own]).collect();
    flags.join("\u{1f}")
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
