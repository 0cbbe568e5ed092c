//! Where Square is.

use core::{fmt, str::FromStr};

use super::{base_url::BaseUrl, input};
use crate::{
    error::{OAuthError, code},
    text::{distance, has},
};

const PRODUCTION: &str = "https://connect.squareup.com";
const SANDBOX: &str = "https://connect.squareupsandbox.com";

/// Production, the sandbox, or a base URL of your own (an emulator, a recording proxy).
///
/// Read from the words `production` and `sandbox` or from a URL. Square's own two addresses, in
/// any spelling, *are* production and sandbox, so the constants of its SDKs can be handed over.
///
/// ```
/// use square_oauth::Environment;
///
/// assert_eq!("https://connect.squareup.com/".parse(), Ok(Environment::Production));
/// assert!("http://127.0.0.1:4010".parse::<Environment>().is_ok());
/// assert!("http://example.com".parse::<Environment>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Real sellers and real money.
    Production,
    /// Square's sandbox.
    Sandbox,
    /// A base URL of your own: https, or http on loopback.
    Custom(CustomEnvironment),
}

/// A checked base URL; made by parsing an [`Environment`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomEnvironment {
    base: BaseUrl,
    /// Where the seller's browser finds the authorization page, if not at `base`.
    browser: Option<BaseUrl>,
}

impl Environment {
    /// A plain-http base URL on another host than loopback, e.g. `http://emulator:8080` between
    /// containers. It takes only application IDs that start with `sandbox-`, since everything
    /// sent to it can be read on the way.
    ///
    /// # Errors
    /// `InvalidInput` with field `environment` if this is no base URL, or one of Square's.
    pub fn insecure_for_emulator(url: &str) -> Result<Self, OAuthError> {
        let base = BaseUrl::read(url).map_err(wrong)?;
        if has(base.as_str(), "squareup") {
            return Err(wrong(
                "is an address of Square's, which is only ever called over https",
            ));
        }
        Ok(Self::Custom(CustomEnvironment {
            base,
            browser: None,
        }))
    }

    /// The same environment with another address for the seller's browser: an emulator in a
    /// container has one name for your server and another for the browser.
    ///
    /// # Errors
    /// `InvalidInput` with field `authorize_url` if this is no base URL, or if the environment is
    /// one of Square's own.
    pub fn authorize_at(self, url: &str) -> Result<Self, OAuthError> {
        const FIELD: &str = "authorize_url";
        let Self::Custom(custom) = self else {
            let text = "can only be given beside a base URL of your own";
            return Err(OAuthError::about(code::VALUE_UNEXPECTED, FIELD, text));
        };
        let browser = BaseUrl::read(url)
            .map_err(|text| OAuthError::about(code::VALUE_MALFORMED, FIELD, text))?;
        Ok(Self::Custom(CustomEnvironment {
            browser: Some(browser),
            ..custom
        }))
    }

    /// The base URL that calls go to, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        match self {
            Self::Production => PRODUCTION,
            Self::Sandbox => SANDBOX,
            Self::Custom(custom) => custom.base.as_str(),
        }
    }

    /// The base URL that the seller's browser goes to.
    #[must_use]
    pub fn authorize_base_url(&self) -> &str {
        match self {
            Self::Custom(CustomEnvironment {
                browser: Some(browser),
                ..
            }) => browser.as_str(),
            _ => self.base_url(),
        }
    }

    /// The word or base URL that stands for this environment, in pending values and in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Custom(custom) => custom.base.as_str(),
        }
    }

    /// Whether an address made from a base URL stays on this machine.
    #[cfg(feature = "native")]
    pub(crate) fn is_loopback_url(url: &str) -> bool {
        let base = url.split_once("/oauth2/").map_or(url, |(base, _)| base);
        BaseUrl::read(base).is_ok_and(|base| base.is_loopback)
    }

    /// Whether calls can be read on the way.
    pub(crate) fn is_insecure(&self) -> bool {
        matches!(self, Self::Custom(custom) if !custom.base.is_https && !custom.base.is_loopback)
    }
}

