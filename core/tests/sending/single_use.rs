//! What is good for one use is never sent twice once a byte of it may have left.

use square_oauth::ObtainToken;

use super::{
    broken, code, refresh, refused,
    support_host::{Step, World, answer},
    tokens,
};

/// Each single-use grant, with the world it is sent in.
fn single_use(script: &[Step]) -> [(World, square_oauth::OAuthClient, ObtainToken); 3] {
    let verifier = "v".repeat(43);
    let pkce = ObtainToken::authorization_code_unchecked("c", None, Some(verifier.into()));
    [(false, code()), (true, pkce), (true, refresh())].map(|(is_public, request)| {
        let world = World::new(script.iter().cloned());
        let client = if is_public {
            world.public_client()
        } else {
            world.client()
        };
        (world, client, request)
    })
}

#[test]
fn nothing_that_may_have_spent_it_is_tried_again() {
    for step in [
        broken(),
        Step::NEVER,
        answer(500, "{}"),
        answer(503, "").with_retry_after("1"),
        answer(408, ""),
        answer(429, ""),
        answer(302, ""),
        answer(200, "{}"),
        answer(200, "<html>"),
    ] {
        for (world, client, request) in single_use(&[step]) {
            let error = world.run(client.obtain_token(request)).unwrap_err();
            assert_eq!(world.network.count(), 1, "{error:?}");
            assert!(error.request_may_have_arrived(), "{error:?}");
            assert_eq!(
                error.retryable(),
                error.http_status() == Some(429),
                "{error:?}"
            );
        }
    }
}

#[test]
fn after_a_try_that_was_not_sent_it_is_still_good_for_one() {
    for (world, client, request) in single_use(&[refused(), broken()]) {
        let error = world.run(client.obtain_token(request)).unwrap_err();
        assert_eq!((error.code(), error.retryable()), ("interrupted", false));
        assert_eq!(world.network.hints(), [true, true]);
    }
    for (world, client, request) in single_use(&[refused(), refused(), tokens()]) {
        world.run(client.obtain_token(request)).unwrap();
    }
}

#[test]
fn a_refresh_of_a_confidential_application_is_good_for_many() {
    let world = World::new([broken(), answer(500, ""), tokens()]);
    world.run(world.client().obtain_token(refresh())).unwrap();
    let world = World::new([broken(), broken(), answer(500, "")]);
    let error = world
        .run(world.client().obtain_token(refresh()))
        .unwrap_err();
    assert!(error.retryable() && error.request_may_have_arrived());
}
