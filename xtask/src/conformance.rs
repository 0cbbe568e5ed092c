//! Judging a language by `conformance/`: the judge's own program, run against a subject.
//!
//! `conformance/SUBJECTS.md` says what a subject is. How much there is to hold to is counted here once more, from the
//! files, so that a judge that passes something over is noticed too.

use std::{fs, path::PathBuf, process::Command, time::Duration};

use serde_json::Value;

use crate::{checks::Checks, context::Context, part::Part, shell::Step};

const LIMIT: Duration = Duration::from_secs(8 * 60);

/// Whether a subject has to serve the web handlers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handlers {
    Required,
    /// Those scenarios are counted as left out, where it does not.
    #[allow(dead_code, reason = "for a language whose handlers are still to come")]
    IfServed,
}

/// Whose connections a subject sends by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connections {
    /// The library's.
    Own,
    /// Those of the runtime's `fetch`; what needs connections of one's own is counted as left out.
    OfFetch,
}

/// What a subject was, by its own words; no two of one run may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) runtime_and_loaded: String,
}

/// Runs the judge against the subject that a command starts, and adds what it counted.
///
/// The command keeps its arguments, folder and environment; nothing is returned where something failed.
pub(crate) fn judge(
    context: &Context,
    checks: &mut Checks,
    command: &Command,
    handlers: Handlers,
) -> Option<Judged> {
    judge_by(context, checks, command, handlers, Connections::Own)
}

/// The same for a subject that may send by its runtime's `fetch`.
pub(crate) fn judge_by(
    context: &Context,
    checks: &mut Checks,
    command: &Command,
    handlers: Handlers,
    connections: Connections,
) -> Option<Judged> {
    let label = format!("conformance: {}", spelled(command));
    let judged =
        built(context).and_then(|judge| run(context, &judge, command, (handlers, connections)));
    match judged {
        Ok((line, passed, judged)) => {
            checks.add(passed, 0);
            println!("  ok    {line}");
            Some(judged)
        }
        Err(problem) => {
            checks.check(&label, Err(problem));
            None
        }
    }
}

/// Fails where two subjects say the same of themselves: one runtime would be judged twice, and another never.
pub(crate) fn told_apart(checks: &mut Checks, judged: &[Judged]) {
    let twice = judged.iter().enumerate().find(|(at, one)| {
        let mut before = judged.iter().take(*at);
        before.any(|other| other == *one)
    });
    let result = match twice {
        Some((_, one)) => Err(format!("twice: {}", one.runtime_and_loaded)),
        None => Ok(()),
    };
    checks.check("no two subjects are the same", result);
}

/// The part that proves the contract: the Rust client behind it, as a program.
pub(crate) const fn part() -> Part {
    Part {
        name: "conformance",
        language: "rust",
        about: "the judge's program against the Rust client's: every vector and scenario over HTTP",
        needs: &[],
        run: |context, checks| match subject(context) {
            Ok(program) => {
                judge(context, checks, &Command::new(program), Handlers::Required);
            }
            Err(problem) => checks.check("the Rust subject compiles", Err(problem)),
        },
    }
}

fn subject(context: &Context) -> Result<PathBuf, String> {
    let package = [
        "build",
        "--package",
        "square-oauth-subject",
        "--features",
        "server",
    ];
    context.cargo(&package).run().verdict()?;
    Ok(context.target().join("debug/square-oauth-subject"))
}

fn built(context: &Context) -> Result<PathBuf, String> {
    let package = ["build", "--package", "square-oauth-conformance"];
    context.cargo(&package).run().verdict()?;
    Ok(context.target().join("debug/square-oauth-conformance"))
}

