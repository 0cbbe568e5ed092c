//! Pending values, version 1: their public form, and everything a reader holds against one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;
use square_oauth::{
    Application, Authorize, ClientOptions, ErrorKind, OAuthError, Timestamp, attempt,
    protocol::{self, AuthorizeRandom, Setup},
    scopes,
};

const NOW: Timestamp = Timestamp::from_unix_ms(1_767_225_600_000);
const ID: &str = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA";
const SECRET: &str = "sandbox-sq0csb-GsMOu5aWk0IXpj5tAnFvKRzoXVhTjkNGqHqEQYBdSyU";
const OTHER_SECRET: &str = "sandbox-sq0csb-8OO9jxwSiI2nBNHvwVGWJ8lFJ2WcKiRHFSdf1H2vD0s";
const LIFETIME: Duration = Duration::from_secs(30 * 60);

fn setup_in(environment: &str, application: Application) -> Setup {
    let environment = environment.parse().unwrap();
    Setup::new(environment, application, &ClientOptions::default(), "test").unwrap()
}

fn confidential() -> Setup {
    setup_in("sandbox", Application::confidential(ID, SECRET))
}

fn public() -> Setup {
    setup_in("sandbox", Application::public(ID))
}

/// One way out: the pending value, and the callback that belongs to it.
struct Trip {
    pending: String,
    callback: String,
}

fn leave(setup: &Setup, redirect_uri: Option<&str>, random: [u8; 64]) -> Trip {
    let options = Authorize {
        scopes: scopes(["PAYMENTS_READ"]),
        redirect_uri: redirect_uri.map(str::to_owned),
        ..Authorize::default()
    };
    let random = AuthorizeRandom::new(random);
    let authorization = protocol::authorize(setup, &options, NOW, &random).unwrap();
    let (_, query) = authorization.url.split_once('?').unwrap();
    let state = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned();
    let callback = format!("/callback?code=sandbox-sq0cgb-x&response_type=code&state={state}");
    assert_eq!(attempt(&callback).unwrap(), authorization.attempt);
    Trip {
        pending: authorization.pending.into_string(),
        callback,
    }
}

fn trip(setup: &Setup) -> Trip {
    leave(setup, None, [7; 64])
}

fn back(setup: &Setup, trip: &Trip, pending: &str, now: Timestamp) -> Result<(), OAuthError> {
    protocol::callback(setup, &trip.callback, pending, now).map(|_| ())
}

fn code_of(result: Result<(), OAuthError>) -> &'static str {
    result.map_or_else(|error| error.code(), |()| "accepted")
}

#[test]
fn the_form_is_the_documented_one() {
    let trip = leave(
        &confidential(),
        Some("https://example.com/callback"),
        [7; 64],
    );
    let parts: Vec<_> = trip.pending.split('.').collect();
    assert_eq!((parts.len(), parts[0]), (4, "sqp1"));
    let state = Base64UrlUnpadded::encode_string(&[7; 32]);
    assert_eq!(
        String::from_utf8(Base64UrlUnpadded::decode_vec(parts[1]).unwrap()).unwrap(),
        format!(
            r#"{{"e":"sandbox","a":"{ID}","s":"{state}","r":"https://example.com/callback","t":{}}}"#,
            NOW.unix_ms()
        )
    );
    let hmac = |key: &[u8], text: &[u8]| {
        let mac = Hmac::<Sha256>::new_from_slice(key)
            .unwrap()
            .chain_update(text);
        <[u8; 32]>::from(mac.finalize().into_bytes())
    };
    let id = hmac(SECRET.as_bytes(), b"square-oauth pending v1 key id");
    assert_eq!(parts[2], Base64UrlUnpadded::encode_string(&id[..6]));
    let key = hmac(SECRET.as_bytes(), b"square-oauth pending v1 key");
    let signed = format!("sqp1.{}.{}", parts[1], parts[2]);
    let mac = hmac(&key, signed.as_bytes());
    assert_eq!(parts[3], Base64UrlUnpadded::encode_string(&mac));
}

