//! Points in time as the emulator knows them: UTC, in milliseconds.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A point in time, UTC, in milliseconds since 1970. Years 1970 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The last moment that RFC 3339 can write.
    const MAX: i64 = 253_402_300_799_999;

    /// Make a timestamp from milliseconds since 1970; what lies outside 1970 to 9999 is moved to
    /// the nearest end.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(0, Self::MAX))
    }

    /// Read RFC 3339 with any fraction and offset.
    ///
    /// # Errors
    /// A text saying what was expected, when `text` is not RFC 3339.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read = OffsetDateTime::parse(text, &Rfc3339)
            .map_err(|_| "a date like 2026-01-22T10:00:00Z was expected".to_owned())?;
        let millis = read.unix_timestamp_nanos() / 1_000_000;
        Ok(Self::from_millis(
            i64::try_from(millis).unwrap_or(Self::MAX),
        ))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    pub(crate) fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_millis(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// To the second, as Square writes `expires_at`: `2025-04-03T18:31:06Z`.
    pub(crate) fn to_seconds_text(self) -> String {
        self.format(self.date().replace_nanosecond(0).unwrap_or(self.date()))
    }

    /// With nine fraction digits, as Square writes times in webhook events.
    pub(crate) fn to_nanoseconds_text(self) -> String {
        let seconds = self.to_seconds_text();
        let fraction = self.0.rem_euclid(1000);
        format!("{}.{fraction:03}000000Z", seconds.trim_end_matches('Z'))
    }

    /// As HTTP's `Date` header: `Thu, 03 Apr 2025 18:31:06 GMT`.
    pub(crate) fn to_http_date(self) -> String {
        let date = self.date();
        let (day, month) = (date.weekday().to_string(), date.month().to_string());
        format!(
            "{day:.3}, {:02} {month:.3} {:04} {:02}:{:02}:{:02} GMT",
            date.day(),
            date.year(),
            date.hour(),
            date.minute(),
            date.second()
        )
    }

    fn date(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    fn format(self, date: OffsetDateTime) -> String {
        date.format(&Rfc3339).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(self.date()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn every_form_of_a_time_reads_back_as_the_same_moment() {
        let moment = Timestamp::parse("2020-08-14T17:51:04.246+02:00").unwrap();
        assert_eq!(moment.to_string(), "2020-08-14T15:51:04.246Z");
        assert_eq!(moment.to_seconds_text(), "2020-08-14T15:51:04Z");
        assert_eq!(
            moment.to_nanoseconds_text(),
            "2020-08-14T15:51:04.246000000Z"
        );
        assert_eq!(moment.to_http_date(), "Fri, 14 Aug 2020 15:51:04 GMT");
        assert!(Timestamp::parse("2020-08-14").is_err());
    }
}
