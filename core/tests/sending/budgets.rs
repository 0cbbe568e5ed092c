//! How the time of a call is shared out.

use std::{sync::Arc, time::Duration};

use square_oauth::{
    Application, ClientOptions, Environment, OAuthClient,
    host::{Host, ManualClock},
};

use super::{
    broken, code, refresh,
    support_host::{SANDBOX_ID, SANDBOX_SECRET, START, Step, World, answer},
    tokens,
};

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn with_timeout(world: &World, timeout: Duration) -> OAuthClient {
    let options = ClientOptions {
        timeout,
        ..ClientOptions::default()
    };
    let application = Application::confidential(SANDBOX_ID, SANDBOX_SECRET);
    world.client_of(application, &options)
}

/// A client whose clock nobody moves, as in a user's own tests.
fn with_standing_clock(world: &World) -> OAuthClient {
    let host = Host {
        clock: Arc::new(ManualClock::at(START)),
        ..world.host()
    };
    let application = Application::confidential(SANDBOX_ID, SANDBOX_SECRET);
    OAuthClient::with_host(
        Environment::Sandbox,
        application,
        &ClientOptions::default(),
        host,
    )
    .unwrap()
}

#[test]
fn the_first_of_several_attempts_gets_a_third_and_the_next_a_fresh_connection() {
    let world = World::new([Step::NEVER, tokens()]);
    world.run(world.client().obtain_token(refresh())).unwrap();
    let sent = world.network.sent();
    assert_eq!(sent[0].took(), ms(5_000));
    assert_eq!(sent[1].at, ms(5_000), "a time-out needs no back-off");
    assert_eq!(world.network.hints(), [false, true]);
}

#[test]
fn the_first_of_several_attempts_gets_two_seconds_at_least() {
    let world = World::new([Step::NEVER, Step::NEVER]);
    let client = with_timeout(&world, ms(3_000));
    let error = world.run(client.obtain_token(refresh())).unwrap_err();
    assert_eq!(error.code(), "timeout");
    let took: Vec<_> = world.network.sent().iter().map(|s| s.took()).collect();
    assert_eq!(took, [ms(2_000), ms(1_000)]);
}

#[test]
fn a_timeout_under_two_seconds_is_one_attempt() {
    let world = World::new([Step::NEVER]);
    let client = with_timeout(&world, ms(1_000));
    let error = world.run(client.obtain_token(refresh())).unwrap_err();
    assert_eq!((error.code(), error.retryable()), ("timeout", true));
    assert!(error.request_may_have_arrived());
    assert_eq!(world.time.passed(), ms(1_000));
}

#[test]
fn the_second_attempt_may_use_all_that_remains() {
    let world = World::new([Step::NEVER, tokens().after_ms(9_999)]);
    world.run(world.client().obtain_token(refresh())).unwrap();
    assert_eq!(world.time.passed(), ms(14_999));
}

#[test]
fn a_call_that_may_not_be_repeated_gets_all_the_time_on_a_fresh_connection() {
    let world = World::new([tokens().after_ms(14_999)]);
    world.run(world.client().obtain_token(code())).unwrap();
    assert_eq!(world.network.hints(), [true]);

    let world = World::new([Step::NEVER]);
    let error = world.run(world.client().obtain_token(code())).unwrap_err();
    assert_eq!((error.code(), error.retryable()), ("timeout", false));
    assert_eq!(world.network.sent()[0].took(), ms(15_000));
}

#[test]
fn checking_the_application_is_a_call_that_may_be_repeated() {
    let world = World::new([
        Step::NEVER,
        answer(
            401,
            r#"{"errors":[{"detail":"Authorization code not found for app x"}]}"#,
        ),
    ]);
    world.run(world.client().check_application()).unwrap();
    assert_eq!(world.network.hints(), [false, true]);
}

#[test]
fn a_clock_that_stands_still_does_not_stretch_attempts_that_time_out() {
    let world = World::new([Step::NEVER, Step::NEVER]);
    let client = with_standing_clock(&world);
    let error = world.run(client.obtain_token(refresh())).unwrap_err();
    assert_eq!(error.code(), "timeout");
    assert_eq!(world.time.passed(), ms(15_000));
}

#[test]
fn a_clock_that_stands_still_does_not_stretch_attempts_that_fail_late() {
    let world = World::new([
        broken().after_ms(4_999),
        broken().after_ms(9_000),
        Step::NEVER,
    ]);
    let client = with_standing_clock(&world);
    let error = world.run(client.obtain_token(refresh())).unwrap_err();
    assert_eq!(error.kind().name(), "transport");
    assert!(
        world.time.passed() <= ms(15_000),
        "{:?}",
        world.time.passed()
    );
}

#[test]
fn a_clock_that_stands_still_does_not_stretch_a_wait_that_square_asks_for() {
    let busy = || answer(503, "{}").with_retry_after("12");
    let world = World::new([busy().after_ms(4_000), tokens()]);
    let client = with_standing_clock(&world);
    let error = world.run(client.obtain_token(refresh())).unwrap_err();
    assert_eq!(error.code(), "server_error");
    assert_eq!(error.retry_after(), Some(ms(12_000)));
    assert!(
        world.time.passed() <= ms(15_000),
        "{:?}",
        world.time.passed()
    );
}

#[test]
fn what_was_waited_is_gone_even_if_the_clock_stands_still() {
    let busy = |wait| answer(503, "{}").with_retry_after(wait);
    let world = World::new([busy("3"), busy("13")]);
    let client = with_standing_clock(&world);
    let error = world.run(client.obtain_token(refresh())).unwrap_err();
    assert_eq!(error.retry_after(), Some(ms(13_000)));
    assert_eq!(world.time.passed(), ms(3_000), "12 s are left");
}

#[test]
fn a_wait_past_the_first_attempts_share_counts_once() {
    // The share ends at 5 s, in the middle of the wait; 15 s less 8 s leave room for 6 s more.
    let busy = |wait| answer(503, "{}").with_retry_after(wait);
    for stands in [false, true] {
        let world = World::new([busy("8"), busy("6"), tokens()]);
        let client = if stands {
            with_standing_clock(&world)
        } else {
            world.client()
        };
        world.run(client.obtain_token(refresh())).unwrap();
        assert_eq!(world.time.passed(), ms(14_000));
    }
}
