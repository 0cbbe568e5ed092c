//! The cookie that an attempt is kept in.

use square_oauth::{
    Application, ClientOptions,
    web::{WebHandlers, WebOptions},
};

use crate::{
    browser::{Jar, OWN, all, get},
    handlers, options,
    support_host::{SANDBOX_ID, SANDBOX_SECRET, World},
};

#[test]
fn off_loopback_the_cookie_is_bound_to_host_and_https() {
    let handlers = handlers(&World::new([]));
    let response = handlers.connect(&get("/connect", OWN)).response;
    let [cookie] = all(&response, "set-cookie")[..] else {
        panic!()
    };
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    let (name, value) = pair.split_once('=').unwrap();
    assert!(name.starts_with("__Host-sqa_"), "{name}");
    assert!(
        value.starts_with("sqp1."),
        "a confidential application's pending"
    );
    assert!(value.ends_with("~1~%2Fhome"));
    // Twice the half hour that an attempt is good for.
    assert_eq!(
        attributes,
        "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600"
    );
}

#[test]
fn on_plain_http_loopback_prefix_and_secure_are_left_out() {
    for public_url in [
        "http://localhost:3000",
        "http://127.0.0.1",
        "http://[::1]:3000",
    ] {
        let options = WebOptions {
            public_url: public_url.to_owned(),
            ..options()
        };
        let handlers = WebHandlers::new(World::new([]).client(), options).unwrap();
        let response = handlers.connect(&get("/connect", OWN)).response;
        let [cookie] = all(&response, "set-cookie")[..] else {
            panic!()
        };
        assert!(cookie.starts_with("sqa_"));
        assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600"));
    }
}

#[test]
fn the_cookie_outlives_whatever_lifetime_pending_has() {
    let world = World::new([]);
    let options_of_client = ClientOptions {
        pending_lifetime: std::time::Duration::from_secs(24 * 3600),
        ..ClientOptions::default()
    };
    let application = Application::confidential(SANDBOX_ID, SANDBOX_SECRET);
    let client = world.client_of(application, &options_of_client);
    let handlers = WebHandlers::new(client, options()).unwrap();
    let response = handlers.connect(&get("/connect", OWN)).response;
    assert!(all(&response, "set-cookie")[0].ends_with("Max-Age=172800"));
}

#[test]
fn at_most_three_attempts_are_kept_and_the_oldest_goes() {
    let handlers = handlers(&World::new([]));
    let mut jar = Jar(vec![("session".to_owned(), "s".to_owned())]);
    let mut started = Vec::new();
    for _ in 0..5 {
        let response = handlers.connect(&jar.on(get("/connect", OWN))).response;
        jar.take(&response);
        started.push(jar.names().last().unwrap().to_string());
    }
    assert_eq!(jar.names()[0], "session");
    assert_eq!(jar.names()[1..], started[2..]);
}

#[test]
fn a_header_that_comes_in_parts_is_read_whole() {
    let handlers = handlers(&World::new([]));
    // HTTP/2 splits it.
    let parts = [
        ("sec-fetch-site", "same-origin"),
        ("cookie", "__Host-sqa_1=a"),
        ("Cookie", "other=1;__Host-sqa_2=b"),
        ("COOKIE", " __Host-sqa_3=c ; x"),
    ];
    let response = handlers.connect(&get("/connect", &parts)).response;
    assert_eq!(crate::browser::cleared(&response), ["__Host-sqa_1"]);
}

#[test]
fn no_name_goes_back_out_that_is_not_an_attempts() {
    let handlers = handlers(&World::new([]));
    let cookies = "sqa_1=a; __Host-sqa_a\r\nx: y=b; __Host-sqa_\u{e9}=c; __Host-sqb_1=d; __Host-sqa_2=e; \
         __Host-sqa_3=f; __Host-sqa_4=g";
    let headers = [("sec-fetch-site", "same-origin"), ("cookie", cookies)];
    let response = handlers.connect(&get("/connect", &headers)).response;
    assert_eq!(crate::browser::cleared(&response), ["__Host-sqa_2"]);
}

#[test]
fn a_cookie_that_browsers_would_drop_goes_without_its_return_to() {
    let long_redirect = format!("https://app.example/{}", "a".repeat(2000));
    let mut options = options();
    options.authorize.redirect_uri = Some(long_redirect);
    let handlers = WebHandlers::new(World::new([]).client(), options).unwrap();
    let long = format!("/connect?return_to=/{}", "%25".repeat(500));
    let response = handlers.connect(&get(&long, OWN)).response;
    let cookie = all(&response, "set-cookie")[0];
    assert!(cookie.len() < 4096, "{}", cookie.len());
    assert!(cookie.contains("~1~;"));
}
