//! The library's values as the contract writes them: secrets exposed, times in milliseconds.

use serde_json::{Value, json};
use square_oauth::{
    EventDetail, OAuthError, Secret, SquareError, Timestamp, TokenStatus, Tokens, WebhookEvent,
};

/// Tokens.
#[must_use]
pub fn tokens(tokens: &Tokens) -> Value {
    json!({
        "access_token": tokens.access_token().expose(),
        "token_type": tokens.token_type(),
        "expires_at": ms(tokens.expires_at()),
        "merchant_id": tokens.merchant_id(),
        "refresh_token": tokens.refresh_token().map(Secret::expose),
        "refresh_token_expires_at": tokens.refresh_token_expires_at().map(ms),
        "short_lived": tokens.short_lived(),
        "subscription_id": tokens.subscription_id(),
        "plan_id": tokens.plan_id(),
        "id_token": tokens.id_token().map(Secret::expose),
        "ignored_fields": tokens.ignored_fields(),
    })
}

/// What a token is.
#[must_use]
pub fn status(status: &TokenStatus) -> Value {
    json!({
        "scopes": status.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>(),
        "expires_at": status.expires_at.map(ms),
        "client_id": status.client_id,
        "merchant_id": status.merchant_id,
    })
}

/// A webhook event.
#[must_use]
pub fn event(event: &WebhookEvent) -> Value {
    let (name, revoked_at, revoker_type) = match &event.detail {
        EventDetail::AuthorizationRevoked {
            revoked_at,
            revoker_type,
        } => (
            "oauth.authorization.revoked",
            revoked_at.map(ms),
            Some(revoker_type.to_string()),
        ),
        EventDetail::Other { event_type } => (event_type.as_str(), None, None),
    };
    json!({
        "subscription": event.subscription,
        "type": name,
        "event_id": event.event_id,
        "created_at": event.created_at.map(ms),
        "merchant_id": event.merchant_id,
        "revoked_at": revoked_at,
        "revoker_type": revoker_type,
    })
}

/// An error, field by field.
#[must_use]
pub fn error(error: &OAuthError) -> Value {
    json!({
        "kind": error.kind().name(),
        "code": error.code(),
        "message": error.to_string(),
        "field": error.field(),
        "http_status": error.http_status(),
        "errors": error.errors().iter().map(square_error).collect::<Vec<_>>(),
        "retry_after_s": error.retry_after().map(|wait| wait.as_secs_f64()),
        "retryable": error.retryable(),
        "request_may_have_arrived": error.request_may_have_arrived(),
    })
}

/// Every text that Rust makes of an error.
#[must_use]
pub fn printed(error: &OAuthError) -> Vec<String> {
    vec![
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
    ]
}

fn square_error(error: &SquareError) -> Value {
    json!({
        "category": error.category,
        "code": error.code,
        "detail": error.detail,
        "field": error.field,
    })
}

fn ms(moment: Timestamp) -> Value {
    moment.unix_ms().into()
}
