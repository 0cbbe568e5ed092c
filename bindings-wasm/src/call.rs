//! A call under way. JavaScript drives it: whatever it waits for is an operation of the host's,
//! which makes the host poll again. So there is no executor, no waker and no promise in here, and
//! a panic comes out of `poll`, where it can be caught.

use core::{
    cell::RefCell,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use square_oauth::OAuthError;
use wasm_bindgen::prelude::*;

use crate::error::thrown;

type Running = Pin<Box<dyn Future<Output = Result<JsValue, OAuthError>>>>;

/// A call under way.
#[wasm_bindgen]
pub struct Call(RefCell<Option<Running>>);

impl Call {
    pub(crate) fn new(call: impl Future<Output = Result<JsValue, OAuthError>> + 'static) -> Self {
        Self(RefCell::new(Some(Box::pin(call))))
    }
}

#[wasm_bindgen]
impl Call {
    /// Goes as far as it can: undefined while it waits, then its result, once.
    ///
    /// # Errors
    /// The call's own.
    pub fn poll(&self) -> Result<JsValue, JsValue> {
        // Taken out meanwhile, so that a host that polls within a poll finds nothing.
        let Some(mut call) = self.0.take() else {
            return Ok(JsValue::UNDEFINED);
        };
        match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result.map_err(thrown),
            Poll::Pending => {
                self.0.replace(Some(call));
                Ok(JsValue::UNDEFINED)
            }
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Call")
    }
}
