//! The Rust client behind the contract of `conformance/SUBJECTS.md`: JSON in, JSON out, and no judgement.
//!
//! The library part works over any host, so that the core's own tests hold the same code to the same data on a simulated
//! one. Feature `server` makes a program of it.
#![forbid(unsafe_code)]

mod call;
pub mod input;
#[cfg(feature = "server")]
mod server;
pub mod shown;

pub use call::Call;
#[cfg(feature = "server")]
pub use server::{Subject, router};
