//! The library's values as the conformance data writes them, secrets exposed. Vectors write times
//! in milliseconds, scenarios as texts, so that is the caller's to say.

use serde_json::{Value, json};
use square_oauth::{EventDetail, Secret, Timestamp, TokenStatus, Tokens, WebhookEvent};

pub(crate) type Time = fn(Timestamp) -> Value;

pub(crate) fn tokens(tokens: &Tokens, time: Time) -> Value {
    json!({
        "access_token": tokens.access_token().expose(),
        "token_type": tokens.token_type(),
        "expires_at": time(tokens.expires_at()),
        "merchant_id": tokens.merchant_id(),
        "refresh_token": tokens.refresh_token().map(Secret::expose),
        "refresh_token_expires_at": tokens.refresh_token_expires_at().map(time),
        "short_lived": tokens.short_lived(),
        "subscription_id": tokens.subscription_id(),
        "plan_id": tokens.plan_id(),
        "id_token": tokens.id_token().map(Secret::expose),
        "ignored_fields": tokens.ignored_fields(),
    })
}

pub(crate) fn status(status: &TokenStatus, time: Time) -> Value {
    json!({
        "scopes": status.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>(),
        "expires_at": status.expires_at.map(time),
        "client_id": status.client_id,
        "merchant_id": status.merchant_id,
    })
}

pub(crate) fn event(event: &WebhookEvent, time: Time) -> Value {
    let mut shown = json!({
        "subscription": event.subscription,
        "event_id": event.event_id,
        "created_at": event.created_at.map(time),
        "merchant_id": event.merchant_id,
    });
    match &event.detail {
        EventDetail::AuthorizationRevoked {
            revoked_at,
            revoker_type,
        } => {
            shown["type"] = "oauth.authorization.revoked".into();
            shown["revoked_at"] = revoked_at.map(time).into();
            shown["revoker_type"] = revoker_type.to_string().into();
        }
        EventDetail::Other { event_type } => shown["type"] = event_type.as_str().into(),
    }
    shown
}
