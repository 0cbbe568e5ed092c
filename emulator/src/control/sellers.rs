//! `POST sellers {name, merchant_id?, ...}` or `{name, count}`: add sellers while it runs.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Refusal, input};
use crate::{
    config::{
        self, explain,
        validate::{self, MOST_SELLERS},
    },
    http::call::Call,
    state::{Seller, State},
};

pub(super) fn add(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let mut input: Map<String, Value> = input::read(call)?;
    let count = input.remove("count").map(|count| read_count(&count));
    let count = count.transpose()?;
    let seller: config::Seller = serde_json::from_value(input.into())
        .map_err(|error| Refusal::malformed(explain(&error.to_string())))?;
    validate::seller(&seller).map_err(Refusal::invalid)?;
    if count.is_some()
        && let Some((field, _)) = seller.given_tokens().next()
    {
        let text = "many sellers cannot share one token: leave it out, and each has its own";
        return Err(Refusal::impossible(field, text));
    }
    if state.sellers().len() + count.unwrap_or(1) > MOST_SELLERS {
        let text = format!("at most {MOST_SELLERS} sellers fit; POST reset removes those added");
        return Err(Refusal::impossible("count", text));
    }
    let sellers: Vec<config::Seller> = match count {
        None => vec![seller],
        Some(count) => (1..=count).map(|at| numbered(&seller, at)).collect(),
    };
    let merchant_ids: Vec<_> = sellers
        .iter()
        .map(config::Seller::resolved_merchant_id)
        .collect();
    // All of them, or none.
    let mut tokens = HashSet::new();
    for (seller, merchant_id) in sellers.iter().zip(&merchant_ids) {
        if state.seller(merchant_id).is_none() {
            let is_taken =
                |token: &str| state.is_own_token(token) || !tokens.insert(token.to_owned());
            validate::own_tokens(seller, is_taken).map_err(Refusal::invalid)?;
        }
    }
    for seller in &sellers {
        state.add_seller(Seller::new(seller), call.now);
    }
    Ok(json!({"merchant_ids": merchant_ids}))
}

fn read_count(count: &Value) -> Result<usize, Refusal> {
    let number = count.as_u64().and_then(|count| usize::try_from(count).ok());
    number
        .filter(|count| *count <= MOST_SELLERS)
        .ok_or_else(|| {
            Refusal::impossible(
                "count",
                format!("a number up to {MOST_SELLERS} is expected"),
            )
        })
}

fn numbered(seller: &config::Seller, number: usize) -> config::Seller {
    config::Seller {
        name: format!("{} {number}", seller.name),
        merchant_id: None,
        ..seller.clone()
    }
}
