//! A clock that a test moves by hand.

use core::time::Duration;
use std::sync::Arc;

use square_oauth::{
    Timestamp,
    host::{self, Clock as _},
};

use crate::live::Live;

/// A clock that stands still until it is moved: for tests, and for following an emulator's clock.
#[derive(uniffi::Object)]
pub struct ManualClock {
    pub(crate) inner: Arc<host::ManualClock>,
    _live: Live,
}

#[uniffi::export]
impl ManualClock {
    /// Start at this moment.
    #[uniffi::constructor]
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            inner: Arc::new(host::ManualClock::at(now)),
            _live: Live::new(),
        }
    }

    /// Move the clock forward.
    pub fn advance(&self, duration: Duration) {
        self.inner.advance(duration);
    }

    /// Set the clock; it may go back, as real ones do.
    pub fn set(&self, now: Timestamp) {
        self.inner.set(now);
    }

    /// Tell what it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.now()
    }
}

impl core::fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(&self.inner, f)
    }
}
