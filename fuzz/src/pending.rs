//! A pending value, as whoever holds the cookie can change it.

use base64ct::{Base64UrlUnpadded, Encoding};
use square_oauth::{ErrorKind, protocol};

use crate::world::{NOW, confidential, public, text};

const STATE: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// Opens a pending value: the input as it is, and the input as the payload of one.
pub fn pending(data: &[u8]) {
    let callback = format!("code=sq0cgb-1&state={STATE}");
    let payload = format!("sqp1.{}", Base64UrlUnpadded::encode_string(data));
    for pending in [text(data), payload] {
        for setup in [confidential(), public()] {
            let result = protocol::callback(&setup, &callback, &pending, NOW);
            if let Err(error) = &result {
                assert_eq!(error.kind(), ErrorKind::InvalidCallback, "{error:?}");
            }
            // Three parts are sealed, and nobody seals without the secret; the vectors' seeds have
            // true seals, which hold for as long as nothing before them changes.
            if result.is_ok() && pending.split('.').count() == 4 {
                let again = protocol::callback(&setup, &callback, &spoilt(&pending), NOW);
                assert!(again.is_err(), "{pending}");
            }
        }
    }
}

/// The same value with one letter of its payload changed.
fn spoilt(pending: &str) -> String {
    let at = pending.len() / 3;
    let change = |(index, c)| match c {
        'A' if index == at => 'B',
        _ if index == at => 'A',
        c => c,
    };
    pending.chars().enumerate().map(change).collect()
}
