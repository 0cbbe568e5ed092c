//! What the query of an authorization URL asks for, checked.

use std::{collections::HashMap, sync::Arc};

use super::scope::{self, Scopes};
use crate::{
    config::{UnknownScopes, nearest},
    state::{Application, State},
};

/// An authorization that a seller can be asked for.
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: Arc<str>,
    pub(crate) scopes: Scopes,
    pub(crate) state: Option<String>,
    /// As it was sent; `None` stands for the registered one.
    pub(crate) redirect_uri: Option<String>,
    /// Its presence alone makes the flow PKCE (documented).
    pub(crate) code_challenge: Option<String>,
}

/// A page that is shown in place of the consent page; the seller is not sent back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoConsent {
    pub(crate) title: String,
    pub(crate) hint: String,
}

impl AuthorizationRequest {
    /// Read the query of an authorization URL, or the fields of the consent form, which repeat it.
    /// Parameters that Square does not document are left alone.
    pub(crate) fn read(state: &State, query: &str) -> Result<Self, NoConsent> {
        let mut parameters = HashMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if parameters.insert(name.clone(), value).is_some() {
                return Err(refused(
                    format!("The parameter `{name}` is there twice"),
                    "Send it once.",
                ));
            }
        }
        let mut take = |name| parameters.remove(name).map(|value| value.into_owned());

        let client_id = take("client_id").unwrap_or_default();
        let application = state
            .application(&client_id)
            .ok_or_else(|| unknown_client(&client_id))?;
        let code_challenge = take("code_challenge").filter(|challenge| !challenge.is_empty());
        let redirect_uri = take("redirect_uri").filter(|uri| !uri.is_empty());
        let asked_state = take("state").filter(|state| !state.is_empty());
        let scopes = scopes(take("scope").as_deref(), state.switches.unknown_scopes)?;

        if application.client_secret.is_none() && code_challenge.is_none() {
            let hint = "This application has no secret, so it must send a `code_challenge` (PKCE).";
            return Err(refused("The parameter `code_challenge` is missing", hint));
        }
        check_redirect_uri(
            application,
            redirect_uri.as_deref(),
            code_challenge.is_some(),
        )?;
        if asked_state
            .as_ref()
            .is_some_and(|state| state.chars().count() > 2048)
        {
            let hint = "At most 2048 characters are allowed.";
            return Err(refused("The parameter `state` is too long", hint));
        }
        Ok(Self {
            client_id: Arc::clone(&application.client_id),
            scopes,
            state: asked_state,
            redirect_uri,
            code_challenge,
        })
    }
}

/// The words were seen in the field.
fn unknown_client(client_id: &str) -> NoConsent {
    let hint = match client_id {
        "" => "The parameter `client_id` is missing.",
        id if id.trim() != id => "There is white space around the application ID.",
        id if id.starts_with("sq0idp-") => {
            "This is a production application ID; the emulator takes only IDs that start with `sandbox-`."
        }
        _ => "The application ID is not one of those the emulator was started with.",
    };
    refused("Unable to find client by that `client_id`", hint)
}

fn check_redirect_uri(
    application: &Application,
    given: Option<&str>,
    pkce: bool,
) -> Result<(), NoConsent> {
    match given {
        Some(uri) if !application.takes_redirect_uri(uri, pkce) => Err(refused(
            "The `redirect_uri` is not the one registered for this application",
            format!(
                "Registered is {}; it must match exactly.",
                application.redirect_uri
            ),
        )),
        None if application.redirect_uri.contains("<port>") => Err(refused(
            "The parameter `redirect_uri` is missing",
            format!(
                "Registered is {}; send it with the port filled in.",
                application.redirect_uri
            ),
        )),
        _ => Ok(()),
    }
}

fn scopes(asked: Option<&str>, unknown: UnknownScopes) -> Result<Scopes, NoConsent> {
    let mut scopes: Vec<String> = Vec::new();
    for name in asked.unwrap_or_default().split_whitespace() {
        let is_known = scope::KNOWN.contains(&name);
        // OPENID was a scope once and is refused since 2021-09-15 (documented).
        if name == "OPENID" || !is_known && unknown == UnknownScopes::Refuse {
            let meant = nearest(name, scope::KNOWN);
            let hint = match meant {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => "Scopes are Square's permission names, separated by spaces.".to_owned(),
            };
            return Err(refused(format!("There is no scope `{name}`"), hint));
        }
        if !scopes.iter().any(|scope| scope == name) {
            scopes.push(name.to_owned());
        }
    }
    if scopes.is_empty() {
        return Ok(scope::default());
    }
    Ok(scopes.into())
}

fn refused(title: impl Into<String>, hint: impl Into<String>) -> NoConsent {
    NoConsent {
        title: title.into(),
        hint: hint.into(),
    }
}
