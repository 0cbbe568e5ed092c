//! A subject that lies in one way, served as any other, and the honest one behind it.

use std::sync::{Arc, Mutex};

use axum::{Json, Router, extract::State, http::StatusCode, response::IntoResponse, routing::post};
use serde_json::{Value, json};
use square_oauth_conformance::subject::{About, Options, Remote, Report, Web, judge};
use square_oauth_subject::Subject;
use tokio::net::TcpListener;

/// Enough to meet every lie; the honest subject holds to them.
const TOLD: [&str; 12] = [
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
    "webhook-signature-missing",
];

/// What a subject does with a call and with the honest answer to it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lie {
    pub(crate) about_the_call: Option<fn(&mut Value)>,
    pub(crate) about_the_answer: Option<fn(&Value, &mut Value)>,
    pub(crate) about_the_authorization: Option<fn(&mut Value)>,
    pub(crate) calls_twice: bool,
    /// In place of 400 and what is wrong.
    pub(crate) refuses: Option<fn(String) -> (StatusCode, String)>,
    pub(crate) repeats_itself: bool,
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
        let mut answer = self.honest.call(call.clone()).await?;
        if let Some(lie) = self.lie.about_the_answer {
            lie(&call, &mut answer);
        }
        if let Some(lie) = self.lie.about_the_authorization
            && answer["ok"]["url"].is_string()
        {
            lie(&mut answer["ok"]);
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
        Err(why) => match liar.lie.refuses {
            Some(refuse) => refuse(why).into_response(),
            None => (StatusCode::BAD_REQUEST, why).into_response(),
        },
    }
}

pub(crate) async fn judged_as(about: impl FnOnce(&mut About), lie: Lie) -> Report {
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
        fetch: false,
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

pub(crate) async fn judged(lie: Lie) -> Vec<String> {
    judged_as(|_| {}, lie).await.failures
}

pub(crate) async fn caught(lie: Lie, by: &str) {
    let failures = judged(lie).await;
    assert!(
        failures.iter().any(|failure| failure.contains(by)),
        "{by:?} is not in {failures:#?}"
    );
}

/// A lie about answers that have what is lied about.
pub(crate) const fn answer(lie: fn(&Value, &mut Value)) -> Lie {
    Lie {
        about_the_call: None,
        about_the_answer: Some(lie),
        about_the_authorization: None,
        calls_twice: false,
        refuses: None,
        repeats_itself: false,
    }
}

/// A lie about authorizations.
pub(crate) const fn authorizing(lie: fn(&mut Value)) -> Lie {
    Lie {
        about_the_authorization: Some(lie),
        ..answer(|_, _| {})
    }
}

pub(crate) fn rewrite(made: &mut Value, name: &str, from: &str, to: &str) {
    let text = made[name].as_str().unwrap().replacen(from, to, 1);
    made[name] = json!(text);
}

/// Lies about a field, where there is a value, or an error, of more than nothing.
pub(crate) fn set(answer: &mut Value, part: &str, name: &str, value: Value) {
    let fields = answer.get_mut(part).and_then(Value::as_object_mut);
    if let Some(fields) = fields.filter(|fields| fields.contains_key(name) || name == "mood") {
        fields.insert(name.to_owned(), value);
    }
}
