//! An attempt that took too long.

use std::time::Duration;

use square_oauth::web::Outcome;

use crate::{
    browser::{clean, cleared, one, parameter},
    callback::{Trip, answered},
    handlers,
    support_host::World,
    tokens,
};

/// Longer than a seller may stay away, and shorter than the cookie's life.
const TOO_LONG: Duration = Duration::from_secs(31 * 60);

fn wait(world: &World) {
    world.run(world.time.timer(TOO_LONG));
}

#[test]
fn it_goes_back_into_a_new_one_by_itself_once() {
    let world = World::new([tokens()]);
    let handlers = handlers(&world);
    let mut trip = Trip::start(&handlers);
    let first = trip.jar.names()[0].to_owned();
    wait(&world);
    let answer = answered(world.run(handlers.callback(&trip.allowed())));
    assert_eq!(answer.outcome, None);
    assert_eq!(answer.error.unwrap().code(), "state_expired");
    assert_eq!(cleared(&answer.response), [first]);
    assert_eq!(one(&answer.response, "referrer-policy"), "no-referrer");
    let again = one(&answer.response, "location").to_owned();
    assert!(again.starts_with("https://connect.squareupsandbox.com/oauth2/authorize?"));
    trip.jar.take(&answer.response);
    trip.state = parameter(&again, "state");
    assert_eq!(trip.jar.names().len(), 1);

    // In time, it ends where the first one would have.
    let returned = world.run(handlers.callback(&trip.allowed()));
    let square_oauth::web::Returned::Connected(connected) = returned else {
        panic!()
    };
    assert_eq!(clean(&connected.stored()), "/settings");

    // Too late again, it does not go round in circles.
    wait(&world);
    let answer = answered(world.run(handlers.callback(&trip.allowed())));
    assert_eq!(answer.outcome, Some(Outcome::Expired));
    assert_eq!(clean(&answer.response), "/callback?outcome=expired");
    assert_eq!(cleared(&answer.response), [trip.jar.names()[0]]);
}

#[test]
fn the_new_one_takes_the_place_of_the_old_one_among_the_three() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let mut trip = Trip::start(&handlers);
    for _ in 0..2 {
        let other = Trip::start(&handlers);
        trip.jar.0.extend(other.jar.0);
    }
    let first = trip.jar.names()[0].to_owned();
    wait(&world);
    let answer = answered(world.run(handlers.callback(&trip.allowed())));
    assert_eq!(cleared(&answer.response), [first]);
}

#[test]
fn a_no_that_took_long_is_still_a_no_and_anything_else_took_too_long() {
    for (parameters, outcome) in [
        ("error=access_denied", Outcome::Declined),
        ("error=server_error", Outcome::Expired),
        ("response_type=code", Outcome::Expired),
        ("code=", Outcome::Expired),
    ] {
        let world = World::new([]);
        let handlers = handlers(&world);
        let trip = Trip::start(&handlers);
        wait(&world);
        let answer = answered(world.run(handlers.callback(&trip.back(parameters))));
        assert_eq!(answer.outcome, Some(outcome), "{parameters}");
        clean(&answer.response);
        assert_eq!(cleared(&answer.response), [trip.jar.names()[0]]);
    }
}

#[test]
fn an_attempt_that_was_never_there_starts_nothing() {
    let world = World::new([]);
    let handlers = handlers(&world);
    let mut trip = Trip::start(&handlers);
    trip.jar.0.clear();
    wait(&world);
    let answer = answered(world.run(handlers.callback(&trip.allowed())));
    assert_eq!(answer.outcome, Some(Outcome::Over));
}
