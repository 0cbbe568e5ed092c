//! The demo's story, told by Node with the installed package.

use super::{installed::installed, package::NEEDS};
use crate::{context::Context, setup};

const FOLDER: &str = "examples/demo/languages";
const SCRIPT: &str = "story.mjs";

/// The program and the script that tell it; the error says what is missing.
pub(crate) fn teller(context: &Context) -> Result<[String; 2], String> {
    for need in NEEDS {
        setup::bring(context, need)?;
    }
    let installed = installed(context, "demo", &[FOLDER])?;
    let script = installed.app.join(SCRIPT).display().to_string();
    Ok(["node".to_owned(), script])
}
