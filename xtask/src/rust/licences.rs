//! Licences, bans and sources of everything the workspace depends on.

use std::time::Duration;

use crate::{
    checks::Checks,
    context::Context,
    part::Part,
    setup::{self, Need},
    shell::Finished,
};

const TOOL: &str = "cargo-deny";

pub(super) const fn part() -> Part {
    Part {
        name: "licences",
        language: "rust",
        about: "licences, bans and sources of all dependencies, as deny.toml says",
        needs: &[Need::Tool {
            name: TOOL,
            version: "0.20.2",
        }],
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    for what in ["bans", "licenses", "sources"] {
        checks.check(what, deny(context, what).verdict());
    }
    let advisories = deny(context, "advisories");
    if !advisories.succeeded() && !was_fetched(&advisories) {
        let why = "the database of advisories cannot be fetched from here";
        checks.not_run("advisories", why, false);
    } else {
        checks.check("advisories", advisories.verdict());
    }
}

fn deny(context: &Context, what: &str) -> Finished {
    let tool = setup::tool(context, TOOL).display().to_string();
    // The features of the workspace are all on, for a ban must hold whichever are chosen.
    let step = context.program(&tool, &["--all-features", "--locked", "check", what]);
    step.limit(Duration::from_secs(90)).run()
}

/// Advisories that were found are a finding; a database that was not is the network's matter.
fn was_fetched(advisories: &Finished) -> bool {
    !advisories
        .lines()
        .any(|line| line.contains("failed to fetch advisory database"))
}
