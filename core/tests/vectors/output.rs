//! The library's values as the vectors write them.

use serde_json::{Value, json};
use square_oauth::{EventDetail, Secret, TokenStatus, Tokens, WebhookEvent};

pub(crate) fn nothing() -> Value {
    json!({})
}

pub(crate) fn tokens(tokens: &Tokens) -> Value {
    json!({
        "access_token": tokens.access_token().expose(),
        "token_type": tokens.token_type(),
        "expires_at": tokens.expires_at().unix_ms(),
        "merchant_id": tokens.merchant_id(),
        "refresh_token": tokens.refresh_token().map(Secret::expose),
        "refresh_token_expires_at": tokens.refresh_token_expires_at().map(|at| at.unix_ms()),
        "short_lived": tokens.short_lived(),
        "subscription_id": tokens.subscription_id(),
        "plan_id": tokens.plan_id(),
        "id_token": tokens.id_token().map(Secret::expose),
        "ignored_fields": tokens.ignored_fields(),
    })
}

pub(crate) fn status(status: &TokenStatus) -> Value {
    json!({
        "scopes": status.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>(),
        "expires_at": status.expires_at.map(|at| at.unix_ms()),
        "client_id": status.client_id,
        "merchant_id": status.merchant_id,
    })
}

pub(crate) fn event(event: &WebhookEvent) -> Value {
    let mut value = json!({
        "subscription": event.subscription,
        "event_id": event.event_id,
        "created_at": event.created_at.map(|at| at.unix_ms()),
        "merchant_id": event.merchant_id,
    });
    match &event.detail {
        EventDetail::AuthorizationRevoked {
            revoked_at,
            revoker_type,
        } => {
            value["type"] = "oauth.authorization.revoked".into();
            value["revoked_at"] = revoked_at.map(|at| at.unix_ms()).into();
            value["revoker_type"] = revoker_type.to_string().into();
        }
        EventDetail::Other { event_type } => value["type"] = event_type.as_str().into(),
    }
    value
}
