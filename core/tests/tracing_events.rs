//! The spans and events of feature `tracing`. Their names and fields are public: logging in every
//! language hangs on them, so a change here is a change of behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod support_host;
mod support_tracing;

use square_oauth::{
    ObtainToken, RevokeToken,
    host::{Delivery, SendCause},
};
use support_host::{Fall, Step, World, answer, fail};
use support_tracing::{Event, Span, capture};

const TOKENS: &str = r#"{"access_token":"EAAA-new","token_type":"bearer",
    "expires_at":"2026-01-31T00:00:00Z","merchant_id":"MLQW2MYBY81PZ","refresh_token":"EQAA-new"}"#;
const NO_CODE: &str = r#"{"errors":[{"category":"AUTHENTICATION_ERROR","code":"UNAUTHORIZED",
    "detail":"Authorization code not found for app x"}]}"#;

const OF_A_CALL: [&str; 4] = ["attempt", "http_status", "error_code", "duration_ms"];

fn broken() -> Step {
    fail(Delivery::Unknown, SendCause::Connection)
}

fn refresh() -> ObtainToken {
    ObtainToken::refresh_token("EQAA-old")
}

/// Makes one call in its own world, and says what it left in the log.
fn only_span(
    script: impl IntoIterator<Item = Step>,
    call: impl AsyncFnOnce(square_oauth::OAuthClient),
) -> (Span, Vec<Event>) {
    let world = World::new(script);
    world.entropy.set(Fall::Always(0xff));
    let client = world.client();
    let (mut spans, events) = capture(|| world.run(call(client)));
    assert_eq!(spans.len(), 1, "one span a call: {spans:?}");
    let span = spans.remove(0);
    assert!(span.is_closed, "{span:?}");
    for event in &events {
        assert_eq!(event.target, "square_oauth");
        assert_eq!(event.span, Some(span.name), "{event:?}");
    }
    (span, events)
}

fn fields<const N: usize>(values: [(&str, &str); N]) -> Vec<(String, String)> {
    let mut fields: Vec<_> = values
        .map(|(name, value)| (name.into(), value.into()))
        .into();
    fields.sort();
    fields
}

