//! Square's deliveries.

use super::{Answer, WebHandlers, WebRequest, WebResponse};
use crate::{SIGNATURE_HEADER, WebhookEvent, Webhooks, error::code};

/// What has come to *webhook*.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "Square is waiting for an answer"]
pub enum Delivery {
    /// An event of Square's. Answer quickly, and do what takes long afterwards; if you cannot take
    /// it, answer with an error of your own, and Square repeats it.
    Verified {
        /// What happened. Act once for each `event_id`, and not on news that is older than the
        /// seller's newest connection.
        event: WebhookEvent,
        /// The answer, also to events that you do not handle.
        response: WebResponse,
    },
    /// Nothing of Square's, or a wrong key or URL in your configuration: this is the answer.
    Refused(Answer),
}

impl WebHandlers {
    /// Serves *webhook*: whether a delivery is Square's, and what it says.
    pub fn webhook(&self, request: &WebRequest) -> Delivery {
        match &self.0.options.webhooks {
            Some(webhooks) => webhook(webhooks, request),
            None => Delivery::Refused(WebResponse::empty(404).into()),
        }
    }
}

/// The same for a server that only listens: it needs no client.
pub fn webhook(webhooks: &Webhooks, request: &WebRequest) -> Delivery {
    if request.method != "POST" {
        return Delivery::Refused(WebResponse::not_allowed("POST").into());
    }
    let signature = request.header(SIGNATURE_HEADER);
    match webhooks.verify(&request.body, signature.as_deref()) {
        Ok(event) => Delivery::Verified {
            event,
            response: WebResponse::empty(204),
        },
        Err(error) => {
            let status = if error.code() == code::SIGNATURE_MISMATCH.name() {
                401
            } else if error.code() == code::EVENT_TOO_LARGE.name() {
                413
            } else {
                400
            };
            Delivery::Refused(Answer {
                error: Some(error),
                ..WebResponse::empty(status).into()
            })
        }
    }
}
