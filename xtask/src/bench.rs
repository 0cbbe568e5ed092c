//! The figures.

use std::process::ExitCode;

/// No benchmark exists yet, and it says so: nothing is measured, so nothing may look as if it were.
pub(crate) fn run() -> ExitCode {
    println!("no benchmarks yet: there is nothing to measure");
    ExitCode::from(2)
}
