//! The end of an authorization: every token of one application for one seller is gone (documented),
//! and the application is told by webhook.

use serde::Deserialize;

use super::{Standing, State};
use crate::{timestamp::Timestamp, webhook::Event};

/// Who ends an authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Revoker {
    /// The application, by `RevokeToken`.
    Application,
    /// The seller, in the dashboard.
    Merchant,
    /// Square itself.
    Square,
}

impl Revoker {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Application => "APPLICATION",
            Self::Merchant => "MERCHANT",
            Self::Square => "SQUARE",
        }
    }
}

impl State {
    /// Whether the application holds anything live for this seller.
    pub(crate) fn is_authorized(&self, client_id: &str, merchant_id: &str, now: Timestamp) -> bool {
        let refresh = self
            .refresh_tokens
            .of_seller(merchant_id)
            .any(|(_, token)| {
                &*token.client_id == client_id && token.expires_at.is_none_or(|end| end > now)
            });
        refresh
            || self.access_tokens.of_seller(merchant_id).any(|(_, token)| {
                &*token.client_id == client_id && token.standing(now) == Standing::Live
            })
    }

    /// End everything the application holds for this seller, and queue the webhook. False when
    /// there was nothing.
    pub(crate) fn revoke_all(
        &mut self,
        client_id: &str,
        merchant_id: &str,
        revoker: Revoker,
        now: Timestamp,
    ) -> bool {
        let mut ended = 0;
        self.access_tokens.change_of_seller(merchant_id, |token| {
            if &*token.client_id == client_id {
                ended += usize::from(token.standing(now) == Standing::Live);
                token.revoked = true;
            }
        });
        let migration = self
            .seller(merchant_id)
            .map(|seller| seller.migration_token.clone());
        if let Some(token) = migration.and_then(|text| self.own_token_mut(text.expose()))
            && &*token.client_id == client_id
        {
            token.revoked = true;
        }
        ended += self
            .refresh_tokens
            .remove_of_seller(merchant_id, |token| &*token.client_id == client_id);
        self.codes.forget(client_id, merchant_id);
        if ended == 0 {
            return false;
        }
        let event = Event::authorization_revoked(merchant_id, revoker, now, &mut self.random);
        self.queue_webhook(client_id, event, now);
        true
    }
}
