//! What takes hours.

use std::process::ExitCode;

/// Nothing that takes hours exists yet, and it says so.
pub(crate) fn run() -> ExitCode {
    println!("no soak runs yet: there is nothing here that takes hours");
    ExitCode::from(2)
}
