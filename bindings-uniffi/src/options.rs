//! How a client behaves, and how it reaches Square.

use core::time::Duration;
use std::sync::Arc;

pub use square_oauth::ClientOptions;
use square_oauth::native;

use crate::secret::Secret;

/// How a client behaves; `default_client_options` has the values that are right for a server.
#[uniffi::remote(Record)]
pub struct ClientOptions {
    /// The total of one call: attempts, back-off and body; from 100 ms to 10 min.
    pub timeout: Duration,
    /// How long a seller may stay away between authorize and callback; from 1 minute to 24 hours.
    pub pending_lifetime: Duration,
    /// The `Square-Version` header, `YYYY-MM-DD`; none leaves it to the application's setting in
    /// Square's console.
    pub square_version: Option<String>,
}

/// Give the options that are right for a server.
#[uniffi::export]
pub fn default_client_options() -> ClientOptions {
    ClientOptions::default()
}

/// How a client reaches Square.
#[derive(Clone, Debug, uniffi::Record)]
pub struct NetworkOptions {
    /// The proxy to go through. Loopback is always reached directly.
    pub proxy: Proxy,
    /// PEM certificates to trust beside the platform's, e.g. of a company's proxy.
    #[uniffi(default = None)]
    pub extra_root_certificates: Option<Vec<u8>>,
}

/// Which proxy to go through.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Proxy {
    /// What `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    Environment,
    /// None, whatever the environment says.
    None,
    /// This one, an `http://` or `https://` URL; it may hold a user name and password.
    Url {
        /// The URL.
        url: Arc<Secret>,
    },
}

/// The language of the program, which the `User-Agent` header names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Language {
    /// Python.
    Python,
    /// Kotlin, and Java through it.
    Kotlin,
    /// Swift.
    Swift,
    /// Ruby.
    Ruby,
}

impl Language {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
            Self::Ruby => "ruby",
        }
    }
}

impl From<NetworkOptions> for native::NativeOptions {
    fn from(options: NetworkOptions) -> Self {
        let NetworkOptions {
            proxy,
            extra_root_certificates,
        } = options;
        Self {
            proxy: match proxy {
                Proxy::Environment => native::Proxy::Environment,
                Proxy::None => native::Proxy::None,
                Proxy::Url { url } => native::Proxy::Url(url.inner.clone()),
            },
            extra_root_certificates: extra_root_certificates.unwrap_or_default(),
        }
    }
}
