//! The parts of the test that are about the Rust code.

mod docs;
mod format;
pub(crate) mod libtest;
mod licences;
mod lint;
mod unit;
mod wasm;

use crate::{conformance, context::Context, demo, fuzz, generate, part::Part, rules};

/// All of them, the quick ones first.
pub(crate) fn parts(context: &Context) -> Vec<Part> {
    let mut parts = vec![
        format::part(),
        generate::part(),
        rules::part(),
        lint::part(),
        wasm::part(),
        unit::part(),
        conformance::part(),
        docs::part(),
    ];
    parts.extend(demo::part(context));
    parts.push(fuzz::part());
    parts.push(licences::part());
    parts
}
