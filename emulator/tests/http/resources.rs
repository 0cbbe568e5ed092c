//! The protected resources: what each state of a token is answered with.

use serde_json::json;

use crate::browser::World;

#[tokio::test]
async fn a_live_token_sees_its_sellers_locations_and_profile() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let token = tokens["access_token"].as_str().unwrap();
    let locations = world.bearer("GET", "/v2/locations", token).await.json();
    assert_eq!(locations["locations"][0]["name"], "Rosa's Bakery");
    let merchant = world.bearer("GET", "/v2/merchants/me", token).await.json();
    assert_eq!(merchant["merchant"]["id"], tokens["merchant_id"]);
}

#[tokio::test]
async fn expired_unknown_and_missing_tokens_are_told_apart() {
    let world = World::start().await;
    let tokens = world.connect().await;
    world
        .control("PUT", "clock", json!({"advance_s": 31 * 24 * 3600}))
        .await;
    let token = tokens["access_token"].as_str().unwrap();
    let error = world.bearer("GET", "/v2/merchants/me", token).await.error();
    assert_eq!((error.0, error.1.as_str()), (401, "ACCESS_TOKEN_EXPIRED"));
    let error = world
        .bearer("GET", "/v2/locations", "EAAAunknown")
        .await
        .error();
    assert_eq!((error.0, error.1.as_str()), (401, "UNAUTHORIZED"));
    let error = world.get("/v2/locations").await.error();
    assert!(error.2.contains("malformed"), "{error:?}");
}

#[tokio::test]
async fn a_token_without_the_scope_is_forbidden() {
    let world = World::start().await;
    let code = world.code("&scope=PAYMENTS_READ").await;
    let tokens = world
        .confidential(json!({"grant_type": "authorization_code", "code": code}))
        .await
        .json();
    let token = tokens["access_token"].as_str().unwrap();
    let error = world.bearer("GET", "/v2/locations", token).await.error();
    assert_eq!((error.0, error.1.as_str()), (403, "INSUFFICIENT_SCOPES"));
    assert!(error.2.ends_with("MERCHANT_PROFILE_READ"));
}
