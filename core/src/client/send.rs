//! Sending one request: attempts, back-off, and the deadline of the whole call.

use core::time::Duration;

use super::{
    time::{Bound, Time},
    trace::Trace,
};
use crate::{
    error::{OAuthError, code},
    host::{Delivery, Host, HttpRequest, HttpResponse, SendCause, SendError},
    model::{Timestamp, whole_ms},
    protocol::{Repeat, may_pass, retry_after},
};

const MOST_ATTEMPTS: u32 = 3;
/// The longest wait before the second attempt; it doubles with each.
const BACK_OFF_MS: u32 = 500;
/// What the first of several attempts gets at least.
const FIRST_ATTEMPT_MS: u64 = 2_000;

/// The last answer to a request, whatever its status.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The answer.
    pub response: HttpResponse,
    /// When it was there.
    pub received_at: Timestamp,
    /// Whether an earlier attempt may have been carried out.
    pub may_have_arrived_before: bool,
}

/// What came of an attempt; none if its time ran out.
type Outcome = Option<Result<HttpResponse, SendError>>;

/// Sends a request until there is an answer that counts, or no more time.
pub(super) async fn send(
    host: &Host,
    timeout: Duration,
    trace: Trace,
    request: &HttpRequest,
    repeat: Repeat,
) -> Result<Sent, OAuthError> {
    let timeout_ms = whole_ms(timeout);
    let share_ms = match repeat {
        // A pooled line that died without a word costs a third, not the call.
        Repeat::Freely => (timeout_ms / 3).max(FIRST_ATTEMPT_MS),
        Repeat::Never => timeout_ms,
    };
    let mut time = Time::start(host, timeout_ms, share_ms);
    let mut fresh_connection = request.fresh_connection;
    let mut may_have_arrived = false;
    let mut attempt = 1;
    loop {
        let sending = host.transport.send(HttpRequest {
            fresh_connection,
            ..request.clone()
        });
        let bound = if attempt == 1 {
            Bound::Share
        } else {
            Bound::Call
        };
        let outcome = time.within(bound, sending).await;
        trace.attempted(attempt);
        // A wait that leaves no time to send is no help.
        let wait_ms = wait_after(host, &outcome, repeat, attempt);
        let Some(wait_ms) = wait_ms.filter(|wait_ms| *wait_ms < time.left_ms()) else {
            return finish(host, outcome, may_have_arrived, repeat);
        };
        let is_known_not_carried_out = match &outcome {
            Some(Ok(answer)) => answer.status == 429,
            Some(Err(error)) => {
                fresh_connection |= error.delivery == Delivery::Unknown;
                error.delivery == Delivery::NotSent
            }
            None => {
                fresh_connection = true;
                false
            }
        };
        may_have_arrived |= !is_known_not_carried_out;
        trace.repeating(attempt, wait_ms);
        if wait_ms > 0 && !time.sleep(wait_ms).await {
            return finish(host, outcome, may_have_arrived, repeat);
        }
        attempt += 1;
    }
}

/// How long to wait for the next attempt; none if there is none.
fn wait_after(host: &Host, outcome: &Outcome, repeat: Repeat, attempt: u32) -> Option<u64> {
    if attempt == MOST_ATTEMPTS {
        return None;
    }
    match outcome {
        Some(Err(error)) if error.cause == SendCause::NoRuntime => None,
        Some(Err(error)) if error.delivery == Delivery::NotSent => Some(back_off(host, attempt)),
        _ if repeat == Repeat::Never => None,
        Some(Err(_)) => Some(back_off(host, attempt)),
        Some(Ok(answer)) if may_pass(answer.status) => {
            let asked = retry_after(answer, host.clock.now()).map(whole_ms);
            Some(asked.unwrap_or_else(|| back_off(host, attempt)))
        }
        Some(Ok(_)) => None,
        None => Some(0),
    }
}

/// Full jitter, so that many clients that failed together do not come back together.
fn back_off(host: &Host, attempt: u32) -> u64 {
    let longest_ms = u64::from(BACK_OFF_MS.saturating_mul(2_u32.saturating_pow(attempt - 1)));
    let mut random = [0; 4];
    match host.entropy.fill(&mut random) {
        Ok(()) => longest_ms * u64::from(u32::from_ne_bytes(random)) / u64::from(u32::MAX),
        Err(_) => longest_ms,
    }
}

fn finish(
    host: &Host,
    outcome: Outcome,
    arrived_before: bool,
    repeat: Repeat,
) -> Result<Sent, OAuthError> {
    let error = match outcome {
        Some(Ok(response)) => {
            return Ok(Sent {
                response,
                received_at: host.clock.now(),
                may_have_arrived_before: arrived_before,
            });
        }
        None => OAuthError::new(code::TIMEOUT),
        // Not sent this time, but perhaps before: "not sent" would be no word for the call.
        Some(Err(error)) if error.delivery == Delivery::Unknown || arrived_before => {
            OAuthError::new(code::INTERRUPTED)
        }
        Some(Err(SendError { cause, .. })) => {
            return Err(OAuthError::new(code::NOT_SENT).with_text(not_sent(cause)));
        }
    };
    Err(error.arrived(repeat == Repeat::Never))
}

const fn not_sent(cause: SendCause) -> &'static str {
    match cause {
        SendCause::Proxy => "Nothing was sent: the proxy could not be reached or refused",
        SendCause::Tls => "Nothing was sent: the TLS handshake failed",
        SendCause::NoRuntime => {
            "Nothing was sent: there is no runtime to send on; the program is ending, or has started none"
        }
        _ => code::NOT_SENT.0.when,
    }
}
