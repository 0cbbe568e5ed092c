//! The button "Refresh now".

use serde_json::json;

use crate::world::{FOREIGN, World};

#[tokio::test]
async fn a_refresh_keeps_the_connection_alive() {
    let mut world = World::start().await;
    world.connect().await;
    world
        .control("PUT", "clock", json!({"advance_s": 7 * 24 * 3600}))
        .await;
    let answer = world.press("/refresh").await;
    assert_eq!((answer.status, answer.location()), (303, "/status"));
    assert!(world.status().await.contains("2026-02-07T00:00:00Z"));
}

#[tokio::test]
async fn another_site_cannot_refresh() {
    let mut world = World::start().await;
    world.connect().await;
    let merchant_id = world.merchant_id().await;
    let answer = world
        .post("/refresh", FOREIGN, &[("merchant_id", &merchant_id)])
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(world.asked("/oauth2/token").await, 1);
}

#[tokio::test]
async fn a_dead_grant_is_let_go_of() {
    let mut world = World::cut_off().await;
    world.press("/refresh").await;
    assert!(!world.is_connected().await);
}
