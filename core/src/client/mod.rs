//! The calls over a transport: protocol plus sending.

mod send;
mod time;
mod trace;

use core::fmt;
use std::sync::Arc;

pub use self::send::Sent;
pub(crate) use self::trace::Trace;
use crate::{
    error::{OAuthError, code},
    host::{Host, HttpRequest},
    model::{
        Application, Authorization, Authorize, Callback, Environment, ObtainToken, RevokeToken,
        Secret, TokenStatus, Tokens,
    },
    protocol::{self, ClientOptions, Exchange, Repeat, Setup},
};

/// The client without memory: authorize, complete, the three calls.
///
/// Cheap to clone, and meant to be made once. Every call may be dropped at any time, which aborts
/// it.
#[derive(Clone)]
pub struct OAuthClient {
    setup: Arc<Setup>,
    host: Host,
}

impl OAuthClient {
    /// A client over ports of your own. With feature `native`, [`OAuthClient::new`] brings them.
    ///
    /// # Errors
    /// `InvalidInput`, naming the field.
    pub fn with_host(
        environment: Environment,
        application: Application,
        options: &ClientOptions,
        host: Host,
    ) -> Result<Self, OAuthError> {
        let setup = Arc::new(Setup::new(
            environment,
            application,
            options,
            host.language,
        )?);
        Ok(Self { setup, host })
    }

    /// Makes the address to send a seller to, and what to keep until they are back.
    ///
    /// # Errors
    /// `InvalidInput`, naming the field.
    pub fn authorize(&self, options: Authorize) -> Result<Authorization, OAuthError> {
        let mut random = protocol::AuthorizeRandom::new([0; 64]);
        let filled = self.host.entropy.fill(random.as_mut_bytes());
        filled.map_err(|_| OAuthError::new(code::ENTROPY_FAILED))?;
        protocol::authorize(&self.setup, &options, self.host.clock.now(), &random)
    }

    /// Checks the seller's return and exchanges its code for tokens.
    ///
    /// `callback` is a URL, a path with a query, or a query string. `pending` is what was kept
    /// under the key [`attempt`](crate::attempt), removed from there before this call; an empty
    /// text where there is none. Sent once, never repeated.
    ///
    /// # Errors
    /// `InvalidCallback` if the return does not match its start; `Denied` if the seller said no;
    /// `ReauthorizationRequired` with code `code_rejected` if the code was used or is too old;
    /// and whatever [`obtain_token`](Self::obtain_token) can fail with.
    pub async fn complete(&self, callback: &str, pending: &str) -> Result<Tokens, OAuthError> {
        let callback = self.check_callback(callback, pending)?;
        self.obtain_token(ObtainToken::authorization_code(callback))
            .await
    }

    /// Checks the seller's return without exchanging its code: the first half of
    /// [`complete`](Self::complete), for those who want options on the second.
    ///
    /// # Errors
    /// `InvalidCallback`, `Denied`, or `Rejected` with code `authorization_failed`.
    pub fn check_callback(&self, callback: &str, pending: &str) -> Result<Callback, OAuthError> {
        protocol::callback(&self.setup, callback, pending, self.host.clock.now())
    }

    /// Exchanges a code, a refresh token or a migration token for tokens.
    ///
    /// A code, and a public application's refresh token, is sent once and never repeated. In code
    /// flow a refresh is repeated where that may help.
    ///
    /// # Errors
    /// `InvalidInput` before anything is sent; `ReauthorizationRequired` if the grant is dead;
    /// `Configuration` if Square does not accept the application; `RateLimited`, `Unavailable`,
    /// `Transport`, `Protocol`, `Rejected`.
    pub async fn obtain_token(
        &self,
        request: impl Into<ObtainToken>,
    ) -> Result<Tokens, OAuthError> {
        let request = request.into();
        let trace = Trace::obtain_token(request.grant_type());
        let tokens = self
            .call(&trace, protocol::obtain_token(&self.setup, &request))
            .await?;
        for field in tokens.ignored_fields() {
            trace.ignored(field);
        }
        Ok(tokens)
    }

    /// Ends tokens at Square.
    ///
    /// # Errors
    /// `Rejected` with code `token_not_found` if they are already gone; `Configuration` with code
    /// `secret_required` for a public application, before anything is sent; and whatever else a
    /// call can fail with.
    pub async fn revoke_token(&self, request: RevokeToken) -> Result<(), OAuthError> {
        let trace = Trace::revoke_token();
        self.call(&trace, protocol::revoke_token(&self.setup, &request))
            .await
    }

    /// Asks what an access token is good for: scopes, end, application, seller.
    ///
    /// # Errors
    /// `Rejected` with code `access_token_rejected` if it is good for nothing; and whatever else
    /// a call can fail with.
    pub async fn retrieve_token_status(
        &self,
        access_token: impl Into<Secret>,
    ) -> Result<TokenStatus, OAuthError> {
        let access_token = access_token.into();
        let trace = Trace::retrieve_token_status();
        self.call(
            &trace,
            protocol::retrieve_token_status(&self.setup, &access_token),
        )
        .await
    }

    /// Asks Square whether ID, secret and environment are right. Needs no seller.
    ///
    /// It exchanges a code that cannot exist: Square judges the application first, so a complaint
    /// about the code shows that the application was accepted. That order is seen in the field,
    /// not documented.
    ///
    /// # Errors
    /// `Configuration` with code `application_rejected` if they are not; and whatever else a call
    /// can fail with.
    pub async fn check_application(&self) -> Result<(), OAuthError> {
        let trace = Trace::check_application();
        let exchange = protocol::check_application(&self.setup);
        // Judged inside the span: the refusal that is asked for is no failure.
        let checking = async { protocol::checked(self.exchange(&trace, exchange).await) };
        self.traced(&trace, checking).await
    }

    /// What the client was made from: what the functions of [`protocol`] take.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    pub(crate) fn send(
        &self,
        trace: Trace,
        request: &HttpRequest,
        repeat: Repeat,
    ) -> impl Future<Output = Result<Sent, OAuthError>> + Send {
        send::send(&self.host, self.setup.timeout, trace, request, repeat)
    }

    async fn call<T>(
        &self,
        trace: &Trace,
        exchange: Result<Exchange<T>, OAuthError>,
    ) -> Result<T, OAuthError> {
        self.traced(trace, self.exchange(trace, exchange)).await
    }

    async fn traced<T>(
        &self,
        trace: &Trace,
        call: impl Future<Output = Result<T, OAuthError>>,
    ) -> Result<T, OAuthError> {
        let started = self.host.clock.monotonic_ms();
        let result = trace.within(call).await;
        let duration_ms = self.host.clock.monotonic_ms().saturating_sub(started);
        trace.ended(result.as_ref().err(), duration_ms);
        result
    }

    async fn exchange<T>(
        &self,
        trace: &Trace,
        exchange: Result<Exchange<T>, OAuthError>,
    ) -> Result<T, OAuthError> {
        let exchange = exchange?;
        let sent = self
            .send(trace.clone(), &exchange.request, exchange.repeat)
            .await?;
        trace.answered(sent.response.status);
        exchange.read_after(
            &sent.response,
            sent.received_at,
            sent.may_have_arrived_before,
        )
    }
}

impl fmt::Debug for OAuthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthClient")
            .field("setup", &self.setup)
            .finish_non_exhaustive()
    }
}
