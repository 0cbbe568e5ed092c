//! `POST reset {seed?}`: back to the configuration; everything issued, set and remembered is gone.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, input};
use crate::{http::call::Call, state::State};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    seed: Option<u64>,
}

pub(super) fn reset(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let input: Input = input::read(call)?;
    state.reset(input.seed);
    Ok(json!({"seed": state.seed}))
}
