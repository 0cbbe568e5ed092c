//! Calls that the contract does not know: whoever takes one might pass over anything in silence.

use serde_json::{Map, Value, json};

use super::Remote;

const UNKNOWN: &str = "unheard_of";

/// Says which of them were taken, and which were refused without a word about what is wrong.
pub(super) async fn refused(remote: &Remote) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for call in calls() {
        let (status, text) = remote.post("/call", &call).await?;
        if status != 400 || !text.contains(UNKNOWN) {
            found.push(format!(
                "a call with `{UNKNOWN}` in it: {status}: {text}: {call}"
            ));
        }
    }
    Ok(found)
}

fn calls() -> Vec<Value> {
    let client = json!({
        // Nothing listens there.
        "environment": "http://127.0.0.1:1",
        "application_id": "sandbox-sq0idb-1",
        "application_secret": "sandbox-sq0csb-1",
    });
    let webhook = json!({"subscriptions": [{"notification_url": "https://shop.example/w", "signature_key": "key"}]});
    let callback = json!({"callback": "?code=sq0cgb-1&state=a", "pending": ""});
    let none = json!({});
    let inputs = [
        ("client", &client, json!({})),
        ("environment", &none, json!({"environment": "sandbox"})),
        ("authorize", &client, json!({"scopes": ["PAYMENTS_READ"]})),
        (
            "attempt",
            &none,
            json!({"callback": "?code=sq0cgb-1&state=a"}),
        ),
        ("callback", &client, callback.clone()),
        ("complete", &client, callback.clone()),
        (
            "obtain_token",
            &client,
            with(&callback, "grant", "callback"),
        ),
        (
            "obtain_token",
            &client,
            json!({"grant": "authorization_code", "code": "sq0cgb-1"}),
        ),
        (
            "obtain_token",
            &client,
            json!({"grant": "refresh_token", "refresh_token": "EQAA-1"}),
        ),
        (
            "obtain_token",
            &client,
            json!({"grant": "migration_token", "migration_token": "sq0atp-1"}),
        ),
        ("revoke_token", &client, json!({"all": "MLQW2MYBY81PZ"})),
        (
            "retrieve_token_status",
            &client,
            json!({"access_token": "EAAA-1"}),
        ),
        ("check_application", &client, json!({})),
        (
            "webhook",
            &webhook,
            json!({"body": "{}", "signature": null}),
        ),
    ];
    let mut calls = vec![
        call(UNKNOWN, &client, &json!({})),
        call("client", &with(&client, UNKNOWN, "x"), &json!({})),
        call(
            "webhook",
            &with(&webhook, UNKNOWN, "x"),
            &json!({"body": "{}", "signature": null}),
        ),
        call("obtain_token", &client, &json!({"grant": UNKNOWN})),
    ];
    calls.extend(
        inputs
            .iter()
            .map(|(op, config, input)| call(op, config, &with(input, UNKNOWN, "x"))),
    );
    calls
}

fn call(op: &str, config: &Value, input: &Value) -> Value {
    json!({"op": op, "config": config, "now_ms": 1_768_478_400_000_i64, "input": input})
}

fn with(fields: &Value, name: &str, value: &str) -> Value {
    let mut fields: Map<_, _> = fields.as_object().cloned().unwrap_or_default();
    fields.insert(name.to_owned(), value.into());
    fields.into()
}
