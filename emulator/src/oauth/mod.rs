//! Square's OAuth endpoints: what each checks, in which order, and how it answers.

mod authorization_request;
pub(crate) mod authorize;
mod body;
mod client;
pub(crate) mod consent;
pub(crate) mod obtain_token;
mod refusal;
pub(crate) mod revoke;
pub(crate) mod scope;
pub(crate) mod square_version;
pub(crate) mod subject;
pub(crate) mod token_status;

pub(crate) use self::{
    authorization_request::{AuthorizationRequest, NoConsent},
    body::Fields,
    refusal::Refusal,
};
