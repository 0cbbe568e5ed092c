//! The Python package: how it is made, and what is checked of it, installed from its wheel.

mod conformance;
mod demo;
mod environment;
mod interpreter;
mod suite;
mod types;
mod web;
mod wheel;

pub(crate) use demo::teller;

use crate::{part::Part, setup::Need};

pub(crate) fn parts() -> Vec<Part> {
    vec![
        types::part(),
        suite::part(),
        suite::other_part(),
        conformance::part(),
        web::part(),
    ]
}

/// What every part needs.
const NEEDS: &[Need] = &[Need::Program {
    name: "python3",
    package: "python3-venv",
}];
