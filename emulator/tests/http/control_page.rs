//! The control page, form by form.

use serde_json::json;

use crate::browser::{Answer, World};

async fn submit(world: &World, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", world.emulator.base_url()),
    ];
    world
        .send("POST", "/_emulator/", &headers, body)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_page_shows_everything_but_no_credential_whole() {
    let world = World::start().await;
    world
        .control("PUT", "webhooks", json!({"url": "http://127.0.0.1:9/"}))
        .await;
    let tokens = world.connect().await;
    world
        .control("POST", "faults", json!({"act": {"delay_ms": 1}}))
        .await;
    let page = world.get("/_emulator/").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for expected in [
        "Built-in application",
        "Rosa&#39;s Bakery",
        "POST /oauth2/token",
        "delay_ms",
        "Disconnect",
        "webhook",
        "auto_approve",
    ] {
        assert!(
            text.contains(expected) || text.contains(&expected.replace("&#39;", "'")),
            "{expected}"
        );
    }
    let state = world.control("GET", "state", json!({})).await;
    for secret in [
        &tokens["access_token"],
        &tokens["refresh_token"],
        &state["applications"][0]["client_secret"],
        &state["applications"][0]["webhook"]["key"],
        &state["sellers"][0]["personal_token"],
    ] {
        assert!(
            !text.contains(secret.as_str().unwrap()),
            "{secret} is on the page"
        );
    }
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert!(!text.contains("<script") && !text.contains(" style="));
    assert_eq!(
        world
            .get("/_emulator/style.css")
            .await
            .header("content-type"),
        "text/css; charset=utf-8"
    );
    assert_eq!(
        world.get("/_emulator").await.header("location"),
        "/_emulator/"
    );
    assert_eq!(world.get("/_emulator/nothing").await.status, 404);
}

#[tokio::test]
async fn a_form_acts_and_comes_back_to_its_section() {
    let world = World::start().await;
    let now = ("now", "2030-01-01T00:00:00Z");
    let answer = submit(&world, &[("section", "clock"), ("act", "clock"), now]).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/_emulator/#clock")
    );
    submit(&world, &[("act", "clock"), ("advance_s", "301")]).await;
    let clock = world.control("GET", "clock", json!({})).await;
    assert_eq!(clock["now"], "2030-01-01T00:05:01Z");
    submit(&world, &[("act", "clock"), ("running", "true")]).await;
    assert_eq!(
        world.control("GET", "clock", json!({})).await["running"],
        true
    );
}

#[tokio::test]
async fn a_seller_disconnects_under_app_integrations() {
    let world = World::start().await;
    let tokens = world.connect().await;
    let merchant_id = tokens["merchant_id"].as_str().unwrap();
    let client_id = world.emulator.client_id();
    let fields = [
        ("act", "revoke"),
        ("seller", merchant_id),
        ("client_id", &client_id),
        ("revoker", "MERCHANT"),
    ];
    assert_eq!(submit(&world, &fields).await.status, 303);
    assert_eq!(world.refresh(&tokens["refresh_token"]).await.status, 401);
    assert!(!world.get("/_emulator/").await.text().contains("Disconnect"));
}

#[tokio::test]
async fn faults_switches_and_webhooks_can_be_set_and_everything_reset() {
    let world = World::start().await;
    let fields = [
        ("act", "fault"),
        ("what", "drop_after"),
        ("path", "any"),
        ("times", "always"),
    ];
    assert_eq!(submit(&world, &fields).await.status, 303);
    let faults = world.control("GET", "faults", json!({})).await;
    assert_eq!(faults["faults"][0]["act"], json!({"drop": "after_commit"}));
    assert_eq!(
        submit(&world, &[("act", "remove_fault"), ("id", "1")])
            .await
            .status,
        303
    );

    let fields = [
        ("act", "switches"),
        ("auto_approve", "true"),
        ("retry_after_s", "9"),
    ];
    assert_eq!(submit(&world, &fields).await.status, 303);
    let switches = world.control("GET", "switches", json!({})).await;
    assert_eq!(
        (&switches["auto_approve"], &switches["retry_after_s"]),
        (&json!(true), &json!(9))
    );

    let fields = [
        ("act", "subscribe"),
        ("url", "http://127.0.0.1:9/"),
        ("hold", "on"),
    ];
    assert_eq!(submit(&world, &fields).await.status, 303);
    assert_eq!(submit(&world, &[("act", "send")]).await.status, 303);
    let deliveries = world.control("GET", "webhooks", json!({})).await;
    assert_eq!(deliveries["deliveries"][0]["progress"], "held");

    assert_eq!(
        submit(&world, &[("act", "reset"), ("seed", "5")])
            .await
            .status,
        303
    );
    let state = world.control("GET", "state", json!({})).await;
    assert_eq!((&state["seed"], &state["faults"]), (&json!(5), &json!([])));
}

#[tokio::test]
async fn what_does_not_work_is_said() {
    let world = World::start().await;
    for fields in [
        vec![("act", "clock"), ("now", "soon")],
        vec![("act", "clock")],
        vec![("act", "reset"), ("seed", "x")],
        vec![("act", "fault"), ("what", "nothing")],
        vec![("act", "send")],
        vec![("act", "unheard-of")],
    ] {
        let page = submit(&world, &fields).await;
        assert_eq!(page.status, 422, "{fields:?}");
        assert!(page.text().contains("That did not work"));
    }
}
