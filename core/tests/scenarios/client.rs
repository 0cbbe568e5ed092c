//! The subject: clients by their names, all on the same clock.

use std::{collections::BTreeMap, sync::Arc};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use square_oauth::{
    Environment, OAuthClient, OAuthError, Timestamp, Webhooks, attempt,
    host::{Host, ManualClock},
    native::NativeOptions,
};
use square_oauth_scenarios::{Browsers, Square, Subject};

use crate::{
    arguments::{Back, Delivery, Grant, NewClient, Nothing, Return, Revocation, Token, Way},
    shown,
};

/// The client that acts where a step names none.
const USUAL: &str = "client";

pub(crate) struct Clients {
    environment: Environment,
    host: Host,
    clock: Arc<ManualClock>,
    by_name: BTreeMap<String, OAuthClient>,
    /// For Square's own API, which the library is not about: what its tokens open.
    api: Browsers,
}

impl Clients {
    /// The usual client: the emulator's first application, every option at its default.
    pub(crate) fn new(square: &Square) -> Result<Self, String> {
        let clock = Arc::new(ManualClock::at(Timestamp::from_unix_ms(0)));
        let native = Host::native(&NativeOptions::default()).map_err(text)?;
        let mut clients = Self {
            environment: square.base_url().parse().map_err(text)?,
            host: Host {
                clock: clock.clone(),
                ..native
            },
            clock,
            by_name: BTreeMap::new(),
            api: Browsers::of(square.base_url()),
        };
        let facts = square.facts();
        let usual = json!({
            "application_id": facts["client_id"],
            "application_secret": facts["client_secret"],
        });
        clients.add(USUAL, &read(usual)?).map_err(text)?;
        Ok(clients)
    }

    fn add(&mut self, name: &str, new: &NewClient) -> Result<(), OAuthError> {
        let environment = match &new.environment {
            Some(environment) => environment.parse()?,
            None => self.environment.clone(),
        };
        let (application, options) = (new.application(), new.options());
        let host = self.host.clone();
        let client = OAuthClient::with_host(environment, application, &options, host)?;
        self.by_name.insert(name.to_owned(), client);
        Ok(())
    }
}

impl Subject for Clients {
    async fn perform(
        &mut self,
        method: &str,
        on: Option<&str>,
        with: Value,
    ) -> Result<Value, String> {
        let name = on.unwrap_or(USUAL);
        if method == "new_client" {
            let new = read(with)?;
            return Ok(result(self.add(name, &new), |()| json!({})));
        }
        if method == "request" {
            return self.api.request(name, with).await;
        }
        let client = self.by_name.get(name);
        let client = client.ok_or_else(|| format!("no client is named `{name}`"))?;
        Ok(match method {
            "authorize" => {
                let way: Way = read(with)?;
                result(client.authorize(way.into()), |made| {
                    shown::authorization(&made)
                })
            }
            "attempt" => {
                let back: Back = read(with)?;
                result(
                    attempt(&back.callback),
                    |attempt| json!({"attempt": attempt}),
                )
            }
            "complete" => {
                let Return { callback, pending } = read(with)?;
                let completed = client.complete(&callback, &pending).await;
                result(completed, |tokens| shown::tokens(&tokens))
            }
            "obtain_token" => {
                let grant: Grant = read(with)?;
                let obtained = match grant.request(client) {
                    Ok(request) => client.obtain_token(request).await,
                    Err(error) => Err(error),
                };
                result(obtained, |tokens| shown::tokens(&tokens))
            }
            "revoke_token" => {
                let revocation: Revocation = read(with)?;
                let revoked = client.revoke_token(revocation.into()).await;
                result(revoked, |()| json!({}))
            }
            "retrieve_token_status" => {
                let token: Token = read(with)?;
                let status = client.retrieve_token_status(token.access_token).await;
                result(status, |status| shown::status(&status))
            }
            "check_application" => {
                let Nothing {} = read(with)?;
                result(client.check_application().await, |()| json!({}))
            }
            "verify_webhook" => {
                let delivery: Delivery = read(with)?;
                let webhooks = Webhooks::new(delivery.subscriptions());
                let signature = delivery.signature.as_deref();
                let verified = webhooks.and_then(|all| all.verify(&delivery.body, signature));
                result(verified, |event| shown::event(&event))
            }
            unknown => return Err(format!("there is no method `{unknown}`")),
        })
    }

    fn set_clock(&mut self, unix_ms: i64) {
        self.clock.set(Timestamp::from_unix_ms(unix_ms));
    }
}

fn read<T: DeserializeOwned>(with: Value) -> Result<T, String> {
    serde_json::from_value(with).map_err(text)
}

fn result<T>(result: Result<T, OAuthError>, show: impl FnOnce(T) -> Value) -> Value {
    match result {
        Ok(value) => show(value),
        Err(error) => shown::error(&error),
    }
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
