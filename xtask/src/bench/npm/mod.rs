//! The npm package beside the official SDK, the OAuth libraries, and what Node itself offers.

mod edge;
mod install;

use super::{
    Amount, Contender,
    budget::{self, Budget},
    report::{self, CPU, MIDDLE, MS},
    rounds::{self, Fresh},
    stub::Stub,
};
use crate::context::Context;

const EMPTY: &str = "empty";
const OURS: &str = "square-oauth";
const NODE_HTTP: &str = "node-http";
const FETCH: &str = "fetch";

const CONTENDERS: [Contender; 9] = [
    Contender::bare(EMPTY, "(empty)"),
    Contender::bare(OURS, "square-oauth"),
    Contender::bare("square-oauth-fetch", "square-oauth on fetch"),
    Contender::peer("square", "square (official)"),
    Contender::peer("oauth4webapi", "oauth4webapi"),
    Contender::peer("openid-client", "openid-client"),
    Contender::peer("simple-oauth2", "simple-oauth2"),
    Contender::bare(FETCH, "fetch"),
    Contender::bare(NODE_HTTP, "node:http by hand"),
];

pub(super) fn run(context: &Context, amount: &Amount) -> Result<(), String> {
    let programs = install::programs(context, amount)?;
    let stub = Stub::start(context, amount)?;
    let address = stub.address.as_str();
    let contenders = amount.contenders(&CONTENDERS);
    let callers: Vec<_> = contenders
        .iter()
        .copied()
        .filter(|contender| contender.name != EMPTY)
        .collect();

    let fresh = |kind| rounds::fresh(&programs, &contenders, kind, address, amount.rounds());
    let import = fresh(Fresh::Import)?;
    let first = fresh(Fresh::FirstToken)?;
    report::processes(&contenders, &import, &first, EMPTY);

    let command = |contender: &Contender| programs.command(&["calls", contender.name, address]);
    let mut workers = rounds::workers(&callers, command)?;
    let mut calls =
        |count, callers| rounds::calls(&mut workers, amount.load(count, callers), amount.rounds());
    let one = calls(1_500, 1)?;
    let many = calls(1_280, 64)?;
    drop(workers);
    let beside = [(NODE_HTTP, "x node:http"), (FETCH, "x fetch")];
    report::calls(&callers, &one, &many, &beside)?;
    if amount.smoke {
        return Ok(());
    }

    let size = edge::sizes(&programs, &CONTENDERS)?;
    let edge = edge::calls(&programs, &CONTENDERS, address, amount.rounds())?;
    budget::print(&[
        Budget {
            what: "an edge worker's client, gzip -9",
            figure: size,
            most: 52.0,
            unit: "KiB",
        },
        Budget {
            what: "import to first method, above an empty process",
            figure: import.above(OURS, EMPTY, CPU) / MS,
            most: 15.0,
            unit: "ms CPU",
        },
        Budget {
            what: "fresh process to first token, above node:http by hand",
            figure: first.above(OURS, NODE_HTTP, CPU) / MS,
            most: 15.0,
            unit: "ms CPU",
        },
        Budget {
            what: "one call, beside node:http by hand",
            figure: one.ratio(OURS, NODE_HTTP, CPU),
            most: 1.5,
            unit: "x CPU",
        },
        Budget {
            what: "one call, beside fetch",
            figure: one.ratio(OURS, FETCH, CPU),
            most: 0.6,
            unit: "x CPU",
        },
        Budget {
            what: "one call in workerd, p50 above fetch",
            figure: edge.above(OURS, FETCH, MIDDLE) / MS,
            most: 0.15,
            unit: "ms wall",
        },
    ]);
    Ok(())
}
