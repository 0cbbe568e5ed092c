//! Starting and stopping an emulator.

use std::{fmt, io, net::SocketAddr, sync::Arc};

use tokio::task::JoinHandle;

use crate::{
    config::{Config, ConfigError},
    http::{Gate, Server, Shared, bind},
    state::State,
};

/// A running emulator. It stops when dropped.
///
/// ```
/// use square_oauth_emulator::{Config, Emulator};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), square_oauth_emulator::StartError> {
/// let emulator = Emulator::start(Config::default()).await?;
/// println!("{}", emulator.base_url()); // http://127.0.0.1:41234
/// emulator.stop().await;
/// # Ok(())
/// # }
/// ```
#[must_use = "an emulator stops when it is dropped"]
pub struct Emulator {
    address: SocketAddr,
    base_url: String,
    public_url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl Emulator {
    /// Start an emulator in the current tokio runtime.
    ///
    /// # Errors
    /// When the configuration contradicts itself, or the address cannot be listened on.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        config.validate().map_err(StartError::Config)?;
        let listen = config.listen;
        let listener = bind(listen)
            .await
            .map_err(|error| StartError::Listen(listen, error))?;
        let address = listener
            .local_addr()
            .map_err(|error| StartError::Listen(listen, error))?;

        let base_url = format!("http://{}", reachable(address));
        let public_url = match &config.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => base_url.clone(),
        };
        let own_names = [name_of(&base_url), name_of(&public_url)];
        let gate = Gate::new(config.allow_hosts.iter().cloned().chain(own_names));
        let state = State::new(Arc::new(config), public_url.clone(), None);
        let shared = Arc::new(Shared::new(state, gate));
        let server = Server {
            listener,
            shared: Arc::clone(&shared),
        };
        let server = tokio::spawn(server.run());
        Ok(Self {
            address,
            base_url,
            public_url,
            shared,
            server,
        })
    }

    /// Where the emulator listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for an application's calls, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The origin for browsers: the base URL, unless the configuration names another.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The address of the control API, without a slash at the end.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("{}/_emulator/v1", self.base_url)
    }

    /// The first application's ID.
    #[must_use]
    pub fn client_id(&self) -> String {
        self.of_first_application(|application| application.client_id.to_string())
    }

    /// The first application's secret; empty when it is public.
    #[must_use]
    pub fn client_secret(&self) -> String {
        self.of_first_application(|application| {
            let secret = application.client_secret.as_ref();
            secret
                .map(|secret| secret.expose().to_owned())
                .unwrap_or_default()
        })
    }

    /// The first application's redirect URL.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        self.of_first_application(|application| application.redirect_uri.clone())
    }

    /// The key that signs the first application's webhooks.
    #[must_use]
    pub fn webhook_signature_key(&self) -> String {
        self.of_first_application(|application| application.webhook_key.expose().to_owned())
    }

    /// Stop, and wait until the port is free again.
    pub async fn stop(mut self) {
        self.server.abort();
        drop((&mut self.server).await);
    }

    fn of_first_application(
        &self,
        read: impl FnOnce(&crate::state::Application) -> String,
    ) -> String {
        self.shared
            .state()
            .applications
            .first()
            .map(read)
            .unwrap_or_default()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("base_url", &self.base_url)
            .field("public_url", &self.public_url)
            .finish_non_exhaustive()
    }
}

/// Why an emulator did not start.
#[derive(Debug)]
pub enum StartError {
    /// The configuration contradicts itself.
    Config(ConfigError),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => write!(f, "the configuration is wrong: {error}"),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Config(error) => Some(error),
            Self::Listen(_, error) => Some(error),
        }
    }
}

/// "Every address" is not an address to connect to; this machine's loopback one is reached by it.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        std::net::IpAddr::V4(ip) if ip.is_unspecified() => std::net::Ipv4Addr::LOCALHOST.into(),
        std::net::IpAddr::V6(ip) if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn name_of(origin: &str) -> String {
    let uri: Option<hyper::Uri> = origin.parse().ok();
    uri.and_then(|uri| uri.host().map(str::to_owned))
        .unwrap_or_default()
}
