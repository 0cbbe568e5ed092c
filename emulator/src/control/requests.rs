//! `GET requests?since=NUMBER`: what has been asked of Square's paths, with every header and byte,
//! credentials too: a test must be able to check what was sent.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::Refusal;
use crate::state::{LoggedRequest, Outcome, State};

pub(super) fn list(state: &State, query: &str) -> Result<Value, Refusal> {
    let mut since = 0;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        since = match &*name {
            "since" => value
                .parse()
                .map_err(|_| Refusal::malformed("since is a number"))?,
            _ => return Err(Refusal::malformed(format!("unknown parameter `{name}`"))),
        };
    }
    let requests: Vec<Value> = state.log.since(since).map(show).collect();
    Ok(json!({"requests": requests, "next": state.log.latest()}))
}

fn show(request: &LoggedRequest) -> Value {
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| [name, value].map(String::from_utf8_lossy))
        .collect();
    let status = match request.outcome {
        Outcome::Answered(status) => Some(status),
        Outcome::Pending | Outcome::Dropped => None,
    };
    let mut shown = json!({
        "number": request.number,
        "at": request.at,
        "method": request.method.as_str(),
        "path": request.path(),
        "query": request.query(),
        "headers": headers,
        "status": status,
        "dropped": request.outcome == Outcome::Dropped,
        "fault": request.fault,
    });
    let (name, body) = match std::str::from_utf8(&request.body) {
        Ok(text) => ("body", text.to_owned()),
        Err(_) => ("body_base64", STANDARD.encode(&request.body)),
    };
    if let Some(fields) = shown.as_object_mut() {
        fields.insert(name.to_owned(), body.into());
    }
    shown
}
