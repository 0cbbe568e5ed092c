//! The figures, each beside the budget it is held against. They are only printed: what a busy
//! machine does to a figure is nobody's failure.

mod budget;
mod contest;
mod npm;
mod place;
mod python;
mod report;
mod results;
mod rounds;
mod rust;
mod smoke;
mod stub;
mod table;
mod worker;

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use clap::Parser;

pub(crate) use self::smoke::parts;

use self::{contest::Outcome, rounds::Load};
use crate::{cli::BenchOptions, context::Context, npm::package::copy_all};

/// How the languages' own benchmarks are run; Rust's has options of its own.
#[derive(Debug, Parser)]
#[command(name = "bench", no_binary_name = true)]
struct Amount {
    /// How often everything is measured.
    #[arg(long, default_value_t = 11, value_parser = clap::value_parser!(u32).range(1..=1000))]
    rounds: u32,
    /// Only a handful of calls, by what needs no registry: for a test of the programs.
    #[arg(skip)]
    smoke: bool,
}

impl Amount {
    fn rounds(&self) -> u32 {
        if self.smoke { 1 } else { self.rounds }
    }

    /// A smoke has every caller call, and not more.
    fn load(&self, count: u32, callers: u32) -> Load {
        let count = if self.smoke { callers } else { count };
        Load { count, callers }
    }

    fn contenders(&self, all: &[Contender]) -> Vec<Contender> {
        let runs = |contender: &&Contender| contender.bare || !self.smoke;
        all.iter().filter(runs).copied().collect()
    }
}

pub(crate) fn run(context: &Context, options: &BenchOptions) -> Result<ExitCode, String> {
    if options.language == "rust" {
        return rust::run(context, options);
    }
    let amount = match Amount::try_parse_from(&options.rest) {
        Ok(amount) => amount,
        Err(help) => {
            println!("{help}");
            return Ok(ExitCode::from(2));
        }
    };
    match options.language.as_str() {
        "npm" => npm::run(context, &amount)?,
        "python" => python::run(context, &amount)?,
        other => {
            println!("nothing to measure is called `{other}`");
            println!("available: rust, npm, python");
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One of those that are measured.
#[derive(Clone, Copy, Debug)]
struct Contender {
    /// The file that is it.
    name: &'static str,
    /// What the table calls it.
    label: &'static str,
    /// Whether it runs without any package but ours.
    bare: bool,
}

impl Contender {
    const fn bare(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            bare: true,
        }
    }

    const fn peer(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            bare: false,
        }
    }
}

/// A language's programs, where its packages are: copied, so that nothing is installed among the
/// sources.
#[derive(Debug)]
struct Programs {
    interpreter: PathBuf,
    /// The one that measures.
    script: &'static str,
    folder: PathBuf,
}

impl Programs {
    fn command(&self, arguments: &[&str]) -> Command {
        self.other(self.script, arguments)
    }

    fn other(&self, script: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.interpreter);
        command
            .arg(script)
            .args(arguments)
            .current_dir(&self.folder);
        // What they call is on this machine.
        for name in ["http_proxy", "HTTP_PROXY", "NODE_PATH", "PYTHONPATH"] {
            command.env_remove(name);
        }
        command
    }
}

fn copy_programs(context: &Context, name: &str, amount: &Amount) -> Result<PathBuf, String> {
    let kind = if amount.smoke { "smoke" } else { "bench" };
    let folder = context.target().join(kind).join(name);
    copy_all(&context.root.join("benches").join(name), &folder)?;
    Ok(folder)
}
