//! What comes from outside, in every form a machine can think of: one function for each target,
//! which panics where something does not hold.
//!
//! Inputs are text as far as possible, so that a file that broke something can be read, and so that
//! the conformance vectors can be written as seeds.
#![forbid(unsafe_code)]

mod answers;
mod callback;
mod cleaner;
mod environment;
mod pending;
mod requests;
mod times;
mod web;
mod webhook;
mod world;

pub use answers::answers;
pub use callback::callback;
pub use cleaner::cleaner;
pub use environment::environment;
pub use pending::pending;
pub use requests::emulator;
pub use times::times;
pub use web::web;
pub use webhook::webhook;
