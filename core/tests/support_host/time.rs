//! Time that moves only when everybody waits.

use std::{
    pin::{Pin, pin},
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    time::Duration,
};

#[derive(Clone, Default)]
pub(crate) struct Time(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    passed: Duration,
    timers: Vec<Duration>,
    sleeps: Vec<Duration>,
}

impl Time {
    /// How long the simulation has run.
    pub(crate) fn passed(&self) -> Duration {
        self.0.lock().unwrap().passed
    }

    /// Every sleep that was asked for, whether it ran out or not.
    pub(crate) fn sleeps(&self) -> Vec<Duration> {
        self.0.lock().unwrap().sleeps.clone()
    }

    /// How many timers are waited for.
    pub(crate) fn timers(&self) -> usize {
        self.0.lock().unwrap().timers.len()
    }

    pub(crate) fn note_sleep(&self, duration: Duration) {
        self.0.lock().unwrap().sleeps.push(duration);
    }

    pub(crate) fn timer(&self, duration: Duration) -> Timer {
        let mut state = self.0.lock().unwrap();
        let until = state.passed.saturating_add(duration);
        state.timers.push(until);
        Timer {
            time: self.clone(),
            until,
        }
    }

    /// Runs a future to its end. Nothing wakes anybody: the future is asked again whenever time
    /// has moved, and time moves to the next timer whenever the future waits.
    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            self.advance_to_next();
        }
    }

    /// Runs a future until it has waited this many times, and drops it there. Says whether it was
    /// still going.
    pub(crate) fn run_until_waited<T>(
        &self,
        waits: usize,
        future: impl Future<Output = T>,
    ) -> bool {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..waits {
            if future.as_mut().poll(&mut context).is_ready() {
                return false;
            }
            self.advance_to_next();
        }
        future.as_mut().poll(&mut context).is_pending()
    }

    fn advance_to_next(&self) {
        let mut state = self.0.lock().unwrap();
        let ahead = state.timers.iter().filter(|until| **until > state.passed);
        let next = ahead.min().copied();
        state.passed = next.expect("everybody waits, and nobody for time");
    }
}

pub(crate) struct Timer {
    time: Time,
    until: Duration,
}

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.time.passed() < self.until {
            return Poll::Pending;
        }
        Poll::Ready(())
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let mut state = self.time.0.lock().unwrap();
        if let Some(at) = state.timers.iter().position(|until| *until == self.until) {
            state.timers.swap_remove(at);
        }
    }
}
