//! PKCE, and where it differs from the code flow.

use serde_json::json;

use crate::{
    browser::{CHALLENGE, VERIFIER, World},
    obtain_token::by_code,
};

#[tokio::test]
async fn a_pkce_refresh_token_dies_after_ninety_days_and_a_code_flow_one_never() {
    let world = World::start().await;
    let code = world.code(&format!("&code_challenge={CHALLENGE}")).await;
    let mut body = by_code(&code);
    body["code_verifier"] = VERIFIER.into();
    let pkce = world.pkce(body).await.json();
    let code_flow = world.connect().await;
    world
        .control("PUT", "clock", json!({"advance_s": 91 * 24 * 3600}))
        .await;

    let body = json!({"grant_type": "refresh_token", "refresh_token": pkce["refresh_token"]});
    assert_eq!(world.pkce(body).await.status, 401);
    assert_eq!(world.refresh(&code_flow["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn pkce_wants_the_right_verifier_and_no_secret() {
    let world = World::start().await;
    let code = world.code(&format!("&code_challenge={CHALLENGE}")).await;
    let mut wrong = by_code(&code);
    wrong["code_verifier"] = "another-verifier-that-is-long-enough-to-be-one".into();
    assert_eq!(world.pkce(wrong).await.error().1, "UNAUTHORIZED");

    let without = world.confidential(by_code(&code)).await;
    assert_eq!(
        without.error().2,
        "missing required parameter 'code_verifier'"
    );

    let mut right = by_code(&code);
    right["code_verifier"] = VERIFIER.into();
    assert_eq!(
        world.confidential(right.clone()).await.error().1,
        "CONFLICTING_PARAMETERS"
    );
    assert_eq!(world.pkce(right).await.status, 200);
}

#[tokio::test]
async fn a_verifier_does_not_replace_the_secret_of_the_code_flow() {
    let world = World::start().await;
    let mut body = by_code(&world.code("").await);
    body["code_verifier"] = VERIFIER.into();
    assert_eq!(
        world.pkce(body).await.error().2,
        "missing required parameter 'client_secret'"
    );

    let tokens = world.connect().await;
    let body = json!({"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]});
    assert_eq!(
        world.pkce(body).await.error().2,
        "missing required parameter 'client_secret'"
    );
}
