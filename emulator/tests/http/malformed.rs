//! Requests that are no requests.

use serde_json::json;

use crate::browser::World;

async fn post(world: &World, headers: &[(&str, &str)], body: &'static [u8]) -> (u16, String) {
    let answer = world
        .send("POST", "/oauth2/token", headers, body)
        .await
        .unwrap();
    let (status, code, _) = answer.error();
    (status, code)
}

#[tokio::test]
async fn bodies_that_are_not_json_objects_are_refused() {
    let world = World::start().await;
    let json = [("content-type", "application/json; charset=utf-8")];
    for body in [
        &b""[..],
        b"{",
        b"nonsense",
        b"{\"a\":1}}",
        b"\xff\xfe",
        b"{'a': 1}",
    ] {
        assert_eq!(
            post(&world, &json, body).await,
            (400, "EXPECTED_JSON_BODY".to_owned())
        );
    }
    for body in [&b"[]"[..], b"null", b"\"text\"", b"12"] {
        assert_eq!(
            post(&world, &json, body).await,
            (400, "EXPECTED_OBJECT".to_owned())
        );
    }
}

#[tokio::test]
async fn a_body_nested_without_end_is_refused_and_harms_nothing() {
    let world = World::start().await;
    let body = "[".repeat(60_000);
    let headers = [("content-type", "application/json")];
    let answer = world
        .send("POST", "/oauth2/token", &headers, body)
        .await
        .unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(world.get("/v2/locations").await.status, 401);
}

#[tokio::test]
async fn other_content_types_are_refused_and_none_is_read_as_json() {
    let world = World::start().await;
    assert_eq!(
        post(&world, &[("content-type", "text/plain")], b"{}").await,
        (415, "UNSUPPORTED_MEDIA_TYPE".to_owned())
    );
    assert_eq!(
        post(&world, &[], b"{}").await,
        (400, "MISSING_REQUIRED_PARAMETER".to_owned())
    );
}

#[tokio::test]
async fn forms_can_be_switched_off() {
    let world = World::start().await;
    world.switch("form_bodies", false).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(post(&world, &form, b"client_id=a").await.0, 415);
}

#[tokio::test]
async fn a_body_beyond_64_kib_is_refused() {
    let world = World::start().await;
    let body = vec![b' '; 64 * 1024 + 1];
    let answer = world
        .send("POST", "/oauth2/token", &[], body)
        .await
        .unwrap();
    assert_eq!(answer.error().1, "REQUEST_ENTITY_TOO_LARGE");
}

#[tokio::test]
async fn wrong_methods_and_unknown_paths_are_told_apart() {
    let world = World::start().await;
    let answer = world.get("/oauth2/token").await;
    assert_eq!((answer.status, answer.header("allow")), (405, "POST"));
    assert_eq!(
        world.post("/v2/locations", &[], &json!({})).await.status,
        405
    );
    assert_eq!(world.get("/oauth2/nothing").await.status, 404);
    let renew = "/oauth2/clients/sandbox-sq0idb-x/access-token/renew";
    assert_eq!(world.post(renew, &[], &json!({})).await.error().1, "GONE");
}

#[tokio::test]
async fn a_square_version_is_a_date_and_comes_back() {
    let world = World::start().await;
    let headers = [("square-version", "latest")];
    let answer = world.post("/oauth2/token", &headers, &json!({})).await;
    assert_eq!(answer.error().1, "INVALID_SQUARE_VERSION_FORMAT");

    let token = world.connect().await["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let bearer = format!("Bearer {token}");
    let headers = [
        ("square-version", "2025-08-20"),
        ("authorization", bearer.as_str()),
    ];
    let answer = world
        .send("GET", "/v2/locations", &headers, "")
        .await
        .unwrap();
    assert_eq!(answer.header("square-version"), "2025-08-20");
}

#[tokio::test]
async fn the_date_header_is_the_emulators_time() {
    let world = World::start().await;
    world
        .control("PUT", "clock", json!({"now": "2030-06-01T12:00:00Z"}))
        .await;
    assert_eq!(
        world.get("/v2/locations").await.header("date"),
        "Sat, 01 Jun 2030 12:00:00 GMT"
    );
}
