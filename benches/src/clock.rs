//! The one place here that reads the time.
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark measures time; nothing is decided by it"
)]

use std::{
    fs,
    time::{Duration, Instant},
};

/// Measures wall and processor time from its start.
pub(crate) struct Stopwatch {
    wall: Instant,
    cpu: Duration,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self {
            wall: Instant::now(),
            cpu: cpu(),
        }
    }

    pub(crate) fn wall(&self) -> Duration {
        self.wall.elapsed()
    }

    /// Of the main thread, where a measured program does all its work.
    pub(crate) fn cpu(&self) -> Duration {
        cpu().saturating_sub(self.cpu)
    }
}

/// What the kernel has counted for the main thread; zero where there is no such file.
fn cpu() -> Duration {
    let text = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text
        .split(' ')
        .next()
        .and_then(|number| number.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}
