//! "Connect Square" was clicked.

use square_oauth_example_browser::{Decision, Form};

use crate::world::{FOREIGN, World};

#[tokio::test]
async fn a_click_on_this_site_or_an_address_typed_in_starts_at_once() {
    let mut world = World::start().await;
    for site in ["none", "same-origin", "same-site"] {
        let answer = world.get("/connect", &[("sec-fetch-site", site)]).await;
        assert_eq!(answer.status, 303, "{site}");
        assert!(answer.location().contains("/oauth2/authorize?"), "{site}");
    }
    // Older browsers say nothing.
    let answer = world.get("/connect", &[]).await;
    assert!(answer.location().contains("/oauth2/authorize?"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn from_another_site_the_seller_is_asked_first_and_one_button_starts() {
    let mut world = World::start().await;
    for site in ["cross-site", "something-new"] {
        let page = world
            .get("/connect?return_to=/settings", &[("sec-fetch-site", site)])
            .await;
        assert_eq!(page.status, 200, "{site}");
        assert!(page.text().contains("<h1>Connect Square?</h1>"));
        assert!(page.all("set-cookie").is_empty());
    }
    let page = world.get("/connect?return_to=/settings", FOREIGN).await;
    let form = Form::all(&page.text()).remove(0);
    let connect = format!("{}/connect", world.origin);
    let answer = world.browser.submit(&connect, &form, None).await.unwrap();
    assert_eq!(answer.status, 303);
    let callback = world.decide(answer.location(), Decision::Allow).await;
    assert_eq!(world.get(&callback, FOREIGN).await.location(), "/settings");
    assert!(world.is_connected().await);
}

#[tokio::test]
async fn a_form_on_another_site_starts_nothing() {
    let mut world = World::start().await;
    let origin = world.origin.clone();
    for foreign in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("x-nothing-said", "at all"),
    ] {
        let answer = world.post("/connect", &[foreign], &[]).await;
        assert_eq!(answer.status, 200, "{foreign:?}");
        assert!(answer.all("set-cookie").is_empty(), "{foreign:?}");
    }
    // A browser too old to say where a request is from still names its origin.
    let answer = world.post("/connect", &[("origin", &origin)], &[]).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn the_page_that_asks_cannot_be_framed_by_another_site() {
    let mut world = World::start().await;
    let page = world.get("/connect", FOREIGN).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    // The redirects that follow its form go to Square, and browsers would hold this against them.
    assert!(!policy.contains("form-action"), "{policy}");
}

#[tokio::test]
async fn looking_ahead_at_connect_starts_nothing() {
    let mut world = World::start().await;
    let ahead = [
        ("sec-fetch-site", "same-origin"),
        ("sec-purpose", "prefetch;prerender"),
    ];
    let answer = world.get("/connect", &ahead).await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (204, "no-store")
    );
    assert!(world.browser.cookies().is_empty());
}

#[tokio::test]
async fn an_attempts_cookie_is_out_of_reach_of_scripts_and_other_sites_and_outlives_the_attempt() {
    let mut world = World::start().await;
    let answer = world.get("/connect", &[]).await;
    let cookies = answer.all("set-cookie");
    let [cookie] = cookies[..] else { panic!() };
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert!(pair.starts_with("sqa_"), "{pair}");
    // On loopback there is no https to bind it to; the library's own tests look at everywhere else.
    // An attempt is good for half an hour.
    assert_eq!(attributes, "HttpOnly; SameSite=Lax; Path=/; Max-Age=3600");
}

#[tokio::test]
async fn at_most_three_attempts_are_kept_and_the_oldest_goes() {
    let mut world = World::start().await;
    let mut started = Vec::new();
    for _ in 0..5 {
        world.click("/connect").await;
        started.push(world.browser.cookies().pop().unwrap());
    }
    assert_eq!(world.browser.cookies(), started[2..]);
}

#[tokio::test]
async fn two_tabs_are_two_attempts_and_both_succeed() {
    let mut world = World::start().await;
    let first = world.click("/connect?return_to=/first").await;
    let second = world.click("/connect?return_to=/second").await;
    let first = world.decide(&first, Decision::Allow).await;
    let second = world.decide(&second, Decision::Allow).await;
    assert_eq!(world.get(&second, FOREIGN).await.location(), "/second");
    assert_eq!(world.get(&first, FOREIGN).await.location(), "/first");
    // The same seller twice is still one connection.
    assert_eq!(world.connections().await, 1);
}

#[tokio::test]
async fn sellers_are_sent_on_to_this_server_and_nowhere_else() {
    let mut world = World::start().await;
    for (asked, given) in [
        ("/settings%3Ftab%3Dsquare", "/settings?tab=square"),
        ("https://evil.example/", "/status"),
        ("//evil.example", "/status"),
        ("/%5Cevil.example", "/status"),
        ("/%09/evil.example", "/status"),
        ("javascript:alert(1)", "/status"),
        ("", "/status"),
    ] {
        let url = world.click(&format!("/connect?return_to={asked}")).await;
        let callback = world.decide(&url, Decision::Allow).await;
        assert_eq!(
            world.get(&callback, FOREIGN).await.location(),
            given,
            "{asked}"
        );
    }
}

#[tokio::test]
async fn what_comes_in_is_escaped_on_the_page() {
    let mut world = World::start().await;
    let page = world
        .get("/connect?return_to=/%22%3E%3Cscript%3E", FOREIGN)
        .await;
    assert!(page.text().contains("/&quot;&gt;&lt;script&gt;"));
}
