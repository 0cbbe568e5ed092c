//! The judge: holds a library to `conformance/vectors` and `conformance/scenarios`, over a real emulator.
//!
//! It knows libraries by one contract, that of `conformance/SUBJECTS.md`: a call as JSON, and what comes of it as JSON.
//! What answers is a [`Library`]: a subject program of any language behind its address, or the Rust client in the same
//! process. Whatever is judged is judged here and nowhere else.
//!
//! | module | |
//! |---|---|
//! | `library` | the contract |
//! | `vectors` | one call each: reading them, performing them, comparing |
//! | `scenarios` | one story each, in five verbs |
//! | `subject` | starting a subject program, calling it, and all of the above against it |
//! | `emulator` | Square, for both |
#![forbid(unsafe_code)]

mod data;
mod emulator;
mod library;
mod moment;
pub mod scenarios;
pub mod subject;
pub mod vectors;

pub use emulator::{Control, Square};
pub use library::{Call, Config, Failure, Library, Op, Outcome, Said, Subscription};
