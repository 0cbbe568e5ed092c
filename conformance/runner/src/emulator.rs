//! One emulator, for a scenario or a row of vectors: starting it, and its control API.

use serde_json::{Map, Value, json};
use square_oauth_emulator::Emulator;
use square_oauth_example_browser::Browser;

use crate::library::Config;

/// An emulator that runs as long as this value lives.
#[derive(Debug)]
pub struct Square {
    emulator: Emulator,
    control: Control,
}

/// Calls of an emulator's control API.
#[derive(Clone, Debug)]
pub struct Control {
    url: String,
}

impl Square {
    /// Starts an emulator whose clock stands still where every scenario begins, told what a scenario tells it.
    pub(crate) async fn start(told: &Map<String, Value>) -> Result<Self, String> {
        let emulator = Emulator::start(square_oauth_emulator::Config::default()).await;
        let emulator = emulator.map_err(|error| error.to_string())?;
        let control = Control {
            url: emulator.control_url(),
        };
        let clock = json!({"now": "2026-01-01T00:00:00Z"});
        control.call("PUT clock", &clock).await?;
        for (path, with) in told {
            control.call(&format!("PUT {path}"), with).await?;
        }
        Ok(Self { emulator, control })
    }

    /// What the emulator's start-up line says of itself; scenarios know it as `$emulator`.
    #[must_use]
    pub fn facts(&self) -> Value {
        let emulator = &self.emulator;
        json!({
            "base_url": emulator.base_url(),
            "client_id": emulator.client_id(),
            "client_secret": emulator.client_secret(),
            "redirect_uri": emulator.redirect_uri(),
            "webhook_signature_key": emulator.webhook_signature_key(),
        })
    }

    /// The emulator's first application; where Square is, is left to the caller.
    #[must_use]
    pub fn application(&self) -> Config {
        Config {
            application_id: Some(self.emulator.client_id().to_owned()),
            application_secret: Some(self.emulator.client_secret().to_owned()),
            ..Config::default()
        }
    }

    /// Where the emulator is.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.emulator.base_url()
    }

    /// The control API.
    #[must_use]
    pub fn control(&self) -> &Control {
        &self.control
    }
}

impl Control {
    /// Makes a call named like `PUT clock`; anything but a success is an error.
    ///
    /// # Errors
    /// A text with the emulator's own words.
    pub async fn call(&self, call: &str, with: &Value) -> Result<Value, String> {
        let (method, path) = call
            .split_once(' ')
            .ok_or_else(|| format!("`{call}` is not a method and a path"))?;
        let url = format!("{}/{path}", self.url);
        let mut browser = Browser::default();
        let answer = browser.send(method, &url, &[], with.to_string()).await;
        let answer = answer.map_err(|error| format!("{call}: {error}"))?;
        if answer.status != 200 {
            return Err(format!("{call}: {}: {}", answer.status, answer.text()));
        }
        serde_json::from_slice(&answer.body).map_err(|error| format!("{call}: {error}"))
    }

    pub(crate) async fn now_ms(&self) -> Result<i64, String> {
        let clock = self.call("GET clock", &json!({})).await?;
        let now = clock.get("now_ms").and_then(Value::as_i64);
        now.ok_or_else(|| "the clock shows no time".to_owned())
    }
}
