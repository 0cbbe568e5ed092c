//! Two protected resources, so that a token can be used for something.

pub(crate) mod bearer;
pub(crate) mod locations;
pub(crate) mod merchant;

use hyper::StatusCode;
use serde_json::Value;

use crate::{
    http::{
        call::Call,
        reply::{self, Reply},
    },
    oauth::{Refusal, square_version},
    state::{Seller, State},
};

/// Shows a seller's data to whoever holds a token with `scope`.
fn protected(
    state: &State,
    call: &Call,
    scope: &str,
    show: impl FnOnce(&Seller) -> Value,
) -> Result<Reply, Refusal> {
    let version = square_version::requested(call)?;
    let (token, seller) = bearer::authorize(state, call, scope)?;
    let reply = reply::json(StatusCode::OK, &show(seller));
    Ok(square_version::stamp(
        reply,
        version,
        state,
        &token.client_id,
    ))
}
