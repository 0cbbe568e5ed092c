//! One call of the contract, through the library's public API.

use serde::Deserialize;
use serde_json::{Value, json};
use square_oauth::{
    Authorization, AuthorizationCode, OAuthClient, OAuthError, ObtainToken, Subscription, Webhooks,
    attempt, host::Host,
};

use crate::{
    input::{
        AttemptInput, AuthorizeInput, CallbackInput, Config, EnvironmentInput, NoInput,
        ObtainInput, Revocation, StatusInput, WebhookInput, read,
    },
    shown,
};

/// One call; it stands for itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    op: Op,
    config: Config,
    /// Where the client's clock is to stand, in milliseconds since 1970: the host's part.
    pub now_ms: i64,
    input: Value,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Op {
    Client,
    Environment,
    Authorize,
    Attempt,
    Callback,
    Complete,
    ObtainToken,
    RevokeToken,
    RetrieveTokenStatus,
    CheckApplication,
    Webhook,
}

/// What is no error of the library: a call that the contract does not know.
type NotACall = String;

impl Call {
    /// Reads a call.
    ///
    /// # Errors
    /// A text that names what is not known.
    pub fn read(call: Value) -> Result<Self, String> {
        read(call)
    }

    /// Makes the call, and says what came of it.
    ///
    /// # Errors
    /// A text that names what is not known.
    pub async fn answer(self, host: Host) -> Result<Value, String> {
        Ok(match self.perform(host).await? {
            Ok(value) => json!({ "ok": value }),
            Err(error) => json!({"error": shown::error(&error), "printed": shown::printed(&error)}),
        })
    }

    async fn perform(self, host: Host) -> Result<Result<Value, OAuthError>, NotACall> {
        match self.op {
            Op::Environment => {
                let environment = read::<EnvironmentInput>(self.input)?.environment()?;
                Ok(environment.map(|environment| {
                    json!({
                        "name": environment.to_string(),
                        "base_url": environment.base_url(),
                        "authorize_base_url": environment.authorize_base_url(),
                    })
                }))
            }
            Op::Attempt => {
                let AttemptInput { callback } = read(self.input)?;
                Ok(attempt(&callback).map(|attempt| json!({ "attempt": attempt })))
            }
            Op::Webhook => self.webhook(),
            _ => match self.client(host)? {
                Ok(client) => self.on(&client).await,
                Err(error) => Ok(Err(error)),
            },
        }
    }

    fn client(&self, host: Host) -> Result<Result<OAuthClient, OAuthError>, NotACall> {
        let config = &self.config;
        if config.subscriptions.is_some() {
            return Err("subscriptions belong to webhooks".to_owned());
        }
        let (application, options) = (config.application()?, config.options());
        Ok(config.environment()?.and_then(|environment| {
            OAuthClient::with_host(environment, application, &options, host)
        }))
    }

    async fn on(self, client: &OAuthClient) -> Result<Result<Value, OAuthError>, NotACall> {
        let input = self.input;
        Ok(match self.op {
            Op::Client => {
                let NoInput {} = read(input)?;
                Ok(json!({}))
            }
            Op::Authorize => {
                let options = read::<AuthorizeInput>(input)?.into();
                client.authorize(options).map(authorization)
            }
            Op::Callback => {
                let CallbackInput { callback, pending } = read(input)?;
                client
                    .check_callback(&callback, &pending)
                    .map(|_| json!({}))
            }
            Op::Complete => {
                let CallbackInput { callback, pending } = read(input)?;
                let tokens = client.complete(&callback, &pending).await;
                tokens.map(|tokens| shown::tokens(&tokens))
            }
            Op::ObtainToken => {
                let request = match read(input)? {
                    ObtainInput::Callback {
                        callback,
                        pending,
                        short_lived,
                        use_jwt,
                    } => client.check_callback(&callback, &pending).map(|callback| {
                        ObtainToken::from(AuthorizationCode {
                            callback,
                            short_lived,
                            use_jwt,
                        })
                    }),
                    unchecked => Ok(unchecked.unchecked()?),
                };
                match request {
                    Ok(request) => client
                        .obtain_token(request)
                        .await
                        .map(|tokens| shown::tokens(&tokens)),
                    Err(error) => Err(error),
                }
            }
            Op::RevokeToken => {
                let request = read::<Revocation>(input)?.request()?;
                client.revoke_token(request).await.map(|()| json!({}))
            }
            Op::RetrieveTokenStatus => {
                let StatusInput { access_token } = read(input)?;
                let status = client.retrieve_token_status(access_token).await;
                status.map(|status| shown::status(&status))
            }
            Op::CheckApplication => {
                let NoInput {} = read(input)?;
                client.check_application().await.map(|()| json!({}))
            }
            Op::Environment | Op::Attempt | Op::Webhook => return Err("needs no client".to_owned()),
        })
    }

    fn webhook(self) -> Result<Result<Value, OAuthError>, NotACall> {
        let subscriptions = self
            .config
            .subscriptions
            .ok_or("webhooks need subscriptions")?;
        let input: WebhookInput = read(self.input)?;
        let body = input.body()?;
        let subscriptions = subscriptions
            .into_iter()
            .map(|one| Subscription::new(one.notification_url, one.signature_key));
        let verified = Webhooks::new(subscriptions)
            .and_then(|webhooks| webhooks.verify(body, input.signature.as_deref()));
        Ok(verified.map(|event| shown::event(&event)))
    }
}

fn authorization(made: Authorization) -> Value {
    json!({"url": made.url, "attempt": made.attempt, "pending": made.pending.into_string()})
}
