//! A seller's return, once it has to be exchanged.

use core::{cell::RefCell, fmt};

use square_oauth::{
    ObtainToken, protocol,
    web::{self, CodeExchange, Returned},
};
use wasm_bindgen::prelude::*;

use super::records;
use crate::{call, client::begin, records::tokens};

/// A seller who has said yes, and whose code is to be exchanged, once.
#[wasm_bindgen]
pub struct Exchange(RefCell<Option<CodeExchange>>);

/// A seller whose tokens have to be stored.
#[wasm_bindgen]
pub struct Connected(RefCell<Option<web::Connected>>);

impl Exchange {
    pub(super) fn new(exchange: CodeExchange) -> Self {
        Self(RefCell::new(Some(exchange)))
    }
}

#[wasm_bindgen]
impl Exchange {
    /// Exchanges the code: an answer comes of it, or a `Connected`; null where that was done before.
    #[must_use]
    pub fn run(&self, client: usize) -> usize {
        let Some(exchange) = self.0.take() else {
            return call::ended(Ok(JsValue::NULL));
        };
        let grant = ObtainToken::authorization_code(exchange.callback().clone());
        let sent = |setup: &_| protocol::obtain_token(setup, &grant);
        begin(client, sent, |tokens| {
            Ok(match exchange.ended(tokens) {
                Returned::Answer(answer) => records::answer(&answer),
                Returned::Connected(connected) => Connected(RefCell::new(Some(connected))).into(),
            })
        })
    }
}

#[wasm_bindgen]
impl Connected {
    /// The seller's tokens.
    #[must_use]
    pub fn tokens(&self) -> JsValue {
        let connected = self.0.borrow();
        let connected = connected.as_ref();
        connected.map_or(JsValue::UNDEFINED, |connected| tokens(connected.tokens()))
    }

    /// The answer, after the tokens were stored, or could not be.
    #[must_use]
    pub fn answer(&self, is_stored: bool) -> JsValue {
        let Some(connected) = self.0.take() else {
            return JsValue::UNDEFINED;
        };
        let response = if is_stored {
            connected.stored()
        } else {
            connected.failed()
        };
        records::answer(&response.into())
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exchange")
    }
}

impl fmt::Debug for Connected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connected")
    }
}
