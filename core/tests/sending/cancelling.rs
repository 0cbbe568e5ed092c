//! Cancelling a call is dropping its future, at any moment of it.

use super::{
    broken, refresh,
    support_host::{Step, World, answer},
    tokens,
};

/// A call with something of everything: a time-out, a wait that Square asks for, an answer.
fn script() -> [Step; 3] {
    [
        Step::NEVER,
        answer(503, "").with_retry_after("3").after_ms(100),
        tokens().after_ms(100),
    ]
}

#[test]
fn dropping_at_every_stage_aborts_the_exchange_and_leaves_no_timer() {
    let mut stages = 0;
    for waits in 0.. {
        let world = World::new(script());
        let client = world.client();
        if !world
            .time
            .run_until_waited(waits, client.obtain_token(refresh()))
        {
            break;
        }
        stages += 1;
        assert_eq!(world.time.timers(), 0, "after {waits} waits");
        let sent = world.network.sent();
        assert!(
            sent.iter().all(|sent| sent.until.is_some()),
            "after {waits} waits"
        );
    }
    assert!(stages >= 4, "{stages}");
}

#[test]
fn nothing_more_is_sent_after_dropping() {
    for (waits, count) in [(0, 1), (1, 2), (2, 2), (3, 3)] {
        let world = World::new(script());
        let client = world.client();
        assert!(
            world
                .time
                .run_until_waited(waits, client.obtain_token(refresh()))
        );
        assert_eq!(world.network.count(), count, "after {waits} waits");
    }
}

#[test]
fn a_future_that_was_never_polled_sends_nothing() {
    let world = World::new([]);
    drop(world.client().obtain_token(refresh()));
    assert_eq!(world.network.count(), 0);
}

#[test]
fn a_client_serves_on_after_a_call_was_dropped() {
    let world = World::new([Step::NEVER, broken(), tokens()]);
    let client = world.client();
    assert!(
        world
            .time
            .run_until_waited(0, client.obtain_token(refresh()))
    );
    world.run(client.obtain_token(refresh())).unwrap();
}

#[test]
fn calls_can_move_between_threads() {
    const fn is_send<T: Send>(_: &T) {}
    let world = World::new([]);
    let client = world.client();
    is_send(&client.obtain_token(refresh()));
    is_send(&client.complete("", ""));
    is_send(&client.check_application());
}
