//! `PUT webhooks {url, key, hold}`, `GET webhooks`, `POST webhooks/{send, redeliver, reorder}`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, applications, input};
use crate::{
    config::validate,
    http::call::Call,
    secret::Secret,
    state::{Revoker, State},
    webhook::{Delivery, Event, Progress},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subscription {
    /// The first application when it is not given.
    client_id: Option<String>,
    /// The notification URL; the one there is when it is not given, none when it is empty.
    url: Option<String>,
    /// The signature key; the one there is when it is not given.
    key: Option<Secret>,
    /// Keep events back until `redeliver` or `reorder` sends them.
    hold: Option<bool>,
}

pub(super) fn subscribe(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let input: Subscription = input::read(call)?;
    let client_id = applications::id(state, input.client_id.as_deref())?;
    if let Some(url) = input.url.as_deref().filter(|url| !url.is_empty()) {
        validate::webhook_url("url", url).map_err(Refusal::invalid)?;
    }
    if let Some(key) = &input.key {
        validate::webhook_key("key", key).map_err(Refusal::invalid)?;
    }
    let Some(application) = state.application_mut(&client_id) else {
        return Ok(Value::Null);
    };
    if let Some(url) = input.url {
        application.webhook_url = Some(url).filter(|url| !url.is_empty());
    }
    if let Some(key) = input.key {
        application.webhook_key = key;
    }
    application.hold_webhooks = input.hold.unwrap_or(application.hold_webhooks);
    Ok(json!({
        "client_id": client_id,
        "url": application.webhook_url,
        "key": application.webhook_key.expose(),
        "hold": application.hold_webhooks,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sending {
    client_id: Option<String>,
    /// Merchant id or name; the first seller when it is not given.
    seller: Option<String>,
    /// The event's type; `oauth.authorization.revoked` when it is not given.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// `MERCHANT` when it is not given; for revocations only.
    revoker: Option<Revoker>,
    /// The event's `data`; for other types.
    data: Option<Value>,
}

/// Send an event without anything having happened. Says the number of the delivery.
pub(super) fn send(state: &mut State, call: &Call) -> Result<Vec<u64>, Refusal> {
    let input: Sending = input::read(call)?;
    let client_id = applications::id(state, input.client_id.as_deref())?;
    let seller = state
        .find_seller(input.seller.as_deref())
        .ok_or_else(|| Refusal::impossible("seller", "there is no seller of this id or name"))?;
    let merchant_id = seller.merchant_id.to_string();
    let (now, random) = (call.now, &mut state.random);
    let event = match input.kind.as_deref() {
        None | Some("oauth.authorization.revoked") => {
            let revoker = input.revoker.unwrap_or(Revoker::Merchant);
            Event::authorization_revoked(&merchant_id, revoker, now, random)
        }
        Some("webhooks.test_notification") if input.data.is_none() => {
            Event::test_notification(&merchant_id, now, random)
        }
        Some(kind) => Event::new(
            kind,
            &merchant_id,
            input.data.unwrap_or_default(),
            now,
            random,
        ),
    };
    let queued = state.queue_webhook(&client_id, event, now);
    queued.map(|number| vec![number]).ok_or_else(|| {
        Refusal::impossible(
            "url",
            "this application has no notification URL; PUT webhooks sets one",
        )
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redelivery {
    /// The event to send again; the latest one when it is not given.
    event_id: Option<String>,
    /// How often; once when it is not given.
    times: Option<usize>,
}

/// Send an event again, byte for byte; held ones for the first time.
pub(super) fn redeliver(state: &mut State, call: &Call) -> Result<Vec<u64>, Refusal> {
    let input: Redelivery = input::read(call)?;
    let wanted = input.event_id.as_deref();
    let number = state
        .deliveries
        .iter()
        .rev()
        .find(|delivery| wanted.is_none_or(|wanted| delivery.event.event_id == wanted))
        .map(|delivery| delivery.number)
        .ok_or_else(|| Refusal::impossible("event_id", "there is no such event"))?;
    let times = input.times.unwrap_or(1);
    if times > MOST_AT_ONCE {
        return Err(Refusal::impossible("times", "at most 1000 at once"));
    }
    for _ in 0..times {
        state.deliveries.release(number);
    }
    Ok(vec![number])
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reordering {
    /// The events in the order to send them; all that are held, the newest first, when it is not
    /// given.
    event_ids: Option<Vec<String>>,
}

/// Send events in another order than they came about.
pub(super) fn reorder(state: &mut State, call: &Call) -> Result<Vec<u64>, Refusal> {
    let input: Reordering = input::read(call)?;
    let all = || state.deliveries.iter().rev();
    let number_of = |event_id: &String| {
        let found = all().find(|delivery| delivery.event.event_id == *event_id);
        found
            .map(|delivery| delivery.number)
            .ok_or_else(|| Refusal::impossible("event_ids", "there is no such event"))
    };
    let numbers: Vec<u64> = match input.event_ids {
        Some(event_ids) => event_ids.iter().map(number_of).collect::<Result<_, _>>()?,
        None => all()
            .filter(|delivery| delivery.progress == Progress::Held)
            .map(|delivery| delivery.number)
            .collect(),
    };
    for number in &numbers {
        state.deliveries.release(*number);
    }
    Ok(numbers)
}

pub(super) fn list(state: &State) -> Value {
    json!({"deliveries": state.deliveries.iter().map(show).collect::<Vec<_>>()})
}

/// The deliveries of these numbers, in this order.
pub(super) fn report(state: &State, numbers: &[u64]) -> Value {
    let find = |number: &u64| {
        state
            .deliveries
            .iter()
            .find(|delivery| delivery.number == *number)
            .map(show)
    };
    json!({"deliveries": numbers.iter().filter_map(find).collect::<Vec<_>>()})
}

fn show(delivery: &Delivery) -> Value {
    let (progress, status, error) = match &delivery.progress {
        Progress::Held => ("held", None, None),
        Progress::Sending => ("sending", None, None),
        Progress::Answered(status) => ("answered", Some(status), None),
        Progress::Failed(why) => ("failed", None, Some(why)),
    };
    json!({
        "number": delivery.number,
        "event_id": delivery.event.event_id,
        "type": delivery.event.kind,
        "client_id": delivery.client_id,
        "url": delivery.url,
        "created_at": delivery.created_at,
        "attempts": delivery.attempts,
        "progress": progress,
        "status": status,
        "error": error,
        "signature": delivery.sha256_signature,
        "body": delivery.event.body,
    })
}

const MOST_AT_ONCE: usize = 1000;
