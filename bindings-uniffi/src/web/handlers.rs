//! Connect, callback and webhook.

use core::fmt;
use std::sync::Arc;

use square_oauth::web;

use super::{Delivery, WebAnswer, WebOptions, WebRequest};
use crate::{
    call::{Answer, Call},
    client::OAuthClient,
    error::OAuthError,
    live::Live,
};

/// The handlers of a web server that connects sellers: *connect*, *callback*, *webhook*. Make them once.
///
/// Nothing is remembered here: what has to come back is in the seller's own cookie. Know who is asking
/// before any of this runs: the seller is logged in to your application, and what they connect is stored
/// under that account.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct WebHandlers {
    inner: web::WebHandlers,
    _live: Live,
}

#[uniffi::export]
impl WebHandlers {
    /// Make the handlers over a client of a confidential application; everything that can be checked is
    /// checked here.
    #[uniffi::constructor]
    pub fn new(client: &OAuthClient, options: WebOptions) -> Result<Self, OAuthError> {
        Ok(Self {
            inner: web::WebHandlers::new(client.inner.clone(), options.into())?,
            _live: Live::new(),
        })
    }

    /// Serve *connect*: send the seller to Square, or ask first where another site brought them.
    #[must_use]
    pub fn connect(&self, request: &WebRequest) -> WebAnswer {
        self.inner.connect(&request.inner).into()
    }

    /// Serve *callback*: look before spending, check, exchange the code; it ends with
    /// `Answer::Returned`. Run it, and what stores the tokens, on a task that goes on when the browser
    /// hangs up: by then the code may be spent.
    pub fn callback(&self, request: Arc<WebRequest>) -> Arc<Call> {
        let handlers = self.inner.clone();
        Call::of(async move {
            let returned = handlers.callback(&request.inner).await.into();
            Ok(Answer::Returned { returned })
        })
    }

    /// Serve *webhook*: tell whether a delivery is Square's, and what it says.
    #[must_use]
    pub fn webhook(&self, request: &WebRequest) -> Delivery {
        self.inner.webhook(&request.inner).into()
    }

    /// Tell whether a request that changes something comes from one of your own pages: what *disconnect*
    /// and any other button of yours has to ask before it acts. Answer anything else with 403.
    #[must_use]
    pub fn is_from_own_page(&self, request: &WebRequest) -> bool {
        self.inner.is_from_own_page(&request.inner)
    }
}

impl fmt::Debug for WebHandlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
