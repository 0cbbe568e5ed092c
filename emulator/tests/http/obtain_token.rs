//! `POST /oauth2/token`: grants, lifetimes, and refusals as they have been seen.

use serde_json::{Value, json};

use crate::browser::{CHALLENGE, VERIFIER, World};

/// An exchange of this code, without credentials.
pub(crate) fn by_code(code: &str) -> Value {
    json!({"grant_type": "authorization_code", "code": code})
}

#[tokio::test]
async fn wrong_credentials_are_told_before_a_wrong_code() {
    let world = World::start().await;
    let id = world.emulator.client_id();
    for (id, secret) in [
        (id.as_str(), "sandbox-sq0csb-wrong"),
        ("sandbox-sq0idb-other", "x1"),
    ] {
        let mut body = by_code("sandbox-sq0cgb-never");
        body["client_id"] = id.into();
        body["client_secret"] = secret.into();
        let answer = world.token(&body).await;
        assert_eq!(answer.status, 401);
        let expected = json!({"message": "Not Authorized", "type": "service.not_authorized"});
        assert_eq!(answer.json(), expected);
    }
    let answer = world.confidential(by_code("sandbox-sq0cgb-never")).await;
    let detail = format!("Authorization code not found for app {id}");
    assert_eq!(answer.error(), (401, "UNAUTHORIZED".to_owned(), detail));
}

#[tokio::test]
async fn a_code_is_good_once_and_for_five_minutes() {
    let world = World::start().await;
    let code = world.code("").await;
    assert_eq!(world.confidential(by_code(&code)).await.status, 200);
    let again = world.confidential(by_code(&code)).await;
    assert_eq!(again.error().2, "Authorization code is already claimed");

    let late = world.code("").await;
    world
        .control("PUT", "clock", json!({"advance_s": 301}))
        .await;
    let answer = world.confidential(by_code(&late)).await;
    assert_eq!(answer.status, 401);
    assert!(answer.error().2.starts_with("Authorization code not found"));
}

