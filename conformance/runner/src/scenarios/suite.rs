//! All scenarios, and the count that shows that none was left out.

use futures_util::{StreamExt, stream};

use super::{
    run::{Actor, run},
    scenario::{Need, Scenario},
};
use crate::{data::SCENARIOS, emulator::Square};

/// Enough to wait out one another's back-off.
const SIDE_BY_SIDE: usize = 8;

/// Every scenario there is.
#[derive(Debug)]
pub struct Suite {
    scenarios: Vec<Scenario>,
}

impl Suite {
    /// Reads every file of `conformance/scenarios`.
    ///
    /// # Errors
    /// A text that names the file and what is wrong with it.
    pub fn read() -> Result<Self, String> {
        let mut scenarios = Vec::new();
        for (name, text) in SCENARIOS {
            let scenario = Scenario::read(text).map_err(|why| format!("{name}: {why}"))?;
            if scenario.id != *name {
                return Err(format!(
                    "{name}: the id {} is not the file's name",
                    scenario.id
                ));
            }
            scenarios.push(scenario);
        }
        Ok(Self { scenarios })
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Scenario> {
        self.scenarios.iter()
    }

    /// Those that are told to `need`.
    pub fn of(&self, need: Need) -> impl Iterator<Item = &Scenario> {
        self.scenarios
            .iter()
            .filter(move |scenario| scenario.needs(need))
    }

    /// Says how many were run, and checks that the files are these and those that need something else.
    ///
    /// # Errors
    /// A text, where the numbers do not add up.
    pub fn account(&self, ran: Need, count: usize) -> Result<String, String> {
        let files = self.scenarios.len();
        let words = [
            (Need::Client, "a client"),
            (Need::Web, "a web server"),
            (Need::Vault, "a vault"),
        ];
        let mut left = Vec::new();
        let mut others = 0;
        for (need, word) in words.iter().filter(|(need, _)| *need != ran) {
            let number = self.of(*need).count();
            others += number;
            left.push(format!("{number} need {word}"));
        }
        let said = format!(
            "scenarios: {count} run of {files} files, {}",
            left.join(", ")
        );
        if count == 0 || count + others != files {
            return Err(format!("{said}: these numbers do not add up"));
        }
        Ok(said)
    }
}

/// Tells scenarios to an actor that `start` makes for each, and says of each what did not hold.
pub async fn tell<A: Actor>(
    scenarios: &[&Scenario],
    side_by_side: bool,
    start: impl AsyncFn(&Square) -> Result<A, String>,
) -> Vec<String> {
    let told = stream::iter(scenarios).map(async |scenario| {
        let told = run(scenario, async |square: &Square| start(square).await).await;
        told.err()
            .map(|why| format!("{}: {}\n    {why}", scenario.id, scenario.title))
    });
    let lanes = if side_by_side { SIDE_BY_SIDE } else { 1 };
    let found: Vec<_> = told.buffered(lanes).collect().await;
    found.into_iter().flatten().collect()
}
