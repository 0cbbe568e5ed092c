//! Everything that a subject can be told, told; and the count that shows that nothing was passed over.

use std::fmt;

use super::{Remote, probes, web::WebServer};
use crate::{
    emulator::Square,
    scenarios::{Clients, Need, Scenario, Suite, tell},
    vectors::{Vector, Vectors, over_loopback},
};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Vectors and scenarios by their ids; none stands for all.
    pub only: Vec<String>,
    /// Whether the subject has to serve web handlers.
    pub web: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    runtime: String,
    loaded: String,
    vectors: usize,
    client: usize,
    web: usize,
    /// How much was left out, and for want of what.
    left_out: Vec<(usize, &'static str)>,
    /// Everything that does not hold.
    pub failures: Vec<String>,
}

/// Judges a subject.
///
/// # Errors
/// A text, where judging itself is impossible: nobody answers, an emulator does not start, an id is nobody's.
pub async fn judge(remote: &Remote, options: &Options) -> Result<Report, String> {
    let (all, suite) = (Vectors::load()?.vectors, Suite::read()?);
    let chosen = Chosen::among(&all, &suite, &options.only)?;
    let about = remote.about();
    let mut failures = probes::refused(remote)
        .await
        .map_err(|why| format!("the subject cannot be reached: {why}"))?;
    let paths = about.web.paths();
    if options.web && paths.is_none() {
        failures.push("the subject serves no web handlers".to_owned());
    }
    let simulated = chosen
        .vectors
        .iter()
        .filter(|vector| vector.is_simulated())
        .count();
    // What a runtime's `fetch` does by itself is nothing to hold a language to.
    let is_beyond = |needs_connections: bool| about.fetch && needs_connections;
    let mut beyond = (0, 0);
    let mut report = Report {
        runtime: about.runtime.clone(),
        loaded: about.loaded.clone(),
        vectors: 0,
        client: 0,
        web: 0,
        left_out: vec![
            (simulated, "vectors left out: needs simulated"),
            (
                chosen.of(Need::Vault).len(),
                "scenarios left out: needs vault",
            ),
        ],
        failures,
    };

    let vectors: Vec<_> = chosen
        .vectors
        .iter()
        .copied()
        .filter(|vector| !vector.is_simulated())
        .filter(|vector| {
            let is_beyond = is_beyond(vector.needs_connections());
            beyond.0 += usize::from(is_beyond);
            !is_beyond
        })
        .collect();
    report.vectors = vectors.len();
    report
        .failures
        .extend(over_loopback(&vectors, remote).await?);

    let mut clients = chosen.of(Need::Client);
    clients.retain(|scenario| {
        let is_beyond = is_beyond(scenario.needs(Need::Connections));
        beyond.1 += usize::from(is_beyond);
        !is_beyond
    });
    let needs = [
        (beyond.0, "vectors left out: needs connections"),
        (beyond.1, "scenarios left out: needs connections"),
    ];
    report.left_out.extend(needs);
    report.client = clients.len();
    let start = async |square: &Square| Ok(Clients::new(remote, square));
    report.failures.extend(tell(&clients, true, start).await);

    let servers = chosen.of(Need::Web);
    match &paths {
        None => report
            .left_out
            .push((servers.len(), "scenarios left out: needs web")),
        Some(paths) => {
            report.web = servers.len();
            let start = async |square: &Square| WebServer::start(remote, paths, square).await;
            // One after another: the subject has one set of handlers.
            report.failures.extend(tell(&servers, false, start).await);
        }
    }

    let (there, accounted) = (
        chosen.vectors.len() + chosen.scenarios.len(),
        report.accounted(),
    );
    if accounted != there || there == 0 {
        report.failures.push(format!(
            "{accounted} of {there} vectors and scenarios are accounted for"
        ));
    }
    Ok(report)
}

/// What is to be told.
struct Chosen<'a> {
    vectors: Vec<&'a Vector>,
    scenarios: Vec<&'a Scenario>,
}

impl<'a> Chosen<'a> {
    fn among(vectors: &'a [Vector], suite: &'a Suite, only: &[String]) -> Result<Self, String> {
        let wanted = |id: &String| only.is_empty() || only.contains(id);
        let chosen = Self {
            vectors: vectors.iter().filter(|vector| wanted(&vector.id)).collect(),
            scenarios: suite
                .all()
                .filter(|scenario| wanted(&scenario.id))
                .collect(),
        };
        let is_there = |id: &&String| {
            chosen.vectors.iter().any(|vector| vector.id == **id)
                || chosen.scenarios.iter().any(|scenario| scenario.id == **id)
        };
        match only.iter().find(|id| !is_there(id)) {
            Some(id) => Err(format!("no vector and no scenario is called `{id}`")),
            None => Ok(chosen),
        }
    }

    fn of(&self, need: Need) -> Vec<&'a Scenario> {
        let scenarios = self.scenarios.iter().copied();
        scenarios.filter(|scenario| scenario.needs(need)).collect()
    }
}

impl Report {
    fn accounted(&self) -> usize {
        let left_out: usize = self.left_out.iter().map(|(number, _)| number).sum();
        self.vectors + self.client + self.web + left_out
    }
}

/// One line: who was judged, by how much, and what was left out.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "conformance: {}, loaded {}: {} vectors, {} scenarios client, {} scenarios web",
            self.runtime, self.loaded, self.vectors, self.client, self.web
        )?;
        for (number, what) in self.left_out.iter().filter(|(number, _)| *number > 0) {
            write!(f, "; {number} {what}")?;
        }
        Ok(())
    }
}
