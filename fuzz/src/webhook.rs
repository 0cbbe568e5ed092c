//! A delivery, signed and not.

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use square_oauth::{ErrorKind, EventDetail, Subscription, Webhooks};

const URL: &str = "https://shop.example/webhook";
const KEY: &str = "Ibxx_5AKakO-3qeNVR61Dw";

/// Verifies a delivery. The input is the signature's line and the body; the same body is then signed
/// with the right key.
pub fn webhook(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n');
    let (signature, body) = data.split_at(end.unwrap_or(data.len()));
    let body = body.get(1..).unwrap_or_default();
    let signature = String::from_utf8_lossy(signature);
    let right = sign(body);
    let webhooks = Webhooks::new([
        Subscription::new("https://shop.example/other", "another-key"),
        Subscription::new(URL, KEY),
    ]);
    let webhooks = webhooks.expect("the subscriptions are valid");
    for signature in [&*signature, &right] {
        match webhooks.verify(body, signature) {
            Ok(event) => {
                assert_eq!(signature, right);
                assert_eq!(event.subscription, 1);
                assert!(!event.event_id.contains(KEY));
                let is_revocation =
                    matches!(event.detail, EventDetail::AuthorizationRevoked { .. });
                assert!(!is_revocation || event.merchant_id.is_some());
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::InvalidWebhook);
                assert!(
                    signature != right || error.code().starts_with("event_"),
                    "{error:?}"
                );
                assert!(!format!("{error:?}").contains(KEY));
            }
        }
    }
}

fn sign(body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).expect("every key will do");
    let mac = mac.chain_update(URL).chain_update(body);
    Base64::encode_string(&mac.finalize().into_bytes())
}
