//! The npm package, in a project that has nothing else.

use std::{fs, path::Path};

use super::{has_licences, program, run_in};
use crate::{checks::Checks, context::Context, emulator::snippets};

const COMMAND: &str = "node_modules/.bin/square-oauth-emulator";
/// Makes Node believe that it runs elsewhere.
const ELSEWHERE: &str =
    "data:text/javascript,Object.defineProperty(process,'platform',{value:'darwin'})";

pub(super) fn judge(context: &Context, tarball: &Path, folder: &Path, checks: &mut Checks) {
    let installed = install(tarball, folder);
    let failed = installed.is_err();
    checks.check(
        "the npm package is installed, without a registry",
        installed,
    );
    if failed {
        return;
    }
    let command = folder.join(COMMAND);
    checks.check(
        "its command answers a token request",
        program::judge(&command),
    );
    let package = folder.join("node_modules/square-oauth-emulator");
    checks.check("its licences are with it", has_licences(&package));
    checks.check(
        "it says where it has no binary",
        says_where_it_is_not(folder),
    );

    let programs = match snippets::of(context, "javascript") {
        Ok(programs) => programs,
        Err(problem) => return checks.check("the page's programs", Err(problem)),
    };
    for (number, text) in programs.iter().enumerate() {
        let name = format!("the page's Node program {} runs", number + 1);
        let ran = fs::write(folder.join("program.mjs"), text).map_err(|e| e.to_string());
        let ran = ran.and_then(|()| run_in(folder, Path::new("node"), &["program.mjs"]).verdict());
        checks.check(&name, ran);
    }
}

fn install(tarball: &Path, folder: &Path) -> Result<(), String> {
    fs::write(folder.join("package.json"), "{\"private\": true}\n").map_err(|e| e.to_string())?;
    let tarball = tarball.display().to_string();
    let install = ["install", "--offline", "--no-audit", "--no-fund", &tarball];
    run_in(folder, Path::new("npm"), &install).verdict()
}

fn says_where_it_is_not(folder: &Path) -> Result<(), String> {
    let finished = run_in(folder, Path::new("node"), &["--import", ELSEWHERE, COMMAND]);
    let said: String = finished.lines().collect();
    match !finished.succeeded()
        && said.contains("no binary for darwin-x64")
        && !said.contains(" at ")
    {
        true => Ok(()),
        false => Err(format!("it ended with: {said}")),
    }
}
