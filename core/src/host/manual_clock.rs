//! A clock that a test moves by hand.

use core::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use super::Clock;
use crate::model::Timestamp;

/// A clock that stands still until it is moved: for tests, and for following an emulator's clock.
///
/// ```
/// use std::time::Duration;
/// use square_oauth::host::{Clock, ManualClock};
///
/// let clock = ManualClock::at("2026-01-01T00:00:00Z".parse()?);
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now().to_string(), "2026-01-01T00:01:00Z");
/// # Ok::<(), square_oauth::OAuthError>(())
/// ```
#[derive(Debug)]
pub struct ManualClock {
    wall_ms: AtomicI64,
    start_ms: i64,
}

impl ManualClock {
    /// A clock that shows this moment.
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self {
            wall_ms: AtomicI64::new(now.unix_ms()),
            start_ms: now.unix_ms(),
        }
    }

    /// Moves the clock forward.
    pub fn advance(&self, duration: Duration) {
        let ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Sets the wall clock; it may go back, as real ones do.
    pub fn set(&self, now: Timestamp) {
        self.wall_ms.store(now.unix_ms(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.wall_ms.load(Ordering::SeqCst))
    }

    fn monotonic_ms(&self) -> u64 {
        let passed = self
            .wall_ms
            .load(Ordering::SeqCst)
            .saturating_sub(self.start_ms);
        u64::try_from(passed).unwrap_or(0)
    }
}
