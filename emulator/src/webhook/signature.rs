//! Signatures over the notification URL and the raw body, with the signature key's text as the key.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// The value of `x-square-hmacsha256-signature`.
pub(super) fn sha256(key: &str, url: &str, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(url.as_bytes());
    mac.update(body.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The value of `x-square-signature`, the older header that is still sent beside the other (seen in
/// 2026).
pub(super) fn sha1(key: &str, url: &str, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(url.as_bytes());
    mac.update(body.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::sha256;

    /// The vectors of Square's own SDK tests.
    #[test]
    fn the_signatures_are_those_of_squares_sdks() {
        let body = concat!(
            r#"{"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","#,
            r#""event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f","#,
            r#""created_at":"2022-07-13T20:30:59.037339943Z","#,
            r#""data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}}"#,
        );
        let url = "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9";
        assert_eq!(
            sha256("Ibxx_5AKakO-3qeNVR61Dw", url, body),
            "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4="
        );
        let (key, url) = ("signature-key", "https://webhook.site/webhooks");
        assert_eq!(
            sha256(key, url, r#"{"data":{"type":"webhooks","id":">id<"}}"#),
            "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U="
        );
        assert_eq!(
            sha256(key, url, r#"{"data":{"type":"webhooks","id":"fake_id"}}"#),
            "W3FlCNk5IA3ZQ2LHTWoajvzfaDu/OwY2tNHIHC3IUOA="
        );
    }
}
