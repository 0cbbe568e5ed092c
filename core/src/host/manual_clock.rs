//! A clock that a test moves by hand.

use core::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
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
    advanced_ms: AtomicU64,
}

impl ManualClock {
    /// A clock that shows this moment.
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self {
            wall_ms: AtomicI64::new(now.unix_ms()),
            advanced_ms: AtomicU64::new(0),
        }
    }

    /// Moves the clock forward, at most to the end of time.
    pub fn advance(&self, duration: Duration) {
        let ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let later = |now: i64| Some(now.saturating_add_unsigned(ms));
        let passed = |before: u64| Some(before.saturating_add(ms));
        // Neither closure ever refuses.
        let _ = self
            .wall_ms
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, later);
        let _ = self
            .advanced_ms
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, passed);
    }

    /// Sets the wall clock alone; it may go back, as real ones do.
    pub fn set(&self, now: Timestamp) {
        self.wall_ms.store(now.unix_ms(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.wall_ms.load(Ordering::SeqCst))
    }

    fn monotonic_ms(&self) -> u64 {
        self.advanced_ms.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_neither_wraps_nor_lets_the_monotonic_clock_go_back() {
        let clock = ManualClock::at(Timestamp::from_unix_ms(5));
        clock.advance(Duration::from_millis(7));
        clock.set(Timestamp::from_unix_ms(1));
        assert_eq!((clock.now().unix_ms(), clock.monotonic_ms()), (1, 7));
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(
            (clock.now().unix_ms(), clock.monotonic_ms()),
            (i64::MAX, u64::MAX)
        );
    }
}
