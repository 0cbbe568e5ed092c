//! The seller is back from Square.

use square_oauth::{
    ErrorKind, OAuthError, ObtainToken, Secret,
    host::{Delivery, SendCause},
    web::{Answer, Arrival, Connected, Outcome, Returned, WebHandlers, WebRequest},
};

use crate::{
    browser::{FOREIGN, Headers, Jar, OWN, all, clean, cleared, get, one, parameter, request},
    handlers,
    support_host::{Step, World, answer, fail},
    tokens,
};

/// A seller's trip: from the click to the address that Square sends them back to.
pub(crate) struct Trip {
    pub(crate) jar: Jar,
    pub(crate) state: String,
}

impl Trip {
    pub(crate) fn start(handlers: &WebHandlers) -> Self {
        Self::starting_at(handlers, "/connect?return_to=/settings")
    }

    pub(crate) fn starting_at(handlers: &WebHandlers, connect: &str) -> Self {
        let mut jar = Jar::default();
        let response = handlers.connect(&get(connect, OWN)).response;
        jar.take(&response);
        let state = parameter(one(&response, "location"), "state");
        Self { jar, state }
    }

    pub(crate) fn back(&self, parameters: &str) -> WebRequest {
        let target = format!("/callback?{parameters}&state={}", self.state);
        self.jar.on(get(&target, FOREIGN))
    }

    pub(crate) fn allowed(&self) -> WebRequest {
        self.back("code=sq0cgb-canary&response_type=code")
    }

    fn name(&self) -> &str {
        self.jar.names()[0]
    }
}

pub(crate) fn answered(returned: Returned) -> Answer {
    match returned {
        Returned::Answer(answer) => answer,
        Returned::Connected(connected) => panic!("{connected:?}"),
    }
}

fn connected(returned: Returned) -> Connected {
    match returned {
        Returned::Connected(connected) => connected,
        Returned::Answer(answer) => panic!("{answer:?}"),
    }
}

/// Which page a seller gets, after a clean redirect that clears the attempt.
fn ends(world: &World, handlers: &WebHandlers, trip: &Trip, request: &WebRequest) -> Outcome {
    let answer = answered(world.run(handlers.callback(request)));
    let outcome = answer.outcome.unwrap();
    assert_eq!(
        clean(&answer.response),
        format!("/callback?outcome={}", outcome.name())
    );
    assert_eq!(cleared(&answer.response), [trip.name()]);
    assert!(answer.error.is_some());
    outcome
}

#[test]
fn a_seller_who_allows_is_connected_and_goes_on_to_a_clean_address() {
    let world = World::new([tokens()]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let connected = connected(world.run(handlers.callback(&trip.allowed())));
    assert_eq!(connected.tokens().merchant_id(), "MLQW2MYBY81PZ");
    let response = connected.stored();
    assert_eq!(clean(&response), "/settings");
    let set = all(&response, "set-cookie");
    let gone = format!(
        "{}=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
        trip.name()
    );
    assert_eq!(set, [gone]);
}

#[test]
fn tokens_that_could_not_be_stored_are_ours_to_repair() {
    let world = World::new([tokens()]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let connected = connected(world.run(handlers.callback(&trip.allowed())));
    let response = connected.failed();
    assert_eq!(clean(&response), "/callback?outcome=failed");
    assert_eq!(cleared(&response), [trip.name()]);
}

#[test]
fn looking_at_the_callback_spends_nothing() {
    let world = World::new([tokens()]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let looks: [(&str, Headers<'_>); 6] = [
        ("HEAD", &[]),
        ("GET", &[("Sec-Purpose", "prefetch")]),
        ("GET", &[("sec-purpose", "prefetch;prerender")]),
        ("GET", &[("purpose", "prefetch")]),
        ("GET", &[("Purpose", "Prefetch")]),
        ("GET", &[("X-Moz", "prefetch")]),
    ];
    for (method, headers) in looks {
        let look = trip
            .jar
            .on(request(method, &trip.allowed().target, headers, ""));
        let response = answered(world.run(handlers.callback(&look))).response;
        assert_eq!(response.status, 204, "{method} {headers:?}");
        assert_eq!(one(&response, "cache-control"), "no-store");
        assert!(all(&response, "set-cookie").is_empty());
    }
    let connected = connected(world.run(handlers.callback(&trip.allowed())));
    assert_eq!(clean(&connected.stored()), "/settings");
}

#[test]
fn another_method_is_not_taken() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let posted = trip
        .jar
        .on(request("POST", &trip.allowed().target, FOREIGN, ""));
    let response = answered(world.run(handlers.callback(&posted))).response;
    assert_eq!(
        (response.status, one(&response, "allow")),
        (405, "GET, HEAD")
    );
    assert!(all(&response, "set-cookie").is_empty());
}

#[test]
fn what_comes_a_second_time_reads_that_it_may_be_connected_already() {
    let rejected =
        r#"{"message":"Authorization code is already claimed","type":"service.not_authorized"}"#;
    let world = World::new([answer(401, rejected)]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    // Both were on their way before the first answer, so this one still has the cookie.
    assert_eq!(
        ends(&world, &handlers, &trip, &trip.allowed()),
        Outcome::Over
    );
    // A reload has none.
    let mut reload = trip.allowed();
    reload.headers.retain(|(name, _)| name != "Cookie");
    let answer = answered(world.run(handlers.callback(&reload)));
    assert_eq!(answer.outcome, Some(Outcome::Over));
    assert_eq!(answer.error.unwrap().code(), "pending_missing");
    assert_eq!(clean(&answer.response), "/callback?outcome=over");
    assert_eq!(cleared(&answer.response), [trip.name()]);
}

#[test]
fn a_seller_who_says_no_reads_so() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let no = trip.back("error=access_denied&error_description=user_denied");
    assert_eq!(ends(&world, &handlers, &trip, &no), Outcome::Declined);
}

#[test]
fn a_refusal_or_code_without_state_touches_no_attempt() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    for (target, outcome, code) in [
        (
            "/callback?error=access_denied",
            Outcome::Declined,
            "denied_unverified",
        ),
        ("/callback?code=sq0cgb-1", Outcome::Over, "state_missing"),
        ("/callback", Outcome::Over, "state_missing"),
        (
            "/callback?outcome=unheard-of",
            Outcome::Over,
            "state_missing",
        ),
    ] {
        let answer = answered(world.run(handlers.callback(&trip.jar.on(get(target, FOREIGN)))));
        assert_eq!(answer.outcome, Some(outcome), "{target}");
        assert_eq!(answer.error.unwrap().code(), code);
        clean(&answer.response);
        assert!(all(&answer.response, "set-cookie").is_empty());
    }
}

#[test]
fn two_states_in_one_address_are_nobodys() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let mut twice = trip.allowed();
    twice.target.push_str("&state=another");
    let answer = answered(world.run(handlers.callback(&twice)));
    assert_eq!(answer.error.unwrap().code(), "parameter_duplicated");
}

#[test]
fn the_cookie_is_cleared_whatever_comes_back() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let neither = trip.back("response_type=code");
    assert_eq!(ends(&world, &handlers, &trip, &neither), Outcome::Over);
}

