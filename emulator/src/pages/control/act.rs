//! What a form of the control page does: each is one call of the control API.

use std::sync::Arc;

use hyper::{Method, StatusCode};
use maud::html;
use serde_json::{Map, Value, json};

use super::super::layout;
use crate::{
    control,
    http::{
        Shared,
        call::Call,
        reply::{self, Reply},
    },
};

/// Carry out the form and go back to its section; or say why not.
pub(crate) async fn act(shared: &Arc<Shared>, call: &Call) -> Reply {
    let fields: Map<String, Value> = form_urlencoded::parse(&call.body)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect();
    let section = text(&fields, "section").to_owned();
    let done = match translate(fields) {
        Ok((method, path, body)) => {
            let call = Call {
                method,
                uri: call.uri.clone(),
                headers: call.headers.clone(),
                body: body.to_string().into(),
                now: call.now,
            };
            let done = control::perform(shared, &call, &path).await;
            done.map(drop)
                .map_err(|refusal| refusal.message().to_owned())
        }
        Err(why) => Err(why),
    };
    match done {
        Ok(()) => reply::redirect(StatusCode::SEE_OTHER, &format!("/_emulator/#{section}")),
        Err(why) => {
            let content = html! {
                h1 { "That did not work" }
                p { (why) }
                // This page has the address that the link leads to: without the question mark the
                // browser would look for the section here.
                p { a href={ "/_emulator/?#" (section) } { "Back" } }
            };
            let page = layout::page("That did not work", &content);
            reply::html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// The control call that a form stands for.
fn translate(mut fields: Map<String, Value>) -> Result<(Method, String, Value), String> {
    fields.remove("section");
    let what = fields.remove("act").unwrap_or_default();
    let (post, put) = (Method::POST, Method::PUT);
    Ok(match what.as_str().unwrap_or_default() {
        "clock" => (put, "clock".to_owned(), clock(&fields)?),
        "reset" => (post, "reset".to_owned(), with_number(fields, "seed")?),
        "revoke" => (post, "revoke".to_owned(), fields.into()),
        "fault" => (post, "faults".to_owned(), fault(&fields)?),
        "remove_fault" => (
            Method::DELETE,
            format!("faults/{}", text(&fields, "id")),
            Value::Null,
        ),
        "subscribe" => (put, "webhooks".to_owned(), subscription(fields)),
        "send" => (post, "webhooks/send".to_owned(), fields.into()),
        "redeliver" => (post, "webhooks/redeliver".to_owned(), fields.into()),
        "switches" => (put, "switches".to_owned(), switches(fields)),
        other => return Err(format!("The page has no form `{other}`.")),
    })
}

fn clock(fields: &Map<String, Value>) -> Result<Value, String> {
    if let Some(running) = fields.get("running") {
        return Ok(json!({"running": running == "true"}));
    }
    if let Some(now) = fields.get("now") {
        return Ok(json!({"now": now}));
    }
    let seconds = text(fields, "advance_s").parse::<i64>();
    seconds
        .map(|seconds| json!({"advance_s": seconds}))
        .map_err(|_| "Say a time.".to_owned())
}

fn fault(fields: &Map<String, Value>) -> Result<Value, String> {
    let what = text(fields, "what");
    let known = super::faults::READY_MADE
        .iter()
        .find(|(name, _, _)| *name == what);
    let (_, _, act) = known.ok_or("Pick a fault.")?;
    let act: Value = serde_json::from_str(act).map_err(|error| error.to_string())?;
    let times = match text(fields, "times") {
        "" => json!(1),
        "always" => json!("always"),
        times => json!(times.parse::<u64>().map_err(|_| "How often is a number.")?),
    };
    let path = fields.get("path").filter(|path| *path != "any");
    let matches = path.map_or(json!({}), |path| json!({"path": path}));
    Ok(json!({"match": matches, "times": times, "act": act}))
}

/// A URL that was emptied is a subscription that ends.
fn subscription(mut fields: Map<String, Value>) -> Value {
    fields.entry("url").or_insert_with(|| "".into());
    let hold = fields.remove("hold").is_some();
    fields.insert("hold".to_owned(), hold.into());
    fields.into()
}

fn switches(fields: Map<String, Value>) -> Value {
    let typed = |value: Value| match value.as_str() {
        Some("true") => Value::Bool(true),
        Some("false") => Value::Bool(false),
        Some(text) => text.parse::<u32>().map_or(value.clone(), Value::from),
        None => value,
    };
    fields
        .into_iter()
        .map(|(name, value)| (name, typed(value)))
        .collect()
}

fn with_number(mut fields: Map<String, Value>, name: &str) -> Result<Value, String> {
    if let Some(value) = fields.get_mut(name) {
        let number = value.as_str().unwrap_or_default().parse::<u64>();
        *value = number
            .map_err(|_| format!("The {name} is a number."))?
            .into();
    }
    Ok(fields.into())
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}
