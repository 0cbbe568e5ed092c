//! `POST sellers {name, merchant_id?, ...}` or `{count}`: add sellers while it runs.

use serde_json::{Map, Value, json};

use super::{Refusal, input};
use crate::{
    config::{self, explain},
    http::call::Call,
    state::{Seller, State},
};

pub(super) fn add(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let mut input: Map<String, Value> = input::read(call)?;
    let count =
        match input.remove("count") {
            None => None,
            Some(count) => Some(count.as_u64().filter(|count| *count <= MOST).ok_or_else(
                || Refusal::impossible("count", format!("a number up to {MOST} is expected")),
            )?),
        };
    let seller: config::Seller = serde_json::from_value(input.into())
        .map_err(|error| Refusal::malformed(explain(&error.to_string())))?;
    let sellers: Vec<Seller> = match count {
        None => vec![Seller::new(&seller)],
        Some(count) => (1..=count)
            .map(|number| {
                let name = format!("{} {number}", seller.name);
                let seller = config::Seller {
                    name,
                    merchant_id: None,
                    ..seller.clone()
                };
                Seller::new(&seller)
            })
            .collect(),
    };
    let merchant_ids: Vec<_> = sellers
        .iter()
        .map(|seller| seller.merchant_id.to_string())
        .collect();
    for seller in sellers {
        state.add_seller(seller, call.now);
    }
    Ok(json!({"merchant_ids": merchant_ids}))
}

const MOST: u64 = 100_000;
