//! The button "Disconnect".

use serde_json::json;

use crate::world::{FOREIGN, Headers, World};

#[tokio::test]
async fn disconnecting_ends_the_tokens_at_square_and_then_forgets_them() {
    let mut world = World::start().await;
    world.connect().await;
    let answer = world.press("/disconnect").await;
    assert_eq!((answer.status, answer.location()), (303, "/status"));
    assert!(!world.is_connected().await);
    let state = world.control("GET", "state", json!({})).await;
    assert_eq!(state["access_tokens"][0]["standing"], "revoked");
    assert_eq!(state["refresh_tokens"], json!([]));
}

#[tokio::test]
async fn another_site_cannot_disconnect_and_neither_can_a_link() {
    let mut world = World::start().await;
    world.connect().await;
    let merchant_id = world.merchant_id().await;
    let fields = [("merchant_id", &*merchant_id)];
    let foreign: [Headers<'_>; 4] = [
        FOREIGN,
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[],
    ];
    for headers in foreign {
        let answer = world.post("/disconnect", headers, &fields).await;
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    let link = format!("/disconnect?merchant_id={merchant_id}");
    assert_eq!(world.get(&link, &[]).await.status, 405);
    assert!(world.is_connected().await);
    assert_eq!(world.asked("/oauth2/revoke").await, 0);
}

#[tokio::test]
async fn what_is_already_gone_at_square_is_gone_here_too() {
    let mut world = World::cut_off().await;
    assert!(world.is_connected().await);
    world.press("/disconnect").await;
    assert!(!world.is_connected().await);
}

#[tokio::test]
async fn tokens_that_square_did_not_end_are_not_forgotten() {
    let mut world = World::start().await;
    world.connect().await;
    let body = r#"{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"BAD_REQUEST"}]}"#;
    let answer = json!({"status": 400, "body": body});
    let fault = json!({"match": {"path": "/oauth2/revoke"}, "act": {"answer": answer}});
    world.control("POST", "faults", fault).await;
    let answer = world.press("/disconnect").await;
    assert_eq!(answer.status, 502);
    assert!(answer.text().contains("You are still connected."));
    assert!(world.is_connected().await);
}
