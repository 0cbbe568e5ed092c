//! The emulator's clock: it follows the machine's, or stands still, and can be moved.
//!
//! Everything that expires does so by this clock, so a test can make a token a month old without
//! waiting.

mod system;

use crate::timestamp::Timestamp;

pub(crate) enum Clock {
    /// Goes with the machine's clock, so many milliseconds ahead of it (behind it, when negative).
    Running { ahead_ms: i64 },
    /// Stands still.
    Fixed { now: Timestamp },
}

impl Clock {
    pub(crate) fn running() -> Self {
        Self::Running { ahead_ms: 0 }
    }

    pub(crate) fn fixed(now: Timestamp) -> Self {
        Self::Fixed { now }
    }

    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::Running { ahead_ms } => {
                Timestamp::from_millis(system::now_ms().saturating_add(*ahead_ms))
            }
            Self::Fixed { now } => *now,
        }
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    /// Move the clock by so many seconds, keeping it running or standing.
    pub(crate) fn advance(&mut self, seconds: i64) {
        match self {
            Self::Running { ahead_ms } => {
                *ahead_ms = ahead_ms.saturating_add(seconds.saturating_mul(1000));
            }
            Self::Fixed { now } => *now = now.plus_seconds(seconds),
        }
    }

    /// Stop the clock where it stands.
    pub(crate) fn stop(&mut self) {
        *self = Self::fixed(self.now());
    }

    /// Let the clock go on from where it stands.
    pub(crate) fn run(&mut self) {
        if let Self::Fixed { now } = self {
            *self = Self::Running {
                ahead_ms: now.millis().saturating_sub(system::now_ms()),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::timestamp::Timestamp;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let mut clock = Clock::fixed(Timestamp::from_millis(5_000));
        assert_eq!(clock.now().millis(), 5_000);
        clock.advance(60);
        assert_eq!(clock.now().millis(), 65_000);
        assert!(!clock.is_running());
    }

    #[test]
    fn a_clock_let_go_runs_on_from_where_it_stood() {
        let mut clock = Clock::fixed(Timestamp::from_millis(5_000));
        clock.run();
        assert!(clock.is_running());
        let now = clock.now().millis();
        assert!((5_000..65_000).contains(&now));
    }
}
