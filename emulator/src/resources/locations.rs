//! `GET /v2/locations`.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::bearer;
use crate::{
    http::{
        call::Call,
        reply::{self, Reply},
    },
    oauth::{Refusal, square_version},
    state::State,
};

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    list(state, call).unwrap_or_else(Refusal::into_reply)
}

fn list(state: &State, call: &Call) -> Result<Reply, Refusal> {
    let version = square_version::requested(call)?;
    let (token, seller) = bearer::authorize(state, call, "MERCHANT_PROFILE_READ")?;
    let locations: Vec<Value> = seller
        .locations
        .iter()
        .map(|location| {
            json!({
                "id": &location.id,
                "name": &location.name,
                "merchant_id": &seller.merchant_id,
                "country": &seller.country,
                "language_code": &seller.language,
                "currency": &seller.currency,
                "status": "ACTIVE",
            })
        })
        .collect();
    let reply = reply::json(StatusCode::OK, &json!({"locations": locations}));
    Ok(square_version::stamp(
        reply,
        version,
        state,
        &token.client_id,
    ))
}
