//! What all handlers share.

use core::fmt;
use std::sync::Arc;

use super::{
    Answer, Outcome, Page, WebOptions, WebRequest, WebResponse, cookies::Cookies, fetch,
    local_path::is_local, options,
};
use crate::{
    OAuthClient, OAuthError, Timestamp,
    error::code,
    protocol::{self, AuthorizeRandom},
};

/// The handlers of a web server that connects sellers: *connect*, *callback*, *webhook*.
///
/// Cheap to clone, and meant to be made once. Nothing is remembered here: what has to come back is
/// in the seller's own cookie. Know who is asking before any of this runs: the seller is logged in
/// to your application, and what they connect is stored under that account.
#[derive(Clone)]
pub struct WebHandlers(pub(super) Arc<Shared>);

pub(super) struct Shared {
    pub(super) client: OAuthClient,
    pub(super) options: WebOptions,
    pub(super) cookies: Cookies,
    /// This server's own origin, as browsers write it.
    pub(super) origin: String,
}

impl WebHandlers {
    /// Handlers over this client. Everything that can be checked is checked here.
    ///
    /// # Errors
    /// `InvalidInput`, naming the field. A public application is refused with `value_unexpected`:
    /// its pending values hold the verifier, which must not be in a cookie.
    pub fn new(client: OAuthClient, options: WebOptions) -> Result<Self, OAuthError> {
        let setup = client.setup();
        if setup.is_public() {
            let text = "is a public one, whose pending must not be in a cookie: keep it in the session on \
                 your server, under attempt, and call authorize and complete yourself";
            return Err(OAuthError::about(
                code::VALUE_UNEXPECTED,
                "application",
                text,
            ));
        }
        let origin = options.check()?;
        // A rehearsal, thrown away: no seller should be the first to hear of a misspelt locale.
        let rehearsal = AuthorizeRandom::new([0; 64]);
        let moment = Timestamp::from_unix_ms(0);
        protocol::authorize(setup, &options.authorize, moment, &rehearsal)?;
        Ok(Self(Arc::new(Shared {
            cookies: Cookies::new(origin.is_https, setup.pending_lifetime),
            origin: origin.as_str().to_owned(),
            client,
            options,
        })))
    }

    /// Whether a request that changes something comes from one of your own pages: what *disconnect*
    /// and any other button of yours has to ask before it acts. Answer anything else with 403.
    #[must_use]
    pub fn is_from_own_page(&self, request: &WebRequest) -> bool {
        fetch::is_from_own_page(request, &self.0.origin)
    }

    /// A path that a request asked for, or the one for everybody.
    pub(super) fn return_to(&self, asked: Option<String>) -> String {
        let local = asked.filter(|path| is_local(path));
        local.unwrap_or_else(|| self.0.options.return_to.clone())
    }

    /// Sends the seller on to the page that says how it ended, at an address without the code.
    pub(super) fn end(
        &self,
        outcome: Outcome,
        error: Option<OAuthError>,
        cleared: Option<String>,
    ) -> Answer {
        let options = &self.0.options;
        let response = match options.pages.of(outcome) {
            Page::At(path) => WebResponse::see_other(path, cleared),
            Page::Words { .. } => {
                let path = [&*options.callback_path, "?outcome=", outcome.name()].concat();
                WebResponse::see_other(&path, cleared)
            }
        };
        Answer {
            response,
            outcome: Some(outcome),
            error,
        }
    }
}

/// [`WebHandlers::is_from_own_page`] for whoever has only the address at hand.
///
/// # Errors
/// `InvalidInput`, about `public_url`.
pub fn is_from_own_page(request: &WebRequest, public_url: &str) -> Result<bool, OAuthError> {
    let origin = options::origin(public_url)?;
    Ok(fetch::is_from_own_page(request, origin.as_str()))
}

impl fmt::Debug for WebHandlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebHandlers")
            .field("client", &self.0.client)
            .field("options", &self.0.options)
            .finish_non_exhaustive()
    }
}
