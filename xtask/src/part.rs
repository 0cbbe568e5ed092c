//! What a part of the test is.

use crate::{checks::Checks, context::Context, setup::Need};

/// One part of the test, run by its name or by its language's.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) language: &'static str,
    /// One line for `--list`.
    pub(crate) about: &'static str,
    /// What must be on the machine; what is missing is brought first.
    pub(crate) needs: &'static [Need],
    pub(crate) run: fn(&Context, &mut Checks),
}
