//! `POST revoke {seller?, client_id?, revoker?}`: end an authorization from Square's side, as a
//! seller does in the dashboard under App integrations.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, applications, input};
use crate::{
    http::call::Call,
    state::{Revoker, State},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Merchant id or name; the first seller when it is not given.
    seller: Option<String>,
    /// The first application when it is not given.
    client_id: Option<String>,
    /// `MERCHANT` when it is not given.
    revoker: Option<Revoker>,
}

pub(super) fn revoke(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let input: Input = input::read(call)?;
    let seller = state
        .find_seller(input.seller.as_deref())
        .ok_or_else(|| Refusal::impossible("seller", "there is no seller of this id or name"))?;
    let merchant_id = seller.merchant_id.to_string();
    let client_id = applications::id(state, input.client_id.as_deref())?;
    let revoker = input.revoker.unwrap_or(Revoker::Merchant);
    let revoked = state.revoke_all(&client_id, &merchant_id, revoker, call.now);
    Ok(json!({"revoked": revoked}))
}
