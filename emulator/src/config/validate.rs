//! What the types of a configuration cannot say; the control API asks here too.

use std::collections::HashSet;

use hyper::Uri;

use super::{Application, Config, ConfigError, Seller};
use crate::secret::Secret;

pub(super) fn validate(config: &Config) -> Result<(), ConfigError> {
    if config.applications.is_empty() {
        return Err(ConfigError::new(
            "applications",
            "at least one application is needed",
        ));
    }
    if config.sellers.is_empty() {
        return Err(ConfigError::new("sellers", "at least one seller is needed"));
    }
    if config.tokens_per_seller == 0 {
        return Err(ConfigError::new(
            "tokens_per_seller",
            "at least 1 is needed",
        ));
    }
    if let Some(url) = &config.public_url
        && !is_origin(url)
    {
        let reason = "an origin like http://emulator:8080, without path, is expected";
        return Err(ConfigError::new("public_url", reason));
    }

    let mut ids = HashSet::new();
    for (at, application) in config.applications.iter().enumerate() {
        self::application(application)
            .map_err(|(field, reason)| in_table("applications", at, field, reason))?;
        if !ids.insert(application.resolved_client_id()) {
            let reason = "another application has this application ID; applications of the same name need \
                          client_id set";
            return Err(in_table("applications", at, "client_id", reason));
        }
    }
    if config.sellers.len() > MOST_SELLERS {
        let reason = format!("at most {MOST_SELLERS} are allowed");
        return Err(ConfigError::new("sellers", reason));
    }
    let mut ids = HashSet::new();
    let mut tokens = HashSet::new();
    for (at, seller) in config.sellers.iter().enumerate() {
        let complain = |(field, reason)| in_table("sellers", at, field, reason);
        self::seller(seller).map_err(complain)?;
        if !ids.insert(seller.resolved_merchant_id()) {
            let reason = "another seller has this merchant id; sellers of the same name need merchant_id set";
            return Err(complain(("merchant_id", reason)));
        }
        own_tokens(seller, |token| !tokens.insert(token.to_owned())).map_err(complain)?;
    }
    Ok(())
}

/// The field and what is wrong with it.
pub(crate) type Complaint = (&'static str, &'static str);

/// More sellers, or more locations of one, than this serve no test; each takes memory.
pub(crate) const MOST_SELLERS: usize = 100_000;
const MOST_LOCATIONS: usize = 300;
const LONGEST_NAME: usize = 255;

fn application(application: &Application) -> Result<(), Complaint> {
    let id = application.resolved_client_id();
    if !id.starts_with("sandbox-") || id.len() > 191 || !is_plain(&id) {
        let reason = "an application ID starts with sandbox- and has at most 191 visible ASCII characters: \
                      never give the emulator a production ID";
        return Err(("client_id", reason));
    }
    if let Some(secret) = &application.client_secret {
        client_secret(application.public, secret)?;
    }
    if let Some(uri) = &application.redirect_uri {
        redirect_uri(uri)?;
    }
    if let Some(url) = &application.webhook.url {
        webhook_url("webhook.url", url)?;
    }
    if let Some(key) = &application.webhook.key {
        webhook_key("webhook.key", key)?;
    }
    Ok(())
}

pub(crate) fn client_secret(is_public: bool, secret: &Secret) -> Result<(), Complaint> {
    const FIELD: &str = "client_secret";
    if is_public {
        return Err((FIELD, "a public application has no secret"));
    }
    credential(FIELD, secret)
}

pub(crate) fn redirect_uri(uri: &str) -> Result<(), Complaint> {
    if is_redirect_uri(uri) {
        return Ok(());
    }
    let reason =
        "an http or https URL without fragment is expected; the console takes no other scheme";
    Err(("redirect_uri", reason))
}

/// What is checked has one name in the configuration and another in the control API.
pub(crate) fn webhook_url(field: &'static str, url: &str) -> Result<(), Complaint> {
    let is_http = url
        .parse()
        .is_ok_and(|uri: Uri| uri.host().is_some() && uri.scheme_str() == Some("http"));
    if is_http {
        return Ok(());
    }
    let reason = "an http URL is expected (the emulator does not speak TLS)";
    Err((field, reason))
}

pub(crate) fn webhook_key(field: &'static str, key: &Secret) -> Result<(), Complaint> {
    let key = key.expose();
    if (1..=1024).contains(&key.len()) && is_plain(key) {
        return Ok(());
    }
    Err((field, "1 to 1024 visible ASCII characters are expected"))
}

/// All but what other sellers have to say about it.
pub(crate) fn seller(seller: &Seller) -> Result<(), Complaint> {
    let id = seller.resolved_merchant_id();
    if !(8..=191).contains(&id.len()) || !is_plain(&id) {
        let reason = "8 to 191 visible ASCII characters are expected";
        return Err(("merchant_id", reason));
    }
    let texts = [
        ("name", &seller.name),
        ("country", &seller.country),
        ("language", &seller.language),
        ("currency", &seller.currency),
    ];
    for (field, text) in texts {
        if text.len() > LONGEST_NAME {
            return Err((field, "at most 255 bytes are allowed"));
        }
    }
    let is_long = |text: &String| text.len() > LONGEST_NAME;
    if seller.locations.len() > MOST_LOCATIONS
        || seller
            .locations
            .iter()
            .any(|place| is_long(&place.name) || place.id.as_ref().is_some_and(is_long))
    {
        let reason = "at most 300 are allowed, with names and ids of at most 255 bytes";
        return Err(("locations", reason));
    }
    for (field, token) in seller.given_tokens() {
        credential(field, token)?;
    }
    Ok(())
}

/// Whether the seller's own tokens are nobody else's: a token stands for one seller.
pub(crate) fn own_tokens(
    seller: &Seller,
    mut is_taken: impl FnMut(&str) -> bool,
) -> Result<(), Complaint> {
    let tokens = [
        ("personal_token", seller.resolved_personal_token()),
        ("migration_token", seller.resolved_migration_token()),
    ];
    for (field, token) in tokens {
        if is_taken(token.expose()) {
            return Err((
                field,
                "this is a token of another seller, or another of this one",
            ));
        }
    }
    Ok(())
}

/// What can stand in a header and in Square's limits for secrets and tokens.
fn credential(field: &'static str, secret: &Secret) -> Result<(), Complaint> {
    let secret = secret.expose();
    if (2..=1024).contains(&secret.len()) && is_plain(secret) {
        return Ok(());
    }
    Err((field, "2 to 1024 visible ASCII characters are expected"))
}

fn is_redirect_uri(text: &str) -> bool {
    let filled = text.replace("<port>", "1");
    filled.len() <= 2048
        && !filled.contains('#')
        && filled.parse().is_ok_and(|uri: Uri| {
            uri.host().is_some() && matches!(uri.scheme_str(), Some("http" | "https"))
        })
}

fn is_origin(text: &str) -> bool {
    text.parse().is_ok_and(|uri: Uri| {
        uri.host().is_some()
            && matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.path() == "/"
            && uri.query().is_none()
    })
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn in_table(table: &str, at: usize, field: &str, reason: &str) -> ConfigError {
    ConfigError::new(format!("{table}[{at}].{field}"), reason)
}
