//! The wheel, in an environment of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{has_licences, program, run_in};
use crate::{checks::Checks, context::Context, emulator::snippets, package::nameless};

pub(super) fn judge(context: &Context, wheel: &Path, folder: &Path, checks: &mut Checks) {
    let environment = folder.join("environment");
    let installed = install(wheel, folder, &environment);
    let failed = installed.is_err();
    checks.check("the wheel is installed by pip, without an index", installed);
    if failed {
        return;
    }
    let command = environment.join("bin/square-oauth-emulator");
    checks.check(
        "its command answers a token request",
        program::judge(&command),
    );

    let name = "it names no folder of the machine that built it";
    checks.check(name, nameless::check(&context.root, &command));
    let licences = licences(&environment).and_then(|folder| has_licences(&folder));
    checks.check("its licences are with it", licences);

    let programs = match snippets::of(context, "python") {
        Ok(programs) => programs,
        Err(problem) => return checks.check("the page's programs", Err(problem)),
    };
    for (number, text) in programs.iter().enumerate() {
        let name = format!("the page's Python program {} runs", number + 1);
        let file = folder.join("program.py");
        let ran = fs::write(&file, text).map_err(|e| e.to_string());
        let python = environment.join("bin/python");
        let ran = ran.and_then(|()| run_in(folder, &python, &["program.py"]).verdict());
        checks.check(&name, ran);
    }
}

fn install(wheel: &Path, folder: &Path, environment: &Path) -> Result<(), String> {
    let python = Path::new("python3");
    let (at, wheel) = (
        environment.display().to_string(),
        wheel.display().to_string(),
    );
    run_in(folder, python, &["-m", "venv", &at]).verdict()?;
    let pip = ["-m", "pip", "install", "--quiet", "--no-index", &wheel];
    run_in(folder, &environment.join("bin/python"), &pip).verdict()
}

/// Where pip put them: below a folder that is named after the version of Python.
fn licences(environment: &Path) -> Result<PathBuf, String> {
    let lib = environment.join("lib");
    let versions = fs::read_dir(&lib).map_err(|e| format!("{}: {e}", lib.display()))?;
    let information = format!(
        "square_oauth_emulator-{}.dist-info",
        env!("CARGO_PKG_VERSION")
    );
    let folders = versions.flatten().map(|version| {
        let packages = version.path().join("site-packages");
        packages.join(&information).join("licenses")
    });
    let found = folders.into_iter().find(|folder| folder.is_dir());
    found.ok_or(format!("{} has no licences", lib.display()))
}
