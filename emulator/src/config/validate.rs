//! What the types of a configuration cannot say.

use std::collections::HashSet;

use hyper::Uri;

use super::{Application, Config, ConfigError, Seller};

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
    let mut ids = HashSet::new();
    for (at, seller) in config.sellers.iter().enumerate() {
        self::seller(seller).map_err(|(field, reason)| in_table("sellers", at, field, reason))?;
        if !ids.insert(seller.resolved_merchant_id()) {
            let reason = "another seller has this merchant id; sellers of the same name need merchant_id set";
            return Err(in_table("sellers", at, "merchant_id", reason));
        }
    }
    Ok(())
}

type Complaint = (&'static str, &'static str);

fn application(application: &Application) -> Result<(), Complaint> {
    let id = application.resolved_client_id();
    if !id.starts_with("sandbox-") || id.len() > 191 || !is_plain(&id) {
        let reason = "an application ID starts with sandbox- and has at most 191 visible ASCII characters: \
                      never give the emulator a production ID";
        return Err(("client_id", reason));
    }
    if application.public && application.client_secret.is_some() {
        return Err(("client_secret", "a public application has no secret"));
    }
    if let Some(secret) = application.resolved_secret()
        && (!(2..=1024).contains(&secret.expose().len()) || !is_plain(secret.expose()))
    {
        return Err((
            "client_secret",
            "2 to 1024 visible ASCII characters are expected",
        ));
    }
    if let Some(uri) = &application.redirect_uri
        && !is_redirect_uri(uri)
    {
        let reason =
            "an http or https URL without fragment is expected; the console takes no other scheme";
        return Err(("redirect_uri", reason));
    }
    if let Some(url) = &application.webhook.url
        && !is_webhook_url(url)
    {
        return Err((
            "webhook",
            "url: an http URL is expected (the emulator does not speak TLS)",
        ));
    }
    Ok(())
}

fn seller(seller: &Seller) -> Result<(), Complaint> {
    let id = seller.resolved_merchant_id();
    if !(8..=191).contains(&id.len()) || !is_plain(&id) {
        return Err((
            "merchant_id",
            "8 to 191 visible ASCII characters are expected",
        ));
    }
    Ok(())
}

pub(crate) fn is_redirect_uri(text: &str) -> bool {
    let filled = text.replace("<port>", "1");
    filled.len() <= 2048
        && !filled.contains('#')
        && filled.parse().is_ok_and(|uri: Uri| {
            uri.host().is_some() && matches!(uri.scheme_str(), Some("http" | "https"))
        })
}

pub(crate) fn is_webhook_url(text: &str) -> bool {
    text.parse()
        .is_ok_and(|uri: Uri| uri.host().is_some() && uri.scheme_str() == Some("http"))
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
