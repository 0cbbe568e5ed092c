//! What all handlers share.

use std::sync::Arc;

use square_oauth::{
    Authorize, ClientOptions, OAuthClient, OAuthError, Subscription, Tokens, Webhooks,
    host::{Clock, Host},
    scopes,
    web::{Pages, WebHandlers, WebOptions},
};

use crate::{
    config::{CALLBACK, CONNECT, Config, STATUS, WEBHOOK},
    connections::{Connection, Connections},
    pages,
};

/// The application: the client, the handlers over it, and what it remembers.
#[derive(Debug)]
pub struct App {
    pub(crate) square: OAuthClient,
    pub(crate) handlers: WebHandlers,
    pub(crate) connections: Connections,
    host: Host,
}

impl App {
    /// The application over these ports; `Host::native` has them ready made.
    ///
    /// # Errors
    /// `InvalidInput`, naming what of the configuration cannot be used.
    pub fn new(config: Config, host: Host) -> Result<Self, OAuthError> {
        let options = ClientOptions::default();
        let (environment, application) = (config.environment, config.application);
        let square = OAuthClient::with_host(environment, application, &options, host.clone())?;
        let notification_url = format!("{}{WEBHOOK}", config.public_url);
        let webhooks = config
            .signature_key
            .map(|key| Webhooks::new([Subscription::new(notification_url, key)]))
            .transpose()?;
        let web = WebOptions {
            public_url: config.public_url,
            // Ask for as little as your application needs.
            authorize: Authorize {
                scopes: scopes(["MERCHANT_PROFILE_READ", "PAYMENTS_READ"]),
                ..Authorize::default()
            },
            connect_path: CONNECT.to_owned(),
            callback_path: CALLBACK.to_owned(),
            return_to: STATUS.to_owned(),
            pages: Pages {
                back_label: "Your status".to_owned(),
                stylesheet: Some(pages::STYLE_PATH.to_owned()),
                ..Pages::default()
            },
            webhooks,
        };
        Ok(Self {
            handlers: WebHandlers::new(square.clone(), web)?,
            square,
            connections: Connections::default(),
            host,
        })
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.host.clock
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
