//! What people hand over wrongly, and what comes from outside unasked.

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use square_oauth::{
    Application, Authorize, ClientOptions, Environment, ObtainToken, RevokeToken, Scope, Secret,
    Subscription, Timestamp, Webhooks,
    native::{NativeOptions, NativeTransport, Proxy},
    protocol::{self, Setup},
};

use super::{
    Screen,
    canaries::{
        ACCESS, APPLICATION, CODE, ID, PREVIOUS, PROXY_PASSWORD, VERIFIER, WEBHOOK_KEY, forms,
    },
};

pub(crate) const NOW: Timestamp = Timestamp::from_unix_ms(1_767_225_600_000);

pub(crate) fn all(screen: &mut Screen) {
    credentials(screen);
    values(screen);
    webhooks(screen);
    for url in [
        format!("{PROXY_PASSWORD}://host"),
        format!("http://user:{PROXY_PASSWORD}@host:99999"),
        format!("ftp://user:{PROXY_PASSWORD}@host"),
    ] {
        let options = NativeOptions {
            proxy: Proxy::Url(Secret::from(url)),
            extra_root_certificates: PROXY_PASSWORD.into(),
        };
        screen.result(NativeTransport::new(&options));
        let options = NativeOptions {
            extra_root_certificates: Vec::new(),
            ..options
        };
        screen.result(NativeTransport::new(&options));
    }
}

fn credentials(screen: &Screen) {
    let options = ClientOptions {
        square_version: Some(APPLICATION.to_owned()),
        ..ClientOptions::default()
    };
    let with = |id: &str, secret: &str, previous: &str, options: &ClientOptions| {
        let application = Application::confidential_rotating(id, secret, previous);
        Setup::new(Environment::Sandbox, application, options, "test")
    };
    let default = ClientOptions::default();
    for spoilt in spoilt(APPLICATION) {
        screen.result(with(ID, &spoilt, PREVIOUS, &default));
        screen.result(with(&spoilt, &spoilt, PREVIOUS, &default));
        screen.result(with(ID, APPLICATION, &spoilt, &default));
    }
    screen.result(with(ID, APPLICATION, PREVIOUS, &options));
    for text in [
        APPLICATION.to_owned(),
        format!("https://user:{APPLICATION}@host"),
        format!("https://host/{APPLICATION}"),
        format!("https://host?{APPLICATION}"),
    ] {
        screen.result(text.parse::<Environment>());
        screen.result(Environment::insecure_for_emulator(&text));
        screen.result(text.parse::<Timestamp>());
    }
}

/// A value as copying spoils it.
fn spoilt(value: &str) -> [String; 5] {
    [
        format!("{value}\n"),
        format!("\"{value}\""),
        format!("{value}\u{200b}"),
        format!(" {value}"),
        value.repeat(3_000),
    ]
}

fn values(screen: &Screen) {
    let application = Application::confidential(ID, APPLICATION);
    let options = ClientOptions::default();
    let setup = Setup::new(Environment::Sandbox, application, &options, "test").unwrap();
    let random = protocol::AuthorizeRandom::new([0; 64]);
    for text in spoilt(ACCESS) {
        let verifier = Some(Secret::from(&text));
        for grant in [
            ObtainToken::refresh_token(&text),
            ObtainToken::migration_token(&text),
            ObtainToken::authorization_code_unchecked(&text, None, None),
            ObtainToken::authorization_code_unchecked(CODE, Some(text.clone()), None),
            ObtainToken::authorization_code_unchecked(CODE, None, verifier),
        ] {
            screen.result(protocol::obtain_token(&setup, &grant));
        }
        screen.result(protocol::revoke_token(&setup, &RevokeToken::only(&text)));
        screen.result(protocol::revoke_token(&setup, &RevokeToken::all(&text)).map(|_| ()));
        screen.result(protocol::retrieve_token_status(
            &setup,
            &Secret::from(&text),
        ));
        let authorize = Authorize {
            scopes: vec![Scope::from(text.as_str())],
            locale: Some(text.clone()),
            redirect_uri: Some(text),
            ..Authorize::default()
        };
        let authorization = protocol::authorize(&setup, &authorize, NOW, &random);
        screen.error(&authorization.unwrap_err());
    }
}

/// Callbacks that are refused, and such as repeat what they must not know.
pub(crate) fn callbacks(
    screen: &Screen,
    setup: &Setup,
    (state, pending): (&str, &str),
    known: &[&str],
) {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let mut queries = vec![
        format!("code={CODE}&state=other"),
        format!("code={CODE}"),
        format!("code={CODE}&code={CODE}&state={state}"),
        format!("code={CODE}&error=x&state={state}"),
        format!("code={}%00&state={state}", encode(CODE)),
        format!("state={state}"),
        format!("{CODE}={CODE}&{CODE}"),
    ];
    for form in known.iter().flat_map(|secret| forms(secret)) {
        let form = encode(&form);
        queries.push(format!(
            "error={form}&error_description={form}&state={state}"
        ));
        queries.push(format!(
            "error=access_denied&error_description={form}&state={state}"
        ));
    }
    for query in queries {
        screen.result(protocol::callback(setup, &query, pending, NOW));
        screen.result(protocol::callback(
            setup,
            &query,
            &format!("{pending}A"),
            NOW,
        ));
        screen.result(protocol::callback(setup, &query, "", NOW));
        let late = Timestamp::from_unix_ms(NOW.unix_ms() * 2);
        screen.result(protocol::callback(setup, &query, pending, late));
    }
    // A verifier that the caller made cannot be told from a key that belongs elsewhere.
    screen.text(
        "the attempt",
        &square_oauth::attempt(&format!("state={VERIFIER}")).unwrap(),
    );
}

fn webhooks(screen: &Screen) {
    const URL: &str = "https://example.com/hook";
    for spoilt in spoilt(WEBHOOK_KEY) {
        screen.result(Webhooks::new([Subscription::new(URL, spoilt.as_str())]));
        screen.result(Webhooks::new([Subscription::new(spoilt, WEBHOOK_KEY)]).map(|_| ()));
    }
    let webhooks = Webhooks::new([Subscription::new(URL, WEBHOOK_KEY)]).unwrap();
    screen.result(webhooks.verify(WEBHOOK_KEY, WEBHOOK_KEY));
    for form in forms(WEBHOOK_KEY) {
        let event = |event_type: &str| {
            serde_json::json!({
                "type": event_type, "event_id": form, "merchant_id": form, "created_at": form,
                "data": {"object": {"revocation": {"revoked_at": form, "revoker_type": form}}},
            })
        };
        for event in [event(&form), event("oauth.authorization.revoked")] {
            let body = event.to_string();
            let mac = Hmac::<Sha256>::new_from_slice(WEBHOOK_KEY.as_bytes()).unwrap();
            let mac = mac
                .chain_update(URL)
                .chain_update(&body)
                .finalize()
                .into_bytes();
            let signature = Base64::encode_string(&mac);
            let event = webhooks.verify(&body, signature.as_str());
            assert!(event.is_ok(), "{event:?}");
            screen.result(event);
            screen.result(webhooks.verify(WEBHOOK_KEY, signature.as_str()));
        }
    }
}
