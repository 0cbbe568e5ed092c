//! What an edge worker ships, and what a call costs in workerd, where Cloudflare runs it.

use super::{
    super::{
        Contender, Programs,
        report::{CPU, MIDDLE, US},
        results::Results,
        rounds::{self, Load},
        table::{Table, number},
        worker::Worker,
    },
    FETCH, OURS,
};

const KIB: f64 = 1024.0;
const SHIPPED: [&str; 6] = [
    OURS,
    "square",
    "oauth4webapi",
    "openid-client",
    "simple-oauth2",
    FETCH,
];
const MEASURED: [&str; 3] = [OURS, "oauth4webapi", FETCH];
const LOAD: Load = Load {
    count: 200,
    callers: 1,
};

/// Our own, in KiB.
pub(super) fn sizes(programs: &Programs, contenders: &[Contender]) -> Result<f64, String> {
    let heads = [
        "minified",
        "gzip -9",
        "WebAssembly",
        "together",
        "needs Node's modules",
    ];
    let mut table = Table::new("An edge worker that holds it, KiB", &heads);
    let mut ours = f64::NAN;
    for Contender { name, label, .. } in among(contenders, &SHIPPED) {
        let worker = Worker::start(label, programs.other("size.mjs", &[name]))?;
        let numbers = worker.numbers()?;
        let [minified, script, wasm, needs_node] = numbers.as_slice() else {
            return Err(format!("{label}: {numbers:?}"));
        };
        let together = (script + wasm) / KIB;
        if name == OURS {
            ours = together;
        }
        let kib = |bytes: f64| number(bytes / KIB, 1);
        let needs_node = if *needs_node > 0.0 { "yes" } else { "no" };
        let cells = [
            kib(*minified),
            kib(*script),
            kib(*wasm),
            number(together, 1),
        ];
        let mut cells = cells.to_vec();
        cells.push(needs_node.to_owned());
        table.row(label, cells);
    }
    table.print();
    Ok(ours)
}

pub(super) fn calls(
    programs: &Programs,
    contenders: &[Contender],
    address: &str,
    rounds: u32,
) -> Result<Results, String> {
    let contenders = among(contenders, &MEASURED);
    let command = |contender: &Contender| programs.other("edge.mjs", &[contender.name, address]);
    let mut workers = rounds::workers(&contenders, command)?;
    let results = rounds::calls(&mut workers, LOAD, rounds)?;
    let heads = ["CPU, us", "x fetch", "p50, us wall", "above fetch, us"];
    let title = "One call after another in workerd, warm (medians; the rest are each round's own)";
    let mut table = Table::new(title, &heads);
    for Contender { name, label, .. } in &contenders {
        let cells = [
            number(results.median(name, CPU) / US, 0),
            number(results.ratio(name, FETCH, CPU), 2),
            number(results.median(name, MIDDLE) / US, 0),
            number(results.above(name, FETCH, MIDDLE) / US, 0),
        ];
        table.row(label, cells.to_vec());
    }
    table.print();
    Ok(results)
}

fn among(contenders: &[Contender], names: &[&str]) -> Vec<Contender> {
    let among = |contender: &&Contender| names.contains(&contender.name);
    contenders.iter().filter(among).copied().collect()
}
