//! Every block of our own that held a secret is zero when it is freed.
//!
//! This program's allocator looks at each block that is given back while a test watches. What the
//! crate copies, grows or drops on the way shows there, whatever type it was hidden in; that a
//! vector leaves its smaller block behind when it grows is what this is really about.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "zeroing/allocator.rs"]
mod allocator;
#[path = "support_host/mod.rs"]
mod support_host;

use std::mem::ManuallyDrop;

use allocator::{Leaks, watch};
use base64ct::{Base64UrlUnpadded, Encoding};
use square_oauth::{
    Application, Authorize, Callback, ClientOptions, Environment, ObtainToken, RevokeToken, Secret,
    Subscription, Timestamp, Webhooks,
    host::{Delivery, HttpResponse, SendCause},
    protocol::{self, Setup},
    scopes,
};
use support_host::{SANDBOX_ID, World, answer, fail};

/// Every planted secret has this in it, in the middle: a piece of one is as bad as a whole one.
const MARK: &str = allocator::MARK;
const SECRET: &str = "sandbox-sq0csb-Kanarienvogel-0000000000000000";
const CODE: &str = "sandbox-sq0cgb-Kanarienvogel-1111111111111111";
const OLD_TOKEN: &str = "EQAA-Kanarienvogel-2222222222222222222222222222222222222222";
const ACCESS_TOKEN: &str = "EAAA-Kanarienvogel-3333333333333333333333333333333333333333";
const VERIFIER: &str = "0123456789-Kanarienvogel-0123456789-0123456789";
const NOW: Timestamp = support_host::START;

const TOKENS: &str = r#"{"access_token":"EAAA-Kanarienvogel-3","token_type":"bearer",
    "expires_at":"2026-01-31T00:00:00Z","merchant_id":"MLQW2MYBY81PZ",
    "refresh_token":"EQAA-Kanarienvogel-4","id_token":"Kanarienvogel"}"#;
/// The same tokens as a writer escapes them that likes to escape.
const ESCAPED: &str = r#"{"access_token":"EAAA\/\u004banarienvogel\/Kanarienvogel\/3","token_type":"bearer",
    "expires_at":"2026-01-31T00:00:00Z","merchant_id":"MLQW2MYBY81PZ",
    "refresh_token":"EQAA\u002dKanarienvogel-4-Kanarienvogel-4-Kanarienvogel-4-Kanarienvogel-4"}"#;

fn setup(application: Application) -> Setup {
    let options = ClientOptions::default();
    Setup::new(Environment::Sandbox, application, &options, "test").unwrap()
}

fn confidential() -> Setup {
    setup(Application::confidential(SANDBOX_ID, SECRET))
}

fn public() -> Setup {
    setup(Application::public(SANDBOX_ID))
}

fn response(status: u16, body: &str) -> HttpResponse {
    HttpResponse {
        status,
        body: body.as_bytes().to_vec().into(),
        ..HttpResponse::default()
    }
}

/// An answer that repeats what it was asked with, as Square's never should.
fn gossip(secret: &str) -> String {
    format!(
        r#"{{"errors":[{{"category":"A","code":"B","detail":"no such thing as {secret}, {secret} or {secret}"}}]}}"#
    )
}

/// Every grant in both flows, with what it must not show.
fn every_request() -> Vec<(Setup, ObtainToken, Vec<&'static str>)> {
    let code = |verifier: Option<&str>| {
        ObtainToken::authorization_code_unchecked(CODE, None, verifier.map(Secret::from))
    };
    let refresh = || ObtainToken::refresh_token(OLD_TOKEN);
    let migrate = ObtainToken::migration_token(OLD_TOKEN);
    vec![
        (confidential(), code(None), vec![SECRET, CODE]),
        (public(), code(Some(VERIFIER)), vec![CODE, VERIFIER]),
        (confidential(), refresh(), vec![SECRET, OLD_TOKEN]),
        (public(), refresh(), vec![OLD_TOKEN]),
        (confidential(), migrate, vec![SECRET, OLD_TOKEN]),
    ]
}

