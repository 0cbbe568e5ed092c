//! A simulated host: time that moves only when everybody waits, a network that follows a script,
//! and a record of all that was asked of either.
#![allow(dead_code, reason = "each test crate uses a part of it")]

mod network;
mod time;

use std::sync::{Arc, Mutex};

pub(crate) use network::{Network, Step, answer, fail};
use square_oauth::{
    Application, ClientOptions, Environment, OAuthClient, Timestamp,
    host::{Clock, Entropy, EntropyError, Host, Runtime},
};
pub(crate) use time::Time;

/// 2026-01-01T00:00:00Z, where every simulation begins.
pub(crate) const START: Timestamp = Timestamp::from_unix_ms(1_767_225_600_000);
pub(crate) const SANDBOX_ID: &str = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA";
pub(crate) const SANDBOX_SECRET: &str =
    "sandbox-sq0csb-GsMOu5aWk0IXpj5tAnFvKRzoXVhTjkNGqHqEQYBdSyU";

/// Everything a client stands on, simulated.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) time: Time,
    pub(crate) network: Network,
    pub(crate) entropy: Arc<Dice>,
}

impl World {
    /// A world whose network does these steps in order, one for each request.
    pub(crate) fn new(script: impl IntoIterator<Item = Step>) -> Self {
        let time = Time::default();
        Self {
            network: Network::new(&time, script),
            time,
            entropy: Arc::new(Dice::default()),
        }
    }

    pub(crate) fn host(&self) -> Host {
        Host {
            transport: Arc::new(self.network.clone()),
            clock: Arc::new(self.time.clone()),
            entropy: self.entropy.clone(),
            runtime: Arc::new(self.time.clone()),
            language: "test",
        }
    }

    /// A client of a confidential application in the sandbox.
    pub(crate) fn client(&self) -> OAuthClient {
        let application = Application::confidential(SANDBOX_ID, SANDBOX_SECRET);
        self.client_of(application, &ClientOptions::default())
    }

    pub(crate) fn public_client(&self) -> OAuthClient {
        self.client_of(Application::public(SANDBOX_ID), &ClientOptions::default())
    }

    pub(crate) fn client_of(
        &self,
        application: Application,
        options: &ClientOptions,
    ) -> OAuthClient {
        OAuthClient::with_host(Environment::Sandbox, application, options, self.host()).unwrap()
    }

    /// Runs a future to its end, moving time whenever it waits.
    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.time.run(future)
    }
}

impl Clock for Time {
    fn now(&self) -> Timestamp {
        START.plus(self.passed())
    }

    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.passed().as_millis()).unwrap()
    }
}

impl Runtime for Time {
    fn sleep(&self, duration: std::time::Duration) -> square_oauth::host::BoxFuture<'static, ()> {
        self.note_sleep(duration);
        Box::pin(self.timer(duration))
    }
}

/// Randomness of the test's choosing.
#[derive(Default)]
pub(crate) struct Dice(Mutex<Fall>);

#[derive(Clone, Copy, Default)]
pub(crate) enum Fall {
    /// Every byte is this one.
    Always(u8),
    /// Different every time.
    #[default]
    Varied,
    /// The source is broken.
    Broken,
}

impl Dice {
    pub(crate) fn set(&self, fall: Fall) {
        *self.0.lock().unwrap() = fall;
    }
}

impl Entropy for Dice {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        match *self.0.lock().unwrap() {
            Fall::Always(byte) => buffer.fill(byte),
            Fall::Varied => getrandom_by_hash(buffer),
            Fall::Broken => return Err(EntropyError),
        }
        Ok(())
    }
}

/// Differing bytes without a dependency: every `RandomState` has keys of its own.
fn getrandom_by_hash(buffer: &mut [u8]) {
    use std::hash::{BuildHasher, RandomState};
    for chunk in buffer.chunks_mut(8) {
        let number = RandomState::new().hash_one(chunk.len()).to_ne_bytes();
        chunk.copy_from_slice(&number[..chunk.len()]);
    }
}
