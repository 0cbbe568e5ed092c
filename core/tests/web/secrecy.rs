//! Whatever prints a value of this module shows no code, no state, no cookie, no token, no key.

use core::fmt::Debug;

use square_oauth::{
    Subscription, Webhooks,
    web::{Arrival, Returned, WebHandlers, WebOptions},
};

use crate::{
    browser::{OWN, get, request},
    callback::Trip,
    options,
    support_host::{SANDBOX_SECRET, World},
    tokens,
};

fn assert_shows_none(what: &str, shown: &dyn Debug, secrets: &[&str]) {
    for text in [format!("{shown:?}"), format!("{shown:#?}")] {
        for secret in secrets {
            assert!(
                !secret.is_empty() && !text.contains(secret),
                "{what}: {text}"
            );
        }
    }
}

#[test]
fn nothing_that_is_printed_shows_a_secret() {
    let world = World::new([tokens(), tokens()]);
    let webhooks = Webhooks::new([Subscription::new("https://app.example/w", "key-canary")]);
    let options = WebOptions {
        webhooks: Some(webhooks.unwrap()),
        ..options()
    };
    let handlers = WebHandlers::new(world.client(), options).unwrap();
    let trip = Trip::start(&handlers);
    let pending = trip.jar.0[0].1.split('~').next().unwrap();
    let secrets = [
        pending,
        trip.state.as_str(),
        "sq0cgb-canary",
        "EAAA-canary",
        "EQAA-canary",
        "key-canary",
        "body-canary",
        "header-canary",
        SANDBOX_SECRET,
    ];
    let allowed = trip.allowed();
    assert!(allowed.target.contains("sq0cgb-canary"));
    assert!(
        allowed
            .headers
            .iter()
            .any(|(_, value)| value.contains(pending))
    );
    let posted = request(
        "POST",
        "/x#sq0cgb-canary",
        &[("authorization", "header-canary")],
        "body-canary",
    );

    assert_shows_none("handlers", &handlers, &secrets);
    assert_shows_none("request", &allowed, &secrets);
    assert_shows_none("posted", &posted, &secrets);
    let out = handlers.connect(&trip.jar.on(get("/connect", OWN)));
    let set = out
        .response
        .headers
        .iter()
        .find(|(name, _)| name == "set-cookie")
        .unwrap();
    let location = out
        .response
        .headers
        .iter()
        .find(|(name, _)| name == "location")
        .unwrap();
    let state = crate::browser::parameter(&location.1, "state");
    let value = set.1.split(['=', '~']).nth(1).unwrap();
    assert_shows_none("answer", &out, &[value, &state]);

    let arrival = handlers.arrive(&allowed);
    assert!(matches!(arrival, Arrival::Exchange(_)));
    assert_shows_none("arrival", &arrival, &secrets);
    let returned = world.run(handlers.callback(&allowed));
    assert!(matches!(returned, Returned::Connected(_)));
    assert_shows_none("returned", &returned, &secrets);
}

#[test]
fn what_helps_is_still_shown() {
    let shown = format!("{:?}", get("/callback?code=1", OWN));
    for piece in ["GET", "/callback", "sec-fetch-site"] {
        assert!(shown.contains(piece), "{shown}");
    }
    let handlers = crate::handlers(&World::new([]));
    let shown = format!("{:?}", handlers.connect(&get("/connect", OWN)));
    for piece in [
        "303",
        "https://connect.squareupsandbox.com/oauth2/authorize",
    ] {
        assert!(shown.contains(piece), "{shown}");
    }
}
