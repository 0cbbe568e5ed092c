//! The npm package: how it is made, and what is checked of it.

pub(crate) mod package;
