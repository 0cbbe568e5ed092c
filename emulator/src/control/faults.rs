//! `POST faults {match, times, act}`, `GET faults`, `DELETE faults`, `DELETE faults/{id}`.

use serde_json::{Value, json};

use super::{Refusal, input};
use crate::{fault::NewFault, http::call::Call, state::State};

pub(super) fn list(state: &State) -> Value {
    let faults: Vec<Value> = state
        .faults
        .iter()
        .map(|fault| {
            json!({
                "id": fault.id,
                "match": fault.fault.matches,
                "times": fault.fault.times,
                "act": fault.fault.act,
                "seen": fault.seen,
                "struck": fault.struck,
            })
        })
        .collect();
    json!({"faults": faults})
}

pub(super) fn add(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let fault: NewFault = input::read(call)?;
    if let Some(complaint) = fault.act.complaint() {
        return Err(Refusal::impossible("act", complaint));
    }
    let id = state.faults.add(fault);
    let id = id.map_err(|complaint| Refusal::impossible("act", complaint))?;
    Ok(json!({"id": id}))
}

pub(super) fn remove(state: &mut State, id: Option<u64>) -> Value {
    json!({"removed": state.faults.remove(id)})
}
