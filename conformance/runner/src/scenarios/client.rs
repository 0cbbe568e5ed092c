//! The clients of a scenario, over any library: each method is one call of the contract.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Actor, Browsers, run::query};
use crate::{
    emulator::Square,
    library::{Call, Config, Library, Op, Outcome, Subscription},
    moment,
};

/// The client that acts where a step names none.
const USUAL: &str = "client";

/// Clients by their names, all on the same clock.
#[derive(Debug)]
pub struct Clients<'a, L> {
    library: &'a L,
    environment: String,
    now_ms: i64,
    by_name: BTreeMap<String, Config>,
    /// For Square's own API, which the library is not about: what its tokens open.
    api: Browsers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewClient {
    /// The emulator where it is not given.
    environment: Option<String>,
    application_id: String,
    /// A public application has none.
    application_secret: Option<String>,
    previous_application_secret: Option<String>,
    pending_lifetime_s: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delivery {
    subscriptions: Vec<Subscription>,
    body: String,
    signature: Option<String>,
}

impl<'a, L: Library> Clients<'a, L> {
    /// The usual client: the emulator's first application, every option at its default.
    #[must_use]
    pub fn new(library: &'a L, square: &Square) -> Self {
        let usual = Config {
            environment: Some(square.base_url().to_owned()),
            ..square.application()
        };
        Self {
            library,
            environment: square.base_url().to_owned(),
            now_ms: 0,
            by_name: [(USUAL.to_owned(), usual)].into(),
            api: Browsers::of(square.base_url()),
        }
    }

    async fn add(&mut self, name: &str, with: Value) -> Result<Value, String> {
        let new: NewClient = read(with)?;
        let config = Config {
            environment: Some(new.environment.unwrap_or_else(|| self.environment.clone())),
            application_id: Some(new.application_id),
            public: new.application_secret.is_none(),
            application_secret: new.application_secret,
            previous_application_secret: new.previous_application_secret,
            pending_lifetime_ms: new.pending_lifetime_s.map(|seconds| seconds * 1000),
            ..Config::default()
        };
        let outcome = self.call(Op::Client, config.clone(), json!({})).await?;
        if matches!(outcome, Outcome::Ok(_)) {
            self.by_name.insert(name.to_owned(), config);
        }
        shown(outcome)
    }

    async fn call(&self, op: Op, config: Config, input: Value) -> Result<Outcome, String> {
        let now_ms = self.now_ms;
        let call = Call {
            op,
            config,
            now_ms,
            input,
        };
        self.library.call(call).await
    }
}

impl<L: Library> Actor for Clients<'_, L> {
    async fn perform(
        &mut self,
        method: &str,
        on: Option<&str>,
        with: Value,
    ) -> Result<Value, String> {
        let name = on.unwrap_or(USUAL);
        let op = match method {
            "new_client" => return self.add(name, with).await,
            "request" => return self.api.request(name, with).await,
            "verify_webhook" => {
                let delivery: Delivery = read(with)?;
                let config = Config {
                    subscriptions: Some(delivery.subscriptions),
                    ..Config::default()
                };
                let input = json!({"body": delivery.body, "signature": delivery.signature});
                return shown(self.call(Op::Webhook, config, input).await?);
            }
            "authorize" => Op::Authorize,
            "attempt" => Op::Attempt,
            "complete" => Op::Complete,
            "obtain_token" => Op::ObtainToken,
            "revoke_token" => Op::RevokeToken,
            "retrieve_token_status" => Op::RetrieveTokenStatus,
            "check_application" => Op::CheckApplication,
            unknown => return Err(format!("there is no method `{unknown}`")),
        };
        let config = self.by_name.get(name).cloned();
        let config = config.ok_or_else(|| format!("no client is named `{name}`"))?;
        let (config, with) = match op {
            Op::Attempt => (Config::default(), with),
            Op::ObtainToken => (config, grant(with)?),
            _ => (config, with),
        };
        shown(self.call(op, config, with).await?)
    }

    async fn set_clock(&mut self, unix_ms: i64) -> Result<(), String> {
        self.now_ms = unix_ms;
        Ok(())
    }
}

/// Which grant is meant goes without saying in a scenario.
fn grant(mut with: Value) -> Result<Value, String> {
    let fields = with.as_object_mut().ok_or("arguments have names")?;
    let grants = [
        ("callback", "callback"),
        ("code", "authorization_code"),
        ("refresh_token", "refresh_token"),
        ("migration_token", "migration_token"),
    ];
    let grant = grants.iter().find(|(field, _)| fields.contains_key(*field));
    let (_, grant) = grant.ok_or("no grant is given")?;
    fields.insert("grant".to_owned(), (*grant).into());
    Ok(with)
}

/// What came of it as scenarios compare it: with times as texts, and the parameters of a URL.
fn shown(outcome: Outcome) -> Result<Value, String> {
    let mut value = match outcome {
        Outcome::Ok(value) => value,
        Outcome::Failed(failure) => return Ok(json!({"error": failure.shown()})),
    };
    for (name, field) in value.as_object_mut().into_iter().flat_map(Map::iter_mut) {
        if name.ends_with("_at") && !field.is_null() {
            let ms = field
                .as_f64()
                .ok_or_else(|| format!("{name} is no time: {field}"))?;
            *field = moment::to_text(ms as i64)?.into();
        }
    }
    if let Some(url) = value.get("url").and_then(Value::as_str) {
        let query = query(url);
        value
            .as_object_mut()
            .map(|fields| fields.insert("query".to_owned(), query));
    }
    Ok(value)
}

fn read<T: for<'de> Deserialize<'de>>(with: Value) -> Result<T, String> {
    serde_json::from_value(with).map_err(|why| why.to_string())
}
