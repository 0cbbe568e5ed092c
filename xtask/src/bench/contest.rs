//! What every language measures: fresh processes, one call after another, 64 callers at once.

use super::{
    Amount, Contender, Programs, place,
    results::Results,
    rounds::{self, Fresh},
};

/// Who is measured, and how often they call in a round.
#[derive(Debug)]
pub(super) struct Contest {
    pub(super) contenders: &'static [Contender],
    /// Those that call nobody: what the others are set against.
    pub(super) idle: &'static [&'static str],
    pub(super) alone: u32,
    pub(super) at_once: u32,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) contenders: Vec<Contender>,
    pub(super) callers: Vec<Contender>,
    pub(super) import: Results,
    pub(super) first: Results,
    pub(super) one: Results,
    pub(super) many: Results,
}

impl Contest {
    pub(super) fn run(
        &self,
        programs: &Programs,
        address: &str,
        amount: &Amount,
    ) -> Result<Outcome, String> {
        let contenders = amount.contenders(self.contenders);
        let callers: Vec<_> = contenders
            .iter()
            .copied()
            .filter(|contender| !self.idle.contains(&contender.name))
            .collect();
        let rounds = amount.rounds();
        let fresh = |kind| rounds::fresh(programs, &contenders, kind, address, rounds);
        let import = fresh(Fresh::Import)?;
        let first = fresh(Fresh::FirstToken)?;
        let command = |contender: &Contender| {
            place::on_one_processor(programs.command(&["calls", contender.name, address]))
        };
        let mut workers = rounds::workers(&callers, command)?;
        let mut calls =
            |count, callers| rounds::calls(&mut workers, amount.load(count, callers), rounds);
        let one = calls(self.alone, 1)?;
        let many = calls(self.at_once, 64)?;
        drop(workers);
        let outcome = Outcome {
            contenders,
            callers,
            import,
            first,
            one,
            many,
        };
        outcome.check()?;
        Ok(outcome)
    }
}

impl Outcome {
    /// A peer may lose calls under load, and the table says so; for what is written here it is an
    /// error.
    fn check(&self) -> Result<(), String> {
        let lost = |name| self.one.failures(name) + self.many.failures(name) > 0.0;
        let failed = self.callers.iter().find(|c| c.bare && lost(c.name));
        match failed {
            None => Ok(()),
            Some(contender) => Err(format!("{} failed calls", contender.label)),
        }
    }
}
