//! The clients that there are. A client is a number, as a call is: an object would bring a class along,
//! and borrowing.

use core::{
    cell::{Cell, RefCell},
    mem::ManuallyDrop,
};

use square_oauth::{OAuthClient, OAuthError, binding, error::code};
use wasm_bindgen::prelude::*;

thread_local! {
    /// With their numbers. There are few: a client is made once. There is one thread, and it never ends.
    static CLIENTS: ManuallyDrop<RefCell<Vec<(usize, OAuthClient)>>> =
        const { ManuallyDrop::new(RefCell::new(Vec::new())) };
    /// None is given twice, so that one that was freed is nobody else's.
    static LAST: Cell<usize> = const { Cell::new(0) };
}

pub(crate) fn add(client: OAuthClient) -> usize {
    let number = LAST.get() + 1;
    LAST.set(number);
    CLIENTS.with(|clients| clients.borrow_mut().push((number, client)));
    number
}

/// Works with a client.
pub(crate) fn with<T>(
    client: usize,
    work: impl FnOnce(&OAuthClient) -> Result<T, OAuthError>,
) -> Result<T, OAuthError> {
    CLIENTS.with(|clients| {
        let clients = clients.borrow();
        match clients.iter().find(|(number, _)| *number == client) {
            Some((_, client)) => work(client),
            // Whoever has disposed of one is told so before they come here.
            None => Err(binding::error(
                code::VALUE_UNEXPECTED,
                Some("this".to_owned()),
                None,
            )),
        }
    })
}

/// Forgets a client; what it has begun goes on.
#[wasm_bindgen]
pub fn free(client: usize) {
    CLIENTS.with(|clients| {
        let mut clients = clients.borrow_mut();
        let at = clients.iter().position(|(number, _)| *number == client);
        if let Some(at) = at {
            clients.swap_remove(at);
        }
    });
}
