//! The scenarios of `conformance/scenarios` that need a web server, told to this one over a real emulator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and the count of scenarios is for whoever runs it"
)]

use std::sync::Arc;

use serde_json::Value;
use square_oauth::{
    Application, Timestamp,
    host::{Host, ManualClock},
    native::NativeOptions,
};
use square_oauth_conformance::{
    Square,
    scenarios::{Actor, Browsers, Need, Server, Suite, run},
};
use square_oauth_example_axum::{App, CALLBACK, Config, WEBHOOK, serve};
use tokio::{net::TcpListener, task::JoinHandle};

/// The browser that acts where a step names none.
const USUAL: &str = "browser";

struct Web {
    server: Server,
    browsers: Browsers,
    clock: Arc<ManualClock>,
    task: JoinHandle<()>,
}

impl Web {
    async fn start(square: &Square) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(text)?;
        let address = listener.local_addr().map_err(text)?;
        let server = Server {
            base_url: format!("http://{address}"),
            connect: "/connect".into(),
            callback: CALLBACK.into(),
            webhook: WEBHOOK.into(),
        };
        server.register(square.control()).await?;
        let facts = square.facts();
        let fact = |name: &str| facts.get(name).and_then(Value::as_str).unwrap_or_default();
        let config = Config {
            environment: square.base_url().parse().map_err(text)?,
            application: Application::confidential(fact("client_id"), fact("client_secret")),
            public_url: server.base_url.clone(),
            signature_key: Some(fact("webhook_signature_key").into()),
        };
        let clock = Arc::new(ManualClock::at(Timestamp::from_unix_ms(0)));
        let host = Host {
            clock: clock.clone(),
            ..Host::native(&NativeOptions::default()).map_err(text)?
        };
        let app = App::new(config, host).map_err(text)?;
        Ok(Self {
            browsers: Browsers::of(&*server.base_url),
            server,
            clock,
            task: tokio::spawn(async move { serve(listener, app).await.unwrap() }),
        })
    }
}

impl Actor for Web {
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
        self.clock.set(Timestamp::from_unix_ms(unix_ms));
        Ok(())
    }

    fn facts(&self) -> Vec<(&'static str, Value)> {
        vec![("server", self.server.facts())]
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[tokio::test]
async fn every_scenario_that_needs_a_web_server_holds() {
    let suite = Suite::read().expect("the scenarios are readable");
    let mut failures = Vec::new();
    let mut count = 0;
    for scenario in suite.of(Need::Web) {
        count += 1;
        if let Err(why) = run(scenario, Web::start).await {
            failures.push(format!("{}: {}\n    {why}", scenario.id, scenario.title));
        }
    }
    println!("{}", suite.account(Need::Web, count).expect("all are run"));
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
