//! What holds for every script, clock and grant: the total, the attempts, what is never repeated.

use std::{sync::Arc, time::Duration};

use proptest::prelude::*;
use square_oauth::{
    Application, ClientOptions, Environment, OAuthClient,
    host::{Host, ManualClock},
};

use super::{
    broken, code, refresh, refused,
    support_host::{SANDBOX_ID, SANDBOX_SECRET, START, Step, World, answer},
    tokens,
};

#[derive(Clone, Copy, Debug)]
enum Fate {
    Never,
    Broken,
    Refused,
    Tokens,
    Status(u16, Option<u32>),
}

impl Fate {
    fn step(self, after_ms: u64) -> Step {
        let step = match self {
            Self::Never => Step::NEVER,
            Self::Broken => broken(),
            Self::Refused => refused(),
            Self::Tokens => tokens(),
            Self::Status(status, None) => answer(status, ""),
            Self::Status(status, Some(wait)) => {
                answer(status, "").with_retry_after(&wait.to_string())
            }
        };
        step.after_ms(after_ms)
    }
}

fn fate() -> impl Strategy<Value = Fate> {
    let status = prop::sample::select(vec![200_u16, 302, 400, 401, 404, 408, 429, 500, 503]);
    prop_oneof![
        Just(Fate::Never),
        Just(Fate::Broken),
        Just(Fate::Refused),
        Just(Fate::Tokens),
        (status, prop::option::of(0_u32..40)).prop_map(|(status, wait)| Fate::Status(status, wait)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_call_outlasts_its_timeout_or_repeats_what_it_must_not(
        fates in prop::array::uniform3((fate(), 0_u64..12_000)),
        timeout_ms in prop::sample::select(vec![100_u64, 1_000, 2_500, 7_000, 15_000]),
        clock_stands in any::<bool>(),
        is_single_use in any::<bool>(),
    ) {
        let world = World::new(fates.map(|(fate, after)| fate.step(after)));
        let host = world.host();
        let host = if clock_stands {
            Host { clock: Arc::new(ManualClock::at(START)), ..host }
        } else {
            host
        };
        let timeout = Duration::from_millis(timeout_ms);
        let client = OAuthClient::with_host(
            Environment::Sandbox,
            Application::confidential(SANDBOX_ID, SANDBOX_SECRET),
            &ClientOptions { timeout, ..ClientOptions::default() },
            host,
        ).unwrap();
        let request = if is_single_use { code() } else { refresh() };

        let result = world.run(client.obtain_token(request));

        prop_assert!(world.time.passed() <= timeout);
        prop_assert_eq!(world.time.timers(), 0);
        let count = world.network.count();
        prop_assert!((1..=3).contains(&count));
        let earlier = &fates[..count - 1];
        if is_single_use {
            prop_assert!(earlier.iter().all(|(fate, _)| matches!(fate, Fate::Refused)));
            prop_assert!(world.network.hints().iter().all(|hint| *hint));
        }
        if let Err(error) = &result {
            // A 429 says itself that nothing was carried out.
            let was_in_time = |at: usize| {
                world.network.sent()[at].took() == Duration::from_millis(fates[at].1)
            };
            let is_sure = (0..count).all(|at| was_in_time(at) && match fates[at].0 {
                Fate::Refused => true,
                Fate::Status(429, _) => at + 1 < count,
                _ => false,
            });
            prop_assert_eq!(error.request_may_have_arrived(), !is_sure);
            prop_assert_eq!(error.code() == "not_sent", is_sure);
            if is_single_use && error.request_may_have_arrived() {
                prop_assert_eq!(error.retryable(), error.http_status() == Some(429));
            }
        }
    }
}
