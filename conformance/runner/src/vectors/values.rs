//! The value of a call against `expect`.

use serde_json::{Map, Value};

use super::{
    Complaints,
    authorization::{is_base64url_of_32_bytes, s256},
};
use crate::{library::Op, moment};

const TOKENS: &[&str] = &[
    "access_token",
    "token_type",
    "expires_at",
    "merchant_id",
    "refresh_token",
    "refresh_token_expires_at",
    "short_lived",
    "subscription_id",
    "plan_id",
    "id_token",
    "ignored_fields",
];

/// What the value of an op may hold, and nothing else.
const fn fields(op: Op) -> &'static [&'static str] {
    match op {
        Op::Client | Op::Callback | Op::RevokeToken | Op::CheckApplication => &[],
        Op::Environment => &["name", "base_url", "authorize_base_url"],
        Op::Authorize => &["address", "query", "attempt", "pending"],
        Op::Attempt => &["attempt"],
        Op::Complete | Op::ObtainToken => TOKENS,
        Op::RetrieveTokenStatus => &["scopes", "expires_at", "client_id", "merchant_id"],
        Op::Webhook => &[
            "subscription",
            "type",
            "event_id",
            "created_at",
            "merchant_id",
            "revoked_at",
            "revoker_type",
        ],
    }
}

pub(super) fn judge(
    op: Op,
    expected: &Map<String, Value>,
    value: &Value,
    complaints: &mut Complaints,
) {
    let known = fields(op);
    for name in value.as_object().into_iter().flat_map(Map::keys) {
        if !known.contains(&name.as_str()) {
            complaints.push(format!("{name} is not a value of this op"));
        }
    }
    for (name, expected) in expected {
        if !known.contains(&name.as_str()) {
            complaints.push(format!("{name} can be expected of no value of this op"));
            continue;
        }
        let found = value.get(name).unwrap_or(&Value::Null);
        let is_equal = match expected.as_str() {
            Some(moment) if name.ends_with("_at") => moment::to_ms(moment)
                .is_ok_and(|ms| found.as_f64().is_some_and(|found| found == ms as f64)),
            _ => matches(expected, found, None),
        };
        if !is_equal {
            complaints.push(format!("{name} is {found}, not {expected}"));
        }
    }
}

/// Equal, where `{state}`, `{challenge}` and `{verifier}` stand for what is random. A number is what it counts, however a
/// language writes it.
pub(super) fn matches(expected: &Value, found: &Value, challenge: Option<&str>) -> bool {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            expected.len() == found.len()
                && expected.iter().all(|(name, value)| {
                    found
                        .get(name)
                        .is_some_and(|found| matches(value, found, challenge))
                })
        }
        (Value::String(expected), Value::String(found)) => match expected.as_str() {
            "{state}" | "{challenge}" => is_base64url_of_32_bytes(found),
            "{verifier}" => Some(s256(found).as_str()) == challenge,
            _ => expected == found,
        },
        (Value::Number(expected), Value::Number(found)) => expected.as_f64() == found.as_f64(),
        _ => expected == found,
    }
}
