//! The contract over HTTP, and the web handlers of the axum example beside it.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use square_oauth::{
    OAuthError, Timestamp,
    host::{Host, ManualClock},
    native::NativeOptions,
};
use square_oauth_example_axum::{App, CALLBACK, Config as WebConfig, WEBHOOK};
use tower_service::Service;

use crate::{
    call::Call,
    input::{Config, read},
};

/// The subject: one set of ports for all calls, and the web handlers that were made last.
#[derive(Debug)]
pub struct Subject {
    base_url: String,
    host: Host,
    web: Mutex<Option<Web>>,
}

#[derive(Clone, Debug)]
struct Web {
    handlers: Router,
    clock: Arc<ManualClock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewWeb {
    config: Config,
    now_ms: i64,
    webhook_signature_key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTime {
    now_ms: i64,
}

impl Subject {
    /// A subject that answers at this origin.
    ///
    /// # Errors
    /// If the native ports cannot be made.
    pub fn new(base_url: String) -> Result<Self, OAuthError> {
        Ok(Self {
            base_url,
            host: Host::native(&NativeOptions::default())?,
            web: Mutex::default(),
        })
    }

    /// What it says of itself.
    #[must_use]
    pub fn about(&self) -> Value {
        json!({
            "base_url": self.base_url,
            "language": "rust",
            "runtime": env!("COMPILER"),
            "loaded": concat!("square-oauth ", env!("CARGO_PKG_VERSION"), " as a crate"),
            "web": {"connect": "/connect", "callback": CALLBACK, "webhook": WEBHOOK},
        })
    }

    /// Makes a call.
    ///
    /// # Errors
    /// A text that names what is not known.
    pub async fn call(&self, call: Value) -> Result<Value, String> {
        let call = Call::read(call)?;
        let (host, _) = self.host_at(call.now_ms);
        call.answer(host).await
    }

    fn host_at(&self, now_ms: i64) -> (Host, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::at(Timestamp::from_unix_ms(now_ms)));
        let host = Host {
            clock: clock.clone(),
            ..self.host.clone()
        };
        (host, clock)
    }

    fn make_web(&self, new: Value) -> Result<Value, String> {
        let new: NewWeb = read(new)?;
        let environment = new.config.environment()?.map_err(|why| why.to_string())?;
        let config = WebConfig {
            environment,
            application: new.config.application()?,
            public_url: self.base_url.clone(),
            signature_key: Some(new.webhook_signature_key.into()),
        };
        let (host, clock) = self.host_at(new.now_ms);
        let app = App::new(config, host).map_err(|why| why.to_string())?;
        let web = Web {
            handlers: square_oauth_example_axum::router(app),
            clock,
        };
        *self.web.lock().unwrap_or_else(PoisonError::into_inner) = Some(web);
        Ok(json!({}))
    }

    fn set_clock(&self, time: Value) -> Result<Value, String> {
        let time: NewTime = read(time)?;
        let web = self.web().ok_or("there are no web handlers yet")?;
        web.clock.set(Timestamp::from_unix_ms(time.now_ms));
        Ok(json!({}))
    }

    fn web(&self) -> Option<Web> {
        self.web
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The subject's routes; whatever else is asked for goes to the web handlers.
pub fn router(subject: Subject) -> Router {
    Router::new()
        .route(
            "/",
            get(|State(subject): State<Arc<Subject>>| async move { Json(subject.about()) }),
        )
        .route(
            "/call",
            post(
                |State(subject): State<Arc<Subject>>, body: String| async move {
                    match parsed(&body) {
                        Ok(call) => answer(subject.call(call).await),
                        Err(why) => answer(Err(why)),
                    }
                },
            ),
        )
        .route(
            "/web",
            post(
                |State(subject): State<Arc<Subject>>, body: String| async move {
                    answer(parsed(&body).and_then(|new| subject.make_web(new)))
                },
            ),
        )
        .route(
            "/clock",
            post(
                |State(subject): State<Arc<Subject>>, body: String| async move {
                    answer(parsed(&body).and_then(|time| subject.set_clock(time)))
                },
            ),
        )
        .fallback(handled)
        .with_state(Arc::new(subject))
}

async fn handled(State(subject): State<Arc<Subject>>, request: Request) -> Response {
    match subject.web() {
        Some(mut web) => web.handlers.call(request).await.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn parsed<T: DeserializeOwned>(body: &str) -> Result<T, String> {
    serde_json::from_str(body).map_err(|why| why.to_string())
}

fn answer(answer: Result<Value, String>) -> Response {
    match answer {
        Ok(value) => Json(value).into_response(),
        Err(why) => (StatusCode::BAD_REQUEST, why).into_response(),
    }
}
