//! Square's deliveries.

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use square_oauth::{
    EventDetail, Subscription, Webhooks,
    web::{Answer, Delivery, WebHandlers, WebOptions, WebRequest, webhook},
};

use crate::{
    browser::{one, request},
    options,
    support_host::World,
};

const URL: &str = "https://app.example/webhook";
const KEY: &str = "a-signature-key";
const HEADER: &str = "X-Square-HmacSha256-Signature";
const EVENT: &str = r#"{"merchant_id":"MLQW2MYBY81PZ","type":"oauth.authorization.revoked","event_id":"e-1",
    "created_at":"2026-01-01T00:00:00Z","data":{"object":{"revocation":
    {"revoked_at":"2026-01-01T00:00:00Z","revoker_type":"MERCHANT"}}}}"#;

fn handlers() -> WebHandlers {
    let webhooks = Some(Webhooks::new([Subscription::new(URL, KEY)]).unwrap());
    WebHandlers::new(
        World::new([]).client(),
        WebOptions {
            webhooks,
            ..options()
        },
    )
    .unwrap()
}

/// The signature as Square's documentation has it.
fn signature(body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
    let signed = mac.chain_update(URL).chain_update(body).finalize();
    Base64::encode_string(&signed.into_bytes())
}

fn refused(request: &WebRequest) -> Answer {
    match handlers().webhook(request) {
        Delivery::Refused(answer) => answer,
        Delivery::Verified { event, .. } => panic!("{event:?}"),
    }
}

#[test]
fn a_delivery_of_squares_is_an_event_and_thanked_for() {
    let delivery = request("POST", "/webhook", &[(HEADER, &signature(EVENT))], EVENT);
    let Delivery::Verified { event, response } = handlers().webhook(&delivery) else {
        panic!()
    };
    assert_eq!(event.event_id, "e-1");
    assert!(matches!(
        event.detail,
        EventDetail::AuthorizationRevoked { .. }
    ));
    assert_eq!(response.status, 204);
}

#[test]
fn what_is_not_squares_is_told_apart_by_status() {
    let large = "x".repeat(1024 * 1024 + 1);
    let good = signature(EVENT);
    for (signature, body, status, code) in [
        (
            Some(signature("{}").as_str()),
            EVENT,
            401,
            "signature_mismatch",
        ),
        (None, EVENT, 400, "signature_missing"),
        (Some(""), EVENT, 400, "signature_missing"),
        (Some("\u{fffd}"), EVENT, 400, "signature_malformed"),
        (
            Some("1z2n3DEJJiUPKcPzQo1ftvbxGdw="),
            EVENT,
            400,
            "signature_malformed",
        ),
        (Some(signature("[]").as_str()), "[]", 400, "event_malformed"),
        (Some(good.as_str()), large.as_str(), 413, "event_too_large"),
    ] {
        let header = signature.map(|signature| (HEADER, signature));
        let headers: Vec<_> = header.into_iter().collect();
        let answer = refused(&request("POST", "/webhook", &headers, body));
        assert_eq!(answer.response.status, status, "{code}");
        assert_eq!(answer.error.unwrap().code(), code);
        assert_eq!(answer.outcome, None);
    }
}

#[test]
fn two_signatures_are_none() {
    let good = signature(EVENT);
    let twice = [(HEADER, good.as_str()), (HEADER, good.as_str())];
    assert_eq!(
        refused(&request("POST", "/webhook", &twice, EVENT))
            .response
            .status,
        400
    );
}

#[test]
fn another_method_or_no_subscription_is_refused() {
    let good = signature(EVENT);
    let looked = refused(&request("GET", "/webhook", &[(HEADER, &good)], EVENT));
    assert_eq!(
        (looked.response.status, one(&looked.response, "allow")),
        (405, "POST")
    );
    let without = WebHandlers::new(World::new([]).client(), options()).unwrap();
    let delivery = request("POST", "/webhook", &[(HEADER, &good)], EVENT);
    let Delivery::Refused(answer) = without.webhook(&delivery) else {
        panic!()
    };
    assert_eq!(answer.response.status, 404);
}

#[test]
fn who_only_listens_needs_no_client() {
    let webhooks = Webhooks::new([Subscription::new(URL, KEY)]).unwrap();
    for (body, status) in [(EVENT, 204), ("{}", 401)] {
        let delivery = request("POST", "/webhook", &[(HEADER, &signature(EVENT))], body);
        let response = match webhook(&webhooks, &delivery) {
            Delivery::Verified { response, .. } => response,
            Delivery::Refused(answer) => answer.response,
        };
        assert_eq!(response.status, status);
    }
}
