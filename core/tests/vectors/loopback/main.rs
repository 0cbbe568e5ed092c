//! The conformance vectors once more, through the public client with its native ports, over real
//! sockets: the emulator answers verbatim and says what it was sent.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../support_subject/mod.rs"]
mod subject;

use std::io::{Write, stdout};

use square_oauth_conformance::vectors::{Vectors, over_loopback};

#[tokio::test]
async fn every_vector_holds_over_loopback() {
    let Vectors { vectors, files } = Vectors::load().unwrap();
    let run: Vec<_> = vectors
        .iter()
        .filter(|vector| !vector.is_simulated())
        .collect();
    let found = over_loopback(&run, &subject::native()).await.unwrap();
    assert!(
        found.is_empty(),
        "loopback: {} vectors do not hold\n{}",
        found.len(),
        found.join("\n")
    );
    // Past the test harness, which would keep it to itself.
    let (run, simulated) = (run.len(), vectors.len() - run.len());
    writeln!(
        stdout(),
        "vectors: {run} run over loopback, {files} files; {simulated} need \"simulated\""
    )
    .unwrap();
}
