//! The time of one call, and who gets how much of it. All of it in milliseconds.

use core::{future::poll_fn, task::Poll, time::Duration};

use crate::host::{BoxFuture, Host};

/// Its end is a timer, which holds whatever the clock says; the clock says what is left, so that
/// nothing is begun that cannot be finished. What was waited counts even if the clock stands still,
/// as a test's does.
pub(super) struct Time<'a> {
    host: &'a Host,
    timeout_ms: u64,
    /// One timer at a time: to the end of the first attempt's share, and from there to the call's.
    timer: BoxFuture<'static, ()>,
    /// What the timer leaves for the next one.
    rest_ms: u64,
    started_ms: u64,
    waited_ms: u64,
}

/// What ends a wait at the latest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// The end of the first attempt's share.
    Share,
    /// The end of the call.
    Call,
}

impl<'a> Time<'a> {
    /// `share_ms` is what the first attempt may have of it.
    pub(super) fn start(host: &'a Host, timeout_ms: u64, share_ms: u64) -> Self {
        let share_ms = share_ms.min(timeout_ms);
        Self {
            host,
            timeout_ms,
            timer: sleep(host, share_ms),
            rest_ms: timeout_ms - share_ms,
            started_ms: host.clock.monotonic_ms(),
            waited_ms: 0,
        }
    }

    /// What the future yields, if it does before the call's end, or within the first attempt's
    /// share of it.
    pub(super) fn within<T>(
        &mut self,
        bound: Bound,
        mut future: BoxFuture<'_, T>,
    ) -> impl Future<Output = Option<T>> {
        poll_fn(move |context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            while self.timer.as_mut().poll(context).is_ready() {
                if !self.run_out() || bound == Bound::Share {
                    return Poll::Ready(None);
                }
            }
            Poll::Pending
        })
    }

    /// Waits; false if the call's end came first.
    pub(super) async fn sleep(&mut self, wait_ms: u64) -> bool {
        let after_ms = self.waited_ms.saturating_add(wait_ms);
        let sleeping = sleep(self.host, wait_ms);
        let is_in_time = self.within(Bound::Call, sleeping).await.is_some();
        self.waited_ms = self.waited_ms.max(after_ms);
        is_in_time
    }

    pub(super) fn left_ms(&self) -> u64 {
        let now_ms = self.host.clock.monotonic_ms();
        let measured_ms = now_ms.saturating_sub(self.started_ms);
        self.timeout_ms
            .saturating_sub(measured_ms.max(self.waited_ms))
    }

    /// Goes on to the timer after the one that has run out; false if that was the last.
    fn run_out(&mut self) -> bool {
        let rest_ms = core::mem::take(&mut self.rest_ms);
        self.waited_ms = self.waited_ms.max(self.timeout_ms - rest_ms);
        if rest_ms == 0 {
            return false;
        }
        self.timer = sleep(self.host, rest_ms);
        true
    }
}

fn sleep(host: &Host, ms: u64) -> BoxFuture<'static, ()> {
    host.runtime.sleep(Duration::from_millis(ms))
}
