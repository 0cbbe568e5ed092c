//! Applications, as they stand in Square's developer console.

use serde::Deserialize;

use crate::{random::Random, secret::Secret};

/// An application. What is not given is made from the name, so it is the same at every start.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Application {
    /// The name sellers see on the consent page.
    pub name: String,
    /// The application ID; it starts with `sandbox-`. Default: made from the name.
    pub client_id: Option<String>,
    /// The application secret. Default: made from the name, unless `public`.
    pub client_secret: Option<Secret>,
    /// Whether this application has no secret and can therefore only use PKCE. Default false.
    pub public: bool,
    /// The one redirect URL registered for this application; `http://localhost:<port>` with the
    /// literal `<port>` stands for any port, for PKCE only. Default: a page of the emulator that
    /// shows what came back.
    pub redirect_uri: Option<String>,
    /// The API version answered with when a request names none. Default `2026-01-22`.
    pub square_version: String,
    /// Whether Square has disabled this application. Default false.
    pub disabled: bool,
    /// Where and under which key to deliver webhooks. Default: no address, a key made from the
    /// name.
    pub webhook: Webhook,
}

/// A webhook subscription.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhook {
    /// The notification URL, `http` on any host. Default: none, nothing is delivered.
    pub url: Option<String>,
    /// The signature key. Default: made from the application's name.
    pub key: Option<Secret>,
}

impl Application {
    /// An application with a secret: the code flow, and PKCE where a code challenge is sent.
    pub fn confidential(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// An application without a secret: PKCE only.
    pub fn public(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            public: true,
            ..Self::default()
        }
    }

    pub(crate) fn resolved_client_id(&self) -> String {
        self.client_id
            .clone()
            .unwrap_or_else(|| self.derive("id", "sandbox-sq0idb-", 22))
    }

    pub(crate) fn resolved_secret(&self) -> Option<Secret> {
        if self.public {
            return None;
        }
        Some(
            self.client_secret
                .clone()
                .unwrap_or_else(|| Secret::new(self.derive("secret", "sandbox-sq0csb-", 43))),
        )
    }

    pub(crate) fn resolved_webhook_key(&self) -> Secret {
        self.webhook
            .key
            .clone()
            .unwrap_or_else(|| Secret::new(self.derive("webhook", "", 22)))
    }

    fn derive(&self, what: &str, prefix: &str, length: usize) -> String {
        Random::of_label(&format!("application {what} {}", self.name)).credential(prefix, length)
    }
}

impl Default for Application {
    fn default() -> Self {
        Self {
            name: "Application".to_owned(),
            client_id: None,
            client_secret: None,
            public: false,
            redirect_uri: None,
            square_version: "2026-01-22".to_owned(),
            disabled: false,
            webhook: Webhook::default(),
        }
    }
}

/// Whether a host name, without port, always means this machine.
pub(crate) fn is_loopback_name(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || host
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{Application, Webhook};
    use crate::{config::Seller, secret::Secret};

    #[test]
    fn a_configuration_prints_no_credential() {
        let planted = || Some(Secret::new("planted"));
        let application = Application {
            client_secret: planted(),
            webhook: Webhook {
                url: None,
                key: planted(),
            },
            ..Application::confidential("A")
        };
        let seller = Seller {
            personal_token: planted(),
            migration_token: planted(),
            ..Seller::named("S")
        };
        let printed = format!("{application:?} {seller:?}");
        assert!(!printed.contains("planted"), "{printed}");
    }
}