#[test]
fn the_allocator_sees_a_secret_that_is_left_behind() {
    let leaks = watch(|| drop(format!("x{MARK}")));
    assert_eq!(leaks.count, 1);
    // Growing copies, and frees the smaller block as it was.
    let leaks = watch(|| {
        let mut text = zeroize::Zeroizing::new(String::from(MARK));
        text.reserve(10_000);
    });
    assert_eq!(leaks.count, 1);
    for before in ["", "a", "ab"] {
        let encoded = Base64UrlUnpadded::encode_string(format!("{before}{MARK}:").as_bytes());
        assert_eq!(watch(|| drop(encoded)).count, 1, "{before}");
    }
    assert_eq!(watch(|| drop(Secret::from(MARK))), Leaks::NONE);
}

#[test]
fn a_secret_is_zero_when_its_last_clone_is_gone() {
    let leaks = watch(|| {
        let secret = Secret::from(SECRET);
        let other = secret.clone();
        drop(secret);
        assert_eq!(format!("{other:?}"), "[redacted]");
        drop((Secret::from(SECRET.to_owned()), other));
    });
    assert_eq!(leaks, Leaks::NONE);
}

#[test]
fn a_request_to_obtain_a_token_leaves_nothing() {
    let leaks = watch(|| {
        for (setup, request, _) in every_request() {
            let exchange = protocol::obtain_token(&setup, &request).unwrap();
            drop(exchange.request.clone());
        }
    });
    assert_eq!(leaks, Leaks::NONE);
}

#[test]
fn a_body_full_of_characters_that_have_to_be_escaped_leaves_nothing() {
    let secret = format!("{}{MARK}{}", "\\".repeat(400), "\\".repeat(400));
    let leaks = watch(|| {
        let request = ObtainToken::refresh_token(secret.as_str());
        drop(protocol::obtain_token(&confidential(), &request).unwrap());
    });
    assert_eq!(leaks, Leaks::NONE);
}

