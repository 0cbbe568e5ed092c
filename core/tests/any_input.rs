//! No text, body or number from outside makes anything panic, and every error about it is of the
//! kind it should be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::time::{Duration, SystemTime};

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;
use square_oauth::{
    Application, Authorize, ClientOptions, Environment, ErrorKind, EventDetail, ObtainToken,
    RevokeToken, Scope, Secret, Subscription, Timestamp, Webhooks, attempt,
    host::HttpResponse,
    protocol::{self, AuthorizeRandom, Setup},
};

const NOW: Timestamp = Timestamp::from_unix_ms(1_767_225_600_000);
/// The first and the last millisecond that RFC 3339 can name in UTC.
const FIRST: Timestamp = Timestamp::from_unix_ms(-62_167_219_200_000);
const LAST: Timestamp = Timestamp::from_unix_ms(253_402_300_799_999);
const ID: &str = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA";

fn setup(application: Application) -> Setup {
    let options = ClientOptions::default();
    Setup::new(Environment::Sandbox, application, &options, "test").unwrap()
}

fn confidential() -> Setup {
    setup(Application::confidential(ID, "sandbox-sq0csb-secret"))
}

/// A query out of the pieces that matter and others that do not.
fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("code=sq0cgb-1".to_owned()),
        Just("state=abc".to_owned()),
        Just("error=access_denied".to_owned()),
        Just("error_description=user_denied".to_owned()),
        Just("response_type=code".to_owned()),
        Just("#_=_".to_owned()),
        Just("?".to_owned()),
        Just("https://example.com/callback?".to_owned()),
        Just("code=%".to_owned()),
        Just("state=%ff%00".to_owned()),
        Just("%63ode=1".to_owned()),
        "[a-z%=+/:#?]{0,8}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join("&"))
}

/// JSON that is nearly an answer of Square's.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        prop::sample::select(vec![
            "null",
            "true",
            "false",
            "0",
            "-1e999",
            "[]",
            "{}",
            "\"\"",
            "\"2026-01-31T00:00:00Z\"",
            "\"bearer\"",
            "\"a\"",
            "[null]",
            "[{}]",
            "[{\"code\":1}]",
            "[\"text\"]",
            "\"\\ud800\"",
            "[{\"category\":\"A\",\"code\":\"B\",\"detail\":\"C\",\"field\":\"D\"}]",
            "99999999999999999999999999",
            "[[[[[[[[[[]]]]]]]]]]",
        ])
        .prop_map(str::to_owned),
        Just(format!("{}{}", "[".repeat(5000), "]".repeat(5000))),
    ];
    let name = prop::sample::select(vec![
        "access_token",
        "refresh_token",
        "expires_at",
        "merchant_id",
        "token_type",
        "errors",
        "message",
        "type",
        "error",
        "error_description",
        "success",
        "scopes",
        "client_id",
        "short_lived",
        "id_token",
        "event_id",
        "created_at",
        "data",
    ]);
    let object = prop::collection::vec((name, value), 0..8).prop_map(|fields| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", fields.join(",")).into_bytes()
    });
    prop_oneof![
        object,
        any::<Vec<u8>>(),
        any::<String>().prop_map(String::into_bytes)
    ]
}

/// Text that looks like a date, or like several.
fn dates() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9]{1,30}(, ?[0-9]{1,4}){0,3}",
        "[+-]?[0-9]{0,6}-[0-9]{1,2}-[0-9]{1,2}[Tt ][0-9]{1,2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,40})?(Z|z|[+-][0-9]{2}:[0-9]{2})?",
        "(0000|9999)-(01-01|12-31)T(00|23):(00|59):(00|59|60)(\\.9{1,30})?(Z|[+-]23:59)",
        "(Sun|Mon|Xyz|Monday)?,? ?[0-9]{1,2}[ -](Jan|Feb|Nov)[ -][0-9]{2,5} [0-9]{1,2}:[0-9]{2}:[0-9]{2} ?(GMT|UTC)?",
        "(Sun|Mon) (Jan|Feb) {1,2}[0-9]{1,2} [0-9]{1,2}:[0-9]{2}:[0-9]{2} [0-9]{1,6}",
    ]
}

