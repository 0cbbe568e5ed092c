//! What is checked before the first seller comes.

use square_oauth::{
    Authorize, OAuthError,
    web::{Page, Pages, WebHandlers, WebOptions},
};

use crate::{
    options,
    support_host::{Fall, World},
};

fn refused(options: WebOptions) -> OAuthError {
    WebHandlers::new(World::new([]).client(), options).unwrap_err()
}

#[test]
fn a_public_application_is_refused_and_told_what_to_do() {
    let error = WebHandlers::new(World::new([]).public_client(), options()).unwrap_err();
    assert_eq!(error.code(), "value_unexpected");
    assert_eq!(error.field(), Some("application"));
    assert!(
        error.to_string().contains("in the session on your server"),
        "{error}"
    );
}

#[test]
fn the_public_url_is_https_or_loopback_and_nothing_but_an_origin() {
    for (public_url, code) in [
        ("", "value_missing"),
        ("app.example", "value_malformed"),
        ("http://app.example", "value_malformed"),
        ("https://app.example/square", "value_malformed"),
        ("https://app.example?x", "value_malformed"),
        ("https://user@app.example", "value_malformed"),
        ("https://", "value_malformed"),
    ] {
        let error = refused(WebOptions {
            public_url: public_url.to_owned(),
            ..options()
        });
        assert_eq!(
            (error.code(), error.field()),
            (code, Some("public_url")),
            "{public_url}"
        );
    }
}

#[test]
fn an_origin_is_compared_as_browsers_write_it() {
    use crate::browser::request;
    for public_url in ["https://app.example/", "HTTPS://App.Example:443"] {
        let options = WebOptions {
            public_url: public_url.to_owned(),
            ..options()
        };
        let handlers = WebHandlers::new(World::new([]).client(), options).unwrap();
        let own = request("POST", "/x", &[("origin", "https://app.example")], "");
        assert!(handlers.is_from_own_page(&own), "{public_url}");
    }
}

/// Puts a path into one of the options.
type Set = fn(&mut WebOptions, String);

#[test]
fn paths_are_paths_on_this_server() {
    let all: [(&str, Set); 10] = [
        ("connect_path", |o, path| o.connect_path = path),
        ("callback_path", |o, path| o.callback_path = path),
        ("return_to", |o, path| o.return_to = path),
        ("ask", |o, path| o.pages.ask = Page::At(path)),
        ("declined", |o, path| o.pages.declined = Page::At(path)),
        ("over", |o, path| o.pages.over = Page::At(path)),
        ("expired", |o, path| o.pages.expired = Page::At(path)),
        ("later", |o, path| o.pages.later = Page::At(path)),
        ("failed", |o, path| o.pages.failed = Page::At(path)),
        ("stylesheet", |o, path| o.pages.stylesheet = Some(path)),
    ];
    for (field, set) in all {
        for path in [
            "",
            "x",
            "//evil.example",
            "https://evil.example",
            "/\\x",
            "/a b",
            "/a\nb",
        ] {
            let mut options = options();
            set(&mut options, path.to_owned());
            let error = refused(options);
            assert_eq!(error.field(), Some(field), "{path:?}");
            assert!(error.code().starts_with("value_m"), "{path:?}");
        }
        let mut options = options();
        set(&mut options, "/a?b#c".to_owned());
        let made = WebHandlers::new(World::new([]).client(), options);
        // To these something is added, or something is matched against them.
        let is_bare = ["connect_path", "callback_path", "ask"].contains(&field);
        assert_eq!(made.is_err(), is_bare, "{field}");
    }
}

#[test]
fn what_is_asked_for_is_checked_without_time_or_randomness() {
    let world = World::new([]);
    world.entropy.set(Fall::Broken);
    assert!(WebHandlers::new(world.client(), options()).is_ok());
    let error = refused(WebOptions {
        authorize: Authorize::default(),
        ..options()
    });
    assert_eq!(error.field(), Some("scopes"));
}

#[test]
fn the_defaults_are_those_that_the_documentation_names() {
    let defaults = WebOptions::default();
    assert_eq!(defaults.connect_path, "/connect");
    assert_eq!(defaults.callback_path, "/callback");
    assert_eq!(defaults.return_to, "/");
    assert!(defaults.webhooks.is_none() && defaults.pages == Pages::default());
}
