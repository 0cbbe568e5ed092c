//! `Retry-After`, RFC 9110 section 10.2.3: seconds or any of the three HTTP dates.

use core::time::Duration;

use super::http_date::http_date;
use crate::{host::HttpResponse, model::Timestamp, text::number};

const MOST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long the server asks to wait; of two values the later. Garbage and the past mean nothing.
///
/// A date is measured against the answer's own `Date`, so that a clock that is off does not count.
pub(crate) fn retry_after(response: &HttpResponse, now: Timestamp) -> Option<Duration> {
    let now = response.date.as_deref().and_then(http_date).unwrap_or(now);
    let mut longest = None;
    let mut parts = response
        .retry_after
        .as_deref()?
        .split(',')
        .map(str::trim_ascii)
        .peekable();
    while let Some(part) = parts.next() {
        // Two of the three dates have a comma of their own.
        let wait = seconds(part).or_else(|| date(part, now)).or_else(|| {
            let wait = date(&[part, ", ", parts.peek()?].concat(), now)?;
            parts.next();
            Some(wait)
        });
        longest = longest.max(wait);
    }
    longest
        .filter(|wait| !wait.is_zero())
        .map(|wait| wait.min(MOST))
}

fn seconds(text: &str) -> Option<Duration> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // What does not fit is more than the most.
    let seconds = number(text).and_then(|seconds| u64::try_from(seconds).ok());
    Some(seconds.map_or(MOST, Duration::from_secs))
}

fn date(text: &str, now: Timestamp) -> Option<Duration> {
    http_date(text).map(|until| until.since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(retry_after: &str, date: Option<&str>) -> Option<u64> {
        let response = HttpResponse {
            retry_after: Some(retry_after.to_owned()),
            date: date.map(str::to_owned),
            ..HttpResponse::default()
        };
        // Sun, 06 Nov 1994 08:49:00 GMT
        let now = Timestamp::from_unix_ms(784_111_740_000);
        super::retry_after(&response, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_all_three_dates_are_read() {
        for text in [
            "37",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(wait(text, None), Some(37), "{text}");
        }
    }

    #[test]
    fn of_two_values_the_later_counts() {
        assert_eq!(wait("5, 37", None), Some(37));
        assert_eq!(wait("37, Sun, 06 Nov 1994 08:49:05 GMT", None), Some(37));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT, 5", None), Some(37));
    }

    #[test]
    fn garbage_negative_and_past_mean_none_and_a_day_is_the_most() {
        for text in [
            "",
            "soon",
            "-5",
            "+5",
            "1.5",
            "0",
            "Sun, 06 Nov 1994 08:48:59 GMT",
            ",,",
        ] {
            assert_eq!(wait(text, None), None, "{text}");
        }
        assert_eq!(wait("99999999999999999999999", None), Some(86_400));
        assert_eq!(wait("86401", None), Some(86_400));
    }

    #[test]
    fn a_date_is_measured_against_the_servers_own() {
        let date = Some("Sun, 06 Nov 1994 09:00:00 GMT");
        assert_eq!(wait("Sun, 06 Nov 1994 09:00:07 GMT", date), Some(7));
    }
}
