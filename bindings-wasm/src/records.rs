//! Records on their way out: plain objects, read by the JavaScript beside this crate.

use core::time::Duration;

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use square_oauth::{
    Authorization, EventDetail, Secret, Timestamp, TokenStatus, Tokens, WebhookEvent,
};
use wasm_bindgen::prelude::*;

/// A record as data: written field by field in code, each record would be half a kilobyte.
pub(crate) type Record<'a> = [(&'static str, Field<'a>)];

/// A field of a record; one that is none is left out.
pub(crate) enum Field<'a> {
    Text(&'a str),
    MaybeText(Option<&'a str>),
    MaybeNumber(Option<f64>),
    Flag(bool),
    Texts(Vec<&'a str>),
    Records(Vec<[(&'static str, Self); 4]>),
}

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

/// A plain object.
pub(crate) fn record(fields: &Record<'_>) -> JsValue {
    // Texts, numbers and booleans: none of them can fail.
    Fields(fields)
        .serialize(&OBJECTS)
        .unwrap_or(JsValue::UNDEFINED)
}

const OBJECTS: serde_wasm_bindgen::Serializer =
    serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);

struct Fields<'a, 'b>(&'b Record<'a>);

impl Serialize for Fields<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        let is_there = |field: &&(&str, Field<'_>)| {
            !matches!(field.1, Field::MaybeText(None) | Field::MaybeNumber(None))
        };
        for (name, value) in self.0.iter().filter(is_there) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::MaybeText(Some(text)) => to.serialize_str(text),
            Self::MaybeNumber(Some(number)) => to.serialize_f64(*number),
            Self::MaybeText(None) | Self::MaybeNumber(None) => to.serialize_unit(),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::Texts(texts) => texts.serialize(to),
            Self::Records(records) => to.collect_seq(records.iter().map(|fields| Fields(fields))),
        }
    }
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
    use Field::{MaybeNumber, Text, Texts};
    // Every field by name, here and below, so that a new one cannot be forgotten.
    let TokenStatus {
        scopes,
        expires_at,
        client_id,
        merchant_id,
    } = status;
    record(&[
        (
            "scopes",
            Texts(scopes.iter().map(|scope| scope.as_str()).collect()),
        ),
        ("expiresAt", MaybeNumber(expires_at.map(date))),
        ("clientId", Text(client_id)),
        ("merchantId", Text(merchant_id)),
    ])
}

pub(crate) fn authorization(authorization: &Authorization) -> JsValue {
    use Field::Text;
    let Authorization {
        url,
        pending,
        attempt,
    } = authorization;
    record(&[
        ("url", Text(url)),
        ("pending", Text(pending.as_str())),
        ("attempt", Text(attempt)),
    ])
}

pub(crate) fn event(event: &WebhookEvent) -> JsValue {
    use Field::{MaybeNumber, MaybeText, Text};
    let WebhookEvent {
        subscription,
        event_id,
        created_at,
        merchant_id,
        detail,
    } = event;
    let (event_type, revoked_at, revoker_type) = match detail {
        EventDetail::AuthorizationRevoked {
            revoked_at,
            revoker_type,
        } => (
            "oauth.authorization.revoked",
            revoked_at.map(date),
            Some(revoker_type.name()),
        ),
        EventDetail::Other { event_type } => (event_type.as_str(), None, None),
    };
    record(&[
        (
            "subscription",
            MaybeNumber(u32::try_from(*subscription).ok().map(f64::from)),
        ),
        ("type", Text(event_type)),
        ("eventId", Text(event_id)),
        ("createdAt", MaybeNumber(created_at.map(date))),
        ("merchantId", MaybeText(merchant_id.as_deref())),
        ("revokedAt", MaybeNumber(revoked_at)),
        ("revokerType", MaybeText(revoker_type)),
    ])
}
