//! Moments in time, as Square writes them and as programs compare them.

use core::{fmt, str::FromStr, time::Duration};
use std::time::SystemTime;

use super::calendar::{date_of, day, time_of_day};
use crate::error::{OAuthError, code};

const DAY: i64 = 86_400_000;

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
        Self(self.0.saturating_add_unsigned(whole_ms(duration)))
    }

    /// How long after `earlier` this moment is; zero if it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let (time, rest) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
        let (fraction, zone) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit())?)?,
            None => ("0", rest),
        };
        if fraction.is_empty() {
            return None;
        }
        let day = day(date)?;
        // Of the fraction the milliseconds; a shorter one is filled up.
        let digits = fraction.bytes().chain(*b"00").take(3);
        let ms = digits.fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'));
        let second = day * DAY + time_of_day(time)? - offset(zone)?;
        if !time.ends_with("60") {
            return Some(Self(second + ms));
        }
        // A leap second is the end of the one before it, and there is none but at the end of a month.
        let is_last = second.rem_euclid(DAY) == DAY - 1_000;
        let (_, _, next_day) = date_of(second.div_euclid(DAY) + 1);
        (is_last && next_day == 1).then_some(Self(second + 999))
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
        let (days, ms) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let (year, month, day) = date_of(days);
        if !(0..=9999).contains(&year) {
            // Beyond these years there is no RFC 3339 form.
            return write!(f, "{} ms after 1970", self.0);
        }
        let (seconds, ms) = (ms / 1_000, ms % 1_000);
        let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        if ms != 0 {
            let fraction = format!("{ms:03}");
            write!(f, ".{}", fraction.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

/// `Z` or `+HH:MM`, in milliseconds.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = text.split_at_checked(1)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    (rest.len() == 5)
        .then(|| time_of_day(&[rest, ":00"].concat()))?
        .map(|ms| sign * ms)
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

/// A duration in milliseconds. `as_millis` counts in 128 bits, which WebAssembly has to put together.
pub(crate) fn whole_ms(duration: Duration) -> u64 {
    let ms = duration.as_secs().saturating_mul(1_000);
    ms.saturating_add(duration.subsec_millis().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{OffsetDateTime, format_description::well_known::Rfc3339};

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

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_read_and_printed_as_by_the_usual_crate(
            ms in -62_167_219_200_000_i64..253_402_300_800_000,
            text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?(Z|[+-][01][0-9]:[0-5][0-9])",
            spoilt in "[0-9TZ:.+-]{0,30}",
        ) {
            let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).unwrap();
            let usual = moment.format(&Rfc3339).unwrap();
            prop_assert_eq!(Timestamp(ms).to_string(), usual.clone());
            prop_assert_eq!(Timestamp::read(&usual), Some(Timestamp(ms)));
            for text in [text, spoilt] {
                let usual = OffsetDateTime::parse(&text, &Rfc3339).ok();
                let usual = usual.map(|moment| moment.unix_timestamp_nanos().div_euclid(1_000_000));
                let ours = Timestamp::read(&text).map(|moment| i128::from(moment.unix_ms()));
                prop_assert_eq!(ours, usual, "{}", text);
            }
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
