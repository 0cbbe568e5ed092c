//! Authorization codes: five minutes, one use (documented).

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use crate::{oauth::scope::Scopes, timestamp::Timestamp};

pub(crate) struct Code {
    pub(crate) client_id: Arc<str>,
    pub(crate) merchant_id: Arc<str>,
    pub(crate) scopes: Scopes,
    /// As it was sent to the authorization page; it must then be repeated.
    pub(crate) redirect_uri: Option<String>,
    /// Present in PKCE.
    pub(crate) code_challenge: Option<String>,
    pub(crate) expires_at: Timestamp,
    pub(crate) used: bool,
}

/// The latest codes. Used and expired ones are remembered, so that they can be told from codes that
/// never were.
#[derive(Default)]
pub(crate) struct Codes {
    by_text: HashMap<Arc<str>, Code>,
    by_age: VecDeque<Arc<str>>,
}

impl Codes {
    pub(crate) const LIFE_S: i64 = 5 * 60;
    const ROOM: usize = 10_000;

    pub(crate) fn insert(&mut self, text: &str, code: Code) {
        let text: Arc<str> = text.into();
        self.by_text.insert(Arc::clone(&text), code);
        self.by_age.push_back(text);
        if self.by_age.len() > Self::ROOM
            && let Some(oldest) = self.by_age.pop_front()
        {
            self.by_text.remove(&oldest);
        }
    }

    pub(crate) fn get(&self, text: &str) -> Option<&Code> {
        self.by_text.get(text)
    }

    pub(crate) fn use_up(&mut self, text: &str) {
        if let Some(code) = self.by_text.get_mut(text) {
            code.used = true;
        }
    }

    /// Forget the codes of one application and seller.
    pub(crate) fn forget(&mut self, client_id: &str, merchant_id: &str) {
        self.by_text
            .retain(|_, code| &*code.client_id != client_id || &*code.merchant_id != merchant_id);
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Code)> {
        self.by_age
            .iter()
            .filter_map(|text| Some((&**text, self.get(text)?)))
    }
}
