//! `GET /v2/merchants/me`.

use serde_json::{Value, json};

use super::protected;
use crate::{
    http::{call::Call, reply::Reply},
    oauth::Refusal,
    state::{Seller, State},
};

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    protected(state, call, "MERCHANT_PROFILE_READ", show).unwrap_or_else(Refusal::into_reply)
}

fn show(seller: &Seller) -> Value {
    json!({
        "merchant": {
            "id": &seller.merchant_id,
            "business_name": &seller.name,
            "country": &seller.country,
            "language_code": &seller.language,
            "currency": &seller.currency,
            "status": "ACTIVE",
            "main_location_id": seller.locations.first().map(|location| &location.id),
        }
    })
}
