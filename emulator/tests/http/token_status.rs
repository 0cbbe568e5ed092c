//! `POST /oauth2/token/status`.

use serde_json::{Value, json};

use crate::browser::World;

#[tokio::test]
async fn dead_and_unknown_tokens_are_answered_alike() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let token = tokens["access_token"].as_str().unwrap();
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    let path = "/oauth2/token/status";
    let unknown = world.bearer("POST", path, "EAAAunknown").await.error();
    assert_eq!((unknown.0, unknown.1.as_str()), (401, "UNAUTHORIZED"));
    assert_eq!(
        world.bearer("POST", path, refresh_token).await.error(),
        unknown
    );
    assert_eq!(
        world.send("POST", path, &[], "").await.unwrap().error(),
        unknown
    );

    world
        .control("PUT", "clock", json!({"advance_s": 30 * 24 * 3600 + 1}))
        .await;
    assert_eq!(world.bearer("POST", path, token).await.error(), unknown);
}

#[tokio::test]
async fn a_personal_token_never_expires_and_says_so_in_three_ways() {
    let world = World::start().await;
    let state = world.control("GET", "state", json!({})).await;
    let token = state["sellers"][0]["personal_token"].as_str().unwrap();
    world
        .control("PUT", "clock", json!({"advance_s": 3_000_000_000_u64}))
        .await;
    for (position, expected) in [
        ("absent", None),
        ("null", Some(Value::Null)),
        ("empty", Some(json!(""))),
    ] {
        world.switch("never_expires", position).await;
        let status = world
            .bearer("POST", "/oauth2/token/status", token)
            .await
            .json();
        assert_eq!(status.get("expires_at"), expected.as_ref(), "{position}");
        assert_eq!(status["scopes"].as_array().unwrap().len(), 59);
    }
}
