//! The three dates of HTTP, RFC 9110 section 5.6.7.

use crate::{
    model::{
        Timestamp,
        calendar::{day_number, time_of_day},
    },
    text::number,
};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Reads a date in any of the three forms; the name of the day is not held against it.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    let mut words = text.split([' ', '-', ',']).filter(|word| !word.is_empty());
    let mut word = || words.next();
    let (_, second, third, fourth, fifth) = (word()?, word()?, word()?, word()?, word()?);
    let (day, month, year, time) = match (word(), word()) {
        (Some("GMT"), None) => (second, third, year(fourth)?, fifth),
        (None, None) => (third, second, year(fifth)?, fourth),
        _ => return None,
    };
    let month = (1..).zip(MONTHS).find(|(_, name)| *name == month)?.0;
    let days = day_number(year, month, number(day)?)?;
    Some(Timestamp::from_unix_ms(
        days * 86_400_000 + time_of_day(time)?,
    ))
}

/// Of two digits, those from 70 on are of the last century. Of more than four it would be a moment
/// that no clock reaches, and no number holds.
fn year(text: &str) -> Option<i64> {
    let year = number(text)?;
    match text.len() {
        2 if year < 70 => Some(year + 2000),
        2 => Some(year + 1900),
        4 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994 GMT x",
            "Sun, 06 Nov 1994000000 08:49:37 GMT",
            "Sun Nov  6 08:49:37 9223372036854775807",
            "Sun, 06 Nov 194 08:49:37 GMT",
        ] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_date_is_read_as_by_the_usual_crate(seconds in 0_u64..253_402_300_800) {
            let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let text = httpdate::fmt_http_date(moment);
            prop_assert_eq!(http_date(&text), Some(Timestamp::from(moment)));
        }
    }
}
