//! Waiting by the runtime's timers, from outside of it.

use core::{
    future::{Future, pending},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use square_oauth::host::{BoxFuture, Runtime};
use tokio::time::Sleep;

use super::local::Local;

/// The timers of this process's runtime.
#[derive(Debug)]
pub(crate) struct Timers;

impl Runtime for Timers {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // Without a runtime nothing can be sent either, and that is reported.
        let Some(handle) = super::handle() else {
            return Box::pin(pending());
        };
        // A timer has to know its runtime when it is made; it may be polled anywhere.
        let _entered = handle.enter();
        Box::pin(Timer(Local::new(Box::pin(tokio::time::sleep(duration)))))
    }
}

struct Timer(Local<Pin<Box<Sleep>>>);

impl Future for Timer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match self.0.get_mut() {
            Some(sleep) => sleep.as_mut().poll(context),
            // A forked child carries on with its parent's call, whose time will never be up.
            None => Poll::Ready(()),
        }
    }
}