#[test]
fn each_call_has_one_span_with_the_public_name_and_fields() {
    let (span, _) = only_span([answer(200, TOKENS)], async |client| {
        client.obtain_token(refresh()).await.unwrap();
    });
    assert_eq!(
        (span.name, span.target),
        ("square_oauth.obtain_token", "square_oauth")
    );
    assert_eq!(span.declared, [&["grant"], &OF_A_CALL[..]].concat());

    let (span, _) = only_span([answer(200, r#"{"success":true}"#)], async |client| {
        client
            .revoke_token(RevokeToken::only("EAAA"))
            .await
            .unwrap();
    });
    assert_eq!(
        (span.name, span.target),
        ("square_oauth.revoke_token", "square_oauth")
    );
    assert_eq!(span.declared, OF_A_CALL);

    let status = r#"{"scopes":[],"client_id":"c","merchant_id":"m"}"#;
    let (span, _) = only_span([answer(200, status)], async |client| {
        client.retrieve_token_status("EAAA").await.unwrap();
    });
    assert_eq!(
        (span.name, span.target),
        ("square_oauth.retrieve_token_status", "square_oauth")
    );
    assert_eq!(span.declared, OF_A_CALL);

    let (span, _) = only_span([answer(401, NO_CODE)], async |client| {
        client.check_application().await.unwrap();
    });
    assert_eq!(
        (span.name, span.target),
        ("square_oauth.check_application", "square_oauth")
    );
    assert_eq!(span.declared, OF_A_CALL);
}

#[test]
fn each_grant_is_named_as_square_names_it() {
    for (request, grant) in [
        (refresh(), "refresh_token"),
        (
            ObtainToken::migration_token("sq0atp-old"),
            "migration_token",
        ),
        (
            ObtainToken::authorization_code_unchecked("sandbox-sq0cgb-code", None, None),
            "authorization_code",
        ),
    ] {
        let (span, _) = only_span([answer(200, TOKENS)], async |client| {
            client.obtain_token(request).await.unwrap();
        });
        assert_eq!(span.value("grant"), Some(grant));
    }
}

#[test]
fn a_success_after_two_tries_tells_of_both() {
    let script = [
        answer(503, "").after_ms(30),
        answer(200, TOKENS).after_ms(70),
    ];
    let (span, events) = only_span(script, async |client| {
        client.obtain_token(refresh()).await.unwrap();
    });
    assert_eq!(
        span.fields,
        fields([
            ("grant", "refresh_token"),
            ("attempt", "2"),
            ("http_status", "200"),
            ("duration_ms", "600"),
        ])
    );
    assert_eq!(events.len(), 2, "{events:?}");
    assert_eq!(
        (events[0].level, &*events[0].message),
        ("DEBUG", "repeating")
    );
    assert_eq!(
        events[0].fields,
        fields([("attempt", "1"), ("wait_ms", "500")])
    );
    assert_eq!(
        (events[1].level, &*events[1].message),
        ("DEBUG", "succeeded")
    );
    assert_eq!(events[1].fields, fields([("duration_ms", "600")]));
}

#[test]
fn a_refusal_has_status_code_kind_and_whether_to_try_again() {
    let refused = r#"{"message":"Invalid refresh token","type":"service.not_authorized"}"#;
    let (span, events) = only_span([answer(401, refused)], async |client| {
        client.obtain_token(refresh()).await.unwrap_err();
    });
    assert_eq!(
        span.fields,
        fields([
            ("grant", "refresh_token"),
            ("attempt", "1"),
            ("http_status", "401"),
            ("error_code", "refresh_token_rejected"),
            ("duration_ms", "0"),
        ])
    );
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!((events[0].level, &*events[0].message), ("WARN", "failed"));
    assert_eq!(
        events[0].fields,
        fields([
            ("error_code", "refresh_token_rejected"),
            ("error_kind", "reauthorization_required"),
            ("retryable", "false"),
            ("duration_ms", "0"),
        ])
    );
}

#[test]
fn an_optional_field_that_cannot_be_used_is_named_and_its_value_is_not() {
    let bad = TOKENS.replace("\"EQAA-new\"", r#""EQAA-new","short_lived":"surely""#);
    let (_, events) = only_span([answer(200, &bad)], async |client| {
        client.obtain_token(refresh()).await.unwrap();
    });
    let ignored = events.iter().find(|event| event.message == "field ignored");
    let ignored = ignored.unwrap();
    assert_eq!(ignored.level, "WARN");
    assert_eq!(ignored.fields, fields([("field", "short_lived")]));
    assert!(!format!("{events:?}").contains("surely"));
}

#[test]
fn where_no_answer_came_there_is_no_status() {
    let (span, _) = only_span([broken(), broken(), broken()], async |client| {
        client.obtain_token(refresh()).await.unwrap_err();
    });
    assert_eq!(span.value("http_status"), None);
    assert_eq!(span.value("attempt"), Some("3"));
    assert_eq!(span.value("error_code"), Some("interrupted"));
}

#[test]
fn what_was_refused_before_sending_has_no_attempt() {
    let (span, _) = only_span([], async |client| {
        client
            .obtain_token(ObtainToken::refresh_token(""))
            .await
            .unwrap_err();
    });
    assert_eq!(span.value("attempt"), None);
    assert_eq!(span.value("error_code"), Some("value_missing"));
}

#[test]
fn the_refusal_that_a_check_asks_for_is_no_failure() {
    let (span, events) = only_span([answer(401, NO_CODE)], async |client| {
        client.check_application().await.unwrap();
    });
    assert_eq!(span.value("http_status"), Some("401"));
    assert_eq!(span.value("error_code"), None);
    let messages: Vec<_> = events.iter().map(|event| &*event.message).collect();
    assert_eq!(messages, ["succeeded"]);

    let (span, events) = only_span([answer(200, TOKENS)], async |client| {
        client.check_application().await.unwrap_err();
    });
    assert_eq!(span.value("error_code"), Some("answer_malformed"));
    assert_eq!(&*events[0].message, "failed");
}

#[test]
fn a_call_that_is_dropped_ends_its_span_without_a_verdict() {
    let world = World::new([Step::NEVER]);
    let client = world.client();
    let (spans, events) = capture(|| {
        assert!(
            world
                .time
                .run_until_waited(0, client.obtain_token(refresh()))
        );
    });
    assert!(spans[0].is_closed);
    assert_eq!(spans[0].value("error_code"), None);
    assert!(events.is_empty(), "{events:?}");
}

#[test]
fn the_transports_own_log_lines_stand_inside_the_span() {
    use square_oauth::host::{BoxFuture, Host, HttpRequest, HttpResponse, SendError, Transport};

    struct Chatty;

    impl Transport for Chatty {
        fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>> {
            Box::pin(async {
                tracing::info!(target: "square_oauth", "sending");
                Err(SendError {
                    delivery: Delivery::NotSent,
                    cause: SendCause::NoRuntime,
                })
            })
        }
    }

    let world = World::new([]);
    let host = Host {
        transport: std::sync::Arc::new(Chatty),
        ..world.host()
    };
    let client = square_oauth::OAuthClient::with_host(
        square_oauth::Environment::Sandbox,
        square_oauth::Application::public(support_host::SANDBOX_ID),
        &square_oauth::ClientOptions::default(),
        host,
    )
    .unwrap();
    let (_, events) = capture(|| {
        world.run(client.obtain_token(refresh())).unwrap_err();
    });
    assert_eq!(&*events[0].message, "sending");
    assert_eq!(events[0].span, Some("square_oauth.obtain_token"));
}
