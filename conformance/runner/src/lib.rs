//! Runs `conformance/scenarios`: stories in five verbs, told to a subject, over a real emulator.
//!
//! The format is described in `conformance/scenarios/README.md`. Everything here belongs to the format; what is peculiar
//! to a subject (the Rust client, a web server) is behind [`Subject`].
//!
//! A failure is a text that says what did not hold and where; a test prints it and fails.
#![forbid(unsafe_code)]

mod browser;
mod captures;
mod control;
mod expect;
mod requests;
mod run;
mod scenario;
mod suite;

pub use browser::{Browsers, Server};
pub use control::{Control, Square};
pub use run::{Subject, run};
pub use scenario::{Need, Scenario};
pub use suite::Suite;
