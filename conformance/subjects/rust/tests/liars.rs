//! Subjects that lie, each in one way: the judge sees through every one, and says by what.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, Mutex};

use axum::{Json, Router, extract::State, http::StatusCode, response::IntoResponse, routing::post};
use serde_json::{Value, json};
use square_oauth_conformance::subject::{About, Options, Remote, Report, Web, judge};
use square_oauth_subject::Subject;
use tokio::net::TcpListener;

/// Enough to meet every lie; the honest subject holds to them.
const TOLD: [&str; 11] = [
    "authorize-code-flow",
    "callback-success",
    "complete-pkce",
    "connect",
    "expired_attempt",
    "obtain-code-documented-example",
    "retry-after-seconds",
    "revoke-only",
    "secrets-plain",
    "web_connect",
    "webhook-sdk-1",
];

/// What a subject does with a call and with the honest answer to it.
#[derive(Clone, Copy, Default)]
struct Lie {
    about_the_call: Option<fn(&mut Value)>,
    about_the_answer: Option<fn(&Value, &mut Value)>,
    calls_twice: bool,
    takes_anything: bool,
    repeats_itself: bool,
}

struct Liar {
    honest: Subject,
    lie: Lie,
    /// The authorization it made first.
    first: Mutex<Option<Value>>,
}

impl Liar {
    async fn call(&self, mut call: Value) -> Result<Value, String> {
        if let Some(lie) = self.lie.about_the_call {
            lie(&mut call);
        }
        if self.lie.calls_twice {
            self.honest.call(call.clone()).await?;
        }
        let mut answer = match self.honest.call(call.clone()).await {
            Err(_) if self.lie.takes_anything => return Ok(json!({"ok": {}})),
            answer => answer?,
        };
        if let Some(lie) = self.lie.about_the_answer {
            lie(&call, &mut answer);
        }
        if self.lie.repeats_itself && call["op"] == "authorize" {
            return Ok(self.first.lock().unwrap().get_or_insert(answer).clone());
        }
        Ok(answer)
    }
}

async fn answered(State(liar): State<Arc<Liar>>, Json(call): Json<Value>) -> impl IntoResponse {
    match liar.call(call).await {
        Ok(answer) => Json(answer).into_response(),
        Err(why) => (StatusCode::BAD_REQUEST, why).into_response(),
    }
}

async fn judged_as(about: impl FnOnce(&mut About), lie: Lie) -> Report {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let liar = Liar {
        honest: Subject::new(base_url.clone()).unwrap(),
        lie,
        first: Mutex::default(),
    };
    let router = Router::new()
        .route("/call", post(answered))
        .with_state(Arc::new(liar));
    let served = tokio::spawn(async move { axum::serve(listener, router).await });
    let mut said = About {
        base_url,
        language: "rust".to_owned(),
        runtime: "Rust".to_owned(),
        loaded: "in this test".to_owned(),
        web: Web::Usual(false),
    };
    about(&mut said);
    let options = Options {
        only: TOLD.map(str::to_owned).to_vec(),
        web: false,
    };
    let report = judge(&Remote::new(said), &options).await.unwrap();
    served.abort();
    report
}

async fn judged(lie: Lie) -> Vec<String> {
    judged_as(|_| {}, lie).await.failures
}

async fn caught(lie: Lie, by: &str) {
    let failures = judged(lie).await;
    assert!(
        failures.iter().any(|failure| failure.contains(by)),
        "{by:?} is not in {failures:#?}"
    );
}

/// A lie about answers that have what is lied about.
const fn answer(lie: fn(&Value, &mut Value)) -> Lie {
    Lie {
        about_the_call: None,
        about_the_answer: Some(lie),
        calls_twice: false,
        takes_anything: false,
        repeats_itself: false,
    }
}

#[tokio::test]
async fn an_honest_subject_is_believed() {
    let report = judged_as(|_| {}, Lie::default()).await;
    assert_eq!(report.failures, Vec::<String>::new());
    assert!(
        report.to_string().ends_with(
            ": 8 vectors, 2 scenarios client, 0 scenarios web; 1 scenarios left out: needs web"
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
async fn a_secret_in_any_text_is_noticed() {
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
    let anything = Lie {
        takes_anything: true,
        ..Lie::default()
    };
    caught(anything, "a call with `unheard_of` in it: 200").await;
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
    let foreign = answer(|call, answer| {
        if call["op"] == "authorize" && answer["ok"]["attempt"].is_string() {
            let attempt = answer["ok"]["attempt"]
                .as_str()
                .unwrap()
                .replace("sqa_", "sqb_");
            answer["ok"]["attempt"] = json!(attempt);
        }
    });
    caught(foreign, "the callback's attempt is not the authorization's").await;
    let unlike = answer(|call, answer| {
        if call["op"] == "authorize" {
            let url = answer["ok"]["url"]
                .as_str()
                .unwrap()
                .replace("code_challenge=", "code_challenge=A");
            answer["ok"]["url"] = json!(url);
        }
    });
    caught(unlike, "complete-pkce: request 1: the body is").await;
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

/// Lies about a field, where there is a value, or an error, of more than nothing.
fn set(answer: &mut Value, part: &str, name: &str, value: Value) {
    let fields = answer.get_mut(part).and_then(Value::as_object_mut);
    if let Some(fields) = fields.filter(|fields| fields.contains_key(name) || name == "mood") {
        fields.insert(name.to_owned(), value);
    }
}
