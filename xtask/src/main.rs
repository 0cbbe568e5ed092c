//! The only task runner of the repository: `cargo xtask test`, `demo`, `generate` and their kin.
//!
//! A part of the test is one value in one file (see [`part`]); a new language adds a module with
//! its own parts and a line in [`test::parts`].
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    reason = "talking to the person at the terminal is its job"
)]

mod bench;
mod checks;
mod cli;
mod clock;
mod conformance;
mod context;
mod demo;
mod emulator;
mod fuzz;
mod generate;
mod maturin;
mod npm;
mod package;
mod part;
mod python;
mod rules;
mod rust;
mod setup;
mod shell;
mod soak;
mod test;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{Cli, Task};
use context::Context;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match Context::find().and_then(|context| run(&context, cli.task)) {
        Ok(code) => code,
        Err(message) => {
            println!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(context: &Context, task: Task) -> Result<ExitCode, String> {
    match task {
        Task::Test(options) => test::run(context, &options),
        Task::Demo(options) => demo::run(context, &options),
        Task::Generate(options) => generate::run(context, options.check),
        Task::Package(options) => package::run(context, options.name.as_deref()),
        Task::Bench(options) => bench::run(context, &options),
        Task::Soak(options) => soak::run(context, &options),
    }
}
