//! The parts of the test that are about the emulator as others meet it: in a browser, and installed
//! from a package.

mod browser;
mod installed;
mod package;
mod snippets;

use crate::part::Part;

pub(crate) use self::package::{WHAT, run as package};

pub(crate) fn parts() -> Vec<Part> {
    vec![browser::part(), installed::part()]
}
