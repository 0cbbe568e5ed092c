//! One op, through the library's public API.

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use square_oauth::{
    Authorization, OAuthClient, OAuthError, Subscription, Webhooks, attempt, host::Host,
};

use super::{
    format::{Op, Vector},
    input::{
        self, AttemptInput, AuthorizeInput, CallbackInput, CompleteInput, EnvironmentInput,
        NoInput, ObtainInput, Revocation, StatusInput, WebhookInput,
    },
    output,
};

/// What came of it, and what the requests are judged by beside the vector.
pub(crate) struct Performed {
    pub(crate) result: Result<Value, OAuthError>,
    /// The challenge of the authorization that came first, if one did.
    pub(crate) challenge: Option<String>,
}

pub(crate) async fn perform(vector: &Vector, host: Host) -> Performed {
    let mut challenge = None;
    let result = match vector.op {
        Op::Environment => environment(vector),
        Op::Attempt => attempt(&input::read::<AttemptInput>(&vector.input).callback)
            .map(|attempt| json!({ "attempt": attempt })),
        Op::Webhook => webhook(vector),
        _ => match client(vector, host) {
            Ok(client) => call(vector, &client, &mut challenge).await,
            Err(error) => Err(error),
        },
    };
    Performed { result, challenge }
}

fn client(vector: &Vector, host: Host) -> Result<OAuthClient, OAuthError> {
    let config = &vector.config;
    assert!(
        config.subscriptions.is_none(),
        "subscriptions belong to webhooks"
    );
    let environment = config.environment()?;
    OAuthClient::with_host(environment, config.application(), &config.options(), host)
}

async fn call(
    vector: &Vector,
    client: &OAuthClient,
    challenge: &mut Option<String>,
) -> Result<Value, OAuthError> {
    match vector.op {
        Op::Client => {
            let NoInput {} = input::read(&vector.input);
            Ok(output::nothing())
        }
        Op::Authorize => {
            let input: AuthorizeInput = input::read(&vector.input);
            let one = client.authorize(input.options())?;
            if input.random.is_none() {
                differ(&one, &client.authorize(input.options())?);
            }
            Ok(authorization(client, &one))
        }
        Op::Callback => {
            let input: CallbackInput = input::read(&vector.input);
            client.check_callback(&input.callback, &input.pending)?;
            Ok(output::nothing())
        }
        Op::Complete => {
            let input: CompleteInput = input::read(&vector.input);
            let (state, pending) = match (input.authorize, input.pending) {
                (Some(options), None) => {
                    let authorization = client.authorize(options.options())?;
                    *challenge = parameter(&authorization.url, "code_challenge");
                    let state = parameter(&authorization.url, "state");
                    (state.unwrap(), authorization.pending.into_string())
                }
                (None, Some(pending)) => (String::new(), pending),
                _ => panic!("exactly one of authorize and pending is needed"),
            };
            let callback = input.callback.replace("{state}", &state);
            let tokens = client.complete(&callback, &pending).await?;
            Ok(output::tokens(&tokens))
        }
        Op::ObtainToken => {
            let input: ObtainInput = input::read(&vector.input);
            Ok(output::tokens(&client.obtain_token(input).await?))
        }
        Op::RevokeToken => {
            let input: Revocation = input::read(&vector.input);
            client.revoke_token(input.into()).await?;
            Ok(output::nothing())
        }
        Op::RetrieveTokenStatus => {
            let input: StatusInput = input::read(&vector.input);
            let status = client.retrieve_token_status(input.access_token).await?;
            Ok(output::status(&status))
        }
        Op::CheckApplication => {
            let NoInput {} = input::read(&vector.input);
            client.check_application().await?;
            Ok(output::nothing())
        }
        Op::Environment | Op::Attempt | Op::Webhook => unreachable!("needs no client"),
    }
}

fn environment(vector: &Vector) -> Result<Value, OAuthError> {
    let environment = input::read::<EnvironmentInput>(&vector.input).environment()?;
    Ok(json!({
        "name": environment.to_string(),
        "base_url": environment.base_url(),
        "authorize_base_url": environment.authorize_base_url(),
    }))
}

fn webhook(vector: &Vector) -> Result<Value, OAuthError> {
    let subscriptions = vector.config.subscriptions.as_ref().unwrap().iter();
    let webhooks = Webhooks::new(subscriptions.map(|subscription| {
        Subscription::new(
            subscription.notification_url.as_str(),
            subscription.signature_key.as_str(),
        )
    }))?;
    let input: WebhookInput = input::read(&vector.input);
    let body = match (input.body, input.body_base64) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(base64)) => Base64::decode_vec(&base64).unwrap(),
        _ => panic!("exactly one of body and body_base64 is needed"),
    };
    let event = webhooks.verify(body, input.signature.as_deref())?;
    Ok(output::event(&event))
}

/// An authorization as the vectors write it, with what is random replaced by its name once it has
/// been held against what it must match.
fn authorization(client: &OAuthClient, made: &Authorization) -> Value {
    let (address, query) = made.url.split_once('?').unwrap();
    let mut fields = serde_json::Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let earlier = fields.insert(name.to_string(), value.into());
        assert!(earlier.is_none(), "{name} is in the URL twice");
    }
    let state = parameter(&made.url, "state").unwrap();
    assert!(is_base64url_of_32_bytes(&state), "the state is {state}");
    let callback = format!("?code=sq0cgb-1&state={state}");
    assert_eq!(attempt(&callback).as_ref(), Ok(&made.attempt));
    let is_safe = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    assert!(made.attempt.bytes().all(is_safe), "safe as a cookie's name");
    client
        .check_callback(&callback, made.pending.as_str())
        .expect("the pending value matches the state in the URL");
    if let Some(challenge) = parameter(&made.url, "code_challenge") {
        assert!(is_base64url_of_32_bytes(&challenge));
    }
    let size = made.pending.as_str().len() - redirect_uri_in_pending(&made.url);
    assert!(
        size < 600,
        "pending has {size} characters beside the redirect URI"
    );
    json!({
        "address": address,
        "query": fields,
        "attempt": made.attempt,
        "pending": made.pending.as_str(),
    })
}

/// What the redirect URI takes of a pending value: base64 of its JSON.
fn redirect_uri_in_pending(url: &str) -> usize {
    parameter(url, "redirect_uri").map_or(0, |uri| (uri.len() + 8).div_ceil(3) * 4)
}

fn differ(one: &Authorization, other: &Authorization) {
    assert_ne!(parameter(&one.url, "state"), parameter(&other.url, "state"));
    assert_ne!(one.pending, other.pending);
    assert_ne!(one.attempt, other.attempt);
    if let Some(challenge) = parameter(&one.url, "code_challenge") {
        assert_ne!(Some(challenge), parameter(&other.url, "code_challenge"));
    }
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(found, _)| found == name)
        .map(|(_, value)| value.into_owned())
}

pub(crate) fn is_base64url_of_32_bytes(text: &str) -> bool {
    base64ct::Base64UrlUnpadded::decode_vec(text).is_ok_and(|bytes| bytes.len() == 32)
}

/// The challenge of a verifier, RFC 7636 section 4.2.
pub(crate) fn s256(verifier: &str) -> String {
    base64ct::Base64UrlUnpadded::encode_string(&Sha256::digest(verifier))
}
