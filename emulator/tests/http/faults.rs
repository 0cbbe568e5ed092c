//! Scripted faults, and the requests they strike.

use serde_json::{Value, json};

use crate::browser::World;

async fn fault(world: &World, fault: Value) -> u64 {
    world.control("POST", "faults", fault).await["id"]
        .as_u64()
        .unwrap()
}

#[tokio::test]
async fn an_answer_is_given_byte_for_byte_and_nothing_happens() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let answer = json!({
        "status": 599,
        "headers": [["x-twice", "1"], ["x-twice", "2"], ["retry-after", "7"]],
        "body_base64": "//4AAQ==",
    });
    fault(
        &world,
        json!({"match": {"path": "/oauth2/revoke"}, "act": {"answer": answer}}),
    )
    .await;
    let answer = world
        .revoke(&json!({"merchant_id": tokens["merchant_id"]}))
        .await;
    assert_eq!(answer.status, 599);
    assert_eq!(&answer.body[..], b"\xff\xfe\x00\x01");
    assert_eq!(answer.headers.get_all("x-twice").iter().count(), 2);
    assert_eq!(answer.header("date"), "");
    assert_eq!(answer.header("content-length"), "4");
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn a_megabyte_can_be_answered() {
    let world = World::start().await;
    let body = "x".repeat(1024 * 1024);
    let answer = json!({"headers": {"content-type": "text/plain"}, "body": body});
    fault(&world, json!({"act": {"answer": answer}})).await;
    assert_eq!(world.get("/v2/locations").await.body.len(), 1024 * 1024);
}

#[tokio::test]
async fn dropped_before_commit_nothing_has_happened_and_after_it_everything() {
    let world = World::start().await;
    for (drop, exchanged_again) in [("before_commit", 200), ("after_commit", 401)] {
        let code = world.code("").await;
        fault(
            &world,
            json!({"match": {"path": "/oauth2/token"}, "act": {"drop": drop}}),
        )
        .await;
        let mut body = json!({"grant_type": "authorization_code", "code": code});
        body["client_id"] = world.emulator.client_id().into();
        body["client_secret"] = world.emulator.client_secret().into();
        let json = [("content-type", "application/json")];
        let sent = world
            .send("POST", "/oauth2/token", &json, body.to_string())
            .await;
        assert!(sent.is_err(), "{drop}");
        assert_eq!(world.token(&body).await.status, exchanged_again, "{drop}");
    }
    let requests = world.control("GET", "requests", json!({})).await;
    assert_eq!(requests["requests"][0]["dropped"], true);
    assert_eq!(requests["requests"][0]["status"], Value::Null);
}

#[tokio::test]
async fn a_truncated_body_breaks_off_and_a_dripping_one_arrives() {
    let world = World::start().await;
    fault(&world, json!({"act": {"truncate": 5}})).await;
    assert!(world.send("GET", "/v2/locations", &[], "").await.is_err());
    fault(&world, json!({"act": {"drip_ms": 0}})).await;
    assert_eq!(world.get("/v2/locations").await.error().1, "UNAUTHORIZED");
}

#[tokio::test]
async fn what_is_left_of_a_truncated_body_arrives() {
    let world = World::start().await;
    for (length, left) in [(0, ""), (5, "{\"err"), (100_000, "}")] {
        fault(&world, json!({"act": {"truncate": length}})).await;
        let answer = world
            .raw("GET /v2/locations HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .await;
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(body.ends_with(left), "{length}: {answer}");
        assert!(body.len() <= length, "{length}: {answer}");
    }
}

#[tokio::test]
async fn a_false_content_length_breaks_off_too() {
    let world = World::start().await;
    let answer = json!({"headers": {"content-length": "100"}, "body": "{}"});
    fault(&world, json!({"act": {"answer": answer}})).await;
    assert!(world.send("GET", "/v2/locations", &[], "").await.is_err());
}

#[tokio::test]
async fn a_fault_can_mean_one_grant_of_one_seller() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let merchant = &tokens["merchant_id"];
    let answer = json!({"status": 503});
    let body = json!({
        "match": {"grant": "refresh_token", "merchant": merchant, "nth": 2},
        "times": "always",
        "act": {"answer": answer},
    });
    let id = fault(&world, body).await;
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
    world.connect().await;
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 503);
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 503);

    let faults = world.control("GET", "faults", json!({})).await;
    assert_eq!(faults["faults"][0]["struck"], 2);
    world
        .control("DELETE", &format!("faults/{id}"), json!({}))
        .await;
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn a_fault_that_cannot_be_done_is_refused_with_its_field() {
    let world = World::start().await;
    for (body, hint) in [
        (
            json!({"act": {}}),
            "one of answer, delay_ms, drop, truncate, drip_ms",
        ),
        (
            json!({"act": {"delay_ms": 1, "drop": "after_commit"}}),
            "exactly one of answer, delay_ms, drop, truncate, drip_ms",
        ),
        (
            json!({"act": {"answer": {"status": 503}, "delay_ms": 1}}),
            "exactly one of",
        ),
        (
            json!({"act": {"truncate": 5, "drip_ms": 1}}),
            "exactly one of",
        ),
        (json!({"act": {"dripms": 1}}), "did you mean `drip_ms`?"),
        (json!({"act": {"answer": {"status": 100}}}), "200 to 999"),
        (json!({"act": {"answer": {"body_base64": "%"}}}), "base64"),
        (
            json!({"act": {"answer": {"headers": {"a b": "c"}}}}),
            "not a header",
        ),
        (
            json!({"act": {"answer": {"body": "a", "body_base64": "YQ=="}}}),
            "together",
        ),
        (
            json!({"times": 0, "act": {"delay_ms": 1}}),
            "times is a number",
        ),
        (json!({}), "missing field `act`"),
    ] {
        let path = "/_emulator/v1/faults";
        let answer = world
            .send("POST", path, &[], body.to_string())
            .await
            .unwrap();
        assert!(matches!(answer.status, 400 | 422), "{body}");
        assert!(answer.text().contains(hint), "{body}: {}", answer.text());
    }
}

#[tokio::test]
async fn there_is_room_for_a_thousand_faults_and_no_more() {
    let world = World::start().await;
    let one = || json!({"match": {"path": "/nowhere"}, "act": {"delay_ms": 1}});
    for _ in 0..1000 {
        fault(&world, one()).await;
    }
    let path = "/_emulator/v1/faults";
    let answer = world.send("POST", path, &[], one().to_string()).await;
    let answer = answer.unwrap();
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("at most 1000 faults"),
        "{}",
        answer.text()
    );
    world.control("DELETE", "faults", json!({})).await;
    fault(&world, one()).await;
}
