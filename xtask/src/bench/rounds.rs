//! Rounds in which everybody has a turn, in an order that changes: what disturbs the machine
//! disturbs them all alike.

use std::process::Command;

use super::{
    Contender, Programs,
    results::{Results, Sample},
    worker::Worker,
};
use crate::clock::Stopwatch;

/// Rounds that fill caches and have code compiled.
const UNCOUNTED: u32 = 2;
/// Calls before the first round: until then a compiler is still at work, which takes longest for
/// WebAssembly, and what is measured is what a call costs for good.
pub(super) const WARM: u32 = 3_000;

/// How the program for a language is told apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fresh {
    /// A process that imports.
    Import,
    /// A process that goes on to its first token.
    FirstToken,
}

/// So many calls, by so many callers at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    pub(super) count: u32,
    pub(super) callers: u32,
}

/// Starts a process for each measurement.
pub(super) fn fresh(
    programs: &Programs,
    contenders: &[Contender],
    fresh: Fresh,
    address: &str,
    rounds: u32,
) -> Result<Results, String> {
    let mode = match fresh {
        Fresh::Import => "import",
        Fresh::FirstToken => "first",
    };
    measured(contenders.len(), rounds, |turn| {
        let contender = contenders.get(turn).ok_or("nobody")?;
        let watch = Stopwatch::start();
        let worker = Worker::start(
            contender.name,
            programs.command(&[mode, contender.name, address]),
        )?;
        let numbers = worker.numbers()?;
        let sample = Sample {
            cpu: numbers.first().copied().unwrap_or(f64::NAN),
            wall: nanoseconds(watch),
            ..Sample::default()
        };
        Ok((contender.name, sample))
    })
}

/// Asks processes that live through all rounds.
pub(super) fn calls(
    workers: &mut [(&'static str, Worker)],
    load: Load,
    rounds: u32,
) -> Result<Results, String> {
    let question = format!("{} {}", load.count, load.callers);
    // A smoke makes a handful of calls in all.
    if load.count > load.callers {
        for (_, worker) in &mut *workers {
            worker.ask(&format!("{WARM} {}", load.callers))?;
        }
    }
    measured(workers.len(), rounds, |turn| {
        let (name, worker) = workers.get_mut(turn).ok_or("nobody")?;
        let numbers = worker.ask(&question)?;
        let number = |at: usize| numbers.get(at).copied().unwrap_or_default();
        let sample = Sample {
            cpu: number(0),
            wall: number(1),
            middle: number(2),
            failures: number(3),
        };
        Ok((*name, sample))
    })
}

/// A process for each, ready to be asked for calls.
pub(super) fn workers(
    contenders: &[Contender],
    command: impl Fn(&Contender) -> Command,
) -> Result<Vec<(&'static str, Worker)>, String> {
    let start = |contender: &Contender| {
        let worker = Worker::start(contender.name, command(contender))?;
        Ok((contender.name, worker))
    };
    contenders.iter().map(start).collect()
}

fn measured(
    count: usize,
    rounds: u32,
    mut turn: impl FnMut(usize) -> Result<(&'static str, Sample), String>,
) -> Result<Results, String> {
    let mut results = Results::default();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for round in 0..UNCOUNTED + rounds {
        for at in dice.order(count) {
            let (name, sample) = turn(at)?;
            if round >= UNCOUNTED {
                results.add(name, sample);
            }
        }
    }
    Ok(results)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "hours are far from where that begins"
)]
fn nanoseconds(watch: Stopwatch) -> f64 {
    watch.elapsed().as_nanos() as f64
}

/// Xorshift: the same order in every run, and no pattern in it.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let limit = u64::try_from(limit).unwrap_or(1).max(1);
        usize::try_from(self.0 % limit).unwrap_or_default()
    }

    fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<_> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_one_turn_in_every_round_and_not_always_the_same() {
        let mut dice = Dice(1);
        let orders: Vec<_> = (0..20).map(|_| dice.order(5)).collect();
        for order in &orders {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4]);
        }
        let firsts: std::collections::BTreeSet<_> = orders.iter().map(|order| order[0]).collect();
        assert_eq!(firsts.len(), 5);
    }
}
