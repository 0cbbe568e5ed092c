//! The vectors: one call each. Reading them, performing them against a library, and judging what came of it.

mod authorization;
mod errors;
mod format;
mod judge;
mod loopback;
mod perform;
mod requests;
mod values;

pub use self::{
    format::{
        Answer, Cause, Delivery, ExpectedError, ExpectedRequest, Fail, Need, Step, Vector, Vectors,
        read,
    },
    judge::judge,
    loopback::over_loopback,
    perform::{Performed, perform},
    requests::Seen,
};

/// Everything that is wrong, in words.
pub type Complaints = Vec<String>;
