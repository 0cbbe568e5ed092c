//! Times: `Retry-After`, `Date`, and the timestamps of answers.

use std::time::{Duration, SystemTime};

use square_oauth::{ObtainToken, Timestamp, host::HttpResponse, protocol};

use crate::world::{NOW, confidential, line, text};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads times. The input is a timestamp, a `Retry-After` and a `Date`, one on each line.
pub fn times(data: &[u8]) {
    let text = text(data);
    let (timestamp, rest) = line(&text);
    let (retry_after, date) = line(rest);
    if let Ok(moment) = timestamp.parse::<Timestamp>() {
        let written = moment.to_string();
        let again: Timestamp = written.parse().expect("what was written can be read");
        assert_eq!(again, moment, "{timestamp} {written}");
        assert_eq!(Timestamp::from(SystemTime::from(moment)), moment);
    }
    let response = HttpResponse {
        status: 429,
        retry_after: Some(retry_after.to_owned()),
        date: (!date.is_empty()).then(|| date.to_owned()),
        ..HttpResponse::default()
    };
    let request = ObtainToken::refresh_token("EQAA-token");
    let exchange = protocol::obtain_token(&confidential(), &request);
    let exchange = exchange.expect("the request is a valid one");
    let error = exchange
        .read(&response, NOW)
        .expect_err("a 429 is no success");
    let is_sane = |wait: Duration| !wait.is_zero() && wait <= DAY;
    assert!(error.retry_after().is_none_or(is_sane), "{error:?}");
}
