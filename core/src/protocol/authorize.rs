//! The way out: RFC 6749 section 4.1.1, RFC 7636 section 4.3, and Square's own parameters.

use super::{
    Setup,
    attempt::attempt_of_state,
    pending::{Claims, seal},
    query::encode,
    random::{AuthorizeRandom, challenge},
};
use crate::{
    base64url,
    error::{OAuthError, code},
    model::{Authorization, Authorize, Secret, Timestamp, input},
    text::decimal,
};

/// Makes the address to send a seller to, and what to keep until they are back.
///
/// # Errors
/// `InvalidInput`, naming the field.
pub fn authorize(
    setup: &Setup,
    options: &Authorize,
    now: Timestamp,
    random: &AuthorizeRandom,
) -> Result<Authorization, OAuthError> {
    check_scopes(options)?;
    if let Some(locale) = &options.locale {
        check_locale(locale)?;
    }
    if let Some(redirect_uri) = &options.redirect_uri {
        check_redirect_uri(redirect_uri)?;
    }
    let (for_state, for_verifier) = random.halves();
    let state = base64url::encode(for_state);
    let code_verifier = setup
        .is_public()
        .then(|| Secret::from(base64url::encode(for_verifier)));
    let url = url(setup, options, &state, code_verifier.as_ref());
    let attempt = attempt_of_state(&state);
    let claims = Claims {
        state: state.into(),
        redirect_uri: options.redirect_uri.clone(),
        issued_at: now,
        code_verifier,
    };
    Ok(Authorization {
        url,
        pending: seal(setup, &claims),
        attempt,
    })
}

/// Also refuses a redirect URI that comes with a bare code.
pub(crate) fn check_redirect_uri(uri: &str) -> Result<(), OAuthError> {
    const FIELD: &str = "redirect_uri";
    input::typed(FIELD, uri, 1, 2048)?;
    let text = if !uri.starts_with("https://") && !uri.starts_with("http://") {
        "has to start with https:// or http://"
    } else if uri.contains('#') {
        "must not have a fragment"
    } else {
        return Ok(());
    };
    Err(OAuthError::about(code::VALUE_MALFORMED, FIELD, text))
}

fn url(setup: &Setup, options: &Authorize, state: &str, verifier: Option<&Secret>) -> String {
    let base = setup.environment.authorize_base_url();
    let scopes: Vec<&str> = options.scopes.iter().map(|scope| scope.as_str()).collect();
    let scopes = scopes.join(" ");
    let texts = [&scopes, &setup.application.id, state, base];
    let optional = [&options.locale, &options.redirect_uri].map(Option::as_deref);
    let texts = texts.into_iter().chain(optional.into_iter().flatten());
    // In one block: growing would leave the state behind in freed memory. A byte can take three.
    let longest = 256 + 3 * texts.map(str::len).sum::<usize>();
    let mut start = String::with_capacity(longest);
    start.push_str(base);
    start.push_str("/oauth2/authorize?");
    let mut query = start;
    let mut pair = |name, value| append(&mut query, name, value);
    pair("client_id", &setup.application.id);
    pair("scope", &scopes);
    pair("session", if options.session { "true" } else { "false" });
    pair("state", state);
    if let Some(locale) = &options.locale {
        pair("locale", locale);
    }
    if let Some(redirect_uri) = &options.redirect_uri {
        pair("redirect_uri", redirect_uri);
    }
    if let Some(verifier) = verifier {
        pair("code_challenge", &challenge(verifier));
    }
    query
}

fn append(query: &mut String, name: &str, value: &str) {
    if !query.ends_with('?') {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    encode(value, query);
}

/// A scope is a word of RFC 6749 section 3.3: a stray space would silently be two scopes.
pub(crate) fn check_scope_names(options: &[crate::model::Scope]) -> Result<(), OAuthError> {
    for (at, scope) in options.iter().enumerate() {
        let name = scope.as_str();
        if name.is_empty() || !input::is_visible_ascii(name) || name.contains(['"', '\\']) {
            let place = decimal(u64::try_from(at).unwrap_or(u64::MAX).saturating_add(1));
            let text = ["has a name at position ", &place, " that no permission has"].concat();
            return Err(OAuthError::about(code::VALUE_MALFORMED, SCOPES, text));
        }
    }
    Ok(())
}

const SCOPES: &str = "scopes";

fn check_scopes(options: &Authorize) -> Result<(), OAuthError> {
    if options.scopes.is_empty() {
        return Err(OAuthError::about(
            code::VALUE_MISSING,
            SCOPES,
            "names no permission",
        ));
    }
    check_scope_names(&options.scopes)
}

fn check_locale(locale: &str) -> Result<(), OAuthError> {
    let is_locale = locale.len() == 5
        && locale.bytes().enumerate().all(|(at, byte)| match at {
            0 | 1 => byte.is_ascii_lowercase(),
            2 => byte == b'-',
            _ => byte.is_ascii_uppercase(),
        });
    if is_locale {
        return Ok(());
    }
    Err(OAuthError::about(
        code::VALUE_MALFORMED,
        "locale",
        "is not of the form en-US",
    ))
}
