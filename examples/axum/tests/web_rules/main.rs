//! The rules of `docs/web-handlers.md`, one test for each, by a real browser's requests against the
//! real server and the emulator.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where what is not as expected must fail"
)]

mod callback;
mod connect;
mod disconnect;
mod refresh;
mod status;
mod webhook;
mod world;
