//! Every switch does what its name says.

use serde_json::{Value, json};

use crate::browser::{CHALLENGE, VERIFIER, World, parameter};

fn dead_code() -> Value {
    json!({"grant_type": "authorization_code", "code": "sandbox-sq0cgb-never"})
}

#[tokio::test]
async fn errors_about_codes_refresh_tokens_and_parameters_come_in_both_generations() {
    let world = World::start().await;
    world.switch("code_errors", "message").await;
    let answer = world.confidential(dead_code()).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["type"], "service.not_authorized");

    world.switch("refresh_errors", "errors").await;
    let answer = world.refresh(&json!("EQAAnever")).await;
    let expected = (
        401,
        "UNAUTHORIZED".to_owned(),
        "Invalid refresh token".to_owned(),
    );
    assert_eq!(answer.error(), expected);

    world.switch("missing_parameter_errors", "message").await;
    let answer = world.token(&json!({})).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json()["message"],
        "missing required parameter 'client_id'"
    );
}

#[tokio::test]
async fn an_expired_code_can_say_so() {
    let world = World::start().await;
    world.switch("expired_code", "expired").await;
    let code = world.code("").await;
    world
        .control("PUT", "clock", json!({"advance_s": 301}))
        .await;
    let body = json!({"grant_type": "authorization_code", "code": code});
    assert_eq!(
        world.confidential(body).await.error().2,
        "Authorization code is expired"
    );
}

