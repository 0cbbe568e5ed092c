//! The scenarios of `conformance/scenarios` that need a client, told to the public one over a real emulator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and the count of scenarios is for whoever runs it"
)]

mod arguments;
mod client;
mod shown;

use square_oauth_scenarios::{Need, Square, Suite, run};

use crate::client::Clients;

#[tokio::test]
async fn every_scenario_that_needs_a_client_holds() {
    let suite = Suite::read().expect("the scenarios are readable");
    let start = async |square: &Square| Clients::new(square);
    let mut failures = Vec::new();
    let mut count = 0;
    for scenario in suite.of(Need::Client) {
        count += 1;
        if let Err(why) = run(scenario, start).await {
            failures.push(format!("{}: {}\n    {why}", scenario.id, scenario.title));
        }
    }
    println!(
        "{}",
        suite.account(Need::Client, count).expect("all are run")
    );
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
