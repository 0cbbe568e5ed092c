//! The wheel beside the official SDK, the HTTP libraries, and what Python itself offers.

mod install;

use super::{
    Amount, Contender,
    budget::{self, Budget},
    report::{self, CPU, MS},
    rounds::{self, Fresh},
    stub::Stub,
};
use crate::context::Context;

const EMPTY: &str = "empty";
/// What is imported by anything that is asynchronous and speaks to a native library.
const FLOOR: &str = "floor";
const BLOCKING: &str = "square_oauth_blocking";
const ASYNC: &str = "square_oauth_async";
const HTTP_CLIENT: &str = "http_client";
const AIOHTTP: &str = "aiohttp_async";

const CONTENDERS: [Contender; 12] = [
    Contender::bare(EMPTY, "(empty)"),
    Contender::bare(FLOOR, "asyncio, ctypes, datetime"),
    Contender::bare(BLOCKING, "square-oauth, blocking"),
    Contender::bare(ASYNC, "square-oauth, async"),
    Contender::peer("squareup_sync", "squareup (official), sync"),
    Contender::peer("squareup_async", "squareup (official), async"),
    Contender::peer("authlib_sync", "authlib, sync"),
    Contender::peer("authlib_async", "authlib, async"),
    Contender::peer("httpx_sync", "httpx, sync"),
    Contender::peer("httpx_async", "httpx, async"),
    Contender::peer(AIOHTTP, "aiohttp"),
    Contender::bare(HTTP_CLIENT, "http.client by hand"),
];

pub(super) fn run(context: &Context, amount: &Amount) -> Result<(), String> {
    let installed = install::programs(context, amount)?;
    let programs = &installed.programs;
    let stub = Stub::start(context, amount)?;
    let address = stub.address.as_str();
    let contenders = amount.contenders(&CONTENDERS);
    let callers: Vec<_> = contenders
        .iter()
        .copied()
        .filter(|contender| ![EMPTY, FLOOR].contains(&contender.name))
        .collect();

    let fresh = |kind| rounds::fresh(programs, &contenders, kind, address, amount.rounds());
    let import = fresh(Fresh::Import)?;
    let first = fresh(Fresh::FirstToken)?;
    report::processes(&contenders, &import, &first, EMPTY);

    let command = |contender: &Contender| programs.command(&["calls", contender.name, address]);
    let mut workers = rounds::workers(&callers, command)?;
    let mut calls =
        |count, callers| rounds::calls(&mut workers, amount.load(count, callers), amount.rounds());
    let one = calls(300, 1)?;
    let many = calls(320, 64)?;
    drop(workers);
    let beside = [(HTTP_CLIENT, "x http.client"), (AIOHTTP, "x aiohttp")];
    report::calls(&callers, &one, &many, &beside)?;
    if amount.smoke {
        return Ok(());
    }

    budget::print(&[
        Budget {
            what: "import, above asyncio, ctypes and datetime",
            figure: import.above(ASYNC, FLOOR, CPU) / MS,
            most: 20.0,
            unit: "ms CPU",
        },
        Budget {
            what: "one call, async, beside aiohttp",
            figure: one.ratio(ASYNC, AIOHTTP, CPU),
            most: 1.0,
            unit: "x CPU",
        },
        Budget {
            what: "64 at once, async, beside aiohttp",
            figure: many.ratio(ASYNC, AIOHTTP, CPU),
            most: 1.0,
            unit: "x CPU",
        },
        Budget {
            what: "one call, blocking, beside http.client",
            figure: one.ratio(BLOCKING, HTTP_CLIENT, CPU),
            most: 1.5,
            unit: "x CPU",
        },
        Budget {
            what: "64 threads at once, blocking, beside http.client",
            figure: many.ratio(BLOCKING, HTTP_CLIENT, CPU),
            most: 1.5,
            unit: "x CPU",
        },
        Budget {
            what: "the wheel",
            figure: installed.wheel_mib,
            most: 3.0,
            unit: "MiB",
        },
    ]);
    Ok(())
}
