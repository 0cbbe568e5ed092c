//! The server that all contenders call: the one that this library's own calls are measured with.

use std::process::Command;

use super::{Amount, worker::Worker};
use crate::context::Context;

const PACKAGE: &str = "square-oauth-bench";

/// Runs until it is dropped.
#[derive(Debug)]
pub(super) struct Stub {
    pub(super) address: String,
    _process: Worker,
}

impl Stub {
    pub(super) fn start(context: &Context, amount: &Amount) -> Result<Self, String> {
        let (profile, folder) = match amount.smoke {
            true => ("dev", "debug"),
            false => ("release", "release"),
        };
        let build = ["build", "--package", PACKAGE, "--profile", profile];
        context.cargo(&build).run().verdict()?;
        let mut command = Command::new(context.target().join(folder).join(PACKAGE));
        command.arg("stub");
        let process = Worker::start("the stub", command)?;
        Ok(Self {
            address: process.line()?,
            _process: process,
        })
    }
}
