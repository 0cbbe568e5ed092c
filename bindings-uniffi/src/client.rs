//! The client: authorize, complete, the three calls.
//!
//! A call is begun here and carried out by whoever waits for it: a thread or an event loop.

use std::sync::{Arc, Once};

use square_oauth::{
    Authorize, ClientOptions,
    host::{Clock, Host},
    native::{NativeOptions, OsEntropy, SystemClock},
};

use crate::{
    application::Application,
    authorization::Authorization,
    call::{Answer, Call},
    callback::Callback,
    clock::ManualClock,
    environment::Environment,
    error::OAuthError,
    live::Live,
    logging,
    obtain_token::ObtainToken,
    options::{Language, NetworkOptions},
    revoke_token::RevokeToken,
    runtime::{SpawningTransport, Timers},
    secret::Secret,
};

/// The client without memory. Make it once. It may be used from any thread and any number of event
/// loops, and on both sides of a fork; a call that is cancelled is aborted.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct OAuthClient {
    pub(crate) inner: square_oauth::OAuthClient,
    _live: Live,
}

#[uniffi::export]
impl OAuthClient {
    /// Make a client; everything that can be checked without sending is checked here.
    #[uniffi::constructor(default(options = None, network = None, clock = None))]
    pub fn new(
        environment: &Environment,
        application: &Application,
        language: Language,
        options: Option<ClientOptions>,
        network: Option<NetworkOptions>,
        clock: Option<Arc<ManualClock>>,
    ) -> Result<Self, OAuthError> {
        static PANICS: Once = Once::new();
        PANICS.call_once(logging::report_panics);
        let network = network.map_or_else(NativeOptions::default, NativeOptions::from);
        let host = Host {
            transport: Arc::new(SpawningTransport::new(network)?),
            clock: clock.map_or_else(system_clock, |clock| clock.inner.clone()),
            entropy: Arc::new(OsEntropy),
            runtime: Arc::new(Timers),
            language: language.name(),
        };
        let inner = square_oauth::OAuthClient::with_host(
            environment.inner.clone(),
            application.inner.clone(),
            &options.unwrap_or_default(),
            host,
        )?;
        let _live = Live::new();
        Ok(Self { inner, _live })
    }

    /// Make the address to send a seller to, and what to keep until they are back.
    pub fn authorize(&self, options: Authorize) -> Result<Authorization, OAuthError> {
        let scopes = square_oauth::scopes(options.scopes);
        let authorization = self.inner.authorize(Authorize { scopes, ..options })?;
        Ok(authorization.into())
    }

    /// Check the seller's return without exchanging its code.
    pub fn check_callback(&self, callback: &str, pending: &str) -> Result<Callback, OAuthError> {
        Ok(self.inner.check_callback(callback, pending)?.into())
    }

    /// Check the seller's return and exchange its code for tokens. Sent once, never repeated.
    pub fn complete(&self, callback: &Secret, pending: &Secret) -> Arc<Call> {
        let (client, callback, pending) = (
            self.inner.clone(),
            callback.inner.clone(),
            pending.inner.clone(),
        );
        Call::of(async move {
            let completing = client.complete(callback.expose(), pending.expose());
            Ok(completing.await?.into())
        })
    }

    /// Exchange a code, a refresh token or a migration token for tokens.
    pub fn obtain_token(&self, request: &ObtainToken) -> Arc<Call> {
        let (client, request) = (self.inner.clone(), request.inner.clone());
        Call::of(async move { Ok(client.obtain_token(request).await?.into()) })
    }

    /// End tokens at Square.
    pub fn revoke_token(&self, request: &RevokeToken) -> Arc<Call> {
        let (client, request) = (self.inner.clone(), request.inner.clone());
        Call::of(async move {
            client.revoke_token(request).await?;
            Ok(Answer::Done)
        })
    }

    /// Ask what an access token is good for: scopes, end, application, seller.
    pub fn retrieve_token_status(&self, access_token: &Secret) -> Arc<Call> {
        let (client, access_token) = (self.inner.clone(), access_token.inner.clone());
        Call::of(async move {
            let status = client.retrieve_token_status(access_token).await?;
            Ok(Answer::Status { status })
        })
    }

    /// Ask Square whether ID, secret and environment are right. Needs no seller.
    pub fn check_application(&self) -> Arc<Call> {
        let client = self.inner.clone();
        Call::of(async move {
            client.check_application().await?;
            Ok(Answer::Done)
        })
    }
}

fn system_clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock::default())
}

impl core::fmt::Debug for OAuthClient {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(&self.inner, f)
    }
}
