//! What only a language binding needs: errors about what its language lets people write and Rust
//! does not, records that it hands over in one piece, and sending by itself.

mod given;

use std::borrow::Cow;

pub use self::given::Given;
use crate::{
    Callback, OAuthClient, Secret,
    client::Trace,
    error::{Code, OAuthError, code},
    host::HttpRequest,
    protocol::Repeat,
    text::distance,
};
pub use crate::{client::Sent, protocol::json::Object};

/// Sends what an [`Exchange`](crate::protocol::Exchange) has made; the same exchange reads what
/// comes back. For a binding that has one kind of future for all calls: in WebAssembly every other
/// kind is a kilobyte.
///
/// # Errors
/// `Transport`, if no answer came.
pub fn send(
    client: &OAuthClient,
    request: &HttpRequest,
    repeat: Repeat,
) -> impl Future<Output = Result<Sent, OAuthError>> + Send {
    client.send(Trace::none(), request, repeat)
}

/// An error with a text of the binding's own; `text` completes the sentence that the field's name
/// begins, and must not repeat a value.
#[must_use]
pub fn error(code: Code, field: Option<String>, text: Option<String>) -> OAuthError {
    let mut error = OAuthError::new(code);
    if let Some(field) = field {
        error = error.with_field(field);
    }
    if let Some(text) = text {
        error = error.with_text(text);
    }
    error
}

/// A call that its caller ended.
#[must_use]
pub fn aborted(request_may_have_arrived: bool) -> OAuthError {
    let error = OAuthError::new(code::ABORTED);
    match request_may_have_arrived {
        true => error.arrived(true),
        false => error,
    }
}

/// What a callback is made of, for a binding that keeps it on its own side.
#[derive(Debug)]
pub struct CallbackParts<'a> {
    /// The authorization code.
    pub code: &'a Secret,
    /// The redirect URL, if one was sent to the authorization page.
    pub redirect_uri: Option<&'a str>,
    /// The PKCE verifier, exactly of public applications.
    pub code_verifier: Option<&'a Secret>,
}

/// Takes a callback apart; [`Callback::unchecked`] puts it together again.
#[must_use]
pub fn parts(callback: &Callback) -> CallbackParts<'_> {
    CallbackParts {
        code: &callback.code,
        redirect_uri: callback.redirect_uri.as_deref(),
        code_verifier: callback.code_verifier.as_ref(),
    }
}

/// A name that is none of the options; names the nearest one. What does not look like a name is
/// not repeated: it may be a value in the wrong place.
pub fn unknown_option<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> OAuthError {
    let looks_like_name = given.len() <= 40
        && given
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let known: Vec<_> = known.into_iter().collect();
    let error = OAuthError::new(code::OPTION_UNKNOWN);
    let error = match looks_like_name {
        true => error.with_field(given.to_owned()),
        false => error,
    };
    error.with_text(match nearest(given, &known).filter(|_| looks_like_name) {
        Some(near) => Cow::from(["is no option; did you mean ", near, "?"].concat()),
        None if known.is_empty() => Cow::from("is no option; there are none here"),
        None => Cow::from(["is no option; there are ", &known.join(", ")].concat()),
    })
}

fn nearest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let given = given.to_ascii_lowercase();
    let (mut least, mut nearest) = (usize::MAX, None);
    for name in known {
        let distance = distance(&given, &name.to_ascii_lowercase());
        if distance < least {
            (least, nearest) = (distance, Some(*name));
        }
    }
    nearest.filter(|name| least <= 1 + name.len() / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["applicationId", "applicationSecret", "timeout"];

    #[test]
    fn a_misspelt_option_gets_the_nearest_real_one() {
        for (given, near) in [
            ("applicationSecert", "applicationSecret"),
            ("application_secret", "applicationSecret"),
            ("applicationid", "applicationId"),
            ("timeOut", "timeout"),
            ("timout", "timeout"),
        ] {
            let error = unknown_option(given, KNOWN);
            assert_eq!(
                (error.code(), error.field()),
                ("option_unknown", Some(given))
            );
            let text = format!("{given}: is no option; did you mean {near}?");
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn what_is_near_nothing_gets_the_list_and_a_value_is_not_repeated() {
        let error = unknown_option("scopes", KNOWN);
        assert_eq!(
            error.to_string(),
            "scopes: is no option; there are applicationId, applicationSecret, timeout"
        );
        for value in ["sq0csp-1234", &"a".repeat(41), "\u{200b}"] {
            let error = unknown_option(value, KNOWN);
            assert_eq!(error.field(), None);
            assert!(!error.to_string().contains(value));
        }
        let error = unknown_option("a", []);
        assert_eq!(error.to_string(), "a: is no option; there are none here");
    }

    #[test]
    fn an_aborted_call_says_whether_it_may_have_arrived() {
        for arrived in [true, false] {
            let error = aborted(arrived);
            assert_eq!(error.request_may_have_arrived(), arrived);
            assert!(!error.retryable());
        }
    }

    #[test]
    fn a_bindings_own_text_follows_the_fields_name() {
        let field = Some("timeout".to_owned());
        let text = Some("has to be a number".to_owned());
        let error = error(code::VALUE_MALFORMED, field, text);
        assert_eq!(error.to_string(), "timeout: has to be a number");
    }
}
