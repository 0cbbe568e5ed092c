//! Moments in time, as Square writes them and as programs compare them.

use core::{fmt, str::FromStr, time::Duration};
use std::time::SystemTime;

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::error::{OAuthError, code};

/// A moment: milliseconds since 1970-01-01T00:00:00Z, UTC.
///
/// Read from RFC 3339 with any fraction and any offset, a zone is required; printed as RFC 3339
/// in UTC.
///
/// ```
/// use square_oauth::Timestamp;
///
/// let expires_at: Timestamp = "2025-04-03T20:31:06.5+02:00".parse()?;
/// assert_eq!(expires_at.to_string(), "2025-04-03T18:31:06.5Z");
/// # Ok::<(), square_oauth::OAuthError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment this many milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// The moment `duration` later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// How long after `earlier` this moment is; zero if it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000))
            .ok()
            .map(Self)
    }
}

impl FromStr for Timestamp {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text).ok_or_else(|| {
            OAuthError::about(
                code::VALUE_MALFORMED,
                "timestamp",
                "is not RFC 3339 with a zone",
            )
        })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|moment| moment.format(&Rfc3339).ok());
        match text {
            Some(text) => f.write_str(&text),
            // Beyond year 9999 there is no RFC 3339 form.
            None => write!(f, "{} ms after 1970", self.0),
        }
    }
}

impl From<SystemTime> for Timestamp {
    fn from(moment: SystemTime) -> Self {
        let ms = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        match moment.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self(ms(after)),
            Err(before) => Self(-ms(before.duration())),
        }
    }
}

impl From<Timestamp> for SystemTime {
    fn from(moment: Timestamp) -> Self {
        let distance = Duration::from_millis(moment.0.unsigned_abs());
        let shifted = if moment.0 >= 0 {
            Self::UNIX_EPOCH.checked_add(distance)
        } else {
            Self::UNIX_EPOCH.checked_sub(distance)
        };
        shifted.unwrap_or(Self::UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_fraction_and_any_offset_are_read() {
        for (text, ms) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00.001Z", 1),
            ("1970-01-01T00:00:00.999999999Z", 999),
            ("1970-01-01T01:00:00+01:00", 0),
            ("2025-04-03T18:31:06Z", 1_743_705_066_000),
            ("2020-08-14T15:51:04.246373287Z", 1_597_420_264_246),
            ("1969-12-31T23:59:59.9995Z", -1),
        ] {
            assert_eq!(Timestamp::read(text), Some(Timestamp(ms)), "{text}");
        }
    }

    #[test]
    fn a_text_without_a_zone_or_with_an_impossible_day_is_not_a_moment() {
        for text in [
            "2025-04-03T18:31:06",
            "2025-04-03",
            "2018",
            "",
            "2025-02-30T00:00:00Z",
        ] {
            assert_eq!(Timestamp::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_far_ends_neither_panic_nor_wrap() {
        for ms in [i64::MIN, i64::MAX, 0] {
            let moment = Timestamp(ms);
            assert!(!moment.to_string().is_empty());
            assert!(moment.plus(Duration::MAX) >= moment);
            let _ = SystemTime::from(moment);
        }
        assert_eq!(Timestamp(1).since(Timestamp(5)), Duration::ZERO);
    }
}
