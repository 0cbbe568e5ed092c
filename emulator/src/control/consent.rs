//! `POST consent {url, seller?, decision?}`: be the seller, without a browser; says where the
//! browser would go.

use std::sync::Arc;

use hyper::Uri;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, input};
use crate::{
    http::call::Call,
    oauth::{
        AuthorizationRequest,
        consent::{self, Decision},
    },
    state::State,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The authorization URL, as the application built it; its host does not matter.
    url: String,
    /// Merchant id or name; the first seller when it is not given.
    seller: Option<String>,
    /// `allow` or `deny`; `allow` when it is not given.
    decision: Option<Decision>,
}

pub(super) fn decide(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let input: Input = input::read(call)?;
    let uri: Uri = input
        .url
        .parse()
        .map_err(|_| Refusal::impossible("url", "this is not a URL with everything escaped"))?;
    if uri.path() != "/oauth2/authorize" {
        return Err(Refusal::impossible(
            "url",
            "its path is not /oauth2/authorize",
        ));
    }
    let request = AuthorizationRequest::read(state, uri.query().unwrap_or_default())
        .map_err(|why| Refusal::impossible("url", format!("{}. {}", why.title, why.hint)))?;
    let seller = state
        .find_seller(input.seller.as_deref())
        .ok_or_else(|| Refusal::impossible("seller", "there is no seller of this id or name"))?;
    let merchant_id = Arc::clone(&seller.merchant_id);
    let decision = input.decision.unwrap_or(Decision::Allow);
    let redirect = consent::decide(state, &request, &merchant_id, decision, call.now);
    Ok(json!({"redirect": redirect}))
}
