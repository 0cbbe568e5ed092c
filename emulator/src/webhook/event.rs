//! The bodies of events, as documented.

use serde_json::{Value, json};

use crate::{random::Random, state::Revoker, timestamp::Timestamp};

/// An event, ready to be signed: the bytes are what is signed, so they are made once.
#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) event_id: String,
    pub(crate) kind: String,
    pub(crate) body: String,
}

impl Event {
    /// `oauth.authorization.revoked`.
    pub(crate) fn authorization_revoked(
        merchant_id: &str,
        revoker: Revoker,
        now: Timestamp,
        random: &mut Random,
    ) -> Self {
        let revocation = json!({
            "revoked_at": now.to_nanoseconds_text(),
            "revoker_type": revoker.name(),
        });
        let data = json!({
            "type": "revocation",
            "id": random.uuid(),
            "object": {"revocation": revocation},
        });
        Self::new(
            "oauth.authorization.revoked",
            merchant_id,
            data,
            now,
            random,
        )
    }

    /// `webhooks.test_notification`, what the console's "send test event" sends.
    pub(crate) fn test_notification(
        merchant_id: &str,
        now: Timestamp,
        random: &mut Random,
    ) -> Self {
        let data = json!({"type": "webhooks", "id": random.uuid()});
        Self::new("webhooks.test_notification", merchant_id, data, now, random)
    }

    /// An event of any type, with any data.
    pub(crate) fn new(
        kind: &str,
        merchant_id: &str,
        data: Value,
        now: Timestamp,
        random: &mut Random,
    ) -> Self {
        let event_id = random.uuid();
        let body = json!({
            "merchant_id": merchant_id,
            "type": kind,
            "event_id": event_id,
            "created_at": now.to_nanoseconds_text(),
            "data": data,
        });
        Self {
            event_id,
            kind: kind.to_owned(),
            body: body.to_string(),
        }
    }
}
