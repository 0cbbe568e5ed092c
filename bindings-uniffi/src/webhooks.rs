//! Webhook subscriptions, and the events they bring.

use core::fmt;
use std::sync::Arc;

pub use square_oauth::RevokerType;
use square_oauth::{EventDetail, Timestamp};

use crate::{error::OAuthError, live::Live, secret::Secret};

/// One webhook subscription, as registered at Square.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Subscription {
    /// The notification URL as registered, byte for byte: it is part of what Square signs.
    pub notification_url: String,
    /// The subscription's signature key.
    pub signature_key: Arc<Secret>,
}

/// Who ended an authorization.
#[uniffi::remote(Enum)]
pub enum RevokerType {
    /// This application, by a call.
    Application,
    /// The seller, in Square's dashboard.
    Merchant,
    /// An employee of Square's.
    Square,
    /// A value newer than this library, or none.
    Other(String),
}

/// What a delivery reports.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum WebhookDetail {
    /// `oauth.authorization.revoked`: every token of this application for the seller is gone.
    AuthorizationRevoked {
        /// When it was revoked. An event older than the newest authorization is old news.
        revoked_at: Option<Timestamp>,
        /// Who revoked it.
        revoker_type: RevokerType,
        /// Who revoked it, in Square's word.
        revoker: String,
    },
    /// Any other event that the subscription brings.
    Other {
        /// Square's name for it.
        event_type: String,
    },
}

/// A verified delivery. Free of secrets.
#[derive(Clone, Debug, uniffi::Record)]
pub struct WebhookEvent {
    /// Which subscription signed it: its index in the list that `Webhooks` was made from.
    pub subscription: u32,
    /// Square's name for what happened.
    pub event_type: String,
    /// The delivery's ID. Deliveries repeat: act once for each.
    pub event_id: String,
    /// When the event came about; deliveries also come out of order.
    pub created_at: Option<Timestamp>,
    /// The seller it is about.
    pub merchant_id: Option<String>,
    /// What happened.
    pub detail: WebhookDetail,
}

/// Checks webhook deliveries against any number of subscriptions.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct Webhooks {
    pub(crate) inner: square_oauth::Webhooks,
    _live: Live,
}

#[uniffi::export]
impl Webhooks {
    /// Take the subscriptions as registered at Square.
    #[uniffi::constructor]
    pub fn new(subscriptions: Vec<Subscription>) -> Result<Self, OAuthError> {
        let subscriptions = subscriptions.into_iter().map(|subscription| {
            let Subscription {
                notification_url,
                signature_key,
            } = subscription;
            square_oauth::Subscription {
                notification_url,
                signature_key: signature_key.inner.clone(),
            }
        });
        Ok(Self {
            inner: square_oauth::Webhooks::new(subscriptions)?,
            _live: Live::new(),
        })
    }

    /// Check the signature of a delivery, in constant time over all subscriptions, and read the
    /// event. `body` is the raw body, byte for byte; `signature` the header's value, or none.
    pub fn verify(
        &self,
        body: Vec<u8>,
        signature: Option<String>,
    ) -> Result<WebhookEvent, OAuthError> {
        Ok(self.inner.verify(body, signature.as_deref())?.into())
    }
}

/// Name the header that holds a delivery's signature.
#[uniffi::export]
pub fn signature_header() -> String {
    square_oauth::SIGNATURE_HEADER.to_owned()
}

impl From<square_oauth::WebhookEvent> for WebhookEvent {
    fn from(event: square_oauth::WebhookEvent) -> Self {
        let event_type = event.event_type().to_owned();
        // Without `..`, so that a field that comes or goes does not compile.
        let square_oauth::WebhookEvent {
            subscription,
            event_id,
            created_at,
            merchant_id,
            detail,
        } = event;
        Self {
            subscription: u32::try_from(subscription).unwrap_or(u32::MAX),
            event_type,
            event_id,
            created_at,
            merchant_id,
            detail: detail.into(),
        }
    }
}

impl From<EventDetail> for WebhookDetail {
    fn from(detail: EventDetail) -> Self {
        match detail {
            EventDetail::AuthorizationRevoked {
                revoked_at,
                revoker_type,
            } => Self::AuthorizationRevoked {
                revoked_at,
                revoker: revoker_type.to_string(),
                revoker_type,
            },
            EventDetail::Other { event_type } => Self::Other { event_type },
        }
    }
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
