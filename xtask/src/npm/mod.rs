//! The npm package: how it is made, and what is checked of it.

mod bundlers;
mod examples;
mod installed;
pub(crate) mod package;
mod runtimes;
mod size;
mod teller;
mod unit;
mod whole;

pub(crate) use self::teller::teller;
use crate::part::Part;

/// All of them, the quick ones first.
pub(crate) fn parts() -> Vec<Part> {
    vec![
        whole::part(),
        unit::part(),
        bundlers::part(),
        runtimes::part(),
        examples::part(),
    ]
}
