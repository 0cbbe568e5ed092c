//! Subjects that lie, each in one way: the judge sees through every one, and says by what.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod liar;

use axum::http::StatusCode;
use serde_json::{Value, json};
use square_oauth_conformance::subject::Web;

use crate::liar::{Lie, answer, authorizing, caught, judged, judged_as, rewrite, set};

#[tokio::test]
async fn an_honest_subject_is_believed() {
    let report = judged_as(|_| {}, Lie::default()).await;
    assert_eq!(report.failures, Vec::<String>::new());
    assert!(
        report.to_string().ends_with(
            ": 9 vectors, 2 scenarios client, 0 scenarios web; 1 scenarios left out: needs web"
        ),
        "{report}"
    );
}

#[tokio::test]
async fn a_wrong_code_or_another_part_of_an_error_is_noticed() {
    caught(
        answer(|_, answer| set(answer, "error", "code", json!("unauthorized"))),
        "code is \"unauthorized\"",
    )
    .await;
    caught(
        answer(|_, answer| set(answer, "error", "retryable", json!(false))),
        "retryable is false",
    )
    .await;
    caught(
        answer(|_, answer| set(answer, "error", "retry_after_s", json!(null))),
        "retry_after_s is null",
    )
    .await;
    caught(
        answer(|_, answer| set(answer, "error", "field", json!("redirectUri"))),
        "field is \"redirectUri\"",
    )
    .await;
    caught(
        answer(|_, answer| set(answer, "error", "mood", json!("bad"))),
        "unknown field `mood`",
    )
    .await;
}

#[tokio::test]
async fn a_value_that_is_off_missing_or_too_much_is_noticed() {
    caught(
        answer(|_, answer| set(answer, "ok", "expires_at", json!(1))),
        "expires_at is 1,",
    )
    .await;
    caught(
        answer(|_, answer| set(answer, "ok", "ignored_fields", json!(null))),
        "ignored_fields is null",
    )
    .await;
    caught(
        answer(|_, answer| set(answer, "ok", "mood", json!("good"))),
        "mood is not a value of this op",
    )
    .await;
}

#[tokio::test]
async fn a_request_too_many_or_too_few_is_noticed() {
    let twice = Lie {
        calls_twice: true,
        ..Lie::default()
    };
    caught(twice, "revoke-only: 2 requests were sent, not 1").await;
    // Sent where nobody listens.
    let elsewhere = |call: &mut Value| {
        if call["op"] == "revoke_token" {
            call["config"]["environment"] = json!("http://127.0.0.1:1");
        }
    };
    let never = Lie {
        about_the_call: Some(elsewhere),
        ..answer(|_, answer| *answer = json!({"ok": {}}))
    };
    caught(never, "revoke-only: 0 requests were sent, not 1").await;
}

#[tokio::test]
async fn a_request_that_says_something_else_is_noticed() {
    let dated = |call: &mut Value| call["config"]["square_version"] = json!("2020-01-01");
    let dated = Lie {
        about_the_call: Some(dated),
        ..Lie::default()
    };
    caught(dated, "revoke-only: request 1: square-version is").await;
    let other = |call: &mut Value| {
        if call["op"] == "revoke_token" && call["input"]["only"].is_string() {
            call["input"]["only"] = json!("EAAA-another");
        }
    };
    let other = Lie {
        about_the_call: Some(other),
        ..Lie::default()
    };
    caught(other, "revoke-only: request 1: the body is").await;
}

#[tokio::test]
async fn texts_that_show_too_much_or_too_little_are_noticed() {
    let in_a_stack = answer(|call, answer| {
        if let Some(printed) = answer.get_mut("printed").and_then(Value::as_array_mut) {
            printed.push(json!(format!(
                "at exchange({})",
                call["config"]["application_secret"]
            )));
        }
    });
    caught(in_a_stack, "the error shows").await;
    caught(
        answer(|_, answer| drop(answer.as_object_mut().unwrap().remove("printed"))),
        "no text of printed",
    )
    .await;
    let brief = answer(|_, answer| {
        if answer.get("error").is_some() {
            set(answer, "error", "message", json!("no"));
            answer["printed"] = json!(["no"]);
        }
    });
    caught(brief, "the message lacks").await;
    let lines = answer(|_, answer| {
        if answer.get("error").is_some() {
            set(answer, "error", "message", json!("one\ntwo"));
            answer["printed"] = json!(["one\ntwo"]);
        }
    });
    caught(lines, "more than one line").await;
}

