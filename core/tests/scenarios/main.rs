//! The scenarios of `conformance/scenarios` that need a client, told to the public one over a real emulator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and the count of scenarios is for whoever runs it"
)]

#[path = "../support_subject/mod.rs"]
mod subject;

use square_oauth_conformance::{
    Square,
    scenarios::{Clients, Need, Suite, tell},
};

#[tokio::test]
async fn every_scenario_that_needs_a_client_holds() {
    let suite = Suite::read().expect("the scenarios are readable");
    let scenarios: Vec<_> = suite.of(Need::Client).collect();
    let library = subject::native();
    let start = async |square: &Square| Ok(Clients::new(&library, square));
    let failures = tell(&scenarios, true, start).await;
    println!(
        "{}",
        suite
            .account(Need::Client, scenarios.len())
            .expect("all are run")
    );
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
