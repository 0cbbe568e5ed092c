//! Calls under way. JavaScript drives them: it gives a call a turn when something has come that the
//! call waits for. So there is no executor, no waker and no promise in here, and a panic comes out
//! of the turn, where it can be caught.
//!
//! A call is a number: an object would cost a finalizer each, and there is always somebody who
//! takes a call to its end or leaves it.

use core::{cell::RefCell, future::Future, mem::ManuallyDrop, pin::Pin, task::Poll};

use square_oauth::{
    OAuthClient, OAuthError,
    binding::{self, Sent},
    host::{Body, HttpRequest, HttpResponse},
    protocol::{Exchange, Repeat},
};
use wasm_bindgen::prelude::*;

use crate::{
    error::thrown,
    host::{self, Came, Failed},
};

/// One kind of future for all calls; what their answers become differs, and waits for nothing.
enum Call {
    Sending(Sending, Finish),
    Ended(Result<JsValue, OAuthError>),
}

type Sending = Pin<Box<dyn Future<Output = Result<Sent, OAuthError>>>>;
type Finish = Box<dyn FnOnce(Result<Sent, OAuthError>) -> Result<JsValue, OAuthError>>;

struct Calls {
    /// Each at the index that is its number; none while it has its turn.
    places: Vec<Option<Call>>,
    /// The numbers that are nobody's.
    free: Vec<usize>,
}

thread_local! {
    /// There is one thread, and it never ends.
    static CALLS: ManuallyDrop<RefCell<Calls>> = const {
        ManuallyDrop::new(RefCell::new(Calls { places: Vec::new(), free: Vec::new() }))
    };
}

fn with_calls<T>(work: impl FnOnce(&mut Calls) -> T) -> T {
    CALLS.with(|calls| work(&mut calls.borrow_mut()))
}

impl Calls {
    fn add(&mut self, call: Call) -> usize {
        let number = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            self.places.len() - 1
        });
        self.put(number, call);
        number
    }

    fn put(&mut self, number: usize, call: Call) {
        if let Some(place) = self.places.get_mut(number) {
            *place = Some(call);
        }
    }

    fn take(&mut self, number: usize) -> Option<Call> {
        self.places.get_mut(number)?.take()
    }
}

/// Sends what an exchange has made, and turns what it reads into the result of the call.
pub(crate) fn begin<T: 'static>(
    client: &OAuthClient,
    exchange: Result<Exchange<T>, OAuthError>,
    finish: impl FnOnce(Result<T, OAuthError>) -> Result<JsValue, OAuthError> + 'static,
) -> usize {
    let call = match exchange {
        Err(error) => Call::Ended(finish(Err(error))),
        Ok(exchange) => Call::Sending(
            sending(client.clone(), exchange.request.clone(), exchange.repeat),
            Box::new(move |sent| finish(sent.and_then(|sent| read(&exchange, &sent)))),
        ),
    };
    with_calls(|calls| calls.add(call))
}

/// What needs no sending.
pub(crate) fn ended(result: Result<JsValue, OAuthError>) -> usize {
    with_calls(|calls| calls.add(Call::Ended(result)))
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

/// Goes as far as it can, at its begin, or when a time has come or the news that there will be no
/// answer: undefined while the call waits, then its result, with which it ends.
///
/// # Errors
/// The call's own, with which it ends as well.
#[wasm_bindgen]
pub fn proceed(call: usize, failed: Option<Failed>) -> Result<JsValue, JsValue> {
    take_turn(call, failed.map(|why| Err(host::failed(why))))
}

/// The same, with an answer, whole.
///
/// # Errors
/// As above.
#[wasm_bindgen]
pub fn answered(
    call: usize,
    status: u16,
    content_type: Option<String>,
    retry_after: Option<String>,
    date: Option<String>,
    body: Vec<u8>,
) -> Result<JsValue, JsValue> {
    let response = HttpResponse {
        status,
        content_type,
        retry_after,
        date,
        body: Body::from(body),
    };
    take_turn(call, Some(Ok(response)))
}

fn take_turn(call: usize, came: Came) -> Result<JsValue, JsValue> {
    let result = match with_calls(|calls| calls.take(call)) {
        None => return Ok(JsValue::UNDEFINED),
        Some(Call::Ended(result)) => result,
        Some(Call::Sending(mut sending, finish)) => {
            let Poll::Ready(sent) = host::turn(came, sending.as_mut()) else {
                with_calls(|calls| calls.put(call, Call::Sending(sending, finish)));
                return Ok(JsValue::UNDEFINED);
            };
            finish(sent)
        }
    };
    with_calls(|calls| calls.free.push(call));
    result.map_err(thrown)
}

/// Drops a call, unless it has ended; what it waits for nobody tells it any more.
#[wasm_bindgen]
pub fn leave(call: usize) {
    let left = with_calls(|calls| {
        let left = calls.take(call)?;
        calls.free.push(call);
        Some(left)
    });
    drop(left);
}
