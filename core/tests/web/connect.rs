//! "Connect Square" was clicked.

use square_oauth::web::{Outcome, WebResponse, is_from_own_page};

use crate::{
    ORIGIN,
    browser::{FOREIGN, Jar, OWN, all, get, one, parameter, request},
    handlers,
    support_host::{Fall, World},
};

fn goes_to_square(response: &WebResponse) -> bool {
    response.status == 303
        && one(response, "location")
            .starts_with("https://connect.squareupsandbox.com/oauth2/authorize?")
}

fn asks(response: &WebResponse) -> bool {
    response.status == 200
        && response.body.contains("<h1>Connect Square?</h1>")
        && all(response, "set-cookie").is_empty()
}

#[test]
fn a_click_on_this_site_or_an_address_typed_in_starts_at_once() {
    let handlers = handlers(&World::new([]));
    for site in ["none", "same-origin", "same-site"] {
        let answer = handlers.connect(&get("/connect", &[("Sec-Fetch-Site", site)]));
        assert!(goes_to_square(&answer.response), "{site}");
    }
    // Older browsers say nothing.
    let answer = handlers.connect(&get("/connect", &[]));
    assert!(goes_to_square(&answer.response));
    assert_eq!(one(&answer.response, "cache-control"), "no-store");
    assert_eq!(one(&answer.response, "referrer-policy"), "no-referrer");
    assert_eq!((answer.outcome, answer.error), (None, None));
}

#[test]
fn from_another_site_or_an_unknown_place_the_seller_is_asked_first() {
    let handlers = handlers(&World::new([]));
    for site in ["cross-site", "something-new", "Same-Origin", ""] {
        let answer = handlers.connect(&get("/connect", &[("sec-fetch-site", site)]));
        assert!(asks(&answer.response), "{site}");
    }
    // Said twice, it is believed neither time.
    let twice = [
        ("sec-fetch-site", "same-origin"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    assert!(asks(&handlers.connect(&get("/connect", &twice)).response));
}

#[test]
fn the_button_starts_from_the_own_page_only() {
    let handlers = handlers(&World::new([]));
    for foreign in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "https://evil.example"),
        ("origin", "https://app.example.evil.example"),
        ("origin", "http://app.example"),
        ("origin", "null"),
        ("x-nothing-said", "at all"),
    ] {
        let answer = handlers.connect(&request("POST", "/connect", &[foreign], ""));
        assert!(asks(&answer.response), "{foreign:?}");
    }
    // What a newer browser says counts, whatever stands beside it.
    let both = [("sec-fetch-site", "cross-site"), ("origin", ORIGIN)];
    assert!(asks(
        &handlers
            .connect(&request("POST", "/connect", &both, ""))
            .response
    ));
    for own in [("sec-fetch-site", "same-origin"), ("Origin", ORIGIN)] {
        let answer = handlers.connect(&request("POST", "/connect", &[own], ""));
        assert!(goes_to_square(&answer.response), "{own:?}");
    }
}

#[test]
fn the_same_question_is_there_for_other_buttons() {
    let handlers = handlers(&World::new([]));
    assert!(handlers.is_from_own_page(&request("POST", "/disconnect", OWN, "")));
    assert!(!handlers.is_from_own_page(&request("POST", "/disconnect", FOREIGN, "")));
    assert!(!handlers.is_from_own_page(&request("POST", "/disconnect", &[], "")));
}

#[test]
fn and_for_whoever_has_no_handlers_at_hand() {
    for headers in [
        OWN,
        FOREIGN,
        &[("Origin", ORIGIN)],
        &[("Origin", "https://evil.example")],
        &[],
    ] {
        let pressed = request("POST", "/disconnect", headers, "");
        let own = handlers(&World::new([])).is_from_own_page(&pressed);
        assert_eq!(is_from_own_page(&pressed, ORIGIN), Ok(own), "{headers:?}");
    }
    let error = is_from_own_page(&request("POST", "/", OWN, ""), "http://app.example").unwrap_err();
    assert_eq!(
        (error.code(), error.field()),
        ("value_malformed", Some("public_url"))
    );
}

#[test]
fn looking_ahead_starts_nothing() {
    let handlers = handlers(&World::new([]));
    let ahead = [
        ("sec-fetch-site", "same-origin"),
        ("Sec-Purpose", "prefetch;prerender"),
    ];
    for look in [
        get("/connect", &ahead),
        request("HEAD", "/connect", OWN, ""),
    ] {
        let response = handlers.connect(&look).response;
        assert_eq!(response.status, 204);
        assert_eq!(one(&response, "cache-control"), "no-store");
        assert!(all(&response, "set-cookie").is_empty());
    }
}

#[test]
fn another_method_is_not_taken() {
    let handlers = handlers(&World::new([]));
    for method in ["PUT", "DELETE", "OPTIONS", "get", ""] {
        let response = handlers
            .connect(&request(method, "/connect", OWN, ""))
            .response;
        assert_eq!(response.status, 405, "{method}");
        assert_eq!(one(&response, "allow"), "GET, HEAD, POST");
    }
}

#[test]
fn where_the_seller_goes_afterwards_is_taken_from_the_form_or_the_query() {
    let handlers = handlers(&World::new([]));
    let asked = |request| {
        let page = handlers.connect(&request).response.body;
        let (_, rest) = page.split_once("name=\"return_to\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_eq!(asked(get("/connect", FOREIGN)), "/home");
    assert_eq!(asked(get("/connect?a=b&return_to=/x", FOREIGN)), "/x");
    let posted = request("POST", "/connect?return_to=/x", FOREIGN, "return_to=%2Fy");
    assert_eq!(asked(posted), "/y");
    let posted = request("POST", "/connect?return_to=/x", FOREIGN, "other=1");
    assert_eq!(asked(posted), "/x");
    // A `GET` has no form.
    assert_eq!(
        asked(request("GET", "/connect", FOREIGN, "return_to=/y")),
        "/home"
    );
    // Nobody's form is that long.
    let padding = format!("a={}&return_to=/y", "b".repeat(10_000));
    assert_eq!(
        asked(request("POST", "/connect", FOREIGN, &padding)),
        "/home"
    );
}

#[test]
fn whatever_could_leave_this_server_becomes_the_default() {
    let handlers = handlers(&World::new([]));
    let kept = |asked: &str| {
        let encoded: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
        let mut jar = Jar::default();
        jar.take(
            &handlers
                .connect(&get(&format!("/connect?return_to={encoded}"), OWN))
                .response,
        );
        let value = &jar.0[0].1;
        let pair = format!("x={}", value.rsplit('~').next().unwrap());
        parameter(&format!("?{pair}"), "x")
    };
    for path in ["/", "/settings?tab=square&x=%2F%2F#there", "/a//b", "/~a"] {
        assert_eq!(kept(path), path);
    }
    let long = format!("/{}", "a".repeat(600));
    for text in [
        "",
        "settings",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\r\nset-cookie: a=b",
        " /x",
        "/x y",
        "javascript:alert(1)",
        "/\u{e9}",
        &long,
    ] {
        assert_eq!(kept(text), "/home", "{text:?}");
    }
}

#[test]
fn an_attempt_that_cannot_be_started_ends_on_a_page_and_in_the_log() {
    let world = World::new([]);
    world.entropy.set(Fall::Broken);
    let answer = handlers(&world).connect(&get("/connect", OWN));
    assert_eq!(
        one(&answer.response, "location"),
        "/callback?outcome=failed"
    );
    assert_eq!(answer.outcome, Some(Outcome::Failed));
    assert_eq!(answer.error.unwrap().code(), "entropy_failed");
}