#[tokio::test]
async fn what_is_not_known_can_be_refused_in_two_ways() {
    let world = World::start().await;
    world.switch("wrong_verifier", "invalid_value").await;
    world.switch("redirect_mismatch", "invalid_value").await;
    world.switch("unknown_grant", "unauthorized").await;

    let code = world.code(&format!("&code_challenge={CHALLENGE}")).await;
    let body = json!({"grant_type": "authorization_code", "code": code, "code_verifier": "wrong"});
    assert_eq!(world.pkce(body).await.error().1, "INVALID_VALUE");

    let body = json!({"grant_type": "authorization_code", "code": world.code("").await,
                      "redirect_uri": "http://localhost/other"});
    assert_eq!(world.confidential(body).await.error().1, "INVALID_VALUE");

    let body = json!({"grant_type": "client_credentials"});
    assert_eq!(world.confidential(body).await.error().1, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_secret_beside_pkce_can_be_allowed() {
    let world = World::start().await;
    world.switch("secret_with_pkce", true).await;
    let code = world.code(&format!("&code_challenge={CHALLENGE}")).await;
    let body = json!({"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER});
    let tokens = world.confidential(body).await.json();
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn an_early_refresh_can_give_the_same_token() {
    let world = World::start().await;
    world.switch("early_refresh", "same_token").await;
    let tokens = world.connect().await;
    let refreshed = world.refresh(&tokens["refresh_token"]).await.json();
    assert_eq!(refreshed["access_token"], tokens["access_token"]);
    assert_eq!(refreshed["expires_at"], tokens["expires_at"]);
}

#[tokio::test]
async fn old_tokens_can_die_with_a_refresh() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let token = tokens["access_token"].as_str().unwrap();
    world.refresh(&tokens["refresh_token"]).await;
    assert_eq!(
        world.bearer("GET", "/v2/locations", token).await.status,
        200
    );
    world.switch("old_tokens_survive_refresh", false).await;
    world.refresh(&tokens["refresh_token"]).await;
    assert_eq!(
        world.bearer("GET", "/v2/locations", token).await.status,
        401
    );
}

#[tokio::test]
async fn answers_can_lack_a_refresh_token() {
    let world = World::start().await;
    let tokens = world.connect().await;
    world.switch("refresh_reply_has_refresh_token", false).await;
    let refreshed = world.refresh(&tokens["refresh_token"]).await.json();
    assert!(refreshed.get("refresh_token").is_none());

    world
        .switch("short_lived_reply_has_refresh_token", false)
        .await;
    let body = json!({"grant_type": "authorization_code", "code": world.code("").await,
                      "short_lived": true});
    assert!(
        world
            .confidential(body)
            .await
            .json()
            .get("refresh_token")
            .is_none()
    );
}

#[tokio::test]
async fn the_callback_can_vary() {
    let world = World::start().await;
    world.switch("callback_response_type", false).await;
    world.switch("callback_fragment", true).await;
    let url = world.consent("&state=s", "allow").await;
    assert_eq!(parameter(&url, "response_type"), "");
    assert!(url.ends_with("#_=_"), "{url}");

    assert_eq!(
        parameter(&world.consent("&state=s", "deny").await, "state"),
        "s"
    );
    world.switch("denial_state", false).await;
    let url = world.consent("&state=s", "deny").await;
    assert_eq!(parameter(&url, "state"), "");
    assert_eq!(parameter(&url, "error"), "access_denied");
    assert_eq!(parameter(&url, "error_description"), "user_denied");
}

#[tokio::test]
async fn rate_limits_come_in_both_shapes_with_and_without_retry_after() {
    let world = World::start().await;
    world.switch("rate_limit", "errors").await;
    let answer = world.confidential(dead_code()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, ""));
    assert_eq!(answer.json()["errors"][0]["category"], "RATE_LIMIT_ERROR");
    world.switch("rate_limit", "message").await;
    world.switch("retry_after_s", 30).await;
    let answer = world.confidential(dead_code()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "30"));
    assert_eq!(answer.json()["type"], "too_many_requests");
}

#[tokio::test]
async fn a_seller_can_run_into_the_token_quota_or_lose_the_oldest_token() {
    let config = square_oauth_emulator::Config {
        tokens_per_seller: 2,
        ..square_oauth_emulator::Config::default()
    };
    let world = World::with(config).await;
    let tokens = world.connect().await;
    let token = tokens["access_token"].as_str().unwrap();
    world.switch("token_limit", "quota").await;
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
    let answer = world.refresh(&tokens["refresh_token"]).await;
    assert_eq!(answer.status, 429);
    assert_eq!(
        answer.json()["message"],
        "access token creation quota exceeded for merchant, please retry later"
    );
    world.switch("token_limit", "drop_oldest").await;
    assert_eq!(
        world.bearer("GET", "/v2/locations", token).await.status,
        200
    );
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
    assert_eq!(
        world.bearer("GET", "/v2/locations", token).await.error().1,
        "UNAUTHORIZED"
    );
}

#[tokio::test]
async fn answers_can_be_broken_in_five_ways() {
    let world = World::start().await;
    let tokens = world.connect().await;
    for (position, status) in [("html_500", 500), ("html_502", 502)] {
        world.switch("broken_answers", position).await;
        let answer = world.refresh(&tokens["refresh_token"]).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, "text/html")
        );
    }
    world.switch("broken_answers", "empty_body").await;
    assert!(
        world
            .refresh(&tokens["refresh_token"])
            .await
            .body
            .is_empty()
    );
    world.switch("broken_answers", "truncated_json").await;
    let answer = world.refresh(&tokens["refresh_token"]).await;
    assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
    world.switch("broken_answers", "no_access_token").await;
    let answer = world.refresh(&tokens["refresh_token"]).await.json();
    assert!(answer.get("access_token").is_none() && answer["merchant_id"].is_string());
}

#[tokio::test]
async fn an_unknown_switch_or_position_changes_nothing_and_names_the_nearest() {
    let world = World::start().await;
    for (body, hint) in [
        (
            json!({"code_error": "message"}),
            "did you mean `code_errors`?",
        ),
        (
            json!({"code_errors": "massage", "auto_approve": true}),
            "did you mean `message`?",
        ),
    ] {
        let path = "/_emulator/v1/switches";
        let answer = world
            .send("PUT", path, &[], body.to_string())
            .await
            .unwrap();
        assert_eq!(answer.status, 400);
        assert!(answer.text().contains(hint), "{}", answer.text());
    }
    let switches = world.control("GET", "switches", json!({})).await;
    assert_eq!(switches["auto_approve"], false);
}
