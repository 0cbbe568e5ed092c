//! Square's deliveries.

use serde_json::{Value, json};
use square_oauth_example_axum::WEBHOOK;

use crate::world::{Headers, TOO_LONG, World};

async fn deliver(world: &mut World, headers: Headers<'_>, body: &str) -> u16 {
    let url = format!("{}{WEBHOOK}", world.origin);
    let sent = world.browser.send("POST", &url, headers, body.to_owned());
    sent.await.unwrap().status
}

#[tokio::test]
async fn a_seller_who_disconnects_at_square_is_disconnected_here() {
    let mut world = World::start().await;
    world.connect().await;
    world.control("POST", "revoke", json!({})).await;
    let sent = world.control("POST", "webhooks/redeliver", json!({})).await;
    assert_eq!(sent["deliveries"][0]["status"], 204);
    assert!(!world.is_connected().await);
}

#[tokio::test]
async fn any_verified_event_is_thanked_for() {
    let world = World::start().await;
    let test = json!({"type": "webhooks.test_notification"});
    let sent = world.control("POST", "webhooks/send", test).await;
    assert_eq!(sent["deliveries"][0]["status"], 204);
}

#[tokio::test]
async fn a_signature_over_other_bytes_is_401_and_one_that_cannot_be_one_is_400() {
    let mut world = World::cut_off().await;
    let held = world.control("GET", "webhooks", json!({})).await;
    let text = |name: &str| held["deliveries"][0][name].as_str().unwrap().to_owned();
    let (body, signature) = (text("body"), text("signature"));
    let name = "x-square-hmacsha256-signature";

    // The same JSON, written again.
    let parsed: Value = serde_json::from_str(&body).unwrap();
    let rewritten = serde_json::to_string_pretty(&parsed).unwrap();
    assert_eq!(
        deliver(&mut world, &[(name, &signature)], &rewritten).await,
        401
    );
    assert_eq!(deliver(&mut world, &[], &body).await, 400);
    for malformed in ["", "?", "1z2n3DEJJiUPKcPzQo1ftvbxGdw=", "not base64 at all"] {
        assert_eq!(
            deliver(&mut world, &[(name, malformed)], &body).await,
            400,
            "{malformed}"
        );
    }
    // The old header alone is no signature.
    let old = ("x-square-signature", "1z2n3DEJJiUPKcPzQo1ftvbxGdw=");
    assert_eq!(deliver(&mut world, &[old], &body).await, 400);
    assert!(world.is_connected().await);

    assert_eq!(deliver(&mut world, &[(name, &signature)], &body).await, 204);
    assert!(!world.is_connected().await);
}

#[tokio::test]
async fn a_repeated_delivery_is_acted_on_once() {
    let mut world = World::start().await;
    world.connect().await;
    world.control("POST", "revoke", json!({})).await;
    world.control("POST", "webhooks/redeliver", json!({})).await;
    world.connect().await;
    let sent = world.control("POST", "webhooks/redeliver", json!({})).await;
    assert_eq!(sent["deliveries"][0]["status"], 204);
    assert!(world.is_connected().await);
}

#[tokio::test]
async fn old_news_does_not_end_a_newer_connection() {
    let mut world = World::cut_off().await;
    world.wait(TOO_LONG);
    world.connect().await;
    let sent = world.control("POST", "webhooks/redeliver", json!({})).await;
    assert_eq!(sent["deliveries"][0]["status"], 204);
    assert!(world.is_connected().await);
}
