//! `PUT applications {client_id?, redirect_uri?, disabled?}`: change an application while it runs,
//! for instance once the port of the application under test is known.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, input};
use crate::{config::validate, http::call::Call, secret::Secret, state::State};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The first application when it is not given.
    client_id: Option<String>,
    redirect_uri: Option<String>,
    /// A new secret: the old one is refused from now on.
    client_secret: Option<Secret>,
    disabled: Option<bool>,
}

pub(super) fn change(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let input: Input = input::read(call)?;
    let client_id = id(state, input.client_id.as_deref())?;
    if let Some(uri) = &input.redirect_uri {
        validate::redirect_uri(uri).map_err(Refusal::invalid)?;
    }
    if let Some(application) = state.application_mut(&client_id) {
        if let Some(secret) = &input.client_secret {
            let is_public = application.client_secret.is_none();
            validate::client_secret(is_public, secret).map_err(Refusal::invalid)?;
        }
        if let Some(uri) = input.redirect_uri {
            application.redirect_uri = uri;
        }
        if let Some(secret) = input.client_secret {
            application.client_secret = Some(secret);
        }
        application.disabled = input.disabled.unwrap_or(application.disabled);
    }
    Ok(json!({"client_id": client_id}))
}

/// The ID of the application that is meant: the first one when none is named.
pub(super) fn id(state: &State, client_id: Option<&str>) -> Result<String, Refusal> {
    let application = match client_id {
        Some(client_id) => state.application(client_id),
        None => state.applications.first(),
    };
    application
        .map(|application| application.client_id.to_string())
        .ok_or_else(|| Refusal::impossible("client_id", "there is no application of this ID"))
}
