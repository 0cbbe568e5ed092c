//! Client authentication: it comes before anything about the grant (seen in the field).

use super::Refusal;
use crate::state::{Application, State};

/// The application of this ID, with this secret where one is given.
pub(super) fn authenticate<'a>(
    state: &'a State,
    client_id: &str,
    client_secret: Option<&str>,
) -> Result<&'a Application, Refusal> {
    let application = state
        .application(client_id)
        .ok_or_else(Refusal::not_authorized)?;
    if client_secret.is_some_and(|secret| !application.has_secret(secret)) {
        return Err(Refusal::not_authorized());
    }
    if application.disabled {
        return Err(Refusal::application_disabled());
    }
    Ok(application)
}
