//! Ready ports for native programs: an HTTP transport with TLS, the system's clock and entropy,
//! tokio's timers.

mod clock;
mod entropy;
mod headers;
mod runtime;
mod targets;
mod tls;
mod transport;

use std::sync::Arc;

pub use clock::SystemClock;
pub use entropy::OsEntropy;
pub use runtime::TokioRuntime;
pub use transport::{NativeOptions, NativeTransport, Proxy};

use crate::{
    client::OAuthClient,
    error::OAuthError,
    host::Host,
    model::{Application, Environment},
    protocol::ClientOptions,
};

impl Host {
    /// The native ports. Calls have to run on a tokio runtime with its timers and I/O enabled, as
    /// `#[tokio::main]` and `Builder::enable_all` make it; tokio panics on one without.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use square_oauth::{host::{Host, ManualClock}, native::NativeOptions};
    ///
    /// // A port can be replaced: here the clock, as a test would.
    /// let clock = Arc::new(ManualClock::at("2026-01-01T00:00:00Z".parse()?));
    /// let host = Host { clock, ..Host::native(&NativeOptions::default())? };
    /// # Ok::<(), square_oauth::OAuthError>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput`, naming the option.
    pub fn native(options: &NativeOptions) -> Result<Self, OAuthError> {
        Ok(Self {
            transport: Arc::new(NativeTransport::new(options)?),
            clock: Arc::new(SystemClock::default()),
            entropy: Arc::new(OsEntropy),
            runtime: Arc::new(TokioRuntime),
            language: "rust",
        })
    }
}

impl OAuthClient {
    /// A client over the native ports, with every option at its default. Its calls run on a tokio
    /// runtime, as [`Host::native`] says.
    ///
    /// ```
    /// use square_oauth::{Application, Environment, OAuthClient};
    ///
    /// let square = OAuthClient::new(
    ///     Environment::Sandbox,
    ///     Application::confidential("sandbox-sq0idb-example", "sandbox-sq0csb-example"),
    /// )?;
    /// # Ok::<(), square_oauth::OAuthError>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput`, naming the field.
    pub fn new(environment: Environment, application: Application) -> Result<Self, OAuthError> {
        Self::with_options(environment, application, &ClientOptions::default())
    }

    /// A client over the native ports.
    ///
    /// # Errors
    /// `InvalidInput`, naming the field.
    pub fn with_options(
        environment: Environment,
        application: Application,
        options: &ClientOptions,
    ) -> Result<Self, OAuthError> {
        let host = Host::native(&NativeOptions::default())?;
        Self::with_host(environment, application, options, host)
    }
}
