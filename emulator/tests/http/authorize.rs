//! `/oauth2/authorize`: the page, its form, and the pages in its place.

use serde_json::json;
use square_oauth_emulator::{Application, Config};

use crate::browser::{CHALLENGE, World, parameter};

#[tokio::test]
async fn the_page_names_application_sellers_and_scopes_and_escapes_what_it_is_given() {
    let world = World::start().await;
    let path = world.authorize_path("&scope=PAYMENTS_READ+ITEMS_WRITE&state=%22%3E%3Cscript%3E");
    let page = world.get(&path).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for expected in [
        "Built-in application",
        "Rosa's Bakery",
        "Blue Bottle Bikes",
        "ITEMS_WRITE",
        "Allow",
        "Deny",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    assert!(!text.contains("<script>"));
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert_eq!(page.header("cache-control"), "no-store");
}

fn form(world: &World, pairs: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("client_id", &world.emulator.client_id());
    form.extend_pairs(pairs);
    form.finish()
}

#[tokio::test]
async fn the_form_sends_the_seller_back_and_is_remembered_by_the_browser() {
    let world = World::start().await;
    let state = world.control("GET", "state", json!({})).await;
    let seller = state["sellers"][1]["merchant_id"].as_str().unwrap();
    let body = form(
        &world,
        &[("state", "s t"), ("seller", seller), ("decision", "allow")],
    );
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", world.emulator.base_url()),
    ];
    let answer = world
        .send("POST", "/oauth2/authorize", &headers, body)
        .await
        .unwrap();
    assert_eq!(answer.status, 303);
    assert_eq!(parameter(answer.header("location"), "state"), "s t");
    let code = parameter(answer.header("location"), "code");
    let tokens = world
        .confidential(json!({"grant_type": "authorization_code", "code": code}))
        .await
        .json();
    assert_eq!(tokens["merchant_id"], seller);

    // The next time in this browser there is nothing to ask, until the seller disconnects or more
    // is asked for.
    let cookie = answer
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let visit = async |path: String| {
        world
            .send("GET", &path, &[("cookie", &cookie)], "")
            .await
            .unwrap()
            .status
    };
    assert_eq!(visit(world.authorize_path("")).await, 302);
    assert_eq!(visit(world.authorize_path("&scope=ITEMS_READ")).await, 200);
    world.switch("skip_consent", false).await;
    assert_eq!(visit(world.authorize_path("")).await, 200);
    world.switch("skip_consent", true).await;
    world
        .control("POST", "revoke", json!({"seller": seller}))
        .await;
    assert_eq!(visit(world.authorize_path("")).await, 200);
}

#[tokio::test]
async fn a_form_without_decision_or_with_an_unknown_seller_decides_nothing() {
    let world = World::start().await;
    for pairs in [
        vec![("seller", "Rosa's Bakery")],
        vec![("seller", "X"), ("decision", "allow")],
    ] {
        let body = form(&world, &pairs);
        let answer = world
            .send("POST", "/oauth2/authorize", &[], body)
            .await
            .unwrap();
        assert_eq!(answer.status, 400);
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_a_page_and_no_redirect() {
    let world = World::start().await;
    for (path, title) in [
        (
            "/oauth2/authorize".to_owned(),
            "Unable to find client by that",
        ),
        (
            "/oauth2/authorize?client_id=sandbox-sq0idb-x%0D%0A".to_owned(),
            "Unable to find client",
        ),
        (
            world.authorize_path("&scope=PAYMENT_READ"),
            "There is no scope",
        ),
        (world.authorize_path("&scope=OPENID"), "There is no scope"),
        (
            world.authorize_path("&redirect_uri=http%3A%2F%2Flocalhost%2Fother"),
            "is not the one",
        ),
        (world.authorize_path("&state=a&state=b"), "is there twice"),
        (
            world.authorize_path(&format!("&state={}", "x".repeat(2049))),
            "is too long",
        ),
    ] {
        let page = world.get(&path).await;
        assert_eq!((page.status, page.header("location")), (400, ""), "{path}");
        assert!(page.text().contains(title), "{path}: {}", page.text());
    }
    let page = world
        .get(&world.authorize_path("&scope=PAYMENT_READ"))
        .await;
    assert!(page.text().contains("PAYMENTS_READ"));
    world.switch("unknown_scopes", "accept").await;
    assert_eq!(
        world
            .get(&world.authorize_path("&scope=PAYMENT_READ"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_first_seller_can_approve_by_itself() {
    let world = World::start().await;
    world.switch("auto_approve", true).await;
    let answer = world.get(&world.authorize_path("&state=s")).await;
    assert_eq!(answer.status, 302);
    assert!(
        answer
            .header("location")
            .starts_with(&world.emulator.redirect_uri())
    );
    let page = world
        .get(&format!("/_emulator/callback?{}", "code=x&state=s"))
        .await;
    assert!(page.text().contains("The seller is back"));
}

#[tokio::test]
async fn without_a_dashboard_session_the_page_is_blank() {
    let world = World::start().await;
    world.switch("dashboard_session", false).await;
    let page = world.get(&world.authorize_path("")).await;
    assert_eq!(page.status, 400);
    assert!(!page.text().contains("<form"));
}

#[tokio::test]
async fn a_public_application_must_use_pkce_and_may_use_any_port() {
    let config = Config {
        applications: vec![Application {
            redirect_uri: Some("http://localhost:<port>/back?from=square".to_owned()),
            ..Application::public("Desktop")
        }],
        ..Config::default()
    };
    let world = World::with(config).await;
    let uri = "&redirect_uri=http%3A%2F%2Flocalhost%3A8123%2Fback%3Ffrom%3Dsquare";
    let page = world.get(&world.authorize_path(uri)).await;
    assert!(page.text().contains("code_challenge"), "{}", page.text());
    let url = world
        .consent(&format!("{uri}&code_challenge={CHALLENGE}"), "allow")
        .await;
    assert!(
        url.starts_with("http://localhost:8123/back?from=square&code="),
        "{url}"
    );
}
