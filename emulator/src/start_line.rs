//! The first line on standard output: one JSON object, for the program that started the emulator.

use serde::Serialize;
use square_oauth_emulator::Emulator;

#[derive(Serialize)]
struct StartLine<'a> {
    base_url: &'a str,
    public_url: &'a str,
    client_id: String,
    client_secret: String,
    redirect_uri: String,
    webhook_signature_key: String,
    control_url: String,
}

pub(crate) fn of(emulator: &Emulator) -> String {
    let line = StartLine {
        base_url: emulator.base_url(),
        public_url: emulator.public_url(),
        client_id: emulator.client_id(),
        client_secret: emulator.client_secret(),
        redirect_uri: emulator.redirect_uri(),
        webhook_signature_key: emulator.webhook_signature_key(),
        control_url: emulator.control_url(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}
