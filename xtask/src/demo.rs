//! The demo: run for a person, or judged as a part of the test.

use std::{process::ExitCode, time::Duration};

use crate::{
    checks::Checks, cli::DemoOptions, context::Context, part::Part, python, shell::Finished,
};

const MANIFEST: &str = "examples/demo/Cargo.toml";
const PACKAGE: &str = "square-oauth-demo";
const LAST_LINE: &str = "demo: ok";

/// The demo as a part of the test, once its package is there.
pub(crate) fn part(context: &Context) -> Option<Part> {
    context.root.join(MANIFEST).exists().then_some(Part {
        name: "demo",
        language: "rust",
        about: "the demo, from consent page to revoked token",
        needs: &[],
        run: judge,
    })
}

/// Runs the demo with its output going straight to the terminal.
pub(crate) fn run(context: &Context, options: &DemoOptions) -> Result<ExitCode, String> {
    if !context.root.join(MANIFEST).exists() {
        return Err(format!("there is no demo yet: {MANIFEST} is missing"));
    }
    let mut command = context.cargo_command(&["run", "--package", PACKAGE, "--"]);
    command
        .args(options.serve.then_some("--serve"))
        .args(&options.rest);
    let mut left_out = None;
    if !options.serve {
        match python::teller(context) {
            Ok(teller) => {
                command.arg("--also").args(teller);
            }
            Err(why) => left_out = Some(why),
        }
    }
    let status = command
        .status()
        .map_err(|e| format!("cargo could not be started: {e}"))?;
    if let Some(why) = left_out {
        println!("!!!! NOT PLAYED in Python: {why}");
    }
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn judge(context: &Context, checks: &mut Checks) {
    let build = context.cargo(&["build", "--package", PACKAGE]).run();
    checks.check("it builds", build.verdict());
    if !build.succeeded() {
        return;
    }
    let mut words = vec!["run", "--quiet", "--package", PACKAGE, "--"];
    let teller = python::teller(context);
    match &teller {
        Ok([program, script]) => words.extend(["--also", program, script]),
        Err(why) => checks.not_run("the story in Python", why, context.ci),
    }
    let demo = context.cargo(&words);
    let demo = demo.limit(Duration::from_secs(120)).run();
    checks.check("it ends with `demo: ok`", ended_well(&demo));
}

fn ended_well(demo: &Finished) -> Result<(), String> {
    demo.verdict()?;
    let output = demo.stdout();
    match output.lines().last() {
        Some(LAST_LINE) => Ok(()),
        last => Err(format!("{output}the last line is {last:?}")),
    }
}
