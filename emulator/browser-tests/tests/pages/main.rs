//! The emulator's pages in a real browser, as a seller and a developer meet them.
//!
//! `cargo xtask test browser` runs these and brings the browser; `cargo test` leaves them out. Each test has an emulator
//! and a browser of its own, and leaves pictures under `target/artefacts/browser/`.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where what is not as expected must fail"
)]

mod accessible;
mod consent;
mod control;
mod keyboard;
mod narrow;
mod webdriver;
mod world;
