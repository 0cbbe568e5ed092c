//! The contract itself, proved: the judge and the Rust client, over HTTP, and every vector and scenario holds.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and the counts are for whoever runs it"
)]

use square_oauth_conformance::subject::{Options, Program, Remote, judge};

#[tokio::test]
async fn the_rust_client_holds_to_every_vector_and_scenario() {
    let command = [env!("CARGO_BIN_EXE_square-oauth-subject").into()];
    let (program, about) = Program::start(&command).await.unwrap();
    let options = Options {
        only: Vec::new(),
        web: true,
    };
    let report = judge(&Remote::new(about), &options).await.unwrap();
    println!("{report}");
    assert!(report.failures.is_empty(), "{}", report.failures.join("\n"));
    program.end().await.unwrap();
}
