//! One fuzz target that has been built.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{context::Context, shell::Step};

/// Fuzzing builds apart from everything else, since it instruments what it builds.
pub(super) fn folder(context: &Context) -> PathBuf {
    context.target().join("fuzz")
}

pub(super) struct Target {
    name: String,
    binary: PathBuf,
    folder: PathBuf,
}

impl Target {
    pub(super) fn new(context: &Context, name: &str) -> Result<Self, String> {
        let folder = folder(context);
        let binary = binary(&folder, name).ok_or(format!("{name} was not built"))?;
        Ok(Self {
            name: name.to_owned(),
            binary,
            folder,
        })
    }

    /// Runs for this long; says how much was tried, or what was found and where it is kept.
    pub(super) fn run(&self, time: Duration) -> Result<u64, String> {
        let kept = |what: &str| self.folder.join(what).join(&self.name);
        let (corpus, findings) = (kept("corpus"), kept("findings"));
        for folder in [&corpus, &findings] {
            fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        let mut command = Command::new(&self.binary);
        command
            .args([&corpus, &kept("seeds")])
            .arg(format!("-max_total_time={}", time.as_secs()))
            .arg(format!("-artifact_prefix={}/", findings.display()))
            .args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=70000"])
            .args(["-len_control=500", "-print_final_stats=1"]);
        let step = Step::new(format!("fuzz {}", self.name), command);
        // Reading the corpus is not part of libFuzzer's time.
        let finished = step.limit(time * 2 + Duration::from_secs(60)).run();
        let tried = finished.lines().find_map(tried).unwrap_or(0);
        match finished.verdict() {
            Ok(()) if tried > 0 => Ok(tried),
            Ok(()) => Err("nothing was tried".to_owned()),
            Err(problem) => Err(format!(
                "{}\nthe input is kept in {}",
                shortened(&problem),
                findings.display()
            )),
        }
    }
}

fn tried(line: &str) -> Option<u64> {
    let number = line.strip_prefix("stat::number_of_executed_units:")?;
    number.trim().parse().ok()
}

/// The last lines, where the panic is; before it stand thousands about new inputs.
fn shortened(output: &str) -> String {
    let lines: Vec<_> = output.lines().collect();
    let from = lines.len().saturating_sub(60);
    lines.get(from..).unwrap_or_default().join("\n")
}

/// Cargo-fuzz puts it below the host's own target triple.
fn binary(folder: &Path, name: &str) -> Option<PathBuf> {
    let triples = fs::read_dir(folder).ok()?.flatten();
    let mut binaries = triples.map(|triple| triple.path().join("release").join(name));
    binaries.find(|binary| binary.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_tried_is_read_from_the_statistics() {
        assert_eq!(tried("stat::number_of_executed_units: 1234"), Some(1234));
        assert_eq!(tried("Done 1234 runs in 30 second(s)"), None);
    }

    #[test]
    fn the_end_of_a_long_output_is_kept() {
        let output: String = (0..1000).map(|line| format!("{line}\n")).collect();
        let end = shortened(&output);
        assert!(end.starts_with("940\n") && end.ends_with("999"), "{end}");
    }
}
