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

use square_oauth::{
    OAuthClient, OAuthError,
    binding::{self, Sent},
    host::HttpRequest,
    protocol::{Exchange, Repeat},
};
use wasm_bindgen::prelude::*;

use crate::error::thrown;

/// A call under way.
#[wasm_bindgen]
pub struct Call(RefCell<Option<State>>);

/// One kind of future for all calls; what their answers become differs, and waits for nothing.
enum State {
    Sending(Sending, Finish),
    Ended(Result<JsValue, OAuthError>),
}

type Sending = Pin<Box<dyn Future<Output = Result<Sent, OAuthError>>>>;
type Finish = Box<dyn FnOnce(Result<Sent, OAuthError>) -> Result<JsValue, OAuthError>>;

impl Call {
    /// Sends what an exchange has made, and turns what it reads into the result.
    pub(crate) fn new<T: 'static>(
        client: &OAuthClient,
        exchange: Result<Exchange<T>, OAuthError>,
        finish: impl FnOnce(Result<T, OAuthError>) -> Result<JsValue, OAuthError> + 'static,
    ) -> Self {
        let state = match exchange {
            Err(error) => State::Ended(finish(Err(error))),
            Ok(exchange) => State::Sending(
                sending(client.clone(), exchange.request.clone(), exchange.repeat),
                Box::new(move |sent| finish(sent.and_then(|sent| read(&exchange, &sent)))),
            ),
        };
        Self(RefCell::new(Some(state)))
    }

    /// What needs no sending.
    #[cfg(feature = "web")]
    pub(crate) fn ended(result: JsValue) -> Self {
        Self(RefCell::new(Some(State::Ended(Ok(result)))))
    }
}

fn sending(client: OAuthClient, request: HttpRequest, repeat: Repeat) -> Sending {
    Box::pin(async move { binding::send(&client, &request, repeat).await })
}

fn read<T>(exchange: &Exchange<T>, sent: &Sent) -> Result<T, OAuthError> {
    exchange.read_after(
        &sent.response,
        sent.received_at,
        sent.may_have_arrived_before,
    )
}

#[wasm_bindgen]
impl Call {
    /// Goes as far as it can: undefined while it waits, then its result, once.
    ///
    /// # Errors
    /// The call's own.
    pub fn poll(&self) -> Result<JsValue, JsValue> {
        // Taken out meanwhile, so that a host that polls within a poll finds nothing.
        let (mut sending, finish) = match self.0.take() {
            None => return Ok(JsValue::UNDEFINED),
            Some(State::Ended(result)) => return result.map_err(thrown),
            Some(State::Sending(sending, finish)) => (sending, finish),
        };
        match sending
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(sent) => finish(sent).map_err(thrown),
            Poll::Pending => {
                self.0.replace(Some(State::Sending(sending, finish)));
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
