//! The way back: RFC 6749 sections 4.1.2 and 4.1.2.1, as Square really sends it.
//!
//! Tolerated: a fragment (`#_=_` is seen in production), a missing `response_type`, parameters
//! that are not ours. Refused: everything that could make one seller's code another's.

use super::{
    Setup,
    answer::Cleaner,
    pending::{Claims, open},
    query::pairs,
};
use crate::{
    error::{OAuthError, SquareError, code},
    model::{Callback, Secret, Timestamp, input},
};

/// Checks a callback against its pending value.
///
/// `callback` is a URL, a path with a query, or a query string; `pending` the text that was kept,
/// or an empty one where there is none.
///
/// # Errors
/// `InvalidCallback` if anything does not match, `Denied` if the seller said no, `Rejected` with
/// code `authorization_failed` if Square's page came back with another error.
pub fn callback(
    setup: &Setup,
    callback: &str,
    pending: &str,
    now: Timestamp,
) -> Result<Callback, OAuthError> {
    let parameters = Parameters::read(callback)?;
    let state = parameters.state()?;
    let claims = open(setup, pending, now)?;
    if *state != claims.state {
        return Err(OAuthError::new(code::STATE_MISMATCH));
    }
    if let Some(error) = &parameters.error {
        let cleaner = Cleaner::new(
            setup
                .secrets()
                .chain([&claims.state])
                .chain(&claims.code_verifier),
        );
        return Err(refusal(
            error.expose(),
            parameters.error_description.as_ref().map(Secret::expose),
            &cleaner,
        ));
    }
    parameters.code(claims)
}

/// The parameters of a callback that are read, each there at most once; empty ones are absent. Any
/// of them may be, or repeat, what nobody is to find in freed memory.
#[derive(Default)]
pub(crate) struct Parameters {
    code: Option<Secret>,
    state: Option<Secret>,
    error: Option<Secret>,
    error_description: Option<Secret>,
}

/// The one error that is the seller's own no.
pub(crate) const ACCESS_DENIED: &str = "access_denied";

impl Parameters {
    pub(crate) fn read(callback: &str) -> Result<Self, OAuthError> {
        if callback.len() > input::MAX_ISSUED {
            return Err(OAuthError::new(code::CALLBACK_MALFORMED));
        }
        let mut read = Self::default();
        for (name, value) in pairs(query(callback)) {
            let slot = match name.as_str() {
                "code" => &mut read.code,
                "state" => &mut read.state,
                "error" => &mut read.error,
                "error_description" => &mut read.error_description,
                _ => continue,
            };
            if slot.replace(value.into()).is_some() {
                let error = OAuthError::new(code::PARAMETER_DUPLICATED);
                return Err(error.with_field(name.as_str().to_owned()));
            }
        }
        for text in [
            &mut read.code,
            &mut read.state,
            &mut read.error,
            &mut read.error_description,
        ] {
            text.take_if(|text| text.is_empty());
        }
        if read.code.is_some() && read.error.is_some() {
            return Err(OAuthError::new(code::CODE_AND_ERROR));
        }
        Ok(read)
    }

    pub(crate) fn state(&self) -> Result<&Secret, OAuthError> {
        let is_denied = |error: &Secret| error.expose() == ACCESS_DENIED;
        match &self.state {
            Some(state) => Ok(state),
            None if self.error.as_ref().is_some_and(is_denied) => {
                Err(OAuthError::new(code::DENIED_UNVERIFIED))
            }
            None => Err(OAuthError::new(code::STATE_MISSING).with_field("state")),
        }
    }

    fn code(self, claims: Claims) -> Result<Callback, OAuthError> {
        let code = self
            .code
            .ok_or_else(|| OAuthError::new(code::CODE_MISSING).with_field("code"))?;
        if !input::is_visible_ascii(code.expose()) {
            return Err(OAuthError::new(code::CALLBACK_MALFORMED).with_field("code"));
        }
        let Claims {
            redirect_uri,
            code_verifier,
            ..
        } = claims;
        Ok(Callback {
            code,
            redirect_uri,
            code_verifier,
        })
    }
}

/// The query of a URL or of a path; a text that is neither is a query already.
pub(crate) fn query(callback: &str) -> &str {
    let callback = callback.split('#').next().unwrap_or_default();
    let Some((before, after)) = callback.split_once('?') else {
        return if is_address(callback) && !callback.contains('=') {
            ""
        } else {
            callback
        };
    };
    if is_address(before) || !before.contains('=') {
        after
    } else {
        callback
    }
}

/// Whether a text begins as a path or a URL does. An address further on is a parameter's value.
fn is_address(text: &str) -> bool {
    let scheme = text
        .split_once(':')
        .filter(|(_, rest)| rest.starts_with("//"));
    text.starts_with('/') || scheme.is_some_and(|(scheme, _)| !scheme.contains(['=', '&']))
}

fn refusal(error: &str, description: Option<&str>, cleaner: &Cleaner) -> OAuthError {
    let code = if error == ACCESS_DENIED {
        code::DENIED
    } else {
        code::AUTHORIZATION_FAILED
    };
    let said = SquareError {
        code: cleaner.code(error),
        detail: description.map(|text| cleaner.text(text)),
        ..SquareError::default()
    };
    OAuthError::new(code).with_errors(vec![said])
}