#[test]
fn revoking_and_asking_leave_nothing() {
    let leaks = watch(|| {
        let setup = confidential();
        for request in [
            RevokeToken::all("MLQW2MYBY81PZ"),
            RevokeToken::all_by_token(ACCESS_TOKEN),
            RevokeToken::only(ACCESS_TOKEN),
        ] {
            let exchange = protocol::revoke_token(&setup, &request).unwrap();
            exchange
                .read(&response(200, r#"{"success":true}"#), NOW)
                .unwrap();
        }
        let token = Secret::from(ACCESS_TOKEN);
        drop(protocol::retrieve_token_status(&setup, &token).unwrap());
        drop(protocol::check_application(&setup).unwrap());
    });
    assert_eq!(leaks, Leaks::NONE);
}

#[test]
fn the_tokens_of_an_answer_leave_nothing_behind_however_they_are_written() {
    for body in [TOKENS, ESCAPED] {
        let leaks = watch(|| {
            for (setup, request, _) in every_request() {
                let exchange = protocol::obtain_token(&setup, &request).unwrap();
                let tokens = exchange.read(&response(200, body), NOW).unwrap();
                assert!(tokens.access_token().expose().contains(MARK));
                assert!(tokens.refresh_token().unwrap().expose().contains(MARK));
                drop(tokens.clone());
            }
        });
        assert_eq!(leaks, Leaks::NONE, "{body}");
    }
}

#[test]
fn an_error_that_repeats_a_secret_leaves_nothing() {
    let half_a_success = TOKENS.replace("MLQW2MYBY81PZ", "");
    for (setup, request, secrets) in every_request() {
        let bodies: Vec<_> = secrets.into_iter().map(gossip).collect();
        let leaks = watch(|| {
            let exchange = protocol::obtain_token(&setup, &request).unwrap();
            for body in &bodies {
                for status in [200, 400, 401, 429, 500] {
                    exchange.read(&response(status, body), NOW).unwrap_err();
                }
            }
            let half = response(200, &half_a_success);
            exchange.read(&half, NOW).unwrap_err();
        });
        assert_eq!(leaks, Leaks::NONE);
    }
}

#[test]
fn starting_an_authorization_leaves_nothing() {
    let options = Authorize {
        scopes: scopes(["PAYMENTS_READ", "MERCHANT_PROFILE_READ"]),
        redirect_uri: Some("https://shop.example/callback".to_owned()),
        ..Authorize::default()
    };
    let (random, state, verifier) = random();
    for setup in [confidential(), public()] {
        let leaks = watch(|| {
            let authorization = protocol::authorize(&setup, &options, NOW, &random).unwrap();
            // The address goes to the seller's browser; whoever gets it, has it.
            let _ = ManuallyDrop::new(authorization.url);
        });
        assert_eq!(leaks, Leaks::NONE);
    }
    assert!(state.contains(MARK) && verifier.contains(MARK));
}

#[test]
fn coming_back_leaves_nothing() {
    let options = Authorize {
        scopes: scopes(["PAYMENTS_READ"]),
        ..Authorize::default()
    };
    let (random, state, _) = random();
    let escaped: String = CODE.bytes().map(|byte| format!("%{byte:02x}")).collect();
    for setup in [confidential(), public()] {
        let authorization = protocol::authorize(&setup, &options, NOW, &random).unwrap();
        for query in [
            format!("code={CODE}&state={state}"),
            format!("code={escaped}&state={state}"),
            format!("code=++{escaped}&state={state}"),
            format!("error=access_denied&state={state}&error_description={state}"),
            format!("error=other&state={state}"),
            format!("code={CODE}&state={state}x"),
            format!("code={CODE}&code={CODE}&state={state}"),
            format!("code={CODE}&error=x&state={state}"),
        ] {
            let pending = authorization.pending.as_str();
            let leaks = watch(|| {
                let callback: Result<Callback, _> =
                    protocol::callback(&setup, &query, pending, NOW);
                drop(callback);
                drop(square_oauth::attempt(&query));
            });
            assert_eq!(leaks, Leaks::NONE, "{query}");
        }
        let leaks = watch(|| drop(protocol::callback(&setup, "state=x", "sqp1.e30", NOW)));
        assert_eq!(leaks, Leaks::NONE);
    }
}

#[test]
fn a_webhook_leaves_nothing_of_its_key() {
    let body = format!(r#"{{"event_id":"{SECRET}","type":"{SECRET} {SECRET}"}}"#);
    let url = "https://shop.example/webhook";
    let signature = {
        use base64ct::Base64;
        use hmac::{Hmac, KeyInit, Mac};
        let mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        let mac = mac.chain_update(url).chain_update(&body).finalize();
        Base64::encode_string(&mac.into_bytes())
    };
    let leaks = watch(|| {
        let webhooks = Webhooks::new([Subscription::new(url, SECRET)]).unwrap();
        webhooks.verify(&body, signature.as_str()).unwrap();
        webhooks.verify(b"x", signature.as_str()).unwrap_err();
    });
    assert_eq!(leaks, Leaks::NONE);
}

#[test]
fn a_whole_call_over_a_simulated_host_leaves_nothing() {
    let world = World::new([
        answer(503, &gossip(SECRET)),
        fail(Delivery::Unknown, SendCause::Connection),
        answer(200, TOKENS),
        answer(200, TOKENS),
        answer(401, &gossip(ACCESS_TOKEN)),
        answer(200, r#"{"success":true}"#),
    ]);
    let leaks = watch(|| {
        let application = Application::confidential(SANDBOX_ID, SECRET);
        let client = world.client_of(application, &ClientOptions::default());
        world.run(async {
            let refresh = ObtainToken::refresh_token(OLD_TOKEN);
            client.obtain_token(refresh).await.unwrap();
            let code = ObtainToken::authorization_code_unchecked(CODE, None, None);
            client.obtain_token(code).await.unwrap();
            client
                .retrieve_token_status(ACCESS_TOKEN)
                .await
                .unwrap_err();
            client
                .revoke_token(RevokeToken::only(ACCESS_TOKEN))
                .await
                .unwrap();
        });
        drop(client);
    });
    assert_eq!(leaks, Leaks::NONE);
    assert_eq!(world.network.count(), 6);
}

/// Random bytes whose texts have the mark in them, as state and as verifier.
fn random() -> (protocol::AuthorizeRandom, String, String) {
    let state = format!("{MARK:0<42}A");
    let verifier = format!("{MARK:1<42}A");
    let mut random = protocol::AuthorizeRandom::new([0; 64]);
    for (at, text) in [(0, &state), (32, &verifier)] {
        let bytes = Base64UrlUnpadded::decode_vec(text).unwrap();
        random.as_mut_bytes()[at..at + 32].copy_from_slice(&bytes);
    }
    (random, state, verifier)
}
