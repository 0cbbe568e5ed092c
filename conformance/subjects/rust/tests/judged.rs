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
    // It says the same in its first line and when it is asked.
    let remote = Remote::at(&about.base_url).await.unwrap();
    assert_eq!(remote.about(), &about);
    let report = judge(&remote, &options).await.unwrap();
    println!("{report}");
    assert!(report.failures.is_empty(), "{}", report.failures.join("\n"));
    program.end().await.unwrap();
}