fn run(
    context: &Context,
    judge: &PathBuf,
    subject: &Command,
    (handlers, connections): (Handlers, Connections),
) -> Result<(String, u64, Judged), String> {
    let mut command = Command::new(judge);
    if handlers == Handlers::Required {
        command.arg("--web");
    }
    command
        .arg("--")
        .arg(subject.get_program())
        .args(subject.get_args());
    if let Some(folder) = subject.get_current_dir() {
        command.current_dir(folder);
    }
    for (name, value) in subject.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let finished = Step::new("square-oauth-conformance", command)
        .limit(LIMIT)
        .run();
    finished.verdict()?;
    let output = finished.stdout();
    let line = output
        .lines()
        .rfind(|line| line.starts_with("conformance: "));
    let line = line.ok_or_else(|| format!("the judge says nothing:\n{output}"))?;
    let counted = Counts::said(line).ok_or_else(|| format!("the judge counts nothing: {line}"))?;
    let there = Counts::there(context, connections)?;
    let web = match handlers {
        Handlers::IfServed if counted.web == 0 => 0,
        _ => there.web,
    };
    if counted != (Counts { web, ..there }) {
        return Err(format!("{line}\nthere is to hold to: {there:?}"));
    }
    let (who, _) = line
        .split_once(&format!(": {} vectors", counted.vectors))
        .unwrap_or((line, ""));
    let judged = Judged {
        runtime_and_loaded: who.to_owned(),
    };
    Ok((
        line.to_owned(),
        counted.vectors + counted.client + counted.web,
        judged,
    ))
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    vectors: u64,
    client: u64,
    web: u64,
}

impl Counts {
    /// Those of the judge's line.
    fn said(line: &str) -> Option<Self> {
        let before = |word: &str| {
            let (before, _) = line.split_once(word)?;
            before.rsplit(' ').next()?.parse().ok()
        };
        Some(Self {
            vectors: before(" vectors, ")?,
            client: before(" scenarios client, ")?,
            web: before(" scenarios web")?,
        })
    }

    /// What the files hold, less what only a simulation can run.
    fn there(context: &Context, connections: Connections) -> Result<Self, String> {
        let is_left_out =
            |value: &Value| connections == Connections::OfFetch && needs(value, "connections");
        let mut counts = Self::default();
        for file in files(context, "conformance/vectors")? {
            let vectors = file.get("vectors").and_then(Value::as_array);
            let vectors = vectors.into_iter().flatten();
            counts.vectors += vectors
                .filter(|vector| !needs(vector, "simulated") && !is_left_out(vector))
                .count() as u64;
        }
        for file in files(context, "conformance/scenarios")? {
            counts.client += u64::from(needs(&file, "client") && !is_left_out(&file));
            counts.web += u64::from(needs(&file, "web"));
        }
        if counts.vectors == 0 || counts.client == 0 || counts.web == 0 {
            return Err(format!("nothing to hold to: {counts:?}"));
        }
        Ok(counts)
    }
}

fn files(context: &Context, folder: &str) -> Result<Vec<Value>, String> {
    let read = |e: std::io::Error| format!("{folder}: {e}");
    let mut files = Vec::new();
    for file in fs::read_dir(context.root.join(folder)).map_err(read)? {
        let path = file.map_err(read)?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let text = fs::read_to_string(&path).map_err(read)?;
            files
                .push(serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?);
        }
    }
    Ok(files)
}

fn needs(value: &Value, need: &str) -> bool {
    let needs = value.get("needs").and_then(Value::as_array);
    needs.is_some_and(|needs| needs.iter().any(|one| one == need))
}

fn spelled(command: &Command) -> String {
    let words = [command.get_program()]
        .into_iter()
        .chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_judges_line_is_read() {
        let line = "conformance: Node 24.1.0, loaded node.mjs by import: 817 vectors, 35 scenarios client, 9 scenarios web; 78 vectors left out: needs simulated";
        let counts = Counts {
            vectors: 817,
            client: 35,
            web: 9,
        };
        assert_eq!(Counts::said(line), Some(counts));
        assert_eq!(Counts::said("conformance: none"), None);
    }

    #[test]
    fn a_subject_that_is_there_twice_is_noticed() {
        let one = |text: &str| Judged {
            runtime_and_loaded: text.to_owned(),
        };
        let mut checks = Checks::default();
        told_apart(&mut checks, &[one("a"), one("b")]);
        assert_eq!(checks.failed, 0);
        told_apart(&mut checks, &[one("a"), one("b"), one("a")]);
        assert_eq!(checks.failed, 1);
    }
}
