//! A scenario that cannot be told, or does not hold, fails; nothing is passed over.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use square_oauth_conformance::{
    Square,
    scenarios::{Actor, Browsers, Scenario, run},
};

/// Knows two methods: one that fails as a subject may, and requests to the emulator.
struct Fake(Browsers);

impl Actor for Fake {
    async fn perform(
        &mut self,
        method: &str,
        on: Option<&str>,
        with: Value,
    ) -> Result<Value, String> {
        match method {
            "fail" => Ok(json!({"error": {"kind": "denied", "code": "denied"}})),
            "request" => self.0.request(on.unwrap_or_default(), with).await,
            unknown => Err(format!("there is no method `{unknown}`")),
        }
    }

    async fn set_clock(&mut self, _: i64) -> Result<(), String> {
        Ok(())
    }
}

async fn told(emulator: Value, steps: Value) -> Result<(), String> {
    let scenario = json!({
        "format": 1, "id": "a", "title": "A holds", "needs": ["client"],
        "emulator": emulator, "steps": steps,
    });
    let scenario = Scenario::read(&scenario.to_string()).unwrap();
    let start = async |square: &Square| Ok(Fake(Browsers::of(square.base_url())));
    run(&scenario, start).await
}

async fn complaint(steps: Value) -> String {
    told(json!({}), steps).await.unwrap_err()
}

#[tokio::test]
async fn what_holds_holds() {
    let steps = json!([
        {"do": "request", "with": {"method": "GET", "path": "/v2/locations"}, "as": "answer"},
        {"expect": {"status": 401, "headers": {"content-type": {"not": null}}}},
        {"expect_requests": [{"method": "GET", "path": "/v2/locations", "status": 401}]},
        {"expect_requests": []},
        {"do": "fail"},
        {"expect": {"error": {"code": "denied"}}},
        {"expect": {"status": 401}, "of": "answer"},
        {"control": "GET clock"},
        {"expect": {"now": {"starts_with": "2026-01-01T00:00:00"}, "running": false}},
    ]);
    assert_eq!(told(json!({}), steps).await, Ok(()));
}

#[tokio::test]
async fn a_failure_that_nobody_expects_fails() {
    for steps in [
        json!([{"do": "fail"}]),
        json!([{"do": "fail"}, {"do": "fail"}]),
        json!([{"do": "fail"}, {"control": "GET state"}]),
        json!([{"do": "fail"}, {"expect": {"access_token": null}}]),
        json!([{"do": "fail"}, {"expect_requests": []}]),
    ] {
        let why = complaint(steps).await;
        assert!(why.contains("failed, unexpectedly"), "{why}");
    }
}

#[tokio::test]
async fn what_does_not_hold_fails_and_names_the_step() {
    for (steps, said) in [
        (
            json!([{"do": "fail"}, {"expect": {"error": {"code": "other"}}}]),
            r#"step 2: error.code: expected "other", found "denied""#,
        ),
        (
            json!([{"expect_requests": [{"path": "/"}]}]),
            "step 1: the result: 0 items instead of 1",
        ),
        (
            json!([{"do": "request", "with": {"method": "GET", "path": "/v2/locations"}}, {"expect_requests": []}]),
            "step 2: the result: 1 items instead of 0",
        ),
    ] {
        let why = complaint(steps).await;
        assert!(why.starts_with(said), "{why}");
    }
}

#[tokio::test]
async fn what_is_not_known_fails() {
    for (steps, said) in [
        (json!([{"do": "dance"}]), "there is no method `dance`"),
        (
            json!([{"do": "request", "with": {"method": "GET", "path": "/", "pace": 1}}]),
            "unknown field `pace`",
        ),
        (
            json!([{"do": "request", "with": {"method": "GET", "path": "http://elsewhere/"}}]),
            "is not a path of",
        ),
        (
            json!([{"expect": "$nobody.name"}]),
            "nothing is named `nobody`",
        ),
        (
            json!([{"expect": {}, "of": "emulator.colour"}]),
            "there is no `emulator.colour`",
        ),
        (json!([{"control": "PUT weather"}]), "404"),
        (
            json!([{"control": "PUT clock", "with": {"speed": 2}}]),
            "unknown field `speed`",
        ),
        (
            json!([{"consent": {"url": "http://localhost/", "seller": "x"}}]),
            "/oauth2/authorize",
        ),
    ] {
        let why = complaint(steps).await;
        assert!(why.contains(said), "{why}");
    }
    let why = told(
        json!({"switches": {"unheard_of": 1}}),
        json!([{"expect": null}]),
    )
    .await;
    assert!(why.unwrap_err().contains("unheard_of"));
}
