//! maturin, which makes wheels; zig, its linker where a wheel has to run with an older C library or on another
//! machine; and `wheel`, which opens and closes them.

use std::{env, fs, path::Path, path::PathBuf, process::Command};

use crate::{context::Context, package::nameless, shell::Step};

const MATURIN: &str = "maturin==1.16.0";
const ZIG: &str = "ziglang==0.17.1";
const WHEEL: &str = "wheel==0.48.0";
/// The first moment that a zip file can name, in seconds since 1970.
const EPOCH: &str = "315532800";

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

/// For a wheel that others install: what is compiled does not name the folder of its sources.
pub(crate) fn nameless(context: &Context, step: Step, sources: &Path) -> Step {
    let flags = nameless::flags(context, sources, "square-oauth", "crates");
    step.env("CARGO_ENCODED_RUSTFLAGS", &flags.join("\u{1f}"))
}

/// A run of `wheel`; whatever it packs gets the same date each time.
pub(crate) fn wheel(context: &Context, folder: &Path, arguments: &[&str]) -> Result<Step, String> {
    let mut command = Command::new(tools(context)?.join("wheel"));
    command.args(arguments).current_dir(folder);
    let step = Step::new(format!("wheel {}", arguments.join(" ")), command);
    Ok(step.env("SOURCE_DATE_EPOCH", EPOCH))
}

/// The folder of a Python environment's programs, made once, with exactly these versions.
fn tools(context: &Context) -> Result<PathBuf, String> {
    let name = format!("{MATURIN}-{ZIG}-{WHEEL}").replace("==", "-");
    let folder = context.tools().join(name);
    let complete = folder.join("complete");
    if !complete.exists() {
        let at = folder.display().to_string();
        context
            .program("python3", &["-m", "venv", "--clear", &at])
            .run()
            .verdict()?;
        let pip = folder.join("bin/pip").display().to_string();
        let install = ["install", "--quiet", MATURIN, ZIG, WHEEL];
        context.program(&pip, &install).run().verdict()?;
        fs::write(&complete, "").map_err(|e| format!("{}: {e}", complete.display()))?;
    }
    Ok(folder.join("bin"))
}
