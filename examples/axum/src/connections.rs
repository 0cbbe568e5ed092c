//! The sellers who are connected.
//!
//! In memory, so that the example needs nothing else: they are lost when it stops. A real
//! application encrypts tokens before it stores them, under a key that is not in the database, and
//! never logs them.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use square_oauth::{Timestamp, Tokens};

/// One seller's connection.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    pub(crate) tokens: Tokens,
    pub(crate) connected_at: Timestamp,
    pub(crate) refreshed_at: Timestamp,
}

#[derive(Debug, Default)]
pub(crate) struct Connections {
    /// By merchant ID.
    sellers: Mutex<BTreeMap<String, Connection>>,
    /// The latest webhook events that were acted on.
    events: Mutex<VecDeque<String>>,
}

impl Connections {
    pub(crate) fn put(&self, connection: Connection) {
        let merchant_id = connection.tokens.merchant_id().to_owned();
        lock(&self.sellers).insert(merchant_id, connection);
    }

    pub(crate) fn find(&self, merchant_id: &str) -> Option<Connection> {
        lock(&self.sellers).get(merchant_id).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Connection> {
        lock(&self.sellers).values().cloned().collect()
    }

    pub(crate) fn remove(&self, merchant_id: &str) -> bool {
        lock(&self.sellers).remove(merchant_id).is_some()
    }

    /// Puts refreshed tokens in place of the old ones, unless the seller has gone meanwhile.
    pub(crate) fn refreshed(&self, tokens: Tokens, now: Timestamp) {
        if let Some(connection) = lock(&self.sellers).get_mut(tokens.merchant_id()) {
            connection.tokens = tokens;
            connection.refreshed_at = now;
        }
    }

    /// Whether a webhook event is here for the first time. Deliveries repeat, within a day.
    pub(crate) fn is_new(&self, event_id: &str) -> bool {
        let mut events = lock(&self.events);
        if events.iter().any(|seen| seen == event_id) {
            return false;
        }
        if events.len() >= EVENTS {
            events.pop_front();
        }
        events.push_back(event_id.to_owned());
        true
    }
}

const EVENTS: usize = 1000;

/// No holder of these locks leaves anything half done, so a panic elsewhere changes nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
