//! Calls on their way: a thread waits for one, or an event loop goes on with it when its bell rings.
//!
//! Whoever waits is who polls the client's logic, so that whatever is logged comes on the caller's own
//! thread; and our own threads never enter the foreign program.

use core::{
    future::Future,
    task::{Context, Poll},
    time::Duration,
};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Wake, Waker},
};

use square_oauth::{TokenStatus, binding, error::code, host::BoxFuture};
use tokio::sync::Notify;

use crate::{bell::Bell, error::OAuthError, live::Live, runtime, tokens::Tokens, web::Returned};

/// What came of a call.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Answer {
    /// Of `complete` and `obtain_token`.
    Tokens {
        /// The tokens.
        tokens: Arc<Tokens>,
    },
    /// Of `retrieve_token_status`.
    Status {
        /// The status.
        status: TokenStatus,
    },
    /// Of `WebHandlers.callback`.
    Returned {
        /// What has become of the seller's return.
        returned: Returned,
    },
    /// Of all others, and of a call whose answer was taken already.
    Done,
}

type Result<T, E = square_oauth::OAuthError> = core::result::Result<T, E>;
type Running = Option<BoxFuture<'static, Result<Answer>>>;

/// A call on its way. Nothing is sent before it is waited for; letting go of it aborts the call.
#[derive(uniffi::Object)]
pub struct Call {
    future: Mutex<Running>,
    _live: Live,
}

impl Call {
    pub(crate) fn of(future: impl Future<Output = Result<Answer>> + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            future: Mutex::new(Some(Box::pin(future))),
            _live: Live::new(),
        })
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.future.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl Call {
    /// Wait for the answer on this thread, so many milliseconds and no longer; none if it has not come
    /// yet. In slices, since an interpreter sees Ctrl-C only between two calls of ours. Whatever else
    /// ends the waiting, an error included, cancel the call.
    pub fn wait(&self, at_most_ms: u32) -> Result<Option<Answer>, OAuthError> {
        let mut running = self.running();
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(woken.clone());
        let answer = go_on(&mut running, &waker)?;
        if answer.is_some() {
            return Ok(answer);
        }
        let at_most = Duration::from_millis(at_most_ms.into());
        runtime::drive(woken.0.notified(), at_most);
        go_on(&mut running, &waker)
    }

    /// Go on with the call; none if the answer has not come yet, and then the bell rings with this
    /// number when there is more to do.
    pub fn poll(&self, bell: &Bell, number: u64) -> Result<Option<Answer>, OAuthError> {
        if !bell.is_served() {
            return Err(binding::error(code::NOT_SENT, None, None).into());
        }
        let answer = go_on(&mut self.running(), &bell.waker(number))?;
        // Several at once are sent at once, when the loop hears that there is something to do.
        if answer.is_none() && runtime::is_alone() {
            bell.work();
        }
        Ok(answer)
    }

    /// Abort the call, if it is still on its way, and see its connection to its end.
    pub fn cancel(&self) {
        *self.running() = None;
        runtime::settle();
    }
}

fn go_on(running: &mut Running, waker: &Waker) -> Result<Option<Answer>, OAuthError> {
    let Some(future) = running.as_mut() else {
        return Ok(Some(Answer::Done));
    };
    match future.as_mut().poll(&mut Context::from_waker(waker)) {
        Poll::Pending => Ok(None),
        Poll::Ready(result) => {
            *running = None;
            Ok(Some(result?))
        }
    }
}

#[derive(Default)]
struct Woken(Notify);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.notify_one();
    }
}

impl core::fmt::Debug for Call {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Call")
    }
}

impl From<square_oauth::Tokens> for Answer {
    fn from(tokens: square_oauth::Tokens) -> Self {
        Self::Tokens {
            tokens: Arc::new(tokens.into()),
        }
    }
}
