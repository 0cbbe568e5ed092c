//! Records on their way out: plain objects, read by the JavaScript beside this crate.

use core::time::Duration;

use square_oauth::{
    Authorization, EventDetail, Scope, Secret, Timestamp, TokenStatus, Tokens, WebhookEvent,
    binding::Object,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "square-oauth:host")]
extern "C" {
    /// The record that most calls end with, made at one go: a field at a time, its names and values
    /// would cost as much as the rest of the call.
    #[wasm_bindgen(js_name = tokens)]
    fn tokens_record(
        texts: &str,
        expires_at: f64,
        refresh_token_expires_at: Option<f64>,
        short_lived: bool,
    ) -> JsValue;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON)]
    fn parse(json: &str) -> JsValue;
}

/// A plain object: in one crossing, for a field at a time each would be half a kilobyte.
pub(crate) fn record(object: Object) -> JsValue {
    parse(object.end().expose())
}

/// Texts, a line each, in one block that is zeroed: any of them may be a secret.
pub(crate) fn lines(texts: &[&str]) -> Secret {
    let room: usize = texts.iter().map(|text| text.len() + 1).sum();
    // Growing would leave pieces behind in freed memory.
    let mut lines = String::with_capacity(room);
    let mut before = "";
    for text in texts {
        lines.push_str(before);
        lines.push_str(text);
        before = "\n";
    }
    lines.into()
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

/// None of the texts is empty or has a line break, so one that is not there is an empty line.
pub(crate) fn tokens(tokens: &Tokens) -> JsValue {
    let texts = lines(&[
        tokens.access_token().expose(),
        tokens.token_type(),
        tokens.merchant_id(),
        tokens.refresh_token().map_or("", Secret::expose),
        tokens.subscription_id().unwrap_or_default(),
        tokens.plan_id().unwrap_or_default(),
        tokens.id_token().map_or("", Secret::expose),
        &tokens.ignored_fields().join(" "),
    ]);
    tokens_record(
        texts.expose(),
        date(tokens.expires_at()),
        tokens.refresh_token_expires_at().map(date),
        tokens.short_lived(),
    )
}

pub(crate) fn status(status: &TokenStatus) -> JsValue {
    // Every field by name, here and below, so that a new one cannot be forgotten.
    let TokenStatus {
        scopes,
        expires_at,
        client_id,
        merchant_id,
    } = status;
    let mut object = Object::new();
    object.texts("scopes", scopes.iter().map(Scope::as_str));
    moment(&mut object, "expiresAt", *expires_at);
    object.text("clientId", client_id);
    object.text("merchantId", merchant_id);
    record(object)
}

pub(crate) fn authorization(authorization: &Authorization) -> JsValue {
    let Authorization {
        url,
        pending,
        attempt,
    } = authorization;
    let mut object = Object::new();
    object.text("url", url);
    object.text("pending", pending.as_str());
    object.text("attempt", attempt);
    record(object)
}

pub(crate) fn event(event: &WebhookEvent) -> JsValue {
    let WebhookEvent {
        subscription,
        event_id,
        created_at,
        merchant_id,
        detail,
    } = event;
    let mut object = Object::new();
    object.number(
        "subscription",
        i64::try_from(*subscription).unwrap_or_default(),
    );
    object.text("type", event.event_type());
    object.text("eventId", event_id);
    moment(&mut object, "createdAt", *created_at);
    object.maybe("merchantId", merchant_id.as_deref());
    match detail {
        EventDetail::AuthorizationRevoked {
            revoked_at,
            revoker_type,
        } => {
            moment(&mut object, "revokedAt", *revoked_at);
            object.text("revokerType", revoker_type.name());
        }
        EventDetail::Other { event_type: _ } => {}
    }
    record(object)
}

/// In milliseconds since 1970.
fn moment(object: &mut Object, name: &str, moment: Option<Timestamp>) {
    if let Some(moment) = moment {
        object.number(name, moment.unix_ms());
    }
}
