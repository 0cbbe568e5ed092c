//! Calls of a subject, over HTTP.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use square_oauth_example_browser::Browser;
use tokio::time::timeout;

use super::About;
use crate::library::{Call, Library, Outcome};

/// No call takes as long, whatever it waits for by itself.
const LIMIT: Duration = Duration::from_secs(60);
/// After so many calls without an answer nobody is asked any more: a subject that hangs would take an hour.
const PATIENCE: u32 = 3;

/// A subject that runs somewhere.
#[derive(Clone, Debug)]
pub struct Remote {
    about: About,
    unanswered: Arc<AtomicU32>,
}

impl Remote {
    /// A subject that has said of itself where it is.
    #[must_use]
    pub fn new(about: About) -> Self {
        Self {
            about,
            unanswered: Arc::default(),
        }
    }

    /// A subject that is running already, asked what it is.
    ///
    /// # Errors
    /// A text, where nothing answers, or not as a subject does.
    pub async fn at(url: &str) -> Result<Self, String> {
        let answer = timeout(LIMIT, Browser::default().get(&format!("{url}/"), &[])).await;
        let answer = answer.map_err(|_| format!("{url}: no answer"))?;
        let answer = answer.map_err(|why| why.to_string())?;
        About::read(&answer.text()).map(Self::new)
    }

    /// What it says of itself.
    #[must_use]
    pub const fn about(&self) -> &About {
        &self.about
    }

    /// Posts to a path: the status, and the answer as text.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<(u16, String), String> {
        let url = format!("{}{path}", self.about.base_url);
        let json = [("content-type", "application/json")];
        let mut browser = Browser::default();
        let answer = browser.send("POST", &url, &json, body.to_string());
        if self.unanswered.load(Ordering::Relaxed) >= PATIENCE {
            return Err("not asked: it does not answer any more".to_owned());
        }
        let Ok(answer) = timeout(LIMIT, answer).await else {
            self.unanswered.fetch_add(1, Ordering::Relaxed);
            return Err(format!("no answer within {} s", LIMIT.as_secs()));
        };
        let answer = answer.map_err(|why| why.to_string())?;
        Ok((answer.status, answer.text()))
    }

    /// Posts what cannot go wrong.
    pub(super) async fn tell(&self, path: &str, body: &Value) -> Result<Value, String> {
        match self.post(path, body).await? {
            (200, text) => {
                serde_json::from_str(&text).map_err(|why| format!("{path}: {why}: {text}"))
            }
            (status, text) => Err(format!("{path}: {status}: {text}")),
        }
    }
}

impl Library for Remote {
    async fn call(&self, call: Call) -> Result<Outcome, String> {
        Outcome::read(self.tell("/call", &json!(call)).await?)
    }

    fn language(&self) -> Option<&str> {
        Some(&self.about.language)
    }
}
