//! Results as the scenarios compare them: field for field what the public types say, secrets exposed.

use serde_json::{Value, json};
use square_oauth::{
    Authorization, EventDetail, OAuthError, Secret, SquareError, Timestamp, TokenStatus, Tokens,
    WebhookEvent,
};

pub(crate) fn authorization(made: &Authorization) -> Value {
    let query = made.url.split_once('?').map_or("", |(_, query)| query);
    let parameters = form_urlencoded::parse(query.as_bytes());
    let parameters = parameters.map(|(name, value)| (name.into_owned(), value.into()));
    json!({
        "url": made.url,
        "query": Value::Object(parameters.collect()),
        "pending": made.pending.as_str(),
        "attempt": made.attempt,
    })
}

pub(crate) fn tokens(tokens: &Tokens) -> Value {
    json!({
        "access_token": tokens.access_token().expose(),
        "token_type": tokens.token_type(),
        "expires_at": tokens.expires_at().to_string(),
        "merchant_id": tokens.merchant_id(),
        "refresh_token": tokens.refresh_token().map(Secret::expose),
        "refresh_token_expires_at": time(tokens.refresh_token_expires_at()),
        "short_lived": tokens.short_lived(),
    })
}

pub(crate) fn status(status: &TokenStatus) -> Value {
    let scopes = status.scopes.iter().map(|scope| scope.as_str());
    json!({
        "scopes": scopes.collect::<Vec<_>>(),
        "expires_at": time(status.expires_at),
        "client_id": status.client_id,
        "merchant_id": status.merchant_id,
    })
}

pub(crate) fn event(event: &WebhookEvent) -> Value {
    let mut shown = json!({
        "subscription": event.subscription,
        "event_id": event.event_id,
        "created_at": time(event.created_at),
        "merchant_id": event.merchant_id,
    });
    match &event.detail {
        EventDetail::AuthorizationRevoked {
            revoked_at,
            revoker_type,
        } => {
            shown["type"] = "oauth.authorization.revoked".into();
            shown["revoked_at"] = time(*revoked_at).into();
            shown["revoker_type"] = revoker_type.to_string().into();
        }
        EventDetail::Other { event_type } => shown["type"] = event_type.as_str().into(),
    }
    shown
}

pub(crate) fn error(error: &OAuthError) -> Value {
    json!({"error": {
        "kind": error.kind().name(),
        "code": error.code(),
        "message": error.to_string(),
        "field": error.field(),
        "http_status": error.http_status(),
        "errors": error.errors().iter().map(square_error).collect::<Vec<_>>(),
        "retry_after_s": error.retry_after().map(|wait| wait.as_secs()),
        "retryable": error.retryable(),
        "request_may_have_arrived": error.request_may_have_arrived(),
    }})
}

fn square_error(error: &SquareError) -> Value {
    json!({
        "category": error.category,
        "code": error.code,
        "detail": error.detail,
        "field": error.field,
    })
}

fn time(moment: Option<Timestamp>) -> Option<String> {
    moment.map(|moment| moment.to_string())
}
