//! The npm package beside the official SDK, the OAuth libraries, and what Node itself offers.

mod edge;
mod install;

use super::{
    Amount, Contender,
    budget::{self, Budget},
    contest::{Contest, Outcome},
    report::{self, CPU, MIDDLE, MS},
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

const CONTEST: Contest = Contest {
    contenders: &CONTENDERS,
    idle: &[EMPTY],
    alone: 1_500,
    at_once: 1_280,
};

/// What is measured in Node.
pub(super) fn measure(context: &Context, amount: &Amount) -> Result<Outcome, String> {
    let programs = install::programs(context, amount)?;
    let stub = Stub::start(context, amount)?;
    CONTEST.run(&programs, &stub.address, amount)
}

pub(super) fn run(context: &Context, amount: &Amount) -> Result<(), String> {
    let programs = install::programs(context, amount)?;
    let stub = Stub::start(context, amount)?;
    let outcome = CONTEST.run(&programs, &stub.address, amount)?;
    let beside = [(NODE_HTTP, "x node:http"), (FETCH, "x fetch")];
    report::print(&outcome, EMPTY, &beside);
    let Outcome {
        import, first, one, ..
    } = &outcome;
    let size = edge::sizes(&programs, &CONTENDERS)?;
    drop(stub);
    let stub = Stub::anywhere(context, amount)?;
    let edge = edge::calls(&programs, &CONTENDERS, &stub.address, amount.rounds())?;
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
            what: "one call, beside node:http by hand, without time limit or cap",
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
