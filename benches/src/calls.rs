//! This library beside raw reqwest: rounds in turn, and the median of each round's own ratio.

use crate::{
    Problem,
    measure::{self, Times},
    stub,
    work::{TIMES, Work},
};

const ROUNDS: usize = 5;
const COUNTED_ROUNDS: usize = 3;

struct Pair {
    name: &'static str,
    ours: Work,
    raw: Work,
    /// How often by the clock, and under callgrind, which is fifty times slower.
    timed: u32,
    counted: u32,
    /// Pieces in one piece of work.
    each: u32,
    budget: Option<f64>,
}

const PAIRS: [Pair; 4] = [
    Pair {
        name: "refresh, kept connection",
        ours: Work::Refresh,
        raw: Work::RefreshRaw,
        timed: 3000,
        counted: 250,
        each: 1,
        budget: Some(1.15),
    },
    Pair {
        name: "code, own connection",
        ours: Work::Code,
        raw: Work::CodeRaw,
        timed: 1500,
        counted: 250,
        each: 1,
        budget: Some(1.15),
    },
    Pair {
        name: "encode alone",
        ours: Work::Encode,
        raw: Work::EncodeRaw,
        timed: 100_000,
        counted: 5000,
        each: 1,
        budget: None,
    },
    Pair {
        name: "decode alone",
        ours: Work::Decode,
        raw: Work::DecodeRaw,
        timed: 1000,
        counted: 50,
        each: TIMES,
        budget: None,
    },
];

pub(crate) fn run() -> Result<(), Problem> {
    let address = stub::start()?;
    println!("One call, beside raw reqwest and serde structs doing the same JSON over loopback.");
    println!(
        "Raw is the least that works: the same four headers, its own address from a text, the answer"
    );
    println!(
        "into a struct of texts. It has no deadline, caps and zeroes nothing, cleans no error, checks no"
    );
    println!("field and reads no date, all of which are in ours.");
    println!("Medians; a ratio is the median of the rounds' own ratios.\n");
    println!("{:<26}{:>14}{:>14}{:>8}", "", "ours", "raw", "ratio");
    for pair in &PAIRS {
        let each = f64::from(pair.each);
        let counted = rounds(COUNTED_ROUNDS, pair, |work| {
            measure::instructions(work, &address, pair.counted)
        })?;
        let timed = rounds(ROUNDS, pair, |work| {
            measure::times(work, &address, pair.timed)
        })?;
        let row = |what: &str, rounds: &[(f64, f64)]| {
            let ours = median(rounds.iter().map(|(ours, _)| ours / each));
            let raw = median(rounds.iter().map(|(_, raw)| raw / each));
            let ratio = median(rounds.iter().map(|(ours, raw)| ours / raw));
            println!("  {what:<24}{ours:>14.0}{raw:>14.0}{ratio:>8.3}");
            ratio
        };
        println!("{}", pair.name);
        let ratio = row("instructions", &counted);
        let by = |read: fn(&Times) -> f64| -> Vec<_> {
            timed
                .iter()
                .map(|(ours, raw)| (read(ours), read(raw)))
                .collect()
        };
        row("processor, ns", &by(|times| times.cpu));
        row("wall, ns", &by(|times| times.wall));
        if let Some(budget) = pair.budget {
            let verdict = if ratio <= budget { "within" } else { "ABOVE" };
            println!("  {verdict} the budget of {budget} x the instructions");
        }
    }
    Ok(())
}

/// Both sides in turn, each first as often as the other.
fn rounds<T>(
    count: usize,
    pair: &Pair,
    mut measure: impl FnMut(Work) -> Result<T, Problem>,
) -> Result<Vec<(T, T)>, Problem> {
    (0..count)
        .map(|round| {
            if round % 2 == 0 {
                let ours = measure(pair.ours)?;
                Ok((ours, measure(pair.raw)?))
            } else {
                let raw = measure(pair.raw)?;
                Ok((measure(pair.ours)?, raw))
            }
        })
        .collect()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
