//! All scenarios, and the count that shows that none was left out.

use std::{collections::BTreeSet, fs, path::Path};

use crate::scenario::{Need, Scenario};

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
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
        let mut scenarios = Vec::new();
        let mut ids = BTreeSet::new();
        let files = fs::read_dir(folder).map_err(|error| error.to_string())?;
        for file in files {
            let path = file.map_err(|error| error.to_string())?.path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
            let scenario = Scenario::read(&text).map_err(|why| format!("{name}: {why}"))?;
            if scenario.id != name || !ids.insert(scenario.id.clone()) {
                return Err(format!(
                    "{name}: the id {} is not the file's name",
                    scenario.id
                ));
            }
            scenarios.push(scenario);
        }
        scenarios.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(Self { scenarios })
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
