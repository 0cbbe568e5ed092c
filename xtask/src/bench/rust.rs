//! Rust's figures and the emulator's, measured by a package of its own, which may depend on what it
//! measures.

use std::process::ExitCode;

use crate::{
    cli::BenchOptions,
    context::Context,
    setup::{self, Need},
};

const PACKAGE: &str = "square-oauth-bench";

/// Counts instructions, which stay the same on a machine that is busy.
const COUNTER: Need = Need::Program {
    name: "valgrind",
    package: "valgrind",
};

/// Only prints: what a busy machine does to a figure is nobody's failure.
pub(crate) fn run(context: &Context, options: &BenchOptions) -> Result<ExitCode, String> {
    setup::bring(context, &COUNTER)?;
    let mut command = context.cargo_command(&["run", "--release", "--package", PACKAGE, "--"]);
    let status = command
        .args(&options.rest)
        .status()
        .map_err(|e| format!("cargo could not be started: {e}"))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
