//! The parts of the test that are about the emulator as others meet it: in a browser, and installed
//! from a package.

mod browser;

use crate::part::Part;

pub(crate) fn parts() -> Vec<Part> {
    vec![browser::part()]
}
