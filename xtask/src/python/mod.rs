//! The Python package: how it is made, and what is checked of it, installed from its wheel.

mod conformance;
mod environment;
mod interpreter;
mod suite;
mod types;
mod wheel;

use crate::{part::Part, setup::Need};

pub(crate) fn parts() -> Vec<Part> {
    vec![
        types::part(),
        suite::part(),
        suite::other_part(),
        conformance::part(),
    ]
}

/// What every part needs.
const NEEDS: &[Need] = &[Need::Program {
    name: "python3",
    package: "python3-venv",
}];
