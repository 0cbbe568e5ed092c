//! Two protected resources, so that a token can be used for something.

pub(crate) mod bearer;
pub(crate) mod locations;
pub(crate) mod merchant;
