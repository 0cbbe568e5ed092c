//! The time of one call, and who gets how much of it.

use core::{future::poll_fn, task::Poll, time::Duration};

use crate::host::{BoxFuture, Host};

/// Its end is a timer, which holds whatever the clock says; the clock says what is left, so that
/// nothing is begun that cannot be finished. What was waited counts even if the clock stands still,
/// as a test's does.
pub(super) struct Time<'a> {
    host: &'a Host,
    timeout: Duration,
    /// One timer at a time: to the end of the first attempt's share, and from there to the call's.
    timer: BoxFuture<'static, ()>,
    /// What the timer leaves for the next one.
    rest: Duration,
    started_ms: u64,
    waited: Duration,
}

impl<'a> Time<'a> {
    /// `share` is what the first attempt may have of it.
    pub(super) fn start(host: &'a Host, timeout: Duration, share: Duration) -> Self {
        let share = share.min(timeout);
        Self {
            host,
            timeout,
            timer: host.runtime.sleep(share),
            rest: timeout.saturating_sub(share),
            started_ms: host.clock.monotonic_ms(),
            waited: Duration::ZERO,
        }
    }

    /// What the future yields, if it does within the first attempt's share.
    pub(super) async fn within_share<T>(&mut self, mut future: BoxFuture<'_, T>) -> Option<T> {
        let yielded = race(&mut future, &mut self.timer).await;
        if yielded.is_none() {
            self.run_out();
        }
        yielded
    }

    /// What the future yields, if it does before the call's end.
    pub(super) async fn within<T>(&mut self, mut future: BoxFuture<'_, T>) -> Option<T> {
        loop {
            let yielded = race(&mut future, &mut self.timer).await;
            if yielded.is_some() || !self.run_out() {
                return yielded;
            }
        }
    }

    /// Waits; false if the call's end came first.
    pub(super) async fn sleep(&mut self, wait: Duration) -> bool {
        let after = self.waited.saturating_add(wait);
        let is_in_time = self.within(self.host.runtime.sleep(wait)).await.is_some();
        self.waited = self.waited.max(after);
        is_in_time
    }

    pub(super) fn left(&self) -> Duration {
        let now_ms = self.host.clock.monotonic_ms();
        let measured = Duration::from_millis(now_ms.saturating_sub(self.started_ms));
        self.timeout.saturating_sub(measured.max(self.waited))
    }

    /// Goes on to the timer after the one that has run out; false if that was the last.
    fn run_out(&mut self) -> bool {
        let rest = core::mem::take(&mut self.rest);
        self.waited = self.waited.max(self.timeout.saturating_sub(rest));
        if rest.is_zero() {
            return false;
        }
        self.timer = self.host.runtime.sleep(rest);
        true
    }
}

/// What `future` yields, or none if `timer` was first. A timer that has run out must not be used
/// again.
async fn race<T>(future: &mut BoxFuture<'_, T>, timer: &mut BoxFuture<'static, ()>) -> Option<T> {
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