fn signature(key: &str, url: &str, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    Base64::encode_string(
        &mac.chain_update(url)
            .chain_update(body)
            .finalize()
            .into_bytes(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_callback_panics_or_is_taken_without_its_pending_value(
        callback in prop_oneof![any::<String>(), query()],
        pending in prop_oneof![Just(String::new()), any::<String>()],
    ) {
        let _ = attempt(&callback);
        let error = protocol::callback(&confidential(), &callback, &pending, NOW).unwrap_err();
        prop_assert!(matches!(error.kind(), ErrorKind::InvalidCallback | ErrorKind::Denied));
        prop_assert_eq!(error.http_status(), None);
    }

    #[test]
    fn every_form_of_a_callback_is_the_same_callback(
        state in "[A-Za-z0-9_-]{1,60}",
        extra in prop::option::of("[a-z]{6,9}=([a-z]{0,5}|https://[a-z]/[?][a-z]=[a-z])"),
        place in 0_usize..3,
        fragment in prop_oneof![Just(""), Just("#_=_"), Just("#a?b=c&state=d")],
    ) {
        let mut parameters = vec!["code=sq0cgb-1".to_owned()];
        parameters.extend(extra);
        parameters.insert(place.min(parameters.len()), format!("state={state}"));
        let query = parameters.join("&") + fragment;
        let expected = attempt(&format!("state={state}")).unwrap();
        for form in [
            query.clone(),
            format!("?{query}"),
            format!("/callback?{query}"),
            format!("/?{query}"),
            format!("https://example.com/callback?{query}"),
            format!("http://localhost:3000?{query}"),
            format!("https://user:a=b@example.com/x=y/?{query}"),
        ] {
            prop_assert_eq!(attempt(&form).unwrap(), expected.clone(), "{}", form);
        }
    }

    #[test]
    fn no_answer_panics_and_every_error_about_one_has_its_status(
        status in prop_oneof![any::<u16>(), prop::sample::select(vec![200_u16, 400, 401, 404, 429, 500])],
        body in body(),
        content_type in prop::option::of(any::<String>()),
        retry_after in prop::option::of(dates()),
        date in prop::option::of(dates()),
        now in any::<i64>(),
        arrived_before in any::<bool>(),
    ) {
        let response = HttpResponse { status, content_type, retry_after, date, body: body.into() };
        let now = Timestamp::from_unix_ms(now);
        let setup = confidential();
        let obtain = protocol::obtain_token(&setup, &ObtainToken::refresh_token("EQAA")).unwrap();
        let revoke = protocol::revoke_token(&setup, &RevokeToken::all("MLQW2MYBY81PZ")).unwrap();
        let about = protocol::retrieve_token_status(&setup, &Secret::from("EAAA")).unwrap();
        let errors = [
            obtain.read_after(&response, now, arrived_before).err(),
            revoke.read_after(&response, now, arrived_before).err(),
            about.read_after(&response, now, arrived_before).err(),
        ];
        for error in errors.into_iter().flatten() {
            prop_assert_eq!(error.http_status(), Some(status));
            prop_assert!(error.request_may_have_arrived());
            let wait = error.retry_after().unwrap_or(Duration::from_secs(1));
            prop_assert!(wait > Duration::ZERO && wait <= Duration::from_secs(24 * 60 * 60));
            let text = error.to_string();
            prop_assert!(!text.contains(char::is_control), "{}", text);
            prop_assert!(error.errors().len() <= 16);
        }
    }

    #[test]
    fn every_timestamp_is_read_back_as_it_was_printed(ms in FIRST.unix_ms()..=LAST.unix_ms()) {
        let moment = Timestamp::from_unix_ms(ms);
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        prop_assert_eq!(Timestamp::from(SystemTime::from(moment)), moment);
    }

    #[test]
    fn no_text_or_number_breaks_a_timestamp(text in dates(), a in any::<i64>(), b in any::<i64>()) {
        // An offset can lead out of the four-digit years, where RFC 3339 has no words for UTC.
        if let Ok(moment) = text.parse::<Timestamp>() && moment <= LAST && moment >= FIRST {
            prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        }
        let (a, b) = (Timestamp::from_unix_ms(a), Timestamp::from_unix_ms(b));
        prop_assert_eq!(a.since(b) == Duration::ZERO, a <= b);
        // Further apart than a number can say, the distance is the largest there is.
        let (near_a, near_b) = (Timestamp::from_unix_ms(a.unix_ms() / 2), Timestamp::from_unix_ms(b.unix_ms() / 2));
        prop_assert_eq!(near_b.plus(near_a.since(near_b)), near_a.max(near_b));
        let _ = (a.to_string(), SystemTime::from(a));
    }

    #[test]
    fn no_unsigned_delivery_is_taken(body in body(), signature in any::<String>(), key in "[!-~]{1,80}") {
        let Ok(webhooks) = Webhooks::new([Subscription::new("https://example.com/hook", key.as_str())]) else {
            return Ok(());
        };
        let error = webhooks.verify(&body, signature.as_str()).unwrap_err();
        prop_assert_eq!(error.kind(), ErrorKind::InvalidWebhook);
        let text = self::signature("another key", "https://example.com/hook", &body);
        prop_assert_eq!(webhooks.verify(&body, text.as_str()).unwrap_err().code(), "signature_mismatch");
    }

    #[test]
    fn a_signed_delivery_is_an_event_or_malformed(body in body()) {
        let url = "https://example.com/hook";
        let webhooks = Webhooks::new([Subscription::new(url, "a"), Subscription::new(url, "key")]).unwrap();
        let signature = signature("key", url, &body);
        match webhooks.verify(&body, signature.as_str()) {
            Ok(event) => {
                prop_assert_eq!(event.subscription, 1);
                prop_assert!(!event.event_id.is_empty());
                let is_revoked = matches!(event.detail, EventDetail::AuthorizationRevoked { .. });
                prop_assert!(!is_revoked || event.merchant_id.is_some());
            }
            Err(error) => prop_assert_eq!(error.code(), "event_malformed"),
        }
    }

    #[test]
    fn no_text_makes_an_environment_that_is_not_its_own_address(
        text in prop_oneof![
            any::<String>(),
            "https?://[a-zA-Z0-9.:@/?#\\[\\]_%-]{0,30}",
            "[a-zA-Z. ]{0,30}",
        ],
    ) {
        let made = [text.parse::<Environment>(), Environment::insecure_for_emulator(&text)];
        for environment in made.into_iter().flatten() {
            let base = environment.base_url();
            prop_assert!(base.starts_with("https://") || base.starts_with("http://"));
            let authority = base.split_once("://").unwrap().1;
            prop_assert!(!authority.is_empty() && !authority.contains(['/', '@', '?', '#', '\\', ' ']));
            let again = Environment::insecure_for_emulator(base).or_else(|_| base.parse());
            prop_assert_eq!(again, Ok(environment.clone()));
            let _ = environment.authorize_at(&text);
        }
    }

    #[test]
    fn no_credentials_or_options_panic(
        id in any::<String>(), secret in any::<String>(), version in prop::option::of(any::<String>()),
        timeout in any::<u64>(),
    ) {
        let application = Application::confidential_rotating(&id, &secret, secret.as_str());
        let options = ClientOptions {
            timeout: Duration::from_millis(timeout),
            square_version: version,
            ..ClientOptions::default()
        };
        if let Err(error) = Setup::new(Environment::Sandbox, application, &options, "test") {
            prop_assert_eq!(error.kind(), ErrorKind::InvalidInput);
            prop_assert!(error.field().is_some());
        }
    }

    #[test]
    fn no_request_panics(
        text in any::<String>(), uri in prop::option::of(any::<String>()), random in any::<[u8; 32]>(),
        is_public in any::<bool>(),
    ) {
        let setup = if is_public { setup(Application::public(ID)) } else { confidential() };
        let options = Authorize {
            scopes: vec![Scope::from(text.as_str())],
            locale: uri.clone(),
            redirect_uri: uri.clone(),
            ..Authorize::default()
        };
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&random);
        let verifier = is_public.then(|| Secret::from(text.as_str()));
        let results = [
            protocol::authorize(&setup, &options, NOW, &AuthorizeRandom::new(bytes)).err(),
            protocol::obtain_token(&setup, &ObtainToken::refresh_token(&text)).err(),
            protocol::obtain_token(&setup, &ObtainToken::migration_token(&text)).err(),
            protocol::obtain_token(&setup, &ObtainToken::authorization_code_unchecked(&text, uri, verifier)).err(),
            protocol::revoke_token(&setup, &RevokeToken::all(&text)).err(),
            protocol::revoke_token(&setup, &RevokeToken::only(&text)).err(),
            protocol::retrieve_token_status(&setup, &Secret::from(&text)).err(),
        ];
        for error in results.into_iter().flatten() {
            let is_expected = matches!(error.kind(), ErrorKind::InvalidInput)
                || error.code() == "secret_required";
            prop_assert!(is_expected, "{:?}", error);
            prop_assert!(error.field().is_some() && !error.request_may_have_arrived());
        }
    }
}
