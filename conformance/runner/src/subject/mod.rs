//! A subject: a program in any language that puts the library's public API behind one HTTP address.
//!
//! Starting it or reaching one that runs, calling it, and judging it by all the vectors and scenarios it can be told.

mod about;
mod probes;
mod program;
mod remote;
mod report;
mod web;

pub use self::{
    about::{About, Web},
    program::Program,
    remote::Remote,
    report::{Options, Report, judge},
};
