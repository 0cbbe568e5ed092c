//! `POST /oauth2/revoke`, and what a revocation does.

use serde_json::json;

use crate::browser::World;

#[tokio::test]
async fn only_client_and_the_secret_is_a_good_header() {
    let world = World::start().await;
    let body = json!({"access_token": "EAAAx", "client_id": world.emulator.client_id()});
    let secret = world.emulator.client_secret();
    for header in [
        format!("Bearer {secret}"),
        secret.clone(),
        "Client ".to_owned(),
    ] {
        let answer = world
            .post("/oauth2/revoke", &[("authorization", &header)], &body)
            .await;
        assert_eq!(answer.status, 400, "{header}");
        assert_eq!(
            answer.json(),
            json!({"message": "bad authorization header", "type": "bad_request.invalid_parameter"})
        );
    }
    let answer = world.post("/oauth2/revoke", &[], &body).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["message"], "missing authorization header");

    let wrong = [("authorization", "Client sandbox-sq0csb-wrong")];
    let answer = world.post("/oauth2/revoke", &wrong, &body).await;
    assert_eq!(
        (answer.status, answer.json()["message"].as_str()),
        (401, Some("Not Authorized"))
    );
}

#[tokio::test]
async fn an_unknown_token_and_a_dead_one_are_not_found() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let unknown = world.revoke(&json!({"access_token": "EAAAunknown"})).await;
    let expected = (
        404,
        "NOT_FOUND".to_owned(),
        "access token not found".to_owned(),
    );
    assert_eq!(unknown.error(), expected);

    let body = json!({"access_token": tokens["access_token"]});
    assert_eq!(world.revoke(&body).await.json(), json!({"success": true}));
    assert_eq!(world.revoke(&body).await.error(), expected);
    assert_eq!(
        world
            .revoke(&json!({"merchant_id": tokens["merchant_id"]}))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn naming_any_token_ends_all_of_that_seller_and_of_no_other() {
    let world = World::start().await;
    let (first, second) = (world.connect().await, world.connect().await);
    let url = format!("{}{}", world.emulator.base_url(), world.authorize_path(""));
    let other = world
        .control(
            "POST",
            "consent",
            json!({"url": url, "seller": "Blue Bottle Bikes"}),
        )
        .await;
    let code = crate::browser::parameter(other["redirect"].as_str().unwrap(), "code");
    let other = world
        .confidential(json!({"grant_type": "authorization_code", "code": code}))
        .await
        .json();

    world
        .revoke(&json!({"access_token": first["access_token"]}))
        .await;
    assert_eq!(world.refresh(&second["refresh_token"]).await.status, 401);
    let token = second["access_token"].as_str().unwrap();
    let answer = world.bearer("GET", "/v2/locations", token).await;
    assert_eq!(answer.error().1, "ACCESS_TOKEN_REVOKED");
    assert_eq!(world.refresh(&other["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn only_this_access_token_leaves_the_authorization_alive() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let body = json!({
        "access_token": tokens["access_token"],
        "client_id": world.emulator.client_id(),
        "revoke_only_access_token": true,
    });
    assert_eq!(world.revoke(&body).await.status, 200);
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(
        world
            .bearer("POST", "/oauth2/token/status", token)
            .await
            .status,
        401
    );
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn one_token_alone_cannot_be_meant_by_a_merchant_id() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let body = |only: bool| json!({"merchant_id": tokens["merchant_id"], "revoke_only_access_token": only});
    let answer = world.revoke(&body(true)).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.error().1, "CONFLICTING_PARAMETERS");
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
    assert_eq!(world.revoke(&body(false)).await.status, 200);
}

#[tokio::test]
async fn a_token_and_a_merchant_cannot_both_be_named_nor_neither() {
    let world = World::start().await;
    let both = world
        .revoke(&json!({"access_token": "EAAAx", "merchant_id": "MLX"}))
        .await;
    assert_eq!(both.error().1, "CONFLICTING_PARAMETERS");
    let neither = world.revoke(&json!({})).await;
    assert_eq!(
        neither.error().2,
        "missing required parameter 'access_token'"
    );
}

#[tokio::test]
async fn a_code_given_before_a_revocation_is_dead_after_it() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let code = world.code("").await;
    world
        .revoke(&json!({"merchant_id": tokens["merchant_id"]}))
        .await;
    let body = json!({"grant_type": "authorization_code", "code": code});
    assert_eq!(world.confidential(body).await.status, 401);
}

#[tokio::test]
async fn a_migration_token_dies_with_the_authorization() {
    let world = World::start().await;
    let state = world.control("GET", "state", json!({})).await;
    let old = &state["sellers"][0]["migration_token"];
    let body = json!({"grant_type": "migration_token", "migration_token": old});
    let tokens = world.confidential(body.clone()).await.json();
    world
        .revoke(&json!({"access_token": tokens["access_token"]}))
        .await;
    assert_eq!(world.confidential(body).await.status, 401);
}

#[tokio::test]
async fn a_personal_token_cannot_be_revoked_by_an_application() {
    let world = World::start().await;
    let state = world.control("GET", "state", json!({})).await;
    let token = state["sellers"][0]["personal_token"].as_str().unwrap();
    assert_eq!(
        world.revoke(&json!({"access_token": token})).await.status,
        404
    );
    assert_eq!(
        world.bearer("GET", "/v2/locations", token).await.status,
        200
    );
}
