//! maturin, which makes wheels, and zig, its linker where a wheel has to run with an older C library or on
//! another machine.

use std::{env, fs, path::Path, path::PathBuf, process::Command};

use crate::{context::Context, shell::Step};

const MATURIN: &str = "maturin==1.16.0";
const ZIG: &str = "ziglang==0.17.1";

/// A run of maturin in a folder with a `pyproject.toml`, not yet started.
pub(crate) fn step(context: &Context, folder: &Path, arguments: &[&str]) -> Result<Step, String> {
    let tools = tools(context)?;
    let mut command = Command::new(tools.join("maturin"));
    command.args(arguments).current_dir(folder);
    if context.ci && arguments.first() == Some(&"build") {
        command.arg("--locked");
    }
    let path = env::var("PATH").unwrap_or_default();
    Ok(
        Step::new(format!("maturin {}", arguments.join(" ")), command)
            .env("PATH", &format!("{}:{path}", tools.display()))
            .env("CARGO_TARGET_DIR", &context.target().display().to_string()),
    )
}

/// A wheel that others install must not name this machine's folders.
pub(crate) fn nameless(context: &Context, step: Step) -> Step {
    let home = env::var("CARGO_HOME")
        .ok()
        .or_else(|| Some(env::var("HOME").ok()? + "/.cargo"));
    let registry = home.map(|home| format!("--remap-path-prefix={home}/registry/src=crates"));
    let own = format!(
        "--remap-path-prefix={}=square-oauth",
        context.root.display()
    );
    let flags: Vec<_> = registry.into_iter().chain([own]).collect();
    step.env("CARGO_ENCODED_RUSTFLAGS", &flags.join("\u{1f}"))
}

/// The folder of a Python environment's programs, made once, with exactly these versions.
fn tools(context: &Context) -> Result<PathBuf, String> {
    let name = format!("{MATURIN}-{ZIG}").replace("==", "-");
    let folder = context.tools().join(name);
    let complete = folder.join("complete");
    if !complete.exists() {
        let at = folder.display().to_string();
        context
            .program("python3", &["-m", "venv", "--clear", &at])
            .run()
            .verdict()?;
        let pip = folder.join("bin/pip").display().to_string();
        let install = ["install", "--quiet", MATURIN, ZIG];
        context.program(&pip, &install).run().verdict()?;
        fs::write(&complete, "").map_err(|e| format!("{}: {e}", complete.display()))?;
    }
    Ok(folder.join("bin"))
}
