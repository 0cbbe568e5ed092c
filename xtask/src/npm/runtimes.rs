//! Every vector and scenario, in every runtime that the package has an entry for.

use std::{path::Path, process::Command};

use super::{
    installed::{Installed, installed, program, tools},
    package::NEEDS,
};
use crate::{
    checks::Checks,
    conformance::{Connections, Handlers, Judged, judge_by, told_apart},
    context::Context,
    part::Part,
};

const NODE_OLDEST: &str = "node-oldest/bin/node";
const NODE_LTS: &str = "node-lts/bin/node";
const NODE_NEWEST: &str = "node-newest/bin/node";
const BUN: &str = "@oven/bun-linux-x64/bin/bun";
const DENO: &str = "@deno/linux-x64-glibc/deno";

pub(super) const fn part() -> Part {
    Part {
        name: "npm-runtimes",
        language: "npm",
        about: "the judge against the installed package in Node, Bun, Deno, workerd and the edge runtime",
        needs: NEEDS,
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    let with = ["conformance/subjects/javascript"];
    let found = installed(context, "runtimes", &with).and_then(|installed| {
        let frameworks = tools(context, "frameworks")?.display().to_string();
        Ok((installed, tools(context, "runtimes")?, frameworks))
    });
    let (installed, tools, frameworks) = match found {
        Ok(found) => found,
        Err(problem) => return checks.check("the package is packed and installed", Err(problem)),
    };
    let deno = ["run", "--no-prompt", "--allow-net=127.0.0.1"];
    let folder = tools.display().to_string();
    let own = [
        (NODE_OLDEST, &["server.mjs"][..]),
        (NODE_OLDEST, &["server.mjs", "require"]),
        (NODE_LTS, &["server.mjs"]),
        (NODE_NEWEST, &["server.mjs"]),
        (NODE_NEWEST, &["server.mjs", "require"]),
        (NODE_NEWEST, &["framework.mjs", "express", &frameworks]),
        (NODE_NEWEST, &["framework.mjs", "fastify", &frameworks]),
        (BUN, &["run", "server.mjs"]),
        (DENO, &[&deno[..], &["server.mjs"]].concat()),
    ];
    let of_fetch = [
        (NODE_NEWEST, &["workerd.mjs", &folder][..]),
        (NODE_NEWEST, &["edge.mjs", &folder]),
    ];
    let mut judged: Vec<Judged> = Vec::new();
    for (subjects, connections) in [
        (&own[..], Connections::Own),
        (&of_fetch, Connections::OfFetch),
    ] {
        for (path, words) in subjects {
            match command(&tools, path, words, &installed) {
                Ok(command) => {
                    let handlers = Handlers::Required;
                    judged.extend(judge_by(context, checks, &command, handlers, connections));
                }
                Err(problem) => checks.check(path, Err(problem)),
            }
        }
    }
    told_apart(checks, &judged);
}

fn command(
    tools: &Path,
    path: &str,
    words: &[&str],
    installed: &Installed,
) -> Result<Command, String> {
    let mut command = Command::new(program(tools, path)?);
    command.args(words).current_dir(&installed.app);
    Ok(command)
}