#[test]
fn an_attempt_of_another_tab_or_browser_is_not_this_ones() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let (trip, other) = (Trip::start(&handlers), Trip::start(&handlers));
    // The other's value under this one's name, as a neighbour could plant it.
    let planted = Jar(vec![(trip.name().to_owned(), other.jar.0[0].1.clone())]);
    let request = planted.on(get(&trip.allowed().target, FOREIGN));
    let answer = answered(world.run(handlers.callback(&request)));
    assert_eq!(answer.error.unwrap().code(), "state_mismatch");
    assert_eq!(cleared(&answer.response), [trip.name()]);
}

#[test]
fn a_return_address_that_was_tampered_with_is_left_out() {
    for changed in [
        "%2F%2Fevil.example",
        "https%3A%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "",
    ] {
        let world = World::new([tokens()]);
        let handlers = handlers(&world);
        let mut trip = Trip::start(&handlers);
        let value = trip.jar.0[0].1.replace("%2Fsettings", changed);
        trip.jar.0[0].1 = value;
        let connected = connected(world.run(handlers.callback(&trip.allowed())));
        assert_eq!(clean(&connected.stored()), "/home", "{changed}");
    }
}

#[test]
fn a_return_address_comes_back_whole() {
    let world = World::new([tokens()]);
    let handlers = handlers(&world);
    let path = "/a?b=c;d,e~f&g=%7E+#h";
    let encoded: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let trip = Trip::starting_at(&handlers, &format!("/connect?return_to={encoded}"));
    let connected = connected(world.run(handlers.callback(&trip.allowed())));
    assert_eq!(one(&connected.stored(), "location"), path);
}

#[test]
fn the_kind_decides_which_page_a_seller_gets() {
    let quota = r#"{"errors":[{"category":"RATE_LIMIT_ERROR","code":"RATE_LIMITED"}]}"#;
    let application = r#"{"message":"Not Authorized","type":"service.not_authorized"}"#;
    let cases: [(Step, Outcome); 5] = [
        (answer(429, quota), Outcome::Later),
        (answer(503, "<html>"), Outcome::Later),
        (
            fail(Delivery::Unknown, SendCause::Connection),
            Outcome::Later,
        ),
        (answer(401, application), Outcome::Failed),
        (answer(200, "<html>"), Outcome::Failed),
    ];
    for (step, outcome) in cases {
        let world = World::new([step]);
        let handlers = handlers(&world);
        let trip = Trip::start(&handlers);
        assert_eq!(ends(&world, &handlers, &trip, &trip.allowed()), outcome);
    }
}

#[test]
fn the_exchange_can_be_sent_by_other_means_and_with_options() {
    let world = World::new([tokens()]);
    let handlers = handlers(&world);
    let trip = Trip::start(&handlers);
    let Arrival::Exchange(exchange) = handlers.arrive(&trip.allowed()) else {
        panic!()
    };
    let grant = ObtainToken::authorization_code(exchange.callback().clone());
    let exchanged = world.run(world.client().obtain_token(grant));
    let returned = exchange.ended(exchanged);
    let access_token = connected(returned).tokens().access_token().clone();
    assert_eq!(access_token, Secret::from("EAAA-canary"));

    let Arrival::Exchange(exchange) = handlers.arrive(&trip.allowed()) else {
        panic!()
    };
    let failed: Result<_, OAuthError> =
        Err("mars".parse::<square_oauth::Environment>().unwrap_err());
    let answer = answered(exchange.ended(failed));
    assert_eq!(answer.outcome, Some(Outcome::Failed));
    assert_eq!(answer.error.unwrap().kind(), ErrorKind::InvalidInput);
}
