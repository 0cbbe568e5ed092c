//! A runtime whose work cannot be watched for: a thread does it.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// There are none.
pub(super) enum Turns {}

impl Turns {
    pub(super) fn runtime(builder: &mut Builder) -> io::Result<(Runtime, Option<Self>)> {
        Ok((builder.build()?, None))
    }

    pub(super) fn descriptor(&self) -> i32 {
        match *self {}
    }

    pub(super) fn take_one(&mut self, _: &Runtime) {
        match *self {}
    }
}
