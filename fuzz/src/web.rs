//! Any request, to every handler of a web server.

use std::{sync::Arc, time::Duration};

use square_oauth::{
    Application, Authorize, ClientOptions, Environment, OAuthClient, Subscription, Timestamp,
    Webhooks,
    host::{
        BoxFuture, Clock, Entropy, EntropyError, Host, HttpRequest, HttpResponse, Runtime,
        SendError, Transport,
    },
    scopes,
    web::{Arrival, Delivery, WebHandlers, WebOptions, WebRequest, WebResponse},
};

use crate::world::{ID, NOW, SECRET, line, text};

const KEY: &str = "Ibxx_5AKakO-3qeNVR61Dw";
const COOKIE: &str = "__Host-sqa_";

/// Serves a request. The input is method and target, header lines, an empty line and the body;
/// `STATE` and `PAIR` stand for the state and the cookie of an attempt that was started before.
pub fn web(data: &[u8]) {
    let handlers = handlers();
    let started = handlers.connect(&read("GET /connect?return_to=/a%26b"));
    let find = |name: &str| {
        let headers = started.response.headers.iter();
        let mut values = headers.filter_map(|(found, value)| (found == name).then_some(value));
        values.next().expect("a start has this header").as_str()
    };
    let state = find("location").split("state=").nth(1);
    let state = state.and_then(|rest| rest.split('&').next());
    let state = state.expect("an address has a state");
    let pair = find("set-cookie").split(';').next().unwrap_or_default();
    let text = text(data);
    let knows_both = text.contains("STATE") && text.contains("PAIR");
    let request = read(&text.replace("STATE", state).replace("PAIR", pair));

    check(&handlers.connect(&request).response);
    match handlers.arrive(&request) {
        Arrival::Answer(answer) => check(&answer.response),
        Arrival::Exchange(exchange) => assert!(knows_both, "{exchange:?}"),
    }
    match handlers.webhook(&request) {
        Delivery::Refused(answer) => check(&answer.response),
        Delivery::Verified { event, .. } => panic!("nobody has signed {event:?}"),
    }
}

fn read(text: &str) -> WebRequest {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let (first, headers) = line(head);
    let (method, target) = first.split_once(' ').unwrap_or((first, ""));
    let headers = headers.split('\n').filter_map(|line| line.split_once(": "));
    WebRequest {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    }
}

/// No header can be broken out of, nobody is sent anywhere but on this server and to Square, and no
/// cookie is touched that is not an attempt's.
fn check(response: &WebResponse) {
    for (name, value) in &response.headers {
        let is_sound = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        assert!(is_sound, "{name}: {value}");
        match name.as_str() {
            "location" => assert!(
                value.starts_with('/') && !value.starts_with("//") && !value.contains('\\')
                    || value.starts_with("https://connect.squareupsandbox.com/oauth2/authorize?"),
                "{value}"
            ),
            "set-cookie" => {
                let parts: Vec<_> = value.split("; ").collect();
                assert!(value.starts_with(COOKIE) && parts.len() == 6, "{value}");
                assert!(value.len() < 4096, "{value}");
            }
            _ => {}
        }
    }
    // A text between quotes or tags that was not escaped would have them.
    let outside = response.body.split_once("</style>").map(|(_, rest)| rest);
    assert!(!outside.unwrap_or_default().contains("<script"));
}

fn handlers() -> WebHandlers {
    let stub = Arc::new(Stub);
    let host = Host {
        transport: stub.clone(),
        clock: stub.clone(),
        entropy: stub.clone(),
        runtime: stub,
        language: "fuzz",
    };
    let application = Application::confidential(ID, SECRET);
    let options = ClientOptions::default();
    let client = OAuthClient::with_host(Environment::Sandbox, application, &options, host);
    let subscription = Subscription::new("https://shop.example/webhook", KEY);
    let options = WebOptions {
        public_url: "https://shop.example".to_owned(),
        authorize: Authorize {
            scopes: scopes(["PAYMENTS_READ"]),
            ..Authorize::default()
        },
        webhooks: Webhooks::new([subscription]).ok(),
        ..WebOptions::default()
    };
    let handlers = client.and_then(|client| WebHandlers::new(client, options));
    handlers.expect("application and options are valid")
}

/// A machine where nothing happens.
struct Stub;

impl Transport for Stub {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>> {
        Box::pin(std::future::pending())
    }
}

impl Clock for Stub {
    fn now(&self) -> Timestamp {
        NOW
    }

    fn monotonic_ms(&self) -> u64 {
        0
    }
}

impl Entropy for Stub {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        buffer.fill(0x5a);
        Ok(())
    }
}

impl Runtime for Stub {
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}
