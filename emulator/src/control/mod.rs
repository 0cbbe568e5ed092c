//! The control API under `/_emulator/v1/`: JSON in, JSON out.

mod applications;
mod clock;
mod consent;
mod faults;
mod input;
mod refusal;
mod requests;
mod reset;
mod revoke;
mod sellers;
mod state;
mod switches;
mod webhooks;

use std::sync::Arc;

use hyper::{Method, StatusCode};
use serde_json::Value;

pub(crate) use self::refusal::Refusal;
use crate::{
    http::{
        Shared,
        call::Call,
        deliver,
        reply::{self, Reply},
    },
    state::State,
};

/// Answer the control call of this path, which is what follows `/_emulator/v1/`.
pub(crate) async fn answer(shared: &Arc<Shared>, call: &Call, path: &str) -> Reply {
    match perform(shared, call, path).await {
        Ok(value) => reply::json(StatusCode::OK, &value),
        Err(refusal) => refusal.into_reply(),
    }
}

/// Carry out the control call of this path.
pub(crate) async fn perform(
    shared: &Arc<Shared>,
    call: &Call,
    path: &str,
) -> Result<Value, Refusal> {
    let (answer, outbox) = {
        let mut state = shared.state();
        let answer = route(&mut state, call, path)?;
        (answer, state.deliveries.take_outbox())
    };
    match answer {
        Answer::Deliveries(numbers) => {
            // Whoever asks for a delivery wants to know what became of it.
            deliver(Arc::clone(shared), outbox).await;
            Ok(webhooks::report(&shared.state(), &numbers))
        }
        Answer::Value(value) => {
            if !outbox.is_empty() {
                tokio::spawn(deliver(Arc::clone(shared), outbox));
            }
            Ok(value)
        }
    }
}

/// What a control call is answered with.
enum Answer {
    Value(Value),
    /// These deliveries, once they have been tried.
    Deliveries(Vec<u64>),
}

fn route(state: &mut State, call: &Call, path: &str) -> Result<Answer, Refusal> {
    let method = &call.method;
    let (get, put) = (method == Method::GET, method == Method::PUT);
    let (post, delete) = (method == Method::POST, method == Method::DELETE);
    let value = match path {
        "state" if get => Ok(state::show(state, call.now)),
        "requests" if get => requests::list(state, call.query()),
        "reset" if post => reset::reset(state, call),
        "clock" if get => Ok(clock::show(state)),
        "clock" if put => clock::set(state, call),
        "switches" if get => switches::show(state),
        "switches" if put => switches::set(state, call),
        "faults" if get => Ok(faults::list(state)),
        "faults" if post => faults::add(state, call),
        "faults" if delete => Ok(faults::remove(state, None)),
        "consent" if post => consent::decide(state, call),
        "revoke" if post => revoke::revoke(state, call),
        "applications" if put => applications::change(state, call),
        "sellers" if post => sellers::add(state, call),
        "webhooks" if get => Ok(webhooks::list(state)),
        "webhooks" if put => webhooks::subscribe(state, call),
        "webhooks/send" if post => return webhooks::send(state, call).map(Answer::Deliveries),
        "webhooks/redeliver" if post => {
            return webhooks::redeliver(state, call).map(Answer::Deliveries);
        }
        "webhooks/reorder" if post => {
            return webhooks::reorder(state, call).map(Answer::Deliveries);
        }
        _ => match path.strip_prefix("faults/").map(str::parse) {
            Some(Ok(id)) if delete => Ok(faults::remove(state, Some(id))),
            _ => Err(Refusal::unknown_call(method, path)),
        },
    };
    value.map(Answer::Value)
}
