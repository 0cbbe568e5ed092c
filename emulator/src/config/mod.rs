//! What an emulator is started with.

mod application;
mod error;
mod file;
mod seller;
mod suggest;
mod switches;
pub(crate) mod validate;

use std::net::{Ipv4Addr, SocketAddr};

use serde::Deserialize;

pub(crate) use self::{application::is_loopback_name, file::explain, suggest::nearest};
pub use self::{
    application::{Application, Webhook},
    error::ConfigError,
    seller::{Location, Seller},
    switches::{
        BrokenAnswers, EarlyRefresh, ErrorShape, ExpiredCode, NeverExpires, RateLimit, RefusalKind,
        Switches, TokenLimit, UnknownScopes,
    },
};
use crate::timestamp::Timestamp;

/// What an emulator is started with. `Config::default()` is a complete one: a confidential and a public
/// application, two sellers, a free loopback port.
///
/// ```
/// use square_oauth_emulator::{Application, Config};
///
/// let config = Config {
///     applications: vec![Application {
///         redirect_uri: Some("http://localhost:3000/callback".to_owned()),
///         ..Application::confidential("Shop Sync")
///     }],
///     ..Config::default()
/// };
/// # let _ = config;
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where to listen; port 0 takes a free one. Default `127.0.0.1:0`.
    pub listen: SocketAddr,
    /// The origin under which browsers reach the emulator, when it is another than `http://` and
    /// the address it listens on. Default: none.
    pub public_url: Option<String>,
    /// Host names, beyond loopback ones and that of `public_url`, under which requests are
    /// answered. Default: none.
    pub allow_hosts: Vec<String>,
    /// The seed of all codes, tokens and ids. Default 0.
    pub seed: u64,
    /// Where the clock stands still at start. Default: none, the clock runs with the machine's.
    pub clock: Option<Timestamp>,
    /// How many requests are remembered for the control API; the oldest go. Default 1000.
    pub request_log: usize,
    /// How many access tokens, and how many refresh tokens, one seller may have. Default 1000.
    pub tokens_per_seller: usize,
    /// The applications; the first one is the one the start-up line names.
    pub applications: Vec<Application>,
    /// The sellers; the first one is the one that `auto_approve` takes.
    pub sellers: Vec<Seller>,
    /// How to behave where Square's behaviour is unknown, has changed, or is to be tried out.
    pub switches: Switches,
}

impl Config {
    /// Read a TOML configuration.
    ///
    /// # Errors
    /// A [`ConfigError`] naming line and field, and the nearest real name where a name is unknown.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        file::read(text)
    }

    /// Check what the types cannot say.
    pub(crate) fn validate(&self) -> Result<(), ConfigError> {
        validate::validate(self)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            allow_hosts: Vec::new(),
            seed: 0,
            clock: None,
            request_log: 1000,
            tokens_per_seller: 1000,
            applications: vec![
                Application::confidential("Built-in application"),
                Application::public("Built-in public application"),
            ],
            sellers: vec![
                Seller::named("Rosa's Bakery"),
                Seller::named("Blue Bottle Bikes"),
            ],
            switches: Switches::default(),
        }
    }
}
