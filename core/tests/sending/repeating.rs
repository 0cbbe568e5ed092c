//! Which outcomes are tried again, how often, and on what connection.

use square_oauth::{RevokeToken, host::Delivery, host::SendCause};

use super::{
    broken, code, refresh, refused,
    support_host::{Step, World, answer, fail},
    tokens,
};

#[test]
fn three_attempts_are_the_most() {
    let world = World::new([broken(), broken(), broken()]);
    let error = world
        .run(world.client().obtain_token(refresh()))
        .unwrap_err();
    assert_eq!((error.code(), error.retryable()), ("interrupted", true));
    assert_eq!(world.network.count(), 3);
}

#[test]
fn every_status_that_may_pass_is_tried_again_and_no_other() {
    for status in [408, 421, 425, 429, 500, 501, 502, 503, 504, 521, 600, 999] {
        let world = World::new([answer(status, ""), tokens()]);
        let tokens = world.run(world.client().obtain_token(refresh()));
        assert!(tokens.is_ok(), "{status}");
    }
    for status in [
        100, 201, 204, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 409, 418,
    ] {
        let world = World::new([answer(status, "")]);
        let error = world
            .run(world.client().obtain_token(refresh()))
            .unwrap_err();
        assert_eq!(world.network.count(), 1, "{status}: {error}");
    }
}

#[test]
fn each_call_that_changes_nothing_the_second_time_is_tried_again() {
    let world = World::new([broken(), answer(200, r#"{"success":true}"#)]);
    let revoke = RevokeToken::all("MLQW2MYBY81PZ");
    world.run(world.client().revoke_token(revoke)).unwrap();

    let status = r#"{"scopes":[],"client_id":"c","merchant_id":"m"}"#;
    let world = World::new([broken(), answer(200, status)]);
    world
        .run(world.client().retrieve_token_status("EAAA"))
        .unwrap();

    let migration = square_oauth::ObtainToken::migration_token("sq0atp-old");
    let world = World::new([broken(), tokens()]);
    world.run(world.client().obtain_token(migration)).unwrap();
}

#[test]
fn a_connection_that_broke_is_not_trusted_again_but_one_that_answered_is() {
    let world = World::new([broken(), tokens()]);
    world.run(world.client().obtain_token(refresh())).unwrap();
    assert_eq!(world.network.hints(), [false, true]);

    let world = World::new([answer(503, ""), tokens()]);
    world.run(world.client().obtain_token(refresh())).unwrap();
    assert_eq!(world.network.hints(), [false, false]);

    let world = World::new([broken(), answer(503, ""), tokens()]);
    world.run(world.client().obtain_token(refresh())).unwrap();
    assert_eq!(world.network.hints(), [false, true, true]);
}

#[test]
fn what_was_certainly_not_sent_is_tried_again_whatever_it_is() {
    for request in [code(), refresh()] {
        let world = World::new([refused(), refused(), tokens()]);
        world.run(world.client().obtain_token(request)).unwrap();
    }
    let world = World::new([refused(), refused(), refused()]);
    let error = world.run(world.client().obtain_token(code())).unwrap_err();
    assert_eq!((error.code(), error.retryable()), ("not_sent", true));
    assert!(!error.request_may_have_arrived());
}

#[test]
fn a_program_without_a_runtime_is_told_at_once() {
    let world = World::new([fail(Delivery::NotSent, SendCause::NoRuntime)]);
    let error = world
        .run(world.client().obtain_token(refresh()))
        .unwrap_err();
    assert_eq!(error.code(), "not_sent");
    assert!(
        error.to_string().contains("no runtime to send on"),
        "{error}"
    );
}

#[test]
fn not_sent_names_the_proxy_and_tls() {
    for (cause, word) in [(SendCause::Proxy, "proxy"), (SendCause::Tls, "TLS")] {
        let world = World::new([(); 3].map(|()| fail(Delivery::NotSent, cause)));
        let error = world.run(world.client().obtain_token(code())).unwrap_err();
        assert_eq!(error.code(), "not_sent");
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn a_refusal_to_connect_does_not_unsay_that_an_earlier_attempt_may_have_arrived() {
    let world = World::new([broken(), refused(), refused()]);
    let error = world
        .run(world.client().obtain_token(refresh()))
        .unwrap_err();
    assert!(error.request_may_have_arrived());
    assert_eq!(error.code(), "interrupted");
    assert!(!error.to_string().contains("Nothing was sent"), "{error}");
}

#[test]
fn the_request_is_the_same_every_time() {
    let world = World::new([Step::NEVER, broken(), tokens()]);
    world.run(world.client().obtain_token(refresh())).unwrap();
    let sent = world.network.sent();
    for again in &sent[1..] {
        assert_eq!(again.request.url, sent[0].request.url);
        assert_eq!(again.request.headers, sent[0].request.headers);
        assert_eq!(again.request.body, sent[0].request.body);
    }
}
