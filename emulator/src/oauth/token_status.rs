//! `POST /oauth2/token/status`: what an access token is good for. No body; dead and unknown tokens
//! are answered alike (documented).

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Refusal, square_version};
use crate::{
    config::NeverExpires,
    http::{
        call::Call,
        reply::{self, Reply},
    },
    resources::bearer,
    state::{Standing, State},
};

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    status(state, call).unwrap_or_else(Refusal::into_reply)
}

fn status(state: &State, call: &Call) -> Result<Reply, Refusal> {
    let version = square_version::requested(call)?;
    let token = bearer::token(call)
        .and_then(|text| state.access_token(text))
        .filter(|token| token.standing(call.now) == Standing::Live)
        .ok_or_else(|| Refusal::unauthorized("This request could not be authorized."))?;

    let mut body = json!({
        "scopes": &token.scopes,
        "client_id": &token.client_id,
        "merchant_id": &token.merchant_id,
    });
    let expires_at = match (token.expires_at, state.switches.never_expires) {
        (Some(end), _) => Some(end.to_seconds_text().into()),
        (None, NeverExpires::Absent) => None,
        (None, NeverExpires::Null) => Some(Value::Null),
        (None, NeverExpires::Empty) => Some("".into()),
    };
    if let (Some(expires_at), Some(fields)) = (expires_at, body.as_object_mut()) {
        fields.insert("expires_at".to_owned(), expires_at);
    }
    let reply = reply::json(StatusCode::OK, &body);
    Ok(square_version::stamp(
        reply,
        version,
        state,
        &token.client_id,
    ))
}
