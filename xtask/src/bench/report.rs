//! The tables that every language has: what a fresh process costs, and what a call costs.

use super::{
    Contender,
    contest::Outcome,
    place,
    results::{Reading, Results},
    rounds::WARM,
    table::{Table, number},
};

pub(super) const US: f64 = 1e3;
pub(super) const MS: f64 = 1e6;
pub(super) const CPU: Reading = |sample| sample.cpu;
const WALL: Reading = |sample| sample.wall;
pub(super) const MIDDLE: Reading = |sample| sample.middle;

/// A contender that the others are set against, and the column's head for that.
pub(super) type Beside = (&'static str, &'static str);

/// Everything that the languages share; `empty` is a process that does nothing.
pub(super) fn print(outcome: &Outcome, empty: &str, beside: &[Beside]) {
    print_processes(outcome, empty);
    print_calls(
        "One call after another",
        &outcome.callers,
        &outcome.one,
        beside,
    );
    print_calls(
        "64 callers at once",
        &outcome.callers,
        &outcome.many,
        beside,
    );
}

fn print_processes(outcome: &Outcome, empty: &str) {
    let Outcome { import, first, .. } = outcome;
    let heads = [
        "import, ms CPU",
        "first token, ms CPU",
        "first token, ms wall",
    ];
    let title = "Fresh processes, above an empty one (medians; differences are each round's own)";
    let mut table = Table::new(title, &heads);
    for Contender { name, label, .. } in &outcome.contenders {
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

fn print_calls(title: &str, contenders: &[Contender], results: &Results, beside: &[Beside]) {
    let title = format!(
        "{title}, after {WARM} others, {} (medians; ratios are each round's own, of CPU)",
        place::note()
    );
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
