//! The package's own tests, on the oldest Node that is supported, the one that is long supported, and the newest.

use std::{fs, path::Path, process::Command};

use super::{
    installed::{Installed, installed, program, tools},
    package::{NEEDS, copy},
};
use crate::{checks::Checks, context::Context, part::Part, shell::Step};

pub(super) const fn part() -> Part {
    Part {
        name: "npm-unit",
        language: "npm",
        about: "the installed package's tests: mistakes, fetch, cancelling, panics, printing, copies, memory",
        needs: NEEDS,
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    let with = ["bindings-wasm/npm/test"];
    let found = installed(context, "unit", &with)
        .and_then(|installed| Ok((installed, tools(context, "runtimes")?)));
    let (installed, tools) = match found {
        Ok(found) => found,
        Err(problem) => return checks.check("the package is packed and installed", Err(problem)),
    };
    let errors = context.root.join("conformance/errors.json");
    if let Err(problem) = copy(&errors, &installed.app.join("errors.json")) {
        return checks.check("the list of errors", Err(problem));
    }
    // Memory is the same story on all, and the longest.
    let memory = "memory.test.mjs";
    for (node, left_out) in [
        ("node-oldest", memory),
        ("node-lts", memory),
        ("node-newest", ""),
    ] {
        match program(&tools, &format!("{node}/bin/node")) {
            Ok(program) => tests(&program, &installed, left_out, checks),
            Err(problem) => checks.check(node, Err(problem)),
        }
    }
    let name = "our token is taken by Square's own SDK, until it is revoked";
    checks.check(name, square_sdk(context, &tools, &installed));
}

fn square_sdk(context: &Context, runtimes: &Path, installed: &Installed) -> Result<(), String> {
    let build = ["build", "--package", "square-oauth-emulator"];
    context.cargo(&build).run().verdict()?;
    let mut command = Command::new(program(runtimes, "node-newest/bin/node")?);
    command
        .arg("square-sdk.mjs")
        .arg(context.target().join("debug/square-oauth-emulator"))
        .arg(tools(context, "checks")?)
        .current_dir(&installed.app);
    let finished = Step::new("node square-sdk.mjs", command).run();
    finished.verdict()?;
    match finished.stdout().contains("square-sdk: ok") {
        true => Ok(()),
        false => Err(finished.stdout()),
    }
}

fn tests(node: &Path, installed: &Installed, left_out: &str, checks: &mut Checks) {
    let files = fs::read_dir(&installed.app).into_iter().flatten().flatten();
    let files = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let mut files: Vec<_> = files
        .filter(|name| name.ends_with(".test.mjs") && name != left_out)
        .collect();
    files.sort();
    let mut command = Command::new(node);
    let options = ["--expose-gc", "--test", "--test-reporter=tap"];
    command
        .args(options)
        .args(&files)
        .current_dir(&installed.app);
    let finished = Step::new("node --test", command).run();
    let output = finished.stdout();
    let count = |word: &str| {
        let line = output.lines().rfind(|line| line.starts_with(word));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
    };
    let (passed, failed) = (count("# pass "), count("# fail "));
    match (finished.verdict(), passed, failed) {
        (Ok(()), Some(passed), Some(0)) if passed > 0 => {
            checks.add(passed, 0);
            let version = output
                .lines()
                .find_map(|line| line.strip_prefix("# runtime: "));
            println!("  ok    {passed} tests on {}", version.unwrap_or("?"));
        }
        (Err(problem), ..) => checks.check("node --test", Err(problem)),
        _ => checks.check("node --test", Err(output)),
    }
}
