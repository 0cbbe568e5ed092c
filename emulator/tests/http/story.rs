//! The whole life of a connection, once, in order.

use serde_json::json;

use crate::browser::{CHALLENGE, VERIFIER, World, parameter};

#[tokio::test]
async fn a_seller_is_connected_used_refreshed_and_disconnected() {
    let world = World::start().await;
    let redirect = world
        .consent(
            "&scope=MERCHANT_PROFILE_READ+PAYMENTS_READ&state=a%20b",
            "allow",
        )
        .await;
    assert!(
        redirect.starts_with(&world.emulator.redirect_uri()),
        "{redirect}"
    );
    assert_eq!(parameter(&redirect, "state"), "a b");
    assert_eq!(parameter(&redirect, "response_type"), "code");
    let code = parameter(&redirect, "code");
    assert!(code.starts_with("sandbox-sq0cgb-"));

    let answer = world
        .confidential(json!({"grant_type": "authorization_code", "code": code}))
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("square-version"), "2026-01-22");
    let tokens = answer.json();
    assert_eq!(tokens["token_type"], "bearer");
    assert_eq!(tokens["short_lived"], false);
    assert!(tokens["access_token"].as_str().unwrap().starts_with("EAAA"));
    assert_eq!(tokens["access_token"].as_str().unwrap().len(), 64);
    assert!(tokens.get("refresh_token_expires_at").is_none());
    assert!(tokens.get("scope").is_none());

    let token = tokens["access_token"].as_str().unwrap();
    let status = world
        .bearer("POST", "/oauth2/token/status", token)
        .await
        .json();
    assert_eq!(
        status["scopes"],
        json!(["MERCHANT_PROFILE_READ", "PAYMENTS_READ"])
    );
    assert_eq!(status["client_id"], world.emulator.client_id());
    assert_eq!(status["merchant_id"], tokens["merchant_id"]);

    let refreshed = world.refresh(&tokens["refresh_token"]).await.json();
    assert_eq!(refreshed["refresh_token"], tokens["refresh_token"]);
    assert_ne!(refreshed["access_token"], tokens["access_token"]);

    let answer = world
        .revoke(&json!({"merchant_id": tokens["merchant_id"]}))
        .await;
    assert_eq!(answer.json(), json!({"success": true}));
    assert_eq!(
        world
            .bearer("POST", "/oauth2/token/status", token)
            .await
            .status,
        401
    );
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 401);
    world.emulator.stop().await;
}

#[tokio::test]
async fn pkce_needs_no_secret_and_rotates_its_refresh_token() {
    let world = World::start().await;
    let code = world.code(&format!("&code_challenge={CHALLENGE}")).await;
    let answer = world
        .pkce(json!({"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let first = answer.json();
    assert!(first["refresh_token_expires_at"].is_string());

    let refresh = |token: serde_json::Value| {
        world.pkce(json!({"grant_type": "refresh_token", "refresh_token": token}))
    };
    let second = refresh(first["refresh_token"].clone()).await.json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let reused = refresh(first["refresh_token"].clone()).await;
    assert_eq!(reused.status, 401);
    assert_eq!(reused.json()["message"], "Invalid refresh token");
    assert_eq!(refresh(second["refresh_token"].clone()).await.status, 200);
}

#[tokio::test]
async fn the_same_seed_and_the_same_calls_give_the_same_tokens() {
    let world = World::start().await;
    let first = world.connect().await;
    world.control("POST", "reset", json!({})).await;
    let again = world.connect().await;
    assert_eq!(first["access_token"], again["access_token"]);
    world.control("POST", "reset", json!({"seed": 7})).await;
    let other = world.connect().await;
    assert_ne!(first["access_token"], other["access_token"]);
    assert_eq!(first["merchant_id"], other["merchant_id"]);
}