impl FromStr for Environment {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A line break at its end, out of an env file, would make a right word an unknown one.
        input::typed(FIELD, text, 1, 2048)?;
        match text {
            word if word.eq_ignore_ascii_case("production") => Ok(Self::Production),
            word if word.eq_ignore_ascii_case("sandbox") => Ok(Self::Sandbox),
            url if has(url, "://") => from_url(url),
            unknown => Err(OAuthError::about(
                code::VALUE_UNKNOWN,
                FIELD,
                nearest_word(unknown),
            )),
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

const FIELD: &str = "environment";

fn wrong(text: &'static str) -> OAuthError {
    OAuthError::about(code::VALUE_MALFORMED, FIELD, text)
}

fn from_url(url: &str) -> Result<Environment, OAuthError> {
    let base = BaseUrl::read(url).map_err(wrong)?;
    match base.as_str() {
        PRODUCTION => return Ok(Environment::Production),
        SANDBOX => return Ok(Environment::Sandbox),
        "https://squareup.com" | "https://www.squareup.com" => {
            return Err(wrong(
                "is Square's website; its API is https://connect.squareup.com",
            ));
        }
        "https://squareupsandbox.com" | "https://www.squareupsandbox.com" => {
            return Err(wrong(
                "lacks \"connect.\": https://connect.squareupsandbox.com",
            ));
        }
        _ => {}
    }
    if !base.is_https && !base.is_loopback {
        return Err(wrong(
            "is plain http beyond loopback; use https, or insecure_for_emulator for an emulator",
        ));
    }
    Ok(Environment::Custom(CustomEnvironment {
        base,
        browser: None,
    }))
}

/// Names the real word that the unknown one is closest to, without repeating the unknown one.
fn nearest_word(unknown: &str) -> String {
    const WORDS: [(&str, &str); 8] = [
        ("production", "production"),
        ("prod", "production"),
        ("live", "production"),
        ("connect.squareup.com", "production"),
        ("sandbox", "sandbox"),
        ("test", "sandbox"),
        ("development", "sandbox"),
        ("connect.squareupsandbox.com", "sandbox"),
    ];
    let unknown = unknown.trim_ascii().to_ascii_lowercase();
    // A long text is no misspelt word, and the distance costs the product of the two lengths.
    let nearest = WORDS
        .iter()
        .map(|(spelt, word)| (distance(spelt, unknown.get(..64).unwrap_or(&unknown)), word))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((distance, word)) if distance <= 3 => {
            let start = "is not a word this library knows; did you mean \"";
            [start, word, "\"?"].concat()
        }
        _ => "has to be \"production\", \"sandbox\" or a base URL".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Environment, OAuthError> {
        text.parse()
    }

    #[test]
    fn words_and_squares_own_urls_mean_the_same() {
        for text in [
            "production",
            "Production",
            "https://connect.squareup.com",
            "HTTPS://CONNECT.SQUAREUP.COM:443/",
        ] {
            assert_eq!(read(text), Ok(Environment::Production), "{text}");
        }
        for text in ["sandbox", "SANDBOX", "https://connect.squareupsandbox.com/"] {
            assert_eq!(read(text), Ok(Environment::Sandbox), "{text}");
        }
    }

    #[test]
    fn an_unknown_word_gets_the_nearest_real_one_and_is_not_repeated() {
        for (text, hint) in [
            ("sandbx", "\"sandbox\""),
            ("prod", "\"production\""),
            ("Live", "\"production\""),
            ("test", "\"sandbox\""),
            ("connect.squareup.com", "\"production\""),
            (
                "sq0csp-secret-in-the-wrong-variable",
                "\"production\", \"sandbox\" or a base URL",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(
                (error.code(), error.field()),
                ("value_unknown", Some("environment"))
            );
            assert!(error.to_string().contains(hint), "{error}");
            assert!(
                text == "prod" || !error.to_string().contains(text),
                "{error}"
            );
        }
    }

    #[test]
    fn what_copying_leaves_behind_is_named() {
        let error = read("sandbox\n").unwrap_err();
        assert_eq!(error.code(), "value_malformed");
        assert!(
            error.to_string().contains("a line break at character 8"),
            "{error}"
        );
        assert_eq!(read("").unwrap_err().code(), "value_missing");
    }

    #[test]
    fn the_website_gets_a_hint_to_the_api() {
        for text in [
            "https://squareup.com",
            "https://www.squareup.com/",
            "https://squareupsandbox.com",
        ] {
            let error = read(text).unwrap_err();
            assert!(
                error.to_string().contains("https://connect.squareup"),
                "{error}"
            );
        }
    }

    #[test]
    fn plain_http_beyond_loopback_needs_the_ugly_name() {
        assert_eq!(
            read("http://emulator:8080").unwrap_err().field(),
            Some("environment")
        );
        assert!(
            Environment::insecure_for_emulator("http://emulator:8080")
                .unwrap()
                .is_insecure()
        );
        assert!(!read("http://localhost:8080").unwrap().is_insecure());
        for url in [
            "http://connect.squareup.com",
            "http://connect.squareupsandbox.com",
        ] {
            assert!(read(url).is_err());
            assert!(Environment::insecure_for_emulator(url).is_err());
        }
    }

    #[test]
    fn the_browser_can_have_an_address_of_its_own() {
        let environment = Environment::insecure_for_emulator("http://emulator:8080")
            .and_then(|environment| environment.authorize_at("http://localhost:9090"))
            .unwrap();
        assert_eq!(environment.base_url(), "http://emulator:8080");
        assert_eq!(environment.authorize_base_url(), "http://localhost:9090");
        let error = Environment::Sandbox
            .authorize_at("http://localhost:9090")
            .unwrap_err();
        assert_eq!(
            (error.code(), error.field()),
            ("value_unexpected", Some("authorize_url"))
        );
    }
}
