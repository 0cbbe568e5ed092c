//! The server that all contenders call: the one that this library's own calls are measured with.

use std::process::Command;

use super::{Amount, place, worker::Worker};
use crate::context::Context;

const PACKAGE: &str = "square-oauth-bench";

/// Runs until it is dropped.
#[derive(Debug)]
pub(super) struct Stub {
    pub(super) address: String,
    _process: Worker,
}

impl Stub {
    /// Where its callers are kept as well.
    pub(super) fn start(context: &Context, amount: &Amount) -> Result<Self, String> {
        program(context, amount).and_then(|command| Self::of(place::on_one_processor(command)))
    }

    /// For callers of several processes, which one processor would slow down.
    pub(super) fn anywhere(context: &Context, amount: &Amount) -> Result<Self, String> {
        program(context, amount).and_then(Self::of)
    }

    fn of(command: Command) -> Result<Self, String> {
        let process = Worker::start("the stub", command)?;
        Ok(Self {
            address: process.line()?,
            _process: process,
        })
    }
}

fn program(context: &Context, amount: &Amount) -> Result<Command, String> {
    let (profile, folder) = match amount.smoke {
        true => ("dev", "debug"),
        false => ("release", "release"),
    };
    let build = ["build", "--package", PACKAGE, "--profile", profile];
    context.cargo(&build).run().verdict()?;
    let mut command = Command::new(context.target().join(folder).join(PACKAGE));
    command.arg("stub");
    Ok(command)
}
