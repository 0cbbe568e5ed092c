//! Waiting by tokio's timers.

use core::time::Duration;

use tokio::runtime::Handle;

use crate::host::{BoxFuture, Runtime};

/// The tokio runtime that a call runs on.
///
/// # Panics
/// A call on a runtime that was built without `enable_all` panics, in tokio's words and with its
/// advice: there is no way to ask a runtime whether it has timers. Off any runtime it does not; the
/// call fails with `not_sent`.
#[derive(Clone, Copy, Debug)]
pub struct TokioRuntime;

impl Runtime for TokioRuntime {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // Off a runtime a timer would panic. The transport has the same trouble and reports it.
        if Handle::try_current().is_err() {
            return Box::pin(core::future::pending());
        }
        Box::pin(tokio::time::sleep(duration))
    }
}
