//! The control API, beyond what the other tests use of it.

use serde_json::{Value, json};

use crate::browser::World;

async fn refused(world: &World, method: &str, path: &str, body: Value) -> (u16, String) {
    let path = format!("/_emulator/v1/{path}");
    let answer = world
        .send(method, &path, &[], body.to_string())
        .await
        .unwrap();
    (
        answer.status,
        answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned(),
    )
}

#[tokio::test]
async fn requests_are_remembered_with_every_header_and_byte() {
    let world = World::start().await;
    let headers = [("x-test", "1"), ("authorization", "Bearer EAAAstray")];
    world
        .post("/oauth2/token?a=b", &headers, &json!({"code": "c"}))
        .await;
    world
        .send("POST", "/oauth2/token", &[], &b"\xff"[..])
        .await
        .unwrap();
    let all = world.control("GET", "requests", json!({})).await;
    let first = &all["requests"][0];
    assert_eq!(first["method"], "POST");
    assert_eq!(
        (first["path"].as_str(), first["query"].as_str()),
        (Some("/oauth2/token"), Some("a=b"))
    );
    assert_eq!(first["body"], r#"{"code":"c"}"#);
    assert_eq!(first["status"], 400);
    let headers = first["headers"].as_array().unwrap();
    assert!(headers.contains(&json!(["authorization", "Bearer EAAAstray"])));
    assert_eq!(all["requests"][1]["body_base64"], "/w==");

    let path = format!("requests?since={}", first["number"]);
    let later = world.control("GET", &path, json!({})).await;
    assert_eq!(later["requests"].as_array().unwrap().len(), 1);
    assert_eq!(later["next"], all["next"]);
}

#[tokio::test]
async fn the_log_of_requests_is_bounded() {
    let config = square_oauth_emulator::Config {
        request_log: 3,
        ..square_oauth_emulator::Config::default()
    };
    let world = World::with(config).await;
    for _ in 0..5 {
        world.get("/v2/locations").await;
    }
    let all = world.control("GET", "requests", json!({})).await;
    let numbers: Vec<u64> = all["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|request| request["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [3, 4, 5]);
}

#[tokio::test]
async fn the_clock_stands_moves_and_runs() {
    let world = World::start().await;
    let clock = world
        .control("PUT", "clock", json!({"now": "2026-02-03T04:05:06.789Z"}))
        .await;
    assert_eq!(clock["now"], "2026-02-03T04:05:06.789Z");
    assert_eq!(clock["running"], false);
    let clock = world
        .control("PUT", "clock", json!({"advance_s": 60}))
        .await;
    assert_eq!(clock["now"], "2026-02-03T04:06:06.789Z");
    let clock = world
        .control("PUT", "clock", json!({"running": true}))
        .await;
    assert_eq!(clock["running"], true);
    assert!(
        clock["now"]
            .as_str()
            .unwrap()
            .starts_with("2026-02-03T04:0")
    );
}

#[tokio::test]
async fn the_state_shows_what_was_issued() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let state = world.control("GET", "state", json!({})).await;
    assert_eq!(
        state["applications"][0]["client_secret"],
        world.emulator.client_secret()
    );
    assert_eq!(
        state["access_tokens"][0]["access_token"],
        tokens["access_token"]
    );
    assert_eq!(state["access_tokens"][0]["standing"], "live");
    assert_eq!(
        state["refresh_tokens"][0]["refresh_token"],
        tokens["refresh_token"]
    );
    assert_eq!(state["codes"][0]["standing"], "used");
    world.control("POST", "reset", json!({})).await;
    let state = world.control("GET", "state", json!({})).await;
    assert_eq!(state["access_tokens"], json!([]));
    assert_eq!(state["requests"], 0);
}

#[tokio::test]
async fn an_application_can_be_changed_and_sellers_added() {
    let world = World::start().await;
    let body =
        json!({"redirect_uri": "http://localhost:3000/callback", "client_secret": "rotated"});
    world.control("PUT", "applications", body).await;
    assert_eq!(
        world.emulator.redirect_uri(),
        "http://localhost:3000/callback"
    );
    assert_eq!(world.emulator.client_secret(), "rotated");

    let added = world
        .control("POST", "sellers", json!({"name": "Shop", "count": 3}))
        .await;
    assert_eq!(added["merchant_ids"].as_array().unwrap().len(), 3);
    let url = format!("{}{}", world.emulator.base_url(), world.authorize_path(""));
    world
        .control("POST", "consent", json!({"url": url, "seller": "Shop 3"}))
        .await;

    world
        .control("PUT", "applications", json!({"disabled": true}))
        .await;
    let answer = world
        .confidential(json!({"grant_type": "authorization_code", "code": "x"}))
        .await;
    assert_eq!(answer.error().1, "CLIENT_DISABLED");
}

