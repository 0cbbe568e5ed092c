//! The demo: run for a person, or judged as a part of the test.

use std::{process::ExitCode, time::Duration};

use crate::{
    checks::Checks, cli::DemoOptions, context::Context, npm, part::Part, python, shell::Finished,
};

const MANIFEST: &str = "examples/demo/Cargo.toml";
const PACKAGE: &str = "square-oauth-demo";
const LAST_LINE: &str = "demo: ok";

/// What finds a program and a script that tell the story once more, or says what is missing.
type Teller = fn(&Context) -> Result<[String; 2], String>;

const TELLERS: [(&str, Teller); 2] = [("Python", python::teller), ("JavaScript", npm::teller)];

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
    let mut left_out = Vec::new();
    if !options.serve {
        for (language, teller) in TELLERS {
            match teller(context) {
                Ok(teller) => {
                    command.arg("--also").args(teller);
                }
                Err(why) => left_out.push(format!("!!!! NOT PLAYED in {language}: {why}")),
            }
        }
    }
    let status = command
        .status()
        .map_err(|e| format!("cargo could not be started: {e}"))?;
    for line in left_out {
        println!("{line}");
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
    let words = ["run", "--quiet", "--package", PACKAGE, "--"];
    let mut words: Vec<String> = words.map(str::to_owned).into();
    for (language, teller) in TELLERS {
        match teller(context) {
            Ok(teller) => {
                words.push("--also".to_owned());
                words.extend(teller);
            }
            Err(why) => checks.not_run(&format!("the story in {language}"), &why, context.ci),
        }
    }
    checks.check(
        "it ends with `demo: ok`",
        ended_well(&play(context, &words)),
    );
}

/// Plays the story in Rust, and once more by this program and script.
pub(crate) fn with(context: &Context, teller: [String; 2]) -> Result<(), String> {
    let words = ["run", "--quiet", "--package", PACKAGE, "--", "--also"];
    let words: Vec<_> = words.map(str::to_owned).into_iter().chain(teller).collect();
    ended_well(&play(context, &words))
}

fn play(context: &Context, words: &[String]) -> Finished {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let demo = context.cargo(&words);
    demo.limit(Duration::from_secs(120)).run()
}

fn ended_well(demo: &Finished) -> Result<(), String> {
    demo.verdict()?;
    let output = demo.stdout();
    match output.lines().last() {
        Some(LAST_LINE) => Ok(()),
        last => Err(format!("{output}the last line is {last:?}")),
    }
}
