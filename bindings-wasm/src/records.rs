//! Records on their way out: plain objects, read by the JavaScript beside this crate.

use core::time::Duration;

use serde::Serialize;
use square_oauth::{
    Authorization, EventDetail, Secret, Timestamp, TokenStatus, Tokens, WebhookEvent,
};
use wasm_bindgen::prelude::*;

/// A plain object; a field that is none is not there.
pub(crate) fn record(value: &impl Serialize) -> JsValue {
    // Texts, numbers and booleans: none of them can fail.
    serde_wasm_bindgen::to_value(value).unwrap_or(JsValue::UNDEFINED)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "JavaScript has no other number, and this one reaches beyond the year 200,000"
)]
pub(crate) fn date(moment: Timestamp) -> f64 {
    moment.unix_ms() as f64
}

#[allow(clippy::cast_precision_loss, reason = "at most 24 hours")]
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs() as f64 * 1_000.0 + f64::from(duration.subsec_millis())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokensRecord<'a> {
    access_token: &'a str,
    token_type: &'a str,
    expires_at: f64,
    merchant_id: &'a str,
    refresh_token: Option<&'a str>,
    refresh_token_expires_at: Option<f64>,
    short_lived: bool,
    subscription_id: Option<&'a str>,
    plan_id: Option<&'a str>,
    id_token: Option<&'a str>,
    ignored_fields: &'a [&'static str],
}

pub(crate) fn tokens(tokens: &Tokens) -> JsValue {
    record(&TokensRecord {
        access_token: tokens.access_token().expose(),
        token_type: tokens.token_type(),
        expires_at: date(tokens.expires_at()),
        merchant_id: tokens.merchant_id(),
        refresh_token: tokens.refresh_token().map(Secret::expose),
        refresh_token_expires_at: tokens.refresh_token_expires_at().map(date),
        short_lived: tokens.short_lived(),
        subscription_id: tokens.subscription_id(),
        plan_id: tokens.plan_id(),
        id_token: tokens.id_token().map(Secret::expose),
        ignored_fields: tokens.ignored_fields(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatusRecord<'a> {
    scopes: Vec<&'a str>,
    expires_at: Option<f64>,
    client_id: &'a str,
    merchant_id: &'a str,
}

pub(crate) fn status(status: &TokenStatus) -> JsValue {
    // Every field by name, here and below, so that a new one cannot be forgotten.
    let TokenStatus {
        scopes,
        expires_at,
        client_id,
        merchant_id,
    } = status;
    record(&StatusRecord {
        scopes: scopes.iter().map(|scope| scope.as_str()).collect(),
        expires_at: expires_at.map(date),
        client_id,
        merchant_id,
    })
}

#[derive(Serialize)]
struct AuthorizationRecord<'a> {
    url: &'a str,
    pending: &'a str,
    attempt: &'a str,
}

pub(crate) fn authorization(authorization: &Authorization) -> JsValue {
    let Authorization {
        url,
        pending,
        attempt,
    } = authorization;
    record(&AuthorizationRecord {
        url,
        pending: pending.as_str(),
        attempt,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventRecord<'a> {
    subscription: usize,
    r#type: &'a str,
    event_id: &'a str,
    created_at: Option<f64>,
    merchant_id: Option<&'a str>,
    revoked_at: Option<f64>,
    revoker_type: Option<String>,
}

pub(crate) fn event(event: &WebhookEvent) -> JsValue {
    let WebhookEvent {
        subscription,
        event_id,
        created_at,
        merchant_id,
        detail,
    } = event;
    let (r#type, revoked_at, revoker_type) = match detail {
        EventDetail::AuthorizationRevoked {
            revoked_at,
            revoker_type,
        } => (
            "oauth.authorization.revoked",
            revoked_at.map(date),
            Some(revoker_type.to_string()),
        ),
        EventDetail::Other { event_type } => (event_type.as_str(), None, None),
    };
    record(&EventRecord {
        subscription: *subscription,
        r#type,
        event_id,
        created_at: created_at.map(date),
        merchant_id: merchant_id.as_deref(),
        revoked_at,
        revoker_type,
    })
}
