//! How long is waited between attempts.

use std::time::Duration;

use super::{
    broken, code, refresh,
    support_host::{Fall, START, Step, World, answer},
    tokens,
};

/// The waits between three attempts that break at once.
fn waits(fall: Fall) -> [Duration; 2] {
    let world = World::new([broken(), broken(), tokens()]);
    world.entropy.set(fall);
    world.run(world.client().obtain_token(refresh())).unwrap();
    let sent = world.network.sent();
    [sent[1].at - sent[0].at, sent[2].at - sent[1].at]
}

#[test]
fn the_back_off_is_anything_up_to_its_bound_which_doubles() {
    assert_eq!(waits(Fall::Always(0)), [Duration::ZERO; 2]);
    let most = [Duration::from_millis(500), Duration::from_secs(1)];
    assert_eq!(waits(Fall::Always(0xff)), most);
    let half = waits(Fall::Always(0x80));
    for (wait, most) in half.iter().zip(most) {
        assert!(*wait > most * 2 / 5 && *wait < most * 3 / 5, "{half:?}");
    }
}

#[test]
fn two_clients_that_failed_together_do_not_come_back_together() {
    let all: std::collections::HashSet<_> = (0..20).map(|_| waits(Fall::Varied)).collect();
    assert!(all.len() > 10, "{all:?}");
}

#[test]
fn without_randomness_the_back_off_is_its_bound_but_nobody_is_sent_to_square() {
    let most = [Duration::from_millis(500), Duration::from_secs(1)];
    assert_eq!(waits(Fall::Broken), most);

    let world = World::new([]);
    world.entropy.set(Fall::Broken);
    let options = square_oauth::Authorize {
        scopes: square_oauth::scopes(["PAYMENTS_READ"]),
        ..Default::default()
    };
    let error = world.client().authorize(options).unwrap_err();
    assert_eq!(error.code(), "entropy_failed");
    assert_eq!(error.kind().name(), "internal");
}

#[test]
fn the_wait_that_square_asks_for_is_kept_to_the_millisecond() {
    // Three seconds after the simulation's start, as a date.
    let date = "Thu, 01 Jan 2026 00:00:03 GMT";
    for (value, wait) in [("3", 3), (date, 3), ("1, 7", 7), ("10", 10)] {
        for status in [429, 503] {
            let busy = answer(status, "").with_retry_after(value);
            let world = World::new([busy, tokens()]);
            world.run(world.client().obtain_token(refresh())).unwrap();
            let waited = world.network.sent()[1].at;
            assert_eq!(waited, Duration::from_secs(wait), "{status} {value}");
        }
    }
    assert_eq!(START.to_string(), "2026-01-01T00:00:00Z");
}

#[test]
fn a_wait_that_means_nothing_is_a_back_off() {
    for value in ["soon", "-1", "0", "Wed, 31 Dec 2025 23:59:59 GMT", ""] {
        let world = World::new([answer(503, "").with_retry_after(value), tokens()]);
        world.entropy.set(Fall::Always(0xff));
        world.run(world.client().obtain_token(refresh())).unwrap();
        let waited = world.network.sent()[1].at;
        assert_eq!(waited, Duration::from_millis(500), "{value}");
    }
}

#[test]
fn a_wait_beyond_what_remains_is_an_error_at_once_that_names_it() {
    for (after_ms, value) in [(0, "15"), (0, "3600"), (4_000, "11")] {
        let busy = answer(429, "").with_retry_after(value).after_ms(after_ms);
        let world = World::new([busy]);
        let error = world
            .run(world.client().obtain_token(refresh()))
            .unwrap_err();
        assert_eq!(error.kind().name(), "rate_limited");
        let seconds: u64 = value.parse().unwrap();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert_eq!(world.time.passed(), Duration::from_millis(after_ms));
    }
}

#[test]
fn a_single_use_grant_gets_the_wait_to_itself() {
    let world = World::new([answer(429, "").with_retry_after("2")]);
    let error = world.run(world.client().obtain_token(code())).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    assert!(error.retryable());
    assert_eq!(world.time.passed(), Duration::ZERO);
}

#[test]
fn nothing_is_left_ticking_after_a_call() {
    for script in [
        vec![tokens()],
        vec![broken(), tokens()],
        vec![Step::NEVER, Step::NEVER],
    ] {
        let world = World::new(script);
        let _ = world.run(world.client().obtain_token(refresh()));
        assert_eq!(world.time.timers(), 0);
    }
}
