//! Requests to the emulator, which any program on the machine can send.

use std::cell::RefCell;

use square_oauth_emulator::{Application, Config, InMemory, Secret, Seller, Timestamp};

use crate::world::text;

thread_local! {
    static EMULATOR: RefCell<InMemory> = RefCell::new(InMemory::new(config()));
}

const ID: &str = "sandbox-sq0idb-fuzz";
const SECRET: &str = "sandbox-sq0csb-fuzz";
const ALLOW: &[u8] = b"client_id=sandbox-sq0idb-fuzz&session=false&scope=PAYMENTS_READ\
    &seller=Rosa&decision=allow";

/// Sends requests to an emulator's state, without a network. The input is requests as in HTTP, with
/// a line `---` between them; `{id}`, `{secret}` and `{code}` stand for the application's and for a
/// live code.
pub fn emulator(data: &[u8]) {
    let text = text(data);
    EMULATOR.with_borrow_mut(|emulator| {
        emulator.reset();
        for request in text.split("\n---\n").take(8) {
            let request = request.replace("{id}", ID).replace("{secret}", SECRET);
            if request.contains("{code}") {
                let code = code(emulator);
                send(emulator, &request.replace("{code}", &code));
            } else {
                send(emulator, &request);
            }
        }
    });
}

/// A code that a seller has just been given.
fn code(emulator: &mut InMemory) -> String {
    let reply = emulator.answer("POST", "/oauth2/authorize", &[], ALLOW);
    let location = reply.map(|reply| reply.location).unwrap_or_default();
    let query = location.split_once('?').map_or("", |(_, query)| query);
    let code = query.split('&').find_map(|pair| pair.strip_prefix("code="));
    code.expect("a seller who allows is given a code")
        .to_owned()
}

fn send(emulator: &mut InMemory, request: &str) {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let line = lines.next().unwrap_or_default();
    let (method, path) = line.split_once(' ').unwrap_or(("POST", line));
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
    let Some(reply) = emulator.answer(method, path, &headers, body.as_bytes()) else {
        return;
    };
    assert!(reply.status < 500, "{request}\n{}", reply.status);
    let is_json = reply.content_type.starts_with("application/json");
    let is_readable = || serde_json::from_slice::<serde_json::Value>(&reply.body).is_ok();
    assert!(!is_json || is_readable(), "{request}");
}

/// Quick to go back to, and with a clock that stands still, so that a finding can be repeated.
fn config() -> Config {
    let application = Application {
        client_id: Some(ID.into()),
        client_secret: Some(Secret::new(SECRET)),
        ..Application::confidential("Fuzz")
    };
    Config {
        clock: Timestamp::parse("2026-01-15T12:00:00Z").ok(),
        request_log: 4,
        applications: vec![application],
        sellers: vec![Seller::named("Rosa")],
        ..Config::default()
    }
}
