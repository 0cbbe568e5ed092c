//! `GET /v2/locations`.

use serde_json::{Value, json};

use super::protected;
use crate::{
    http::{call::Call, reply::Reply},
    oauth::Refusal,
    state::{Seller, State},
};

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    protected(state, call, "MERCHANT_PROFILE_READ", list).unwrap_or_else(Refusal::into_reply)
}

fn list(seller: &Seller) -> Value {
    let locations = seller.locations.iter().map(|location| {
        json!({
            "id": &location.id,
            "name": &location.name,
            "merchant_id": &seller.merchant_id,
            "country": &seller.country,
            "language_code": &seller.language,
            "currency": &seller.currency,
            "status": "ACTIVE",
        })
    });
    json!({"locations": locations.collect::<Vec<_>>()})
}
