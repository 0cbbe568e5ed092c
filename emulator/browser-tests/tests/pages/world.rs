//! An emulator to look at, and what the tests ask of it.

use hyper::Method;
use serde_json::{Value, json};
use square_oauth_emulator::{Config, Emulator};

use crate::webdriver::exchange;

pub(crate) async fn emulator() -> Emulator {
    Emulator::start(Config::default()).await.unwrap()
}

/// Where an application sends a seller.
pub(crate) fn authorize_url(emulator: &Emulator) -> String {
    format!(
        "{}/oauth2/authorize?client_id={}&scope=MERCHANT_PROFILE_READ+PAYMENTS_READ&state=a%20b%26c",
        emulator.public_url(),
        emulator.client_id()
    )
}

/// Where the emulator's own page for developers is.
pub(crate) fn control_page(emulator: &Emulator) -> String {
    format!("{}/_emulator/", emulator.public_url())
}

/// As an application does it, with the code that the seller brought back.
pub(crate) async fn obtain_token(emulator: &Emulator, code: &str) -> Value {
    let body = json!({
        "client_id": emulator.client_id(),
        "client_secret": emulator.client_secret(),
        "grant_type": "authorization_code",
        "code": code,
    });
    ask(emulator, Method::POST, "/oauth2/token", &body).await
}

/// A call of the control API.
pub(crate) async fn control(
    emulator: &Emulator,
    method: Method,
    path: &str,
    body: &Value,
) -> Value {
    ask(emulator, method, &format!("/_emulator/v1/{path}"), body).await
}

async fn ask(emulator: &Emulator, method: Method, path: &str, body: &Value) -> Value {
    let port = emulator.address().port();
    let answer = exchange(port, method, path, body.to_string().into()).await;
    serde_json::from_slice(&answer.unwrap()).unwrap()
}
