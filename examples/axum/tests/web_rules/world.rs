//! The server, the emulator behind it, and a seller with a browser.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use square_oauth::{
    host::{Host, ManualClock},
    native::{NativeOptions, Proxy},
};
use square_oauth_emulator::{Application, Config as EmulatorConfig, Emulator, Timestamp, Webhook};
use square_oauth_example_axum::{App, CALLBACK, Config, WEBHOOK, serve};
use square_oauth_example_browser::{Answer, Browser, Decision, Seller};
use tokio::{net::TcpListener, task::JoinHandle};

/// Both clocks stand here at the start.
const START: &str = "2026-01-01T00:00:00Z";
/// Longer than a seller may stay away, and shorter than the cookie's life.
pub(crate) const TOO_LONG: Duration = Duration::from_secs(31 * 60);

pub(crate) type Headers<'a> = &'a [(&'a str, &'a str)];

/// How browsers say that a seller came from somewhere else.
pub(crate) const FOREIGN: Headers<'static> = &[("sec-fetch-site", "cross-site")];

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) origin: String,
    pub(crate) browser: Browser,
    clock: Arc<ManualClock>,
    server: JoinHandle<()>,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with_secret(None).await
    }

    /// With another application secret than Square knows.
    pub(crate) async fn with_secret(secret: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let emulator = Emulator::start(EmulatorConfig {
            clock: Some(Timestamp::parse(START).unwrap()),
            applications: vec![Application {
                redirect_uri: Some(format!("{origin}{CALLBACK}")),
                webhook: Webhook {
                    url: Some(format!("{origin}{WEBHOOK}")),
                    key: None,
                },
                ..Application::confidential("Axum example")
            }],
            ..EmulatorConfig::default()
        })
        .await
        .unwrap();

        let config = Config {
            environment: emulator.base_url().parse().unwrap(),
            application: square_oauth::Application::confidential(
                emulator.client_id(),
                secret.map_or_else(|| emulator.client_secret(), str::to_owned),
            ),
            public_url: origin.clone(),
            signature_key: Some(emulator.webhook_signature_key().into()),
        };
        let clock = Arc::new(ManualClock::at(START.parse().unwrap()));
        let options = NativeOptions {
            proxy: Proxy::None,
            ..NativeOptions::default()
        };
        let host = Host {
            clock: clock.clone(),
            ..Host::native(&options).unwrap()
        };
        let app = App::new(config, host).unwrap();
        let server = tokio::spawn(async move { serve(listener, app).await.unwrap() });
        Self {
            emulator,
            origin,
            browser: Browser::default(),
            clock,
            server,
        }
    }

    /// A seller who is connected, ends it at Square, and whose webhook does not come.
    pub(crate) async fn cut_off() -> Self {
        let mut world = Self::start().await;
        world.connect().await;
        world
            .control("PUT", "webhooks", json!({"hold": true}))
            .await;
        world.control("POST", "revoke", json!({})).await;
        world
    }

    /// Turns the server's clock; the emulator's stands still.
    pub(crate) fn wait(&self, duration: Duration) {
        self.clock.advance(duration);
    }

    pub(crate) async fn get(&mut self, path: &str, headers: Headers<'_>) -> Answer {
        let url = format!("{}{path}", self.origin);
        self.browser.get(&url, headers).await.unwrap()
    }

    pub(crate) async fn post(
        &mut self,
        path: &str,
        headers: Headers<'_>,
        fields: Headers<'_>,
    ) -> Answer {
        let url = format!("{}{path}", self.origin);
        self.browser.post(&url, headers, fields).await.unwrap()
    }

    /// Presses one of the status page's buttons.
    pub(crate) async fn press(&mut self, path: &str) -> Answer {
        let merchant_id = self.merchant_id().await;
        let own = [("sec-fetch-site", "same-origin")];
        self.post(path, &own, &[("merchant_id", &merchant_id)])
            .await
    }

    /// Clicks "Connect Square"; yields Square's address.
    pub(crate) async fn click(&mut self, path: &str) -> String {
        let answer = self.get(path, &[]).await;
        assert_eq!(answer.status, 303);
        answer.location().to_owned()
    }

    /// Decides at Square; yields the path of the callback, which is not opened yet.
    pub(crate) async fn decide(&mut self, authorize_url: &str, decision: Decision) -> String {
        let seller = Seller::default();
        let decided = seller.decide(&mut self.browser, authorize_url, decision);
        let callback = decided.await.unwrap();
        callback.strip_prefix(&self.origin).unwrap().to_owned()
    }

    /// From the click to the callback's path.
    pub(crate) async fn come_back(&mut self, decision: Decision) -> String {
        let url = self.click("/connect").await;
        self.decide(&url, decision).await
    }

    /// The whole way; the seller is connected after it.
    pub(crate) async fn connect(&mut self) {
        let callback = self.come_back(Decision::Allow).await;
        let answer = self.get(&callback, FOREIGN).await;
        assert_eq!((answer.status, answer.location()), (303, "/status"));
    }

    pub(crate) async fn status(&mut self) -> String {
        let page = self.get("/status", &[]).await;
        assert_eq!(page.status, 200);
        page.text()
    }

    pub(crate) async fn is_connected(&mut self) -> bool {
        !self.status().await.contains("Nobody is connected.")
    }

    /// How many answers a seller would see on the status page.
    pub(crate) async fn connections(&mut self) -> usize {
        self.status().await.matches("<section").count()
    }

    pub(crate) async fn merchant_id(&self) -> String {
        let state = self.control("GET", "state", json!({})).await;
        state["sellers"][0]["merchant_id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// How often Square was asked for this.
    pub(crate) async fn asked(&self, path: &str) -> usize {
        let log = self.control("GET", "requests", json!({})).await;
        let requests = log["requests"].as_array().unwrap().iter();
        requests.filter(|request| request["path"] == path).count()
    }

    /// A control call of the emulator's.
    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}/{path}", self.emulator.control_url());
        let mut browser = Browser::default();
        let sent = browser.send(method, &url, &[], body.to_string());
        let answer = sent.await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Asserts what no redirect on this way may lack.
pub(crate) fn assert_clean(answer: &Answer) {
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    for secret in ["code=", "state=", "error="] {
        assert!(!answer.location().contains(secret));
    }
}