#[test]
fn only_a_public_applications_holds_the_verifier_and_no_seal() {
    let text = trip(&public()).pending;
    let parts: Vec<_> = text.split('.').collect();
    assert_eq!((parts.len(), parts[0]), (2, "sqp1"));
    let payload = Base64UrlUnpadded::decode_vec(parts[1]).unwrap();
    assert!(String::from_utf8(payload).unwrap().contains(r#""v":""#));

    let text = trip(&confidential()).pending;
    let payload = Base64UrlUnpadded::decode_vec(text.split('.').nth(1).unwrap()).unwrap();
    assert!(!String::from_utf8(payload).unwrap().contains(r#""v":"#));
}

#[test]
fn it_stays_under_600_bytes_beside_the_redirect_uri() {
    let id = format!("sandbox-{}", "x".repeat(191 - 8));
    let url = "https://a-rather-long-name-for-an-emulator.staging.example.com:8443";
    for environment in ["sandbox", url] {
        for application in [
            Application::confidential(&id, SECRET),
            Application::public(&id),
        ] {
            let text = trip(&setup_in(environment, application)).pending;
            assert!(text.len() < 600, "{environment}: {}", text.len());
            let is_cookie_safe = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
            assert!(text.bytes().all(is_cookie_safe));
        }
    }
}

#[test]
fn any_one_character_changed_added_or_left_out_is_refused() {
    let setup = confidential();
    let trip = trip(&setup);
    let text = trip.pending.as_str();
    assert_eq!(back(&setup, &trip, text, NOW), Ok(()));
    let check = |changed: String| {
        let error = back(&setup, &trip, &changed, NOW).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCallback, "{changed}");
    };
    for at in 0..text.len() {
        let (head, rest) = text.split_at(at);
        let (old, tail) = rest.split_at(1);
        // Neighbours in the alphabet differ in the bits that a lax decoder would not look at.
        let old = old.as_bytes()[0];
        for new in [
            old ^ 1,
            old ^ 2,
            old ^ 4,
            b'A',
            b'_',
            b'.',
            b'=',
            b'%',
            b' ',
        ] {
            if new != old {
                check(format!("{head}{}{tail}", char::from(new)));
            }
        }
        check(format!("{head}{tail}"));
        check(format!("{head}A{rest}"));
        check(format!("{head}.{rest}"));
    }
    for end in ["A", "=", ".", " ", "\n", "\0"] {
        check(format!("{text}{end}"));
        check(format!("{end}{text}"));
    }
}

#[test]
fn parts_of_two_values_do_not_make_a_third() {
    let setup = confidential();
    let one = trip(&setup);
    let other = leave(&setup, Some("https://evil.example/callback"), [9; 64]);
    let (_, mac) = one.pending.rsplit_once('.').unwrap();
    let (signed, other_mac) = other.pending.rsplit_once('.').unwrap();
    assert_eq!(
        code_of(back(&setup, &one, &format!("{signed}.{mac}"), NOW)),
        "pending_malformed"
    );
    assert_ne!(mac, other_mac);
    // Two tabs: each callback opens its own value alone.
    assert_eq!(
        code_of(back(&setup, &one, &other.pending, NOW)),
        "state_mismatch"
    );
    assert_eq!(
        code_of(back(&setup, &other, &one.pending, NOW)),
        "state_mismatch"
    );
}

#[test]
fn the_previous_secret_still_reads_but_no_longer_writes() {
    let old = confidential();
    let trip_before = trip(&old);
    let rotating = Application::confidential_rotating(ID, OTHER_SECRET, SECRET);
    let rotating = setup_in("sandbox", rotating);
    assert_eq!(
        back(&rotating, &trip_before, &trip_before.pending, NOW),
        Ok(())
    );
    let trip_during = trip(&rotating);
    let new = setup_in("sandbox", Application::confidential(ID, OTHER_SECRET));
    assert_eq!(back(&new, &trip_during, &trip_during.pending, NOW), Ok(()));
    let refused = |setup: &Setup, trip: &Trip| code_of(back(setup, trip, &trip.pending, NOW));
    assert_eq!(refused(&old, &trip_during), "pending_of_other_secret");
    assert_eq!(refused(&new, &trip_before), "pending_of_other_secret");
}

#[test]
fn another_applications_environments_or_flows_value_is_named_as_that() {
    let sandbox = "sandbox-sq0idb-other";
    let of = |setup: Setup| {
        let trip = trip(&setup);
        (trip.pending.clone(), trip)
    };
    let mine = confidential();
    for other in [
        setup_in("sandbox", Application::confidential(sandbox, SECRET)),
        setup_in(
            "http://127.0.0.1:4010",
            Application::confidential(ID, SECRET),
        ),
        setup_in(
            "https://square.example",
            Application::confidential(ID, SECRET),
        ),
        public(),
    ] {
        let (pending, trip) = of(other);
        assert_eq!(
            code_of(back(&mine, &trip, &pending, NOW)),
            "pending_of_other_application"
        );
    }
    let (pending, trip) = of(mine);
    for other in [public(), setup_in("sandbox", Application::public(sandbox))] {
        assert_eq!(
            code_of(back(&other, &trip, &pending, NOW)),
            "pending_of_other_application"
        );
    }
}

#[test]
fn a_seal_cannot_be_taken_off() {
    let mine = confidential();
    let trip = trip(&mine);
    let unsealed = trip
        .pending
        .split('.')
        .take(2)
        .collect::<Vec<_>>()
        .join(".");
    assert_eq!(
        code_of(back(&mine, &trip, &unsealed, NOW)),
        "pending_of_other_application"
    );
    // Nor is a confidential application's payload a public one's.
    assert_eq!(
        code_of(back(&public(), &trip, &unsealed, NOW)),
        "pending_of_other_application"
    );
}

#[test]
fn squares_own_addresses_are_the_words() {
    let by_word = confidential();
    let trip = trip(&by_word);
    let application = Application::confidential(ID, SECRET);
    let by_url = setup_in("HTTPS://connect.squareupsandbox.com:443/", application);
    assert_eq!(back(&by_url, &trip, &trip.pending, NOW), Ok(()));
}

#[test]
fn its_time_is_held_to_the_millisecond_on_both_ends() {
    for setup in [confidential(), public()] {
        let trip = trip(&setup);
        let at = |ms: i64| {
            let now = Timestamp::from_unix_ms(NOW.unix_ms() + ms);
            code_of(back(&setup, &trip, &trip.pending, now))
        };
        assert_eq!(at(-60_000), "accepted");
        assert_eq!(at(-60_001), "pending_from_future");
        let lifetime = i64::try_from(LIFETIME.as_millis()).unwrap();
        assert_eq!(at(lifetime), "accepted");
        assert_eq!(at(lifetime + 1), "state_expired");
        for extreme in [i64::MIN, i64::MAX] {
            let now = Timestamp::from_unix_ms(extreme);
            let code = code_of(back(&setup, &trip, &trip.pending, now));
            assert!(
                matches!(code, "pending_from_future" | "state_expired"),
                "{code}"
            );
        }
    }
}

#[test]
fn an_empty_text_is_missing_and_anything_else_is_malformed() {
    let setup = confidential();
    let trip = trip(&setup);
    assert_eq!(code_of(back(&setup, &trip, "", NOW)), "pending_missing");
    let huge = format!("sqp1.{}", "A".repeat(1 << 20));
    for text in [
        " ",
        "sqp1",
        "sqp1.",
        "sqp1..",
        "sqp1...",
        "sqp2.e30",
        "sqp1.e30",
        "sqp1.bnVsbA",
        &huge,
    ] {
        assert_eq!(
            code_of(back(&setup, &trip, text, NOW)),
            "pending_malformed",
            "{:.20}",
            text
        );
    }
}

fn payload() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        any::<i64>().prop_map(|number| number.to_string()),
        Just("null".to_owned()),
        Just("[]".to_owned()),
        Just(format!("{}{}", "[".repeat(300), "]".repeat(300))),
        Just("\"sandbox\"".to_owned()),
        Just(format!("\"{ID}\"")),
    ];
    let field = (
        prop::sample::select(vec!["e", "a", "s", "r", "t", "v", "x"]),
        value,
    );
    prop::collection::vec(field, 0..8).prop_map(|fields| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", fields.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_reader_panic(
        text in prop_oneof![
            any::<String>(),
            "sqp1(\\.[A-Za-z0-9_-]{0,80}){0,5}",
            payload().prop_map(|json| format!("sqp1.{}", Base64UrlUnpadded::encode_string(json.as_bytes()))),
            payload().prop_map(|json| format!("sqp1.{}.AAAAAAAA.AAAA", Base64UrlUnpadded::encode_string(json.as_bytes()))),
        ],
        now in any::<i64>(),
    ) {
        let now = Timestamp::from_unix_ms(now);
        for setup in [confidential(), public()] {
            let trip = trip(&setup);
            if let Err(error) = back(&setup, &trip, &text, now) {
                prop_assert_eq!(error.kind(), ErrorKind::InvalidCallback);
            }
        }
    }

    #[test]
    fn what_went_out_comes_back(
        state in any::<[u8; 32]>(),
        verifier in any::<[u8; 32]>(),
        path in prop::option::of("[a-zA-Z0-9/?&=_.~-]{0,60}"),
        is_public in any::<bool>(),
        away_ms in -60_000_i64..=1_800_000,
    ) {
        let setup = if is_public { public() } else { confidential() };
        let redirect_uri = path.map(|path| format!("https://example.com/{path}"));
        let mut random = [0; 64];
        random[..32].copy_from_slice(&state);
        random[32..].copy_from_slice(&verifier);
        let trip = leave(&setup, redirect_uri.as_deref(), random);
        let now = Timestamp::from_unix_ms(NOW.unix_ms() + away_ms);
        let callback = protocol::callback(&setup, &trip.callback, &trip.pending, now).unwrap();
        let grant = square_oauth::ObtainToken::authorization_code(callback);
        let exchange = protocol::obtain_token(&setup, &grant).unwrap();
        let body: serde_json::Value = serde_json::from_str(exchange.request.body.expose()).unwrap();
        prop_assert_eq!(body["redirect_uri"].as_str(), redirect_uri.as_deref());
        let sent = body["code_verifier"].as_str().map(str::to_owned);
        let expected = is_public.then(|| Base64UrlUnpadded::encode_string(&verifier));
        prop_assert_eq!(sent, expected);
    }
}
