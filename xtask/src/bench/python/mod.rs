//! The wheel beside the official SDK, the HTTP libraries, and what Python itself offers.

mod install;

use self::install::Installed;
use super::{
    Amount, Contender,
    budget::{self, Budget},
    contest::{Contest, Outcome},
    report::{self, CPU, MS},
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

const CONTEST: Contest = Contest {
    contenders: &CONTENDERS,
    idle: &[EMPTY, FLOOR],
    alone: 300,
    at_once: 320,
};

/// What is measured.
pub(super) fn measure(context: &Context, amount: &Amount) -> Result<Outcome, String> {
    measured(context, amount).map(|(_, outcome)| outcome)
}

fn measured(context: &Context, amount: &Amount) -> Result<(Installed, Outcome), String> {
    let installed = install::programs(context, amount)?;
    let stub = Stub::start(context, amount)?;
    let outcome = CONTEST.run(&installed.programs, &stub.address, amount)?;
    Ok((installed, outcome))
}

pub(super) fn run(context: &Context, amount: &Amount) -> Result<(), String> {
    let (installed, outcome) = measured(context, amount)?;
    let beside = [(HTTP_CLIENT, "x http.client"), (AIOHTTP, "x aiohttp")];
    report::print(&outcome, EMPTY, &beside);
    let Outcome {
        import, one, many, ..
    } = &outcome;
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
