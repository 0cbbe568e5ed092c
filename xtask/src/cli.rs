//! The command line.

use clap::{Args, Parser, Subcommand};

/// The task runner of square-oauth.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Run the tests: all of them, one language's, or single parts.
    ///
    /// Brings what it needs by itself: Rust targets by rustup, system packages by apt-get where it
    /// is root on Debian; otherwise it prints the one command that would. What could not be run is
    /// named loudly, and is a failure where the environment says CI=true. The last line is
    /// `N passed, N failed`.
    Test(TestOptions),
    /// Build and run the demo: a seller is connected to an application over real HTTP.
    Demo(DemoOptions),
    /// Write the files that are made from conformance/errors.json.
    Generate(GenerateOptions),
    /// Leave an artefact in target/packages/.
    Package(PackageOptions),
    /// Print the figures of the benchmarks, each with its budget.
    Bench(BenchOptions),
    /// Run what takes hours, for as long as you like: fuzzing.
    Soak(SoakOptions),
}

#[derive(Debug, Args)]
pub(crate) struct TestOptions {
    /// A language (`rust`) or parts of the test; `--list` names them. [default: every part]
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// List the parts instead of running them. [default: off]
    #[arg(long)]
    pub(crate) list: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DemoOptions {
    /// Keep the emulator and a "Connect Square" page up, for clicking through in a browser.
    /// [default: off]
    #[arg(long)]
    pub(crate) serve: bool,
    /// More options, passed on to the demo as they are; `-- --help` explains them. [default: none]
    #[arg(last = true, value_name = "OPTION")]
    pub(crate) rest: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct GenerateOptions {
    /// Only compare: fail when a file is not what would be written. [default: off]
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PackageOptions {
    /// What to package. [default: none, which lists what there is]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct BenchOptions {
    /// The language to measure.
    #[arg(value_name = "NAME", default_value = "rust")]
    pub(crate) language: String,
    /// Passed on to the benchmark as it is; `-- --help` explains it. [default: everything]
    #[arg(last = true, value_name = "OPTION")]
    pub(crate) rest: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SoakOptions {
    /// How long to run in all, building not counted.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub(crate) minutes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn demo_takes_options_of_its_own_and_passes_others_on() {
        let words = [
            "cargo xtask",
            "demo",
            "--serve",
            "--",
            "--listen",
            "127.0.0.1:1",
        ];
        let Task::Demo(options) = Cli::try_parse_from(words).unwrap().task else {
            panic!()
        };
        assert!(options.serve);
        assert_eq!(options.rest, ["--listen", "127.0.0.1:1"]);
    }

    #[test]
    fn every_command_that_the_pages_name_exists() {
        let context = Context::find().unwrap();
        let pages = [
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "DESIGN.md",
            "CHANGELOG.md",
        ];
        let texts: Vec<_> = pages
            .iter()
            .filter_map(|page| context.read(page).ok())
            .collect();
        let commands: Vec<_> = texts.iter().flat_map(|text| commands(text)).collect();
        assert!(commands.len() >= 2, "{commands:?}");
        for words in commands {
            Cli::try_parse_from(&words).unwrap_or_else(|e| panic!("{words:?}: {e}"));
        }
    }

    /// What follows `cargo xtask`, up to a comment or the end of the code.
    fn commands(page: &str) -> Vec<Vec<&str>> {
        let ends = ['\n', '`', '#', ';', '|'];
        let commands = page.split("cargo xtask ").skip(1);
        let commands = commands.map(|rest| rest.split(ends).next().unwrap_or_default());
        commands
            .map(|words| {
                std::iter::once("xtask")
                    .chain(words.split_whitespace())
                    .collect()
            })
            .collect()
    }
}
