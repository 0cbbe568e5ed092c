//! Whatever comes, nothing panics, and nothing of it gets where it could do harm.

use proptest::prelude::*;
use square_oauth::{
    Subscription, Webhooks,
    web::{Arrival, Delivery, WebHandlers, WebOptions, WebRequest, WebResponse},
};

use crate::{browser::all, options, support_host::World};

/// Pieces of what is looked for, so that random texts reach the code behind the first check.
const PIECES: &str = "(/connect|/callback|[?&=;#~%]|code|state|error|access_denied|outcome|over|return_to|/|\\\\|\
    __Host-sqa_|sqa_|sqp1\\.|cross-site|same-origin|prefetch|[\\x00-\\x20]|\"|<|%2F|\u{e9}|[a-z]){0,16}";

const HEADERS: [&str; 7] = [
    "cookie",
    "Sec-Fetch-Site",
    "sec-purpose",
    "origin",
    "purpose",
    "x-square-hmacsha256-signature",
    "x-other",
];

fn handlers() -> WebHandlers {
    let webhooks = Webhooks::new([Subscription::new("https://app.example/w", "key")]).ok();
    let options = WebOptions {
        webhooks,
        ..options()
    };
    WebHandlers::new(World::new([]).client(), options).unwrap()
}

fn requests() -> impl Strategy<Value = WebRequest> {
    let method = prop_oneof![Just("GET"), Just("POST"), Just("HEAD"), Just("BREW")];
    let header = (0..HEADERS.len(), PIECES);
    let headers = proptest::collection::vec(header, 0..6);
    let body = prop_oneof![
        PIECES.prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..32),
    ];
    (method, PIECES, headers, body).prop_map(|(method, target, headers, body)| {
        let named = |(name, value): (usize, String)| (HEADERS[name].to_owned(), value);
        WebRequest {
            method: method.to_owned(),
            target,
            headers: headers.into_iter().map(named).collect(),
            body,
        }
    })
}

fn assert_harmless(response: &WebResponse) {
    let known = [200, 204, 303, 400, 401, 404, 405, 413];
    assert!(known.contains(&response.status), "{}", response.status);
    for (name, value) in &response.headers {
        let is_sound = |text: &str| text.bytes().all(|b| matches!(b, b' '..=b'~'));
        assert!(is_sound(name) && is_sound(value), "{name}: {value}");
    }
    for location in all(response, "location") {
        let is_ours = location.starts_with('/') && !location.starts_with("//");
        let is_squares = location.starts_with("https://connect.squareupsandbox.com/oauth2/");
        assert!(is_ours || is_squares, "{location}");
    }
    for cookie in all(response, "set-cookie") {
        assert!(cookie.starts_with("__Host-sqa_"), "{cookie}");
        let attributes = cookie.split_once("; ").unwrap().1;
        assert!(attributes.starts_with("HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age="));
    }
    assert_eq!(response.body.matches('<').count(), tags(&response.body));
}

/// The tags that the library writes itself.
fn tags(body: &str) -> usize {
    let names = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "link", "body", "main", "h1", "p",
        "form", "input", "button", "a",
    ];
    let pieces = body.split('<').skip(1);
    pieces
        .filter(|piece| {
            let name = piece.trim_start_matches('/');
            let end = name.find([' ', '>']).unwrap_or(name.len());
            name.get(..end).is_some_and(|name| names.contains(&name))
        })
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_request_gets_more_than_a_harmless_answer(request in requests()) {
        let handlers = handlers();
        assert_harmless(&handlers.connect(&request).response);
        match handlers.arrive(&request) {
            Arrival::Answer(answer) => assert_harmless(&answer.response),
            Arrival::Exchange(_) => panic!("nobody has started anything"),
        }
        match handlers.webhook(&request) {
            Delivery::Refused(answer) => assert_harmless(&answer.response),
            Delivery::Verified { .. } => panic!("nobody has signed anything"),
        }
    }
}
