//! The conformance vectors once more, through the public client with its native ports, over real
//! sockets: the emulator answers verbatim and says what it was sent.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod control;
#[path = "../format.rs"]
#[allow(dead_code, reason = "only a simulation fails, hangs and keeps time")]
mod format;
#[path = "../input.rs"]
mod input;
#[path = "../judge.rs"]
mod judge;
#[path = "../output.rs"]
mod output;
#[path = "../perform.rs"]
mod perform;

use std::{
    io::{Write, stdout},
    sync::Arc,
};

use control::Control;
use format::{Config, Need, Op, Vector, Vectors};
use judge::judge;
use perform::perform;
use square_oauth::{
    host::{Host, ManualClock},
    native::NativeOptions,
};
use square_oauth_emulator::Emulator;
use tokio::task::JoinSet;

/// Enough to wait out one another's back-off.
const EMULATORS: usize = 16;

#[tokio::test]
async fn every_vector_holds_over_loopback() {
    let Vectors { vectors, files } = Vectors::load();
    let all = vectors.len();
    let vectors: Vec<_> = vectors
        .into_iter()
        .filter(|vector| !vector.needs.contains(&Need::Simulated))
        .collect();
    let run = vectors.len();
    let mut lanes = JoinSet::new();
    for lane in 0..EMULATORS {
        let vectors: Vec<_> = vectors
            .iter()
            .skip(lane)
            .step_by(EMULATORS)
            .cloned()
            .collect();
        lanes.spawn(drive(vectors));
    }
    let mut found = lanes.join_all().await.concat();
    found.sort();
    assert!(
        found.is_empty(),
        "loopback: {} vectors do not hold\n{}",
        found.len(),
        found.join("\n")
    );
    // Past the test harness, which would keep it to itself.
    let simulated = all - run;
    writeln!(
        stdout(),
        "vectors: {run} run over loopback, {files} files; {simulated} need \"simulated\""
    )
    .unwrap();
}

async fn drive(vectors: Vec<Vector>) -> Vec<String> {
    let emulator = Emulator::start(square_oauth_emulator::Config::default())
        .await
        .unwrap();
    let mut control = Control::new(&emulator);
    let host = Host::native(&NativeOptions::default()).unwrap();
    let mut found = Vec::new();
    for mut vector in vectors {
        // Whatever could send goes to the emulator, even where nothing is to be sent.
        if sends(vector.op) {
            vector.config = Config {
                environment: Some(emulator.base_url().to_owned()),
                ..vector.config
            };
        }
        control.answer_with(&vector.exchange).await;
        let performed = perform(&vector, at_the_vectors_time(&host, &vector)).await;
        let complaints = judge(&vector, &performed, &control.seen().await);
        if !complaints.is_empty() {
            found.push(format!("{}: {}", vector.id, complaints.join("; ")));
        }
    }
    found
}

/// The native ports, but for the clock, which stands where the vector says.
fn at_the_vectors_time(host: &Host, vector: &Vector) -> Host {
    Host {
        clock: Arc::new(ManualClock::at(vector.now.parse().unwrap())),
        ..host.clone()
    }
}

/// Whether the call talks to Square where its input is right.
fn sends(op: Op) -> bool {
    matches!(
        op,
        Op::Complete
            | Op::ObtainToken
            | Op::RevokeToken
            | Op::RetrieveTokenStatus
            | Op::CheckApplication
    )
}