#[tokio::test]
async fn whoever_takes_what_the_contract_does_not_know_is_noticed() {
    let refusals: [fn(String) -> (StatusCode, String); 3] = [
        |_| (StatusCode::OK, json!({"ok": {}}).to_string()),
        |_| (StatusCode::BAD_REQUEST, "no".to_owned()),
        |why| (StatusCode::INTERNAL_SERVER_ERROR, why),
    ];
    for refuses in refusals {
        let careless = Lie {
            refuses: Some(refuses),
            ..Lie::default()
        };
        caught(careless, "a call with `unheard_of` in it: ").await;
    }
    let forgetful = |call: &mut Value| {
        for part in ["config", "input"] {
            call[part].as_object_mut().unwrap().remove("unheard_of");
        }
    };
    let forgetful = Lie {
        about_the_call: Some(forgetful),
        ..Lie::default()
    };
    let failures = judged(forgetful).await;
    // Each op's input, each grant's, and both kinds of config.
    let taken = failures
        .iter()
        .filter(|failure| failure.starts_with("a call with `unheard_of` in it: 200"));
    assert_eq!(taken.count(), 16, "{failures:#?}");
}

#[tokio::test]
async fn randomness_that_is_none_is_noticed() {
    let repeating = Lie {
        repeats_itself: true,
        ..Lie::default()
    };
    caught(repeating, "state is the same twice").await;
    let foreign = authorizing(|made| rewrite(made, "attempt", "sqa_", "sqb_"));
    caught(foreign, "the callback's attempt is not the authorization's").await;
    let unlike = authorizing(|made| rewrite(made, "url", "challenge=", "challenge=A"));
    caught(unlike, "complete-pkce: request 1: the body is").await;
}

#[tokio::test]
async fn an_authorization_that_does_not_hold_together_is_noticed() {
    let guessable = authorizing(|made| rewrite(made, "url", "state=", "state=guess&was="));
    caught(guessable, "the state is \"guess\"").await;
    let twice = authorizing(|made| rewrite(made, "url", "?", "?scope=ITEMS_READ&"));
    caught(twice, "scope is in the URL twice").await;
    let broken = authorizing(|made| rewrite(made, "pending", "sqp1.", "sqp2."));
    caught(broken, "its own callback does not pass").await;
    let long = authorizing(|made| {
        let pending = made["pending"].as_str().unwrap();
        made["pending"] = json!(format!("{pending}{}", "A".repeat(600)));
    });
    caught(long, "characters beside the redirect URI").await;
}

#[tokio::test]
async fn a_clock_of_its_own_is_noticed() {
    let elsewhen = Lie {
        about_the_call: Some(|call| call["now_ms"] = json!(0)),
        ..Lie::default()
    };
    let failures = judged(elsewhen).await;
    let is_noticed = |id: &str| failures.iter().any(|failure| failure.starts_with(id));
    assert!(
        is_noticed("callback-success: failed") && is_noticed("expired_attempt"),
        "{failures:#?}"
    );
}

#[tokio::test]
async fn a_subject_is_what_it_says_it_is() {
    let report = judged_as(|about| about.language = "node".to_owned(), Lie::default()).await;
    let is_noticed = |failure: &String| failure.contains("is not of node");
    assert!(report.failures.iter().any(is_noticed), "{report}");
}

#[tokio::test]
async fn handlers_that_are_not_there_are_noticed() {
    let report = judged_as(|about| about.web = Web::Usual(true), Lie::default()).await;
    let is_noticed = |failure: &String| failure.starts_with("web_connect: ");
    assert!(report.failures.iter().any(is_noticed), "{report}");
}
