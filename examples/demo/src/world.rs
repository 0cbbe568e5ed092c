//! Who plays: Square, an application with its server, a seller with a browser.

use square_oauth::{Application, Authorize, Environment, OAuthClient, OAuthError, Tokens, scopes};
use square_oauth_emulator::{
    Application as Registered, Config, Emulator, Seller as Account, Webhook,
};
use square_oauth_example_browser::{Browser, Decision, Seller};

use crate::{backend::Backend, failed::Failed};

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) backend: Backend,
    pub(crate) browser: Browser,
}

/// The public application's ID; the emulator makes up the confidential one's.
const PUBLIC_ID: &str = "sandbox-sq0idb-DemoWithoutSecret-0001";

impl World {
    pub(crate) async fn start() -> Result<Self, Failed> {
        let backend = Backend::start().await?;
        let redirect_uri = Some(backend.redirect_uri());
        let config = Config {
            applications: vec![
                Registered {
                    redirect_uri: redirect_uri.clone(),
                    webhook: Webhook {
                        url: Some(backend.notification_url()),
                        key: None,
                    },
                    ..Registered::confidential("Shop Sync")
                },
                Registered {
                    client_id: Some(PUBLIC_ID.to_owned()),
                    redirect_uri,
                    ..Registered::public("Shop Sync Mobile")
                },
            ],
            sellers: vec![Account::named("Rosa's Bakery")],
            ..Config::default()
        };
        let emulator = Emulator::start(config).await;
        Ok(Self {
            emulator: emulator.map_err(|error| error.to_string())?,
            backend,
            browser: Browser::default(),
        })
    }

    /// The application's client, with its secret or a wrong one.
    pub(crate) fn client(&self, secret: &str) -> Result<OAuthClient, Failed> {
        let application = Application::confidential(self.emulator.client_id(), secret);
        Ok(OAuthClient::new(self.environment()?, application)?)
    }

    pub(crate) fn square(&self) -> Result<OAuthClient, Failed> {
        self.client(&self.emulator.client_secret())
    }

    /// The client of the application without a secret.
    pub(crate) fn public(&self) -> Result<OAuthClient, Failed> {
        let application = Application::public(PUBLIC_ID);
        Ok(OAuthClient::new(self.environment()?, application)?)
    }

    /// The seller decides on the consent page, and the browser follows to the application's
    /// server; yields what arrived there.
    pub(crate) async fn decide(
        &mut self,
        authorize_url: &str,
        decision: Decision,
    ) -> Result<String, Failed> {
        let seller = Seller::default();
        let callback = seller
            .decide(&mut self.browser, authorize_url, decision)
            .await?;
        let page = self.browser.get(&callback, &[]).await;
        page.map_err(|error| error.to_string())?;
        self.backend.arrival().await
    }

    /// The whole way, where a chapter is about something else.
    pub(crate) async fn connect(&mut self, square: &OAuthClient) -> Result<Tokens, Failed> {
        let authorization = square.authorize(ask())?;
        let callback = self.decide(&authorization.url, Decision::Allow).await?;
        let pending = authorization.pending.as_str();
        Ok(square.complete(&callback, pending).await?)
    }

    fn environment(&self) -> Result<Environment, OAuthError> {
        self.emulator.base_url().parse()
    }
}

/// What the application asks sellers for.
pub(crate) fn ask() -> Authorize {
    Authorize {
        scopes: scopes(["MERCHANT_PROFILE_READ", "PAYMENTS_READ"]),
        ..Authorize::default()
    }
}

/// An address in parts to be shown: what stands before the query, and its parameters, the values of
/// secret ones taken out.
pub(crate) fn parts(url: &str) -> (&str, Vec<(&str, &str)>) {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let pairs = pairs.map(|(name, value)| match name {
        "code" | "state" | "code_challenge" => (name, "[redacted]"),
        _ => (name, value),
    });
    (address, pairs.collect())
}
