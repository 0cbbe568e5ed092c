//! The seller is back from Square.

use std::time::Duration;

use serde_json::json;
use square_oauth_example_browser::Decision;
use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};

use crate::world::{FOREIGN, Headers, TOO_LONG, World, assert_clean};

#[tokio::test]
async fn a_seller_who_allows_is_connected_and_goes_on_to_a_clean_address() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Allow).await;
    let answer = world.get(&callback, FOREIGN).await;
    assert_clean(&answer);
    assert_eq!(answer.location(), "/status");
    assert!(answer.all("set-cookie")[0].ends_with("Max-Age=0"));
    assert_eq!(world.browser.cookies(), ["square_oauth_emulator_seller"]);
    assert!(
        world
            .status()
            .await
            .contains("Permissions: MERCHANT_PROFILE_READ, PAYMENTS_READ.")
    );
}

#[tokio::test]
async fn looking_at_the_callback_spends_nothing() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Allow).await;
    let before = world.browser.cookies();
    let url = format!("{}{callback}", world.origin);
    let looks: [(&str, Headers<'_>); 5] = [
        ("HEAD", &[]),
        ("GET", &[("sec-purpose", "prefetch")]),
        ("GET", &[("sec-purpose", "prefetch;prerender")]),
        ("GET", &[("purpose", "prefetch")]),
        ("GET", &[("purpose", "Prefetch")]),
    ];
    for (method, headers) in looks {
        let answer = world.browser.send(method, &url, headers, "").await.unwrap();
        assert_eq!(answer.status, 204, "{headers:?}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.all("set-cookie").is_empty());
    }
    assert_eq!(world.browser.cookies(), before);
    assert_eq!(world.asked("/oauth2/token").await, 0);

    assert_eq!(world.get(&callback, FOREIGN).await.location(), "/status");
    assert!(world.is_connected().await);
}

#[tokio::test]
async fn what_comes_a_second_time_after_a_success_gets_words_and_spoils_nothing() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Allow).await;
    let mut other = world.browser.clone();
    world.get(&callback, FOREIGN).await;
    let again = world.get(&callback, FOREIGN).await;
    assert_clean(&again);
    assert_eq!(again.location(), "/callback?outcome=over");
    assert_eq!(world.asked("/oauth2/token").await, 1);

    // Both requests were on their way before the first answer, so this one still has the cookie.
    let url = format!("{}{callback}", world.origin);
    let raced = other.get(&url, FOREIGN).await.unwrap();
    assert_clean(&raced);
    assert_eq!(raced.location(), "/callback?outcome=over");

    let page = world.get("/callback?outcome=over", &[]).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text()
            .contains("<h1>You may be connected already</h1>")
    );
    assert!(world.is_connected().await);
}

#[tokio::test]
async fn a_seller_who_says_no_reads_so_and_can_change_their_mind() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Deny).await;
    let answer = world.get(&callback, FOREIGN).await;
    assert_clean(&answer);
    assert_eq!(answer.location(), "/callback?outcome=declined");
    assert!(world.browser.cookies().is_empty());
    let page = world.get("/callback?outcome=declined", &[]).await.text();
    assert!(page.contains("<h1>You chose not to connect</h1>"));
    world.connect().await;
}

#[tokio::test]
async fn a_refusal_without_state_leaves_the_attempt_alive() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Allow).await;
    let forged = "/callback?error=access_denied&error_description=user_denied";
    let answer = world.get(forged, FOREIGN).await;
    assert_eq!(answer.location(), "/callback?outcome=declined");
    assert_eq!(world.get(&callback, FOREIGN).await.location(), "/status");
}

#[tokio::test]
async fn the_cookie_is_cleared_whatever_comes_back() {
    let mut world = World::start().await;
    let url = world.click("/connect").await;
    let state = url.split("state=").nth(1).unwrap();
    let state = state.split('&').next().unwrap();
    assert_eq!(world.browser.cookies().len(), 1);
    // Neither a code nor an error.
    let answer = world
        .get(&format!("/callback?state={state}"), FOREIGN)
        .await;
    assert_clean(&answer);
    assert_eq!(answer.location(), "/callback?outcome=over");
    assert!(world.browser.cookies().is_empty());
}

