//! What all handlers share.

use std::sync::Arc;

use square_oauth::{
    Authorize, ClientOptions, OAuthClient, OAuthError, Subscription, Tokens, Webhooks,
    host::{Clock, Host},
    scopes,
};

use crate::{
    config::{Config, SetupError, WEBHOOK},
    connections::{Connection, Connections},
    cookies::Attempts,
};

/// The application: the client, and what it remembers.
#[derive(Debug)]
pub struct App {
    pub(crate) square: OAuthClient,
    pub(crate) webhooks: Option<Webhooks>,
    pub(crate) attempts: Attempts,
    pub(crate) connections: Connections,
    /// This server's own origin, as browsers write it.
    pub(crate) origin: String,
    host: Host,
}

impl App {
    /// The application over these ports; `Host::native` has them ready made.
    ///
    /// # Errors
    /// If the configuration cannot be used.
    pub fn new(config: Config, host: Host) -> Result<Self, SetupError> {
        let is_https = config.is_https()?;
        let notification_url = format!("{}{WEBHOOK}", config.public_url);
        let webhooks = config
            .signature_key
            .map(|key| Webhooks::new([Subscription::new(notification_url, key)]))
            .transpose()?;
        let options = ClientOptions::default();
        let (environment, application) = (config.environment, config.application);
        Ok(Self {
            square: OAuthClient::with_host(environment, application, &options, host.clone())?,
            webhooks,
            attempts: Attempts::new(is_https, options.pending_lifetime),
            connections: Connections::default(),
            origin: config.public_url,
            host,
        })
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.host.clock
    }

    /// Makes the address to send a seller to. Ask for as little as your application needs.
    pub(crate) fn authorize(&self) -> Result<square_oauth::Authorization, OAuthError> {
        self.square.authorize(Authorize {
            scopes: scopes(["MERCHANT_PROFILE_READ", "PAYMENTS_READ"]),
            ..Authorize::default()
        })
    }

    /// What happens when a seller has connected: store the tokens, start your own jobs.
    ///
    /// It may be called twice for one seller, who clicks again or has two tabs open, so it puts
    /// what is new in place of what was there.
    pub(crate) fn on_connected(&self, tokens: Tokens) {
        tracing::info!(merchant = tokens.merchant_id(), "connected");
        let now = self.clock().now();
        self.connections.put(Connection {
            tokens,
            connected_at: now,
            refreshed_at: now,
        });
    }
}
