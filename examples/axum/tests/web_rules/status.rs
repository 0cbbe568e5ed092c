//! The status page.

use serde_json::json;

use crate::world::{FOREIGN, World};

#[tokio::test]
async fn the_status_is_what_square_says_and_looking_changes_nothing() {
    let mut world = World::start().await;
    assert!(!world.is_connected().await);
    world.connect().await;
    assert!(world.status().await.contains("Connected. Permissions:"));

    let merchant_id = world.merchant_id().await;
    let held = json!({"hold": true});
    world.control("PUT", "webhooks", held).await;
    world
        .control("POST", "revoke", json!({"seller": merchant_id}))
        .await;
    let page = world.get("/status", FOREIGN).await.text();
    assert!(page.contains("Square does not take the access token any more."));
    assert_eq!(world.connections().await, 1);
}

#[tokio::test]
async fn no_token_is_on_the_page() {
    let mut world = World::start().await;
    world.connect().await;
    let page = world.status().await;
    assert!(!page.contains("EAAA") && !page.contains("EQAA"));
}
