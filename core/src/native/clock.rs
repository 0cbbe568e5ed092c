//! The one place that reads the system's clock.
#![allow(
    clippy::disallowed_methods,
    reason = "everything else takes a Clock; this is it"
)]

use std::time::{Instant, SystemTime};

use crate::{host::Clock, model::Timestamp};

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    started: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self {
            started: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }

    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
