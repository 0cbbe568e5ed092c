//! The demo's story, as a program in Python tells it.

use super::{NEEDS, environment::Environment, interpreter, wheel};
use crate::{context::Context, setup};

const FOLDER: &str = "examples/demo/languages";
const SCRIPT: &str = "story.py";

/// Python with the wheel in it, and the script for it; the error says what is missing.
pub(crate) fn teller(context: &Context) -> Result<[String; 2], String> {
    for need in NEEDS {
        setup::bring(context, need)?;
    }
    let interpreter = interpreter::usual()?;
    let wheel = match context.ci {
        true => wheel::for_tests(context)?,
        false => wheel::for_demo(context)?,
    };
    let environment = Environment::with(context, &interpreter, "demo", &wheel, "")?;
    tell(context, &environment)
}

/// The same, in an environment that has the package.
pub(super) fn tell(context: &Context, environment: &Environment) -> Result<[String; 2], String> {
    environment.copy(context, FOLDER, "languages")?;
    let script = environment.path(&format!("languages/{SCRIPT}"));
    Ok([environment.python.display().to_string(), script])
}
