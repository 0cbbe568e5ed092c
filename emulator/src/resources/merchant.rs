//! `GET /v2/merchants/me`.

use hyper::StatusCode;
use serde_json::json;

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
    retrieve(state, call).unwrap_or_else(Refusal::into_reply)
}

fn retrieve(state: &State, call: &Call) -> Result<Reply, Refusal> {
    let version = square_version::requested(call)?;
    let (token, seller) = bearer::authorize(state, call, "MERCHANT_PROFILE_READ")?;
    let body = json!({
        "merchant": {
            "id": &seller.merchant_id,
            "business_name": &seller.name,
            "country": &seller.country,
            "language_code": &seller.language,
            "currency": &seller.currency,
            "status": "ACTIVE",
            "main_location_id": seller.locations.first().map(|location| &location.id),
        }
    });
    let reply = reply::json(StatusCode::OK, &body);
    Ok(square_version::stamp(
        reply,
        version,
        state,
        &token.client_id,
    ))
}
