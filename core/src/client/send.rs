//! Sending one request: attempts, back-off, and the deadline of the whole call.

use core::time::Duration;

use super::{time::Time, trace::Trace};
use crate::{
    error::{OAuthError, code},
    host::{Delivery, Host, HttpRequest, HttpResponse, SendCause, SendError},
    model::Timestamp,
    protocol::{Repeat, may_pass, retry_after},
};

const MOST_ATTEMPTS: u32 = 3;
/// The longest wait before the second attempt; it doubles with each.
const BACK_OFF_MS: u32 = 500;
/// What the first of several attempts gets at least.
const FIRST_ATTEMPT: Duration = Duration::from_secs(2);

/// One call on its way.
pub(super) struct Sender<'a> {
    pub(super) host: &'a Host,
    pub(super) timeout: Duration,
    pub(super) trace: &'a Trace,
}

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

enum Outcome {
    Answer(HttpResponse),
    Failed(SendError),
    TimedOut,
}

impl Sender<'_> {
    pub(super) async fn send(
        &self,
        request: &HttpRequest,
        repeat: Repeat,
    ) -> Result<Sent, OAuthError> {
        let share = match repeat {
            // A pooled line that died without a word costs a third, not the call.
            Repeat::Freely => (self.timeout / 3).max(FIRST_ATTEMPT),
            Repeat::Never => self.timeout,
        };
        let mut time = Time::start(self.host, self.timeout, share);
        let mut fresh_connection = request.fresh_connection;
        let mut may_have_arrived = false;
        let mut attempt = 1;
        loop {
            let sending = self.host.transport.send(HttpRequest {
                fresh_connection,
                ..request.clone()
            });
            let sent = match attempt {
                1 => time.within_share(sending).await,
                _ => time.within(sending).await,
            };
            let outcome = match sent {
                Some(Ok(response)) => Outcome::Answer(response),
                Some(Err(error)) => Outcome::Failed(error),
                None => Outcome::TimedOut,
            };
            self.trace.attempted(attempt);
            let is_last = attempt == MOST_ATTEMPTS;
            let wait = match &outcome {
                _ if is_last => None,
                Outcome::Answer(answer) => self.wait_after(answer, repeat, attempt),
                Outcome::Failed(SendError {
                    cause: SendCause::NoRuntime,
                    ..
                }) => None,
                Outcome::Failed(SendError {
                    delivery: Delivery::NotSent,
                    ..
                }) => Some(self.back_off(attempt)),
                Outcome::Failed(_) if repeat == Repeat::Freely => Some(self.back_off(attempt)),
                Outcome::TimedOut if repeat == Repeat::Freely => Some(Duration::ZERO),
                Outcome::Failed(_) | Outcome::TimedOut => None,
            };
            // A wait that leaves no time to send is no help.
            let Some(wait) = wait.filter(|wait| *wait < time.left()) else {
                return self.finish(outcome, may_have_arrived, repeat);
            };
            let is_known_not_carried_out = match &outcome {
                Outcome::Answer(answer) => answer.status == 429,
                Outcome::Failed(error) => {
                    fresh_connection |= error.delivery == Delivery::Unknown;
                    error.delivery == Delivery::NotSent
                }
                Outcome::TimedOut => {
                    fresh_connection = true;
                    false
                }
            };
            may_have_arrived |= !is_known_not_carried_out;
            self.trace.repeating(attempt, wait);
            if !wait.is_zero() && !time.sleep(wait).await {
                return self.finish(outcome, may_have_arrived, repeat);
            }
            attempt += 1;
        }
    }

    fn wait_after(&self, answer: &HttpResponse, repeat: Repeat, attempt: u32) -> Option<Duration> {
        if repeat == Repeat::Never || !may_pass(answer.status) {
            return None;
        }
        let asked = retry_after(answer, self.host.clock.now());
        Some(asked.unwrap_or_else(|| self.back_off(attempt)))
    }

    /// Full jitter, so that many clients that failed together do not come back together.
    fn back_off(&self, attempt: u32) -> Duration {
        let longest_ms = BACK_OFF_MS.saturating_mul(2_u32.saturating_pow(attempt - 1));
        let mut random = [0; 4];
        match self.host.entropy.fill(&mut random) {
            Ok(()) => {
                let share = u64::from(u32::from_ne_bytes(random));
                let whole = u64::from(u32::MAX);
                Duration::from_millis(u64::from(longest_ms) * share / whole)
            }
            Err(_) => Duration::from_millis(longest_ms.into()),
        }
    }

    fn finish(
        &self,
        outcome: Outcome,
        arrived_before: bool,
        repeat: Repeat,
    ) -> Result<Sent, OAuthError> {
        let error = match outcome {
            Outcome::Answer(response) => {
                return Ok(Sent {
                    response,
                    received_at: self.host.clock.now(),
                    may_have_arrived_before: arrived_before,
                });
            }
            Outcome::TimedOut => OAuthError::new(code::TIMEOUT),
            // Not sent this time, but perhaps before: "not sent" would be no word for the call.
            Outcome::Failed(error) if error.delivery == Delivery::Unknown || arrived_before => {
                OAuthError::new(code::INTERRUPTED)
            }
            Outcome::Failed(SendError { cause, .. }) => {
                return Err(OAuthError::new(code::NOT_SENT).with_text(not_sent(cause)));
            }
        };
        Err(error.arrived(repeat == Repeat::Never))
    }
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
