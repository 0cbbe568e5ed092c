//! What the conformance data asks to be revoked.

use serde::Deserialize;
use square_oauth::RevokeToken;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Revocation {
    All(String),
    AllByToken(String),
    Only(String),
}

impl From<Revocation> for RevokeToken {
    fn from(revocation: Revocation) -> Self {
        match revocation {
            Revocation::All(merchant_id) => Self::all(merchant_id),
            Revocation::AllByToken(access_token) => Self::all_by_token(access_token),
            Revocation::Only(access_token) => Self::only(access_token),
        }
    }
}
