//! The web handlers of a subject, as an actor of scenarios.

use serde_json::{Value, json};

use super::{Remote, about::Paths};
use crate::{
    emulator::Square,
    library::Config,
    scenarios::{Actor, Browsers, Server},
};

/// The browser that acts where a step names none.
const USUAL: &str = "browser";

pub(super) struct WebServer<'a> {
    remote: &'a Remote,
    server: Server,
    browsers: Browsers,
}

impl<'a> WebServer<'a> {
    /// Has the handlers made anew, and registers them at Square.
    pub(super) async fn start(
        remote: &'a Remote,
        paths: &Paths,
        square: &Square,
    ) -> Result<Self, String> {
        let base_url = &remote.about().base_url;
        let server = Server {
            base_url: base_url.clone(),
            connect: paths.connect.clone(),
            callback: paths.callback.clone(),
            webhook: paths.webhook.clone(),
        };
        server.register(square.control()).await?;
        let config = Config {
            environment: Some(square.base_url().to_owned()),
            ..square.application()
        };
        let facts = square.facts();
        let made = json!({
            "config": config,
            "now_ms": square.control().now_ms().await?,
            "webhook_signature_key": facts.get("webhook_signature_key"),
        });
        remote.tell("/web", &made).await?;
        Ok(Self {
            remote,
            browsers: Browsers::of(base_url.as_str()),
            server,
        })
    }
}

impl Actor for WebServer<'_> {
    async fn perform(
        &mut self,
        method: &str,
        on: Option<&str>,
        with: Value,
    ) -> Result<Value, String> {
        match method {
            "request" => self.browsers.request(on.unwrap_or(USUAL), with).await,
            unknown => Err(format!("there is no method `{unknown}`")),
        }
    }

    async fn set_clock(&mut self, unix_ms: i64) -> Result<(), String> {
        let told = self
            .remote
            .tell("/clock", &json!({"now_ms": unix_ms}))
            .await;
        told.map(|_| ())
    }

    fn facts(&self) -> Vec<(&'static str, Value)> {
        vec![("server", self.server.facts())]
    }
}
