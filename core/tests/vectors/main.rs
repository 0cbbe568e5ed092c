//! The conformance vectors, on the pure functions and through the client on a simulated host.
//! `conformance/README.md` describes the format.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod codes;
mod pure;
mod simulated;
#[path = "../support_subject/mod.rs"]
#[allow(dead_code, reason = "each test crate uses a part of it")]
mod subject;
#[path = "../support_host/time.rs"]
#[allow(dead_code, reason = "each test crate uses a part of it")]
mod time;

use std::io::{Write, stdout};

use square_oauth_conformance::vectors::Vectors;

/// What the vectors have found, all of it at once.
fn report(of: &str, found: &[String]) {
    assert!(
        found.is_empty(),
        "{of}: {} vectors do not hold\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn every_vector_holds_on_a_simulated_host() {
    let Vectors { vectors, files } = Vectors::load().unwrap();
    let mut found = Vec::new();
    for vector in &vectors {
        let complaints = simulated::run(vector);
        if !complaints.is_empty() {
            found.push(format!("{}: {}", vector.id, complaints.join("; ")));
        }
    }
    report("simulated host", &found);
    // Past the test harness, which would keep it to itself.
    writeln!(stdout(), "vectors: {} run, {files} files", vectors.len()).unwrap();
}

#[test]
fn every_vector_of_one_exchange_holds_on_the_pure_functions() {
    let vectors = Vectors::load().unwrap().vectors;
    let mut found = Vec::new();
    let mut run = 0;
    for vector in &vectors {
        let Some(complaints) = pure::run(vector) else {
            continue;
        };
        run += 1;
        if !complaints.is_empty() {
            found.push(format!("{}: {}", vector.id, complaints.join("; ")));
        }
    }
    report("pure functions", &found);
    writeln!(
        stdout(),
        "vectors: {run} of {} run on pure functions",
        vectors.len()
    )
    .unwrap();
}
