//! What the tarball holds: types for every way of loading it, no trace of the machine, the same bytes each time, and
//! not too many.

use std::{fs, path::Path, process::Command};

use super::{
    installed::{Installed, installed, tools},
    package::{self, NEEDS, step},
    size,
};
use crate::{checks::Checks, context::Context, package::nameless, part::Part, shell::Step};

pub(super) const fn part() -> Part {
    Part {
        name: "npm-package",
        language: "npm",
        about: "the tarball: types, exports, size, the same bytes twice",
        needs: NEEDS,
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    let with = ["bindings-wasm/npm/test/types"];
    let found = installed(context, "types", &with)
        .and_then(|installed| Ok((installed, tools(context, "checks")?)));
    let (installed, tools) = match found {
        Ok(found) => found,
        Err(problem) => return checks.check("the package is packed and installed", Err(problem)),
    };
    for resolution in ["nodenext", "bundler"] {
        let name = format!("its types, as `{resolution}` finds them");
        let tsc = tools.join("node_modules/.bin/tsc").display().to_string();
        let config = format!("{resolution}.json");
        checks.check(&name, step(&tsc, &["-p", &config], &installed.app));
    }
    checks.check("publint", publint(&tools, &installed.package));
    checks.check("are the types wrong", attw(&tools, &installed.tarball));
    checks.check(
        "its types have no inner names",
        no_inner_names(&installed.package),
    );
    checks.check(
        "it names no folder of this machine",
        nameless(context, &installed),
    );
    checks.check(
        "it has two modules, and all it needs",
        contents(&installed.package),
    );
    checks.check(
        "made again elsewhere, it is the same",
        same_again(context, &installed),
    );
    checks.check("its size", size::judge(context, &installed.package));
}

fn publint(tools: &Path, package: &Path) -> Result<(), String> {
    let program = tools
        .join("node_modules/.bin/publint")
        .display()
        .to_string();
    step(&program, &["--strict", "--pack", "npm"], package)
}

fn attw(tools: &Path, tarball: &Path) -> Result<(), String> {
    let program = tools.join("node_modules/.bin/attw").display().to_string();
    let tarball = tarball.display().to_string();
    step(&program, &["--no-emoji", &tarball], tools)
}

/// What no user should see: the names of the glue, and those that begin with an underscore.
fn no_inner_names(package: &Path) -> Result<(), String> {
    let types = package.join("types");
    let mut count = 0;
    for folder in [types.clone(), types.join("web")] {
        let files = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for file in files.flatten().map(|file| file.path()) {
            if file.is_dir() {
                continue;
            }
            let text = fs::read_to_string(&file).map_err(|e| e.to_string())?;
            let is_inner = |word: &str| word.starts_with('_') || word.contains("wbg");
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(word) = words.find(|word| is_inner(word)) {
                return Err(format!("{}: {word}", file.display()));
            }
            count += 1;
        }
    }
    match count {
        0 => Err("there are no types".to_owned()),
        _ => Ok(()),
    }
}

fn nameless(context: &Context, installed: &Installed) -> Result<(), String> {
    let files = fs::read_dir(&installed.package).map_err(|e| e.to_string())?;
    let mut files = files.flatten().map(|file| file.path());
    files.try_for_each(|file| match file.is_file() {
        true => nameless::check(&context.root, &file),
        false => Ok(()),
    })
}

fn contents(package: &Path) -> Result<(), String> {
    let names = |folder: &Path| -> Vec<String> {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        files
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .collect()
    };
    let names = names(package);
    let modules = names.iter().filter(|name| name.ends_with(".wasm")).count();
    // The client, and the client with the web handlers.
    if modules != 2 {
        return Err(format!("{modules} modules"));
    }
    for needed in ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "types"] {
        if !names.iter().any(|name| name == needed) {
            return Err(format!("{needed} is not there"));
        }
    }
    let manifest = fs::read_to_string(package.join("package.json")).map_err(|e| e.to_string())?;
    match manifest.contains("\"dependencies\"") {
        true => Err("it has dependencies".to_owned()),
        false => Ok(()),
    }
}

/// From another folder, the crate compiled again.
fn same_again(context: &Context, installed: &Installed) -> Result<(), String> {
    let first = fs::read(&installed.tarball).map_err(|e| e.to_string())?;
    for profile in [package::DOWNLOADED, package::ON_DISK] {
        let clean = ["clean", "--package", "square-oauth-wasm"];
        let of = ["--profile", profile, "--target", package::TARGET];
        let clean = context.cargo(&[clean.as_slice(), &of].concat());
        clean.run().verdict()?;
    }
    let again = package::pack(context, &context.target().join("packaging/npm-again"))?;
    let second = fs::read(&again).map_err(|e| e.to_string())?;
    match first == second {
        true => Ok(()),
        false => Err(differing(context)),
    }
}

fn differing(context: &Context) -> String {
    let folder = context.target().join("packaging");
    let mut diff = Command::new("diff");
    diff.args(["-rq", "npm/package", "npm-again/package"])
        .current_dir(folder);
    let finished = Step::new("diff", diff).run();
    format!("other bytes:\n{}", finished.stdout())
}
