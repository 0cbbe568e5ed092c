//! Webhook subscriptions, and the events they bring.

use core::fmt;

use super::{Secret, Timestamp};

/// One webhook subscription, as registered at Square.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The notification URL as registered, byte for byte: it is part of what Square signs.
    pub notification_url: String,
    /// The subscription's signature key. The sandbox's and production's differ.
    pub signature_key: Secret,
}

impl Subscription {
    /// A subscription out of its notification URL and signature key.
    pub fn new(notification_url: impl Into<String>, signature_key: impl Into<Secret>) -> Self {
        Self {
            notification_url: notification_url.into(),
            signature_key: signature_key.into(),
        }
    }
}

/// A verified delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookEvent {
    /// Which subscription signed it: its index in the list that `Webhooks` was made from.
    pub subscription: usize,
    /// The delivery's ID. Deliveries repeat: act once for each.
    pub event_id: String,
    /// When the event came about; deliveries also come out of order.
    pub created_at: Option<Timestamp>,
    /// The seller it is about.
    pub merchant_id: Option<String>,
    /// What happened.
    pub detail: EventDetail,
}

/// Square's name for the end of an authorization.
pub(crate) const AUTHORIZATION_REVOKED: &str = "oauth.authorization.revoked";

impl WebhookEvent {
    /// Square's name for what happened, e.g. `oauth.authorization.revoked`.
    #[must_use]
    pub fn event_type(&self) -> &str {
        match &self.detail {
            EventDetail::AuthorizationRevoked { .. } => AUTHORIZATION_REVOKED,
            EventDetail::Other { event_type } => event_type,
        }
    }
}

/// What a delivery reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventDetail {
    /// `oauth.authorization.revoked`: every token of this application for the seller is gone.
    AuthorizationRevoked {
        /// When it was revoked. An event older than the newest authorization is old news.
        revoked_at: Option<Timestamp>,
        /// Who revoked it.
        revoker_type: RevokerType,
    },
    /// Any other event that the subscription brings.
    Other {
        /// Square's name for it, e.g. `webhooks.test_notification`.
        event_type: String,
    },
}

/// Who ended an authorization.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl From<&str> for RevokerType {
    fn from(name: &str) -> Self {
        match name {
            "APPLICATION" => Self::Application,
            "MERCHANT" => Self::Merchant,
            "SQUARE" => Self::Square,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl RevokerType {
    /// Square's word for it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Application => "APPLICATION",
            Self::Merchant => "MERCHANT",
            Self::Square => "SQUARE",
            Self::Other(other) => other,
        }
    }
}

impl fmt::Display for RevokerType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
