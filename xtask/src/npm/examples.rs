//! The examples, with the package as it is installed, against the emulator: a seller's browser goes through each.

use std::{path::PathBuf, process::Command, time::Duration};

use super::{
    installed::{Installed, installed, program, tools},
    package::{NEEDS, copy_all, remove},
};
use crate::{checks::Checks, context::Context, part::Part, shell::Step};

const NODE: &str = "node-newest/bin/node";
const BUN: &str = "@oven/bun-linux-x64/bin/bun";
const DENO: &str = "@deno/linux-x64-glibc/deno";
const DENO_RUN: [&str; 4] = ["run", "--no-prompt", "--allow-env", "--allow-net=127.0.0.1"];
const NEXT: &str = "node_modules/next/dist/bin/next";
const LIMIT: Duration = Duration::from_secs(120);

pub(super) const fn part() -> Part {
    Part {
        name: "npm-examples",
        language: "npm",
        about: "the examples and the documentation's programs, with the installed package",
        needs: NEEDS,
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    let stage = match Stage::set(context) {
        Ok(stage) => stage,
        Err(problem) => return checks.check("the package is packed and installed", Err(problem)),
    };
    let deno = |file| [&DENO_RUN[..], &[file]].concat();
    let typed = [&deno("--check")[..], &["deno/server.ts"]].concat();
    let tools = stage.runtimes.display().to_string();
    let worker = ["miniflare.mjs", "cloudflare-worker", &tools];
    let plays: [(&str, &str, &[&str]); 6] = [
        ("node-express", NODE, &["node-express/server.mjs"]),
        ("hono on Node", NODE, &["hono/server.mjs"]),
        ("hono on Deno", DENO, &deno("hono/server.mjs")),
        ("hono on Bun", BUN, &["run", "hono/server.mjs"]),
        ("deno, with its types", DENO, &typed),
        ("cloudflare-worker", NODE, &worker),
    ];
    for (name, runtime, words) in plays {
        checks.check(name, stage.play(runtime, words));
    }
    checks.check("next, and in its edge runtime", stage.next(context));
    let pages = [("page", "docs/javascript.md"), ("readme", "README.md")];
    for (script, page) in pages {
        let name = format!("the programs of {page}");
        checks.check(&name, stage.page(context, script, page));
    }
}

/// The examples beside each other, with the frameworks and the package above them.
struct Stage {
    runtimes: PathBuf,
    installed: Installed,
    emulator: PathBuf,
}

impl Stage {
    fn set(context: &Context) -> Result<Self, String> {
        let installed = installed(context, "examples", &["bindings-wasm/npm/test/examples"])?;
        for example in ["node-express", "hono", "cloudflare-worker", "deno"] {
            let from = context.root.join("examples").join(example);
            copy_all(&from, &installed.app.join(example))?;
        }
        let frameworks = tools(context, "frameworks")?.join("node_modules");
        copy_all(&frameworks, &installed.app.join("node_modules"))?;
        let package = ["build", "--package", "square-oauth-emulator"];
        context.cargo(&package).run().verdict()?;
        Ok(Self {
            runtimes: tools(context, "runtimes")?,
            installed,
            emulator: context.target().join("debug/square-oauth-emulator"),
        })
    }

    fn play(&self, runtime: &str, words: &[&str]) -> Result<(), String> {
        let command = self.playing(runtime, words)?;
        went_well("node play.mjs", command, "example: ok")
    }

    fn playing(&self, runtime: &str, words: &[&str]) -> Result<Command, String> {
        let mut command = Command::new(program(&self.runtimes, NODE)?);
        command
            .arg("play.mjs")
            .arg(&self.emulator)
            .arg(program(&self.runtimes, runtime)?)
            .args(words)
            .current_dir(&self.installed.app);
        Ok(command)
    }

    /// Built among Next's own packages, which are too large to be copied; routes of the edge runtime stand beside the
    /// example's.
    fn next(&self, context: &Context) -> Result<(), String> {
        let folder = tools(context, "next")?;
        let example = context.root.join("examples/next");
        let edge = context.root.join("bindings-wasm/npm/test/next/edge");
        let package = folder.join("node_modules/square-oauth");
        for (from, to) in [
            (&example.join("app"), &folder.join("app")),
            (&example.join("lib"), &folder.join("lib")),
            (&self.installed.package, &package),
        ] {
            remove(to)?;
            copy_all(from, to)?;
        }
        copy_all(&edge, &folder.join("app/edge"))?;
        let mut build = Command::new(program(&self.runtimes, NODE)?);
        build
            .args([NEXT, "build"])
            .env("NEXT_TELEMETRY_DISABLED", "1")
            .current_dir(&folder);
        Step::new("next build", build)
            .limit(LIMIT * 2)
            .run()
            .verdict()?;
        let (next, folder) = (folder.join(NEXT), folder.display().to_string());
        let next = next.display().to_string();
        let words = [&next, "start", &folder, "--hostname", "127.0.0.1"];
        let mut command = self.playing(NODE, &words)?;
        command.env("ALSO_AT", "/edge");
        went_well("node play.mjs", command, "example: ok")
    }

    fn page(&self, context: &Context, script: &str, page: &str) -> Result<(), String> {
        let mut command = Command::new(program(&self.runtimes, NODE)?);
        command
            .arg(format!("{script}.mjs"))
            .arg(context.root.join(page))
            .arg(&self.emulator)
            .current_dir(&self.installed.app);
        let label = format!("node {script}.mjs");
        went_well(&label, command, &format!("{script}: ok"))
    }
}

fn went_well(label: &str, command: Command, last: &str) -> Result<(), String> {
    let finished = Step::new(label, command).limit(LIMIT).run();
    finished.verdict()?;
    match finished.stdout().lines().any(|line| line == last) {
        true => Ok(()),
        false => Err("it does not say that it went well".to_owned()),
    }
}
