//! The tables that every language has: what a fresh process costs, and what a call costs.

use super::{
    Contender,
    results::{Reading, Results},
    table::{Table, number},
};

pub(super) const US: f64 = 1e3;
pub(super) const MS: f64 = 1e6;
pub(super) const CPU: Reading = |sample| sample.cpu;
const WALL: Reading = |sample| sample.wall;
pub(super) const MIDDLE: Reading = |sample| sample.middle;

/// A contender that the others are set against, and the column's head for that.
pub(super) type Beside = (&'static str, &'static str);

/// Two kinds of process: one that imports, and one that goes on to its first token.
pub(super) fn processes(contenders: &[Contender], import: &Results, first: &Results, empty: &str) {
    let heads = [
        "import, ms CPU",
        "first token, ms CPU",
        "first token, ms wall",
    ];
    let title = "Fresh processes, above an empty one (medians; differences are each round's own)";
    let mut table = Table::new(title, &heads);
    for Contender { name, label, .. } in contenders {
        let cells = if *name == empty {
            [
                import.median(name, CPU),
                first.median(name, CPU),
                first.median(name, WALL),
            ]
        } else {
            [
                import.above(name, empty, CPU),
                first.above(name, empty, CPU),
                first.above(name, empty, WALL),
            ]
        };
        table.row(label, cells.map(|value| number(value / MS, 1)).to_vec());
    }
    table.print();
}

/// One caller, and 64 at once. A peer may lose calls under load, and the table says so; for whatever
/// is written here it is an error.
pub(super) fn calls(
    contenders: &[Contender],
    one: &Results,
    many: &Results,
    beside: &[Beside],
) -> Result<(), String> {
    print_calls("One call after another", contenders, one, beside);
    print_calls("64 callers at once", contenders, many, beside);
    let lost = |name| one.failures(name) + many.failures(name) > 0.0;
    let failed = contenders.iter().find(|c| c.bare && lost(c.name));
    match failed {
        None => Ok(()),
        Some(contender) => Err(format!("{} failed calls", contender.label)),
    }
}

fn print_calls(title: &str, contenders: &[Contender], results: &Results, beside: &[Beside]) {
    let title = format!("{title} (medians; ratios are each round's own, of CPU)");
    let mut heads = vec!["CPU, us"];
    heads.extend(beside.iter().map(|(_, head)| *head));
    heads.extend(["p50, us wall", "calls/s", "failed"]);
    let mut table = Table::new(title, &heads);
    for Contender { name, label, .. } in contenders {
        let ratio = |(other, _): &Beside| number(results.ratio(name, other, CPU), 2);
        let mut cells = vec![number(results.median(name, CPU) / US, 0)];
        cells.extend(beside.iter().map(ratio));
        cells.push(number(results.median(name, MIDDLE) / US, 0));
        cells.push(number(1e9 / results.median(name, WALL), 0));
        cells.push(number(results.failures(name), 0));
        table.row(label, cells);
    }
    table.print();
}