#[tokio::test]
async fn consent_for_what_the_page_would_refuse_is_refused_in_its_words() {
    let world = World::start().await;
    let url = "http://localhost/oauth2/authorize?client_id=sq0idp-x";
    let (status, message) = refused(&world, "POST", "consent", json!({"url": url})).await;
    assert_eq!(status, 422);
    assert!(message.contains("Unable to find client"), "{message}");
    let url = format!("{}{}", world.emulator.base_url(), world.authorize_path(""));
    let body = json!({"url": url, "seller": "Nobody"});
    assert_eq!(refused(&world, "POST", "consent", body).await.0, 422);
    let body = json!({"url": url, "decision": "alow"});
    assert!(
        refused(&world, "POST", "consent", body)
            .await
            .1
            .contains("did you mean `allow`?")
    );
    assert_eq!(
        refused(&world, "POST", "consent", json!({"url": "/elsewhere"}))
            .await
            .0,
        422
    );
}

#[tokio::test]
async fn a_call_that_does_not_exist_gets_the_nearest_one() {
    let world = World::start().await;
    let (status, message) = refused(&world, "POST", "webhook", json!({})).await;
    assert_eq!(status, 404);
    assert!(
        message.ends_with("did you mean /_emulator/v1/webhooks?"),
        "{message}"
    );
    assert_eq!(refused(&world, "POST", "state", json!({})).await.0, 404);
}

#[tokio::test]
async fn a_control_call_that_is_not_understood_says_why() {
    let world = World::start().await;
    let (status, message) = refused(&world, "PUT", "clock", json!({"advance": 1})).await;
    assert_eq!(status, 400);
    assert!(message.contains("did you mean `advance_s`?"), "{message}");
    assert_eq!(
        refused(&world, "PUT", "clock", json!({"now": "yesterday"}))
            .await
            .0,
        400
    );
    assert_eq!(
        refused(&world, "GET", "requests?since=x", json!({}))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn what_the_configuration_refuses_the_control_api_refuses_too() {
    let world = World::start().await;
    let first = world.control("GET", "state", json!({})).await["sellers"][0].clone();
    let public = world.control("GET", "state", json!({})).await["applications"][1].clone();
    for (method, path, body, hint) in [
        (
            "PUT",
            "applications",
            json!({"client_secret": ""}),
            "2 to 1024",
        ),
        (
            "PUT",
            "applications",
            json!({"client_secret": "a\r\nb"}),
            "2 to 1024",
        ),
        (
            "PUT",
            "applications",
            json!({"client_id": public["client_id"], "client_secret": "secret"}),
            "a public application has no secret",
        ),
        (
            "PUT",
            "applications",
            json!({"redirect_uri": "myapp://x"}),
            "an http or https URL",
        ),
        ("PUT", "webhooks", json!({"key": ""}), "1 to 1024"),
        (
            "PUT",
            "webhooks",
            json!({"url": "https://localhost/"}),
            "an http URL",
        ),
        (
            "POST",
            "sellers",
            json!({"merchant_id": "ML\r\nX: 1234"}),
            "8 to 191",
        ),
        (
            "POST",
            "sellers",
            json!({"name": "x".repeat(256)}),
            "255 bytes",
        ),
        (
            "POST",
            "sellers",
            json!({"locations": vec![json!({}); 301]}),
            "at most 300",
        ),
        (
            "POST",
            "sellers",
            json!({"name": "N", "personal_token": ""}),
            "2 to 1024",
        ),
        (
            "POST",
            "sellers",
            json!({"name": "N", "personal_token": first["personal_token"]}),
            "another seller",
        ),
        (
            "POST",
            "sellers",
            json!({"name": "N", "migration_token": first["personal_token"]}),
            "another seller",
        ),
        (
            "POST",
            "sellers",
            json!({"name": "N", "personal_token": "EAAA-n", "migration_token": "EAAA-n"}),
            "another of this one",
        ),
        (
            "POST",
            "sellers",
            json!({"name": "N", "count": 2, "personal_token": "EAAA-n"}),
            "cannot share one token",
        ),
    ] {
        let before = world.control("GET", "state", json!({})).await;
        let (status, message) = refused(&world, method, path, body.clone()).await;
        assert_eq!(status, 422, "{body}: {message}");
        assert!(message.contains(hint), "{body}: {message}");
        let after = world.control("GET", "state", json!({})).await;
        for what in ["applications", "sellers"] {
            assert_eq!(before[what], after[what], "{body}");
        }
    }
}

#[tokio::test]
async fn sellers_are_bounded_however_often_they_are_added() {
    let world = World::start().await;
    let many = |count: u32| json!({"name": format!("Many {count}"), "count": count});
    let (status, message) = refused(&world, "POST", "sellers", many(100_001)).await;
    assert_eq!(status, 422, "{message}");
    // Two are there from the start.
    world.control("POST", "sellers", many(98)).await;
    let (status, message) = refused(&world, "POST", "sellers", many(99_901)).await;
    assert_eq!(status, 422);
    assert!(message.contains("at most 100000 sellers"), "{message}");
    world.control("POST", "sellers", many(1)).await;
}
