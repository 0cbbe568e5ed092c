//! What the emulator was asked, in the form that `expect_requests` compares.

use serde_json::{Map, Value, json};

/// The recorded requests, each with `method`, `path`, `status`, its headers by lower-case name, and its body's fields.
pub(crate) fn shown(recorded: &Value) -> Value {
    let list = recorded.get("requests").and_then(Value::as_array);
    list.into_iter().flatten().map(show).collect()
}

fn show(request: &Value) -> Value {
    let body = request.get("body").and_then(Value::as_str);
    let body = body.unwrap_or_default();
    json!({
        "method": request.get("method"),
        "path": request.get("path"),
        "query": request.get("query"),
        "status": request.get("status"),
        "dropped": request.get("dropped"),
        "headers": headers(request.get("headers")),
        "body": serde_json::from_str::<Value>(body).unwrap_or_else(|_| body.into()),
    })
}

fn headers(pairs: Option<&Value>) -> Map<String, Value> {
    let pairs = pairs.and_then(Value::as_array).into_iter().flatten();
    pairs
        .filter_map(|pair| {
            let name = pair.get(0)?.as_str()?.to_ascii_lowercase();
            Some((name, pair.get(1)?.clone()))
        })
        .collect()
}
