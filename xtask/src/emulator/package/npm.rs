//! The package for Node: the wheel's binary, and as little JavaScript as finds and starts it.

use std::path::{Path, PathBuf};

use super::{PROGRAM, VERSION, copy, create, recreate, stage, write};
use crate::{context::Context, shell::Step};

/// The platform in Node's words, with the C library; `index.js` looks for a folder of this name.
const PLATFORM: &str = "linux-x64-gnu";
const SCRIPTS: [&str; 3] = ["index.js", "index.d.ts", "launcher.js"];

const WORDS: stage::Words = stage::Words {
    language: "Node",
    fence: "javascript",
    install: "npm install --save-dev square-oauth-emulator",
    command: "npx square-oauth-emulator",
    elsewhere: "On other platforms it installs, and says so when it is \
                started: with Rust, `cargo install square-oauth-emulator` builds it there.",
};

pub(super) fn build(
    context: &Context,
    folder: &Path,
    binary: &Path,
    into: &Path,
) -> Result<PathBuf, String> {
    recreate(folder)?;
    stage::stage(context, folder, &WORDS)?;
    let manifest = stage::source(context, "npm/package.json")?;
    let manifest = stage::fill(&manifest, &[("version", VERSION)])?;
    write(&folder.join("package.json"), &manifest)?;
    for script in SCRIPTS {
        let text = stage::source(context, &format!("npm/{script}"))?;
        write(&folder.join(script), &text)?;
    }
    create(&folder.join(PLATFORM))?;
    let program = folder.join(PLATFORM).join(PROGRAM);
    copy(binary, &program)?;
    executable(&program)?;

    let to = into.display().to_string();
    let mut pack = std::process::Command::new("npm");
    pack.args([
        "pack",
        "--silent",
        "--ignore-scripts",
        "--pack-destination",
        &to,
    ]);
    pack.current_dir(folder);
    Step::new("npm pack", pack).run().verdict()?;
    Ok(into.join(format!("{PROGRAM}-{VERSION}.tgz")))
}

/// A wheel does not say which of its files are programs: its installer knows.
#[cfg(unix)]
fn executable(file: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755))
        .map_err(|e| format!("{}: {e}", file.display()))
}

#[cfg(not(unix))]
fn executable(_file: &Path) -> Result<(), String> {
    Ok(())
}
