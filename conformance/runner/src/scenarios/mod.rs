//! The scenarios: stories in five verbs, told to whoever acts in them, over a real emulator.
//!
//! The format is described in `conformance/scenarios/README.md`. What is peculiar to an actor (a client, a web server) is
//! behind [`Actor`]. A failure is a text that says what did not hold and where.

mod browser;
mod captures;
mod client;
mod expect;
mod requests;
mod run;
mod scenario;
mod suite;

pub use self::{
    browser::{Browsers, Server},
    client::Clients,
    run::{Actor, run},
    scenario::{Need, Scenario},
    suite::{Suite, tell},
};
