//! An application as it stands while the emulator runs.

use std::sync::Arc;

use crate::{config, secret::Secret};

pub(crate) struct Application {
    pub(crate) name: String,
    pub(crate) client_id: Arc<str>,
    pub(crate) client_secret: Option<Secret>,
    pub(crate) redirect_uri: String,
    pub(crate) square_version: String,
    pub(crate) disabled: bool,
    pub(crate) webhook_url: Option<String>,
    pub(crate) webhook_key: Secret,
    /// Keep deliveries back until they are asked for.
    pub(crate) hold_webhooks: bool,
}

impl Application {
    pub(super) fn new(config: &config::Application, public_url: &str) -> Self {
        Self {
            name: config.name.clone(),
            client_id: config.resolved_client_id().into(),
            client_secret: config.resolved_secret(),
            redirect_uri: config
                .redirect_uri
                .clone()
                .unwrap_or_else(|| format!("{public_url}/_emulator/callback")),
            square_version: config.square_version.clone(),
            disabled: config.disabled,
            webhook_url: config.webhook.url.clone(),
            webhook_key: config.resolved_webhook_key(),
            hold_webhooks: false,
        }
    }

    pub(crate) fn has_secret(&self, secret: &str) -> bool {
        self.client_secret
            .as_ref()
            .is_some_and(|own| own.expose() == secret)
    }

    /// Whether `uri` is the registered redirect URL. The placeholder `<port>` stands for any port,
    /// in PKCE only (documented).
    pub(crate) fn takes_redirect_uri(&self, uri: &str, pkce: bool) -> bool {
        if uri == self.redirect_uri {
            return true;
        }
        let Some((before, after)) = self.redirect_uri.split_once("<port>") else {
            return false;
        };
        pkce && uri
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port != 0))
    }
}

#[cfg(test)]
mod tests {
    use super::Application;
    use crate::config;

    #[test]
    fn the_port_placeholder_takes_any_port_in_pkce_only() {
        let application = Application::new(
            &config::Application {
                redirect_uri: Some("http://localhost:<port>/back".to_owned()),
                ..config::Application::public("A")
            },
            "",
        );
        assert!(application.takes_redirect_uri("http://localhost:8000/back", true));
        assert!(!application.takes_redirect_uri("http://localhost:8000/back", false));
        assert!(!application.takes_redirect_uri("http://localhost:80@evil/back", true));
        assert!(!application.takes_redirect_uri("http://localhost:8000/other", true));
    }
}
