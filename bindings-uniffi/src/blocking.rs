//! Calls that a thread waits for, for programs without an event loop.
//!
//! In slices, since an interpreter sees Ctrl-C only between two calls of ours. The waiting thread itself
//! polls the client's logic, so that whatever is logged comes on the caller's own thread.

use core::{
    future::Future,
    task::{Context, Poll},
    time::Duration,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    task::{Wake, Waker},
    thread::{self, Thread},
};

use square_oauth::{OAuthClient, TokenStatus, host::BoxFuture};

use crate::{
    error::OAuthError, live::Live, obtain_token::ObtainToken, revoke_token::RevokeToken,
    secret::Secret, tokens::Tokens, web::Returned,
};

/// What to call.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Request {
    /// Check the seller's return and exchange its code.
    Complete {
        /// The callback: a URL, a path with a query, or a query string. Holds the code.
        callback: Arc<Secret>,
        /// What was kept under its attempt; empty if there is none.
        pending: Arc<Secret>,
    },
    /// Exchange a grant for tokens.
    ObtainToken {
        /// The grant.
        request: Arc<ObtainToken>,
    },
    /// End tokens.
    RevokeToken {
        /// Which ones.
        request: Arc<RevokeToken>,
    },
    /// Ask what an access token is good for.
    RetrieveTokenStatus {
        /// The token.
        access_token: Arc<Secret>,
    },
    /// Ask whether ID, secret and environment are right.
    CheckApplication,
}

/// What came of it.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Answer {
    /// Of `Complete` and `ObtainToken`.
    Tokens {
        /// The tokens.
        tokens: Arc<Tokens>,
    },
    /// Of `RetrieveTokenStatus`.
    Status {
        /// The status.
        status: TokenStatus,
    },
    /// Of `WebHandlers.begin_callback`.
    Returned {
        /// What has become of the seller's return.
        returned: Returned,
    },
    /// Of all others, and of a call whose answer was taken already.
    Done,
}

/// A call on its way. Letting go of it aborts the call.
#[derive(uniffi::Object)]
pub struct BlockingCall {
    future: Mutex<Option<BoxFuture<'static, Result<Answer, square_oauth::OAuthError>>>>,
    _live: Live,
}

impl BlockingCall {
    pub(crate) fn new(client: OAuthClient, request: Request) -> Self {
        Self::of(carry_out(client, request))
    }

    pub(crate) fn of(
        future: impl Future<Output = Result<Answer, square_oauth::OAuthError>> + Send + 'static,
    ) -> Self {
        Self {
            future: Mutex::new(Some(Box::pin(future))),
            _live: Live::new(),
        }
    }
}

#[uniffi::export]
impl BlockingCall {
    /// Wait for the answer, and no longer than this; none if it has not come yet.
    pub fn wait(&self, at_most: Duration) -> Result<Option<Answer>, OAuthError> {
        let mut future = self.future.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(running) = future.as_mut() else {
            return Ok(Some(Answer::Done));
        };
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        let mut polled = running.as_mut().poll(&mut context);
        if polled.is_pending() {
            // Whatever ends this, be it by mistake: the caller comes back.
            thread::park_timeout(at_most);
            polled = running.as_mut().poll(&mut context);
        }
        match polled {
            Poll::Pending => Ok(None),
            Poll::Ready(result) => {
                *future = None;
                Ok(Some(result?))
            }
        }
    }

    /// Abort the call, if it is still on its way.
    pub fn cancel(&self) {
        let mut future = self.future.lock().unwrap_or_else(PoisonError::into_inner);
        *future = None;
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

async fn carry_out(
    client: OAuthClient,
    request: Request,
) -> Result<Answer, square_oauth::OAuthError> {
    let tokens = |tokens: square_oauth::Tokens| Answer::Tokens {
        tokens: Arc::new(tokens.into()),
    };
    Ok(match request {
        Request::Complete { callback, pending } => {
            let completing = client.complete(callback.inner.expose(), pending.inner.expose());
            tokens(completing.await?)
        }
        Request::ObtainToken { request } => {
            tokens(client.obtain_token(request.inner.clone()).await?)
        }
        Request::RevokeToken { request } => {
            client.revoke_token(request.inner.clone()).await?;
            Answer::Done
        }
        Request::RetrieveTokenStatus { access_token } => Answer::Status {
            status: client.retrieve_token_status(&access_token.inner).await?,
        },
        Request::CheckApplication => {
            client.check_application().await?;
            Answer::Done
        }
    })
}

impl core::fmt::Debug for BlockingCall {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("BlockingCall")
    }
}
