//! The way back, as anybody can type it into a browser.

use square_oauth::{
    Authorize, ErrorKind,
    protocol::{self, AuthorizeRandom},
    scopes,
};

use crate::world::{NOW, confidential, line, public, text};

/// What the seller's start has drawn; nobody else knows it.
const RANDOM: [u8; 64] = [0x5a; 64];

/// Checks a callback against a pending value. The input is both, one on each line; `STATE` in the
/// callback is replaced by the right state, and a missing pending value by a right one.
pub fn callback(data: &[u8]) {
    let text = text(data);
    let (callback, pending) = line(&text);
    for setup in [confidential(), public()] {
        let options = Authorize {
            scopes: scopes(["PAYMENTS_READ"]),
            ..Authorize::default()
        };
        let random = AuthorizeRandom::new(RANDOM);
        let started = protocol::authorize(&setup, &options, NOW, &random);
        let started = started.expect("the options are valid");
        let query = started.url.split_once('?').map_or("", |(_, query)| query);
        let state = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("state="));
        let state = state.expect("an address has a state");

        let knows_the_state = callback.contains("STATE");
        let callback = callback.replace("STATE", state);
        let right = started.pending.as_str();
        let pending = if pending.is_empty() { right } else { pending };
        match protocol::callback(&setup, &callback, pending, NOW) {
            // Without the state it cannot be guessed, but for a pending value of the input's own.
            Ok(_) => assert!(knows_the_state || pending != right, "{callback}"),
            Err(error) if pending == right => {
                let is_of_a_callback = matches!(
                    error.kind(),
                    ErrorKind::InvalidCallback | ErrorKind::Denied | ErrorKind::Rejected
                );
                assert!(is_of_a_callback, "{error:?}");
                assert!(!error.to_string().contains(state), "{error}");
                assert!(!error.to_string().contains(char::is_control), "{error}");
            }
            Err(error) => assert!(!error.to_string().contains(char::is_control), "{error}"),
        }
        if let Ok(attempt) = square_oauth::attempt(&callback) {
            let is_a_cookie_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
            assert!(attempt.bytes().all(is_a_cookie_name), "{attempt}");
        }
    }
}
