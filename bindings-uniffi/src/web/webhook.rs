//! Square's deliveries.

use std::sync::Arc;

use square_oauth::web;

use super::{WebAnswer, WebResponse};
use crate::webhooks::WebhookEvent;

/// What has come to *webhook*.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Delivery {
    /// An event of Square's. Answer quickly, and do what takes long afterwards; if you cannot take it,
    /// answer with an error of your own, and Square repeats it.
    Verified {
        /// What happened. Act once for each `event_id`, and not on news that is older than the seller's
        /// newest connection.
        event: WebhookEvent,
        /// The answer, also to events that you do not handle.
        response: Arc<WebResponse>,
    },
    /// Nothing of Square's, or a wrong key or URL in your configuration: this is the answer.
    Refused {
        /// What to send.
        answer: WebAnswer,
    },
}

impl From<web::Delivery> for Delivery {
    fn from(delivery: web::Delivery) -> Self {
        match delivery {
            web::Delivery::Verified { event, response } => Self::Verified {
                event: event.into(),
                response: WebResponse::shared(response),
            },
            web::Delivery::Refused(answer) => Self::Refused {
                answer: answer.into(),
            },
        }
    }
}
