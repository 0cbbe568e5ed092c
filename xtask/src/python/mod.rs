//! The Python package: how it is made, and what is checked of it, installed from its wheel.

mod conformance;
mod demo;
mod environment;
mod interpreter;
mod package;
mod source;
mod suite;
mod types;
mod web;
pub(crate) mod wheel;

pub(crate) use self::{
    demo::teller,
    package::{WHAT, run as package},
};

use crate::{part::Part, setup::Need};

pub(crate) fn parts() -> Vec<Part> {
    vec![
        types::part(),
        suite::part(),
        suite::other_part(),
        suite::oldest_part(),
        conformance::part(),
        web::part(),
        source::part(),
    ]
}

/// What every part needs.
pub(crate) const NEEDS: &[Need] = &[Need::Program {
    name: "python3",
    package: "python3-venv",
}];
