//! Who may ask.

use serde_json::json;
use square_oauth_emulator::Config;

use crate::browser::World;

#[tokio::test]
async fn a_foreign_host_is_refused_with_the_option_that_allows_it() {
    let world = World::start().await;
    let headers = [("host", "emulator.internal:8080")];
    let answer = world
        .send("GET", "/_emulator/v1/state", &headers, "")
        .await
        .unwrap();
    assert_eq!(answer.status, 421);
    assert!(
        answer.text().contains("--allow-host emulator.internal"),
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains("sq0csb"));
}

#[tokio::test]
async fn an_allowed_host_and_the_public_url_are_answered() {
    let config = Config {
        public_url: Some("http://square.test:9000".to_owned()),
        allow_hosts: vec!["emulator".to_owned()],
        ..Config::default()
    };
    let world = World::with(config).await;
    for host in ["emulator:8080", "square.test:9000", "localhost:1"] {
        let headers = [("host", host)];
        let answer = world
            .send("GET", "/_emulator/v1/state", &headers, "")
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "{host}");
    }
    assert!(
        world
            .emulator
            .redirect_uri()
            .starts_with("http://square.test:9000/")
    );
}

#[tokio::test]
async fn a_page_of_a_foreign_origin_can_do_nothing() {
    let world = World::start().await;
    let headers = [("origin", "https://evil.example")];
    for path in ["/_emulator/v1/reset", "/oauth2/authorize", "/oauth2/token"] {
        assert_eq!(
            world.post(path, &headers, &json!({})).await.status,
            403,
            "{path}"
        );
    }
    let own = [("origin", "http://localhost:3000")];
    assert_eq!(
        world
            .post("/_emulator/v1/reset", &own, &json!({}))
            .await
            .status,
        200
    );
}