#[tokio::test]
async fn nobody_is_connected_in_a_browser_that_has_not_started_it() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Allow).await;
    world.browser = Default::default();
    let answer = world.get(&callback, FOREIGN).await;
    assert_eq!(answer.location(), "/callback?outcome=over");
    assert_eq!(world.asked("/oauth2/token").await, 0);
    assert!(!world.is_connected().await);
}

#[tokio::test]
async fn an_expired_attempt_goes_back_into_a_new_one_by_itself_once() {
    let mut world = World::start().await;
    let url = world.click("/connect?return_to=/settings").await;
    let callback = world.decide(&url, Decision::Allow).await;
    let first = world.browser.cookies();
    world.wait(TOO_LONG);
    let answer = world.get(&callback, FOREIGN).await;
    assert_eq!(answer.status, 303);
    let again = answer.location().to_owned();
    assert!(again.starts_with(world.emulator.base_url()));
    assert_eq!(world.browser.cookies().len(), first.len());
    assert!(!world.browser.cookies().contains(&first[0]));

    // In time, it ends where the first one would have.
    let mut patient = world.browser.clone();
    let callback = world.decide(&again, Decision::Allow).await;
    let answer = world.get(&callback, FOREIGN).await;
    assert_eq!(answer.location(), "/settings");

    // Too late again, it does not go round in circles.
    world.wait(TOO_LONG);
    std::mem::swap(&mut world.browser, &mut patient);
    let answer = world.get(&callback, FOREIGN).await;
    assert_clean(&answer);
    assert_eq!(answer.location(), "/callback?outcome=expired");
    assert_eq!(
        world.get("/callback?outcome=expired", &[]).await.status,
        200
    );
}

#[tokio::test]
async fn a_no_that_took_long_is_still_a_no() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Deny).await;
    world.wait(TOO_LONG);
    let answer = world.get(&callback, FOREIGN).await;
    assert_eq!(answer.location(), "/callback?outcome=declined");
}

#[tokio::test]
async fn a_seller_reads_no_error_of_ours_or_of_squares() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Allow).await;
    world
        .control("PUT", "switches", json!({"rate_limit": "errors"}))
        .await;
    let answer = world.get(&callback, FOREIGN).await;
    assert_eq!(answer.location(), "/callback?outcome=later");
    let page = world.get("/callback?outcome=later", &[]).await.text();
    assert!(page.contains("Square cannot be reached right now"));

    let mut world = World::with_secret(Some("sandbox-sq0csb-not-the-right-one")).await;
    let callback = world.come_back(Decision::Allow).await;
    let answer = world.get(&callback, FOREIGN).await;
    assert_eq!(answer.location(), "/callback?outcome=failed");
    let page = world.get("/callback?outcome=failed", &[]).await.text();
    assert!(page.contains("This is ours to repair"));
}

#[tokio::test]
async fn tokens_are_kept_even_if_the_browser_hangs_up_during_the_exchange() {
    let mut world = World::start().await;
    let callback = world.come_back(Decision::Allow).await;
    let slow = json!({"match": {"path": "/oauth2/token"}, "act": {"delay_ms": 300}});
    world.control("POST", "faults", slow).await;
    hang_up_after_asking(&world, &callback).await;
    let connected = async { while !world.is_connected().await {} };
    timeout(Duration::from_secs(20), connected).await.unwrap();
}

async fn hang_up_after_asking(world: &World, callback: &str) {
    let host = world.origin.strip_prefix("http://").unwrap();
    let cookies = world.browser.cookie_header(&world.origin);
    let request = format!("GET {callback} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookies}\r\n\r\n");
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    while world.asked("/oauth2/token").await == 0 {}
}
