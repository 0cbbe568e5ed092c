//! The figures, printed with the budget each is held against. Nothing fails here: a machine that is
//! busy would make a test of them fail for nobody's fault.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "printing figures is its job")]

mod calls;
mod clock;
mod emulator;
mod http;
mod measure;
mod stub;
mod work;

use clap::{Parser, Subcommand};

type Problem = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    task: Option<Task>,
}

/// Everything, when none is given.
#[derive(Debug, Subcommand)]
enum Task {
    /// This library's calls beside raw reqwest.
    Calls,
    /// The emulator's requests per second, and its memory over a million.
    Emulator {
        /// How many token requests.
        #[arg(long, default_value_t = 1_000_000)]
        requests: u64,
    },
    /// One kind of work, this often: what the others start, and what a profiler can be put on.
    Perform {
        work: work::Work,
        address: String,
        count: u32,
    },
    /// The stub that such work talks to, until the input ends.
    Stub,
    /// The emulator that is measured, until the input ends.
    ServeEmulator,
}

fn main() -> Result<(), Problem> {
    match Cli::parse().task {
        None => {
            calls::run()?;
            emulator::run(1_000_000)
        }
        Some(Task::Calls) => calls::run(),
        Some(Task::Emulator { requests }) => emulator::run(requests),
        Some(Task::Perform {
            work,
            address,
            count,
        }) => work::perform(work, &address, count),
        Some(Task::Stub) => {
            println!("{}", stub::start()?);
            until_the_input_ends()
        }
        Some(Task::ServeEmulator) => emulator::serve(),
    }
}

fn until_the_input_ends() -> Result<(), Problem> {
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}