#[tokio::test]
async fn a_code_belongs_to_the_application_that_asked_for_it() {
    let world = World::start().await;
    let state = world.control("GET", "state", json!({})).await;
    let public = state["applications"][1]["client_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let code = world.code(&format!("&code_challenge={CHALLENGE}")).await;
    let mut body = by_code(&code);
    body["client_id"] = public.as_str().into();
    body["code_verifier"] = VERIFIER.into();
    assert_eq!(
        world.token(&body).await.error().2,
        format!("Authorization code not found for app {public}")
    );
}

#[tokio::test]
async fn missing_fields_are_named_one_by_one() {
    let world = World::start().await;
    let code = "sandbox-sq0cgb-x";
    for (body, missing) in [
        (json!({}), "client_id"),
        (json!({"client_id": "a"}), "grant_type"),
        (
            json!({"client_id": null, "grant_type": "refresh_token"}),
            "client_id",
        ),
        (
            json!({"client_id": "a", "grant_type": "authorization_code", "code": code}),
            "client_secret",
        ),
        (
            json!({"client_id": "a", "grant_type": "authorization_code", "client_secret": "bc"}),
            "code",
        ),
        (
            json!({"client_id": "a", "grant_type": "refresh_token", "client_secret": "bc"}),
            "refresh_token",
        ),
        (
            json!({"client_id": "a", "grant_type": "migration_token"}),
            "client_secret",
        ),
    ] {
        let (status, code, detail) = world.token(&body).await.error();
        assert_eq!(
            (status, code.as_str()),
            (400, "MISSING_REQUIRED_PARAMETER"),
            "{body}"
        );
        assert_eq!(detail, format!("missing required parameter '{missing}'"));
    }
}

#[tokio::test]
async fn a_secret_in_the_header_counts_for_nothing_and_a_stray_bearer_does_no_harm() {
    let world = World::start().await;
    let code = world.code("").await;
    let header = format!("Client {}", world.emulator.client_secret());
    let mut body = by_code(&code);
    body["client_id"] = world.emulator.client_id().into();
    let answer = world
        .post("/oauth2/token", &[("authorization", &header)], &body)
        .await;
    assert_eq!(
        answer.error().2,
        "missing required parameter 'client_secret'"
    );

    body["client_secret"] = world.emulator.client_secret().into();
    body["something_new"] = json!({"a": 1});
    let stray = [("authorization", "Bearer EAAAstray")];
    assert_eq!(world.post("/oauth2/token", &stray, &body).await.status, 200);
}

#[tokio::test]
async fn a_form_body_is_read_and_basic_is_not() {
    let world = World::start().await;
    let refresh_token = world.connect().await["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "refresh_token")
        .append_pair("refresh_token", &refresh_token)
        .append_pair("client_id", &world.emulator.client_id())
        .append_pair("client_secret", &world.emulator.client_secret())
        .append_pair("short_lived", "true")
        .finish();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let answer = world
        .send("POST", "/oauth2/token", &headers, form.clone())
        .await
        .unwrap();
    assert_eq!(answer.json()["short_lived"], true);

    let headers = [headers[0], ("authorization", "Basic c2FuZGJveDp4")];
    let form = "grant_type=authorization_code&code=x";
    let answer = world
        .send("POST", "/oauth2/token", &headers, form)
        .await
        .unwrap();
    assert_eq!(answer.error().2, "missing required parameter 'client_id'");
}

#[tokio::test]
async fn lifetimes_are_thirty_days_a_day_and_ninety_days() {
    let world = World::start().await;
    world
        .control("PUT", "clock", json!({"now": "2026-01-01T00:00:00Z"}))
        .await;
    let code = world.code(&format!("&code_challenge={CHALLENGE}")).await;
    let mut body = by_code(&code);
    body["code_verifier"] = VERIFIER.into();
    let tokens = world.pkce(body).await.json();
    assert_eq!(tokens["expires_at"], "2026-01-31T00:00:00Z");
    assert_eq!(tokens["refresh_token_expires_at"], "2026-04-01T00:00:00Z");

    let tokens = world.connect().await;
    let refresh = json!({
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
        "short_lived": true,
    });
    let short = world.confidential(refresh).await.json();
    assert_eq!(short["expires_at"], "2026-01-02T00:00:00Z");
    assert_eq!(short["short_lived"], true);
}

#[tokio::test]
async fn a_redirect_uri_sent_to_the_page_must_be_repeated() {
    let world = World::start().await;
    let uri = world.emulator.redirect_uri();
    let escaped: String = form_urlencoded::byte_serialize(uri.as_bytes()).collect();
    let code = world.code(&format!("&redirect_uri={escaped}")).await;
    assert_eq!(
        world.confidential(by_code(&code)).await.error().1,
        "UNAUTHORIZED"
    );
    let mut body = by_code(&code);
    body["redirect_uri"] = uri.as_str().into();
    assert_eq!(world.confidential(body).await.status, 200);

    let mut body = by_code(&world.code("").await);
    body["redirect_uri"] = "http://localhost/other".into();
    assert_eq!(
        world.confidential(body.clone()).await.error().1,
        "UNAUTHORIZED"
    );
    body["redirect_uri"] = uri.into();
    assert_eq!(world.confidential(body).await.status, 200);
}

#[tokio::test]
async fn scopes_are_narrowed_for_the_access_token_alone() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let refresh = |scopes: Value| {
        world.confidential(json!({
            "grant_type": "refresh_token",
            "refresh_token": tokens["refresh_token"],
            "scopes": scopes,
        }))
    };
    let narrow = refresh(json!(["PAYMENTS_READ", "ITEMS_WRITE"]))
        .await
        .json();
    let token = narrow["access_token"].as_str().unwrap();
    let status = world
        .bearer("POST", "/oauth2/token/status", token)
        .await
        .json();
    assert_eq!(status["scopes"], json!(["PAYMENTS_READ"]));

    assert_eq!(
        refresh(json!(["ITEMS_WRITE"])).await.error().1,
        "INVALID_VALUE"
    );
    assert_eq!(
        refresh(json!("PAYMENTS_READ")).await.error().1,
        "EXPECTED_ARRAY"
    );
    let full = refresh(Value::Null).await.json();
    let token = full["access_token"].as_str().unwrap();
    let status = world
        .bearer("POST", "/oauth2/token/status", token)
        .await
        .json();
    assert_eq!(status["scopes"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_json_web_token_can_be_asked_for_and_works_like_any_other() {
    let world = World::start().await;
    let mut body = by_code(&world.code("").await);
    body["use_jwt"] = true.into();
    let tokens = world.confidential(body).await.json();
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(token.split('.').count(), 3);
    assert_eq!(
        world.bearer("GET", "/v2/locations", token).await.status,
        200
    );
}

#[tokio::test]
async fn a_migration_token_gives_tokens_as_often_as_is_asked() {
    let world = World::start().await;
    let state = world.control("GET", "state", json!({})).await;
    let old = &state["sellers"][0]["migration_token"];
    let body = json!({"grant_type": "migration_token", "migration_token": old});
    for _ in 0..2 {
        let tokens = world.confidential(body.clone()).await.json();
        assert!(tokens["refresh_token"].is_string());
        assert_eq!(tokens["merchant_id"], state["sellers"][0]["merchant_id"]);
    }
    world
        .control("PUT", "clock", json!({"advance_s": 31 * 24 * 3600}))
        .await;
    assert_eq!(world.confidential(body).await.status, 401);
}

#[tokio::test]
async fn field_limits_are_those_of_the_documentation() {
    let world = World::start().await;
    for (name, value, code) in [
        ("client_id", json!("x".repeat(192)), "VALUE_TOO_LONG"),
        ("client_id", json!(""), "VALUE_EMPTY"),
        ("client_id", json!(7), "EXPECTED_STRING"),
        ("client_secret", json!("x"), "VALUE_TOO_SHORT"),
        ("client_secret", json!("x".repeat(1025)), "VALUE_TOO_LONG"),
        ("grant_type", json!("password"), "VALUE_TOO_SHORT"),
        ("grant_type", json!("client_credentials"), "INVALID_VALUE"),
        ("code", json!("x".repeat(192)), "VALUE_TOO_LONG"),
        ("redirect_uri", json!("x".repeat(2049)), "VALUE_TOO_LONG"),
        ("short_lived", json!("true"), "EXPECTED_BOOLEAN"),
        ("use_jwt", json!(1), "EXPECTED_BOOLEAN"),
    ] {
        let mut body = by_code("x");
        body["client_id"] = world.emulator.client_id().into();
        body["client_secret"] = world.emulator.client_secret().into();
        body[name] = value;
        let answer = world.token(&body).await;
        assert_eq!(answer.error().1, code, "{name}");
        assert_eq!(answer.json()["errors"][0]["field"], name);
    }
}
