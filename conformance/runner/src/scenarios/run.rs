//! Telling one scenario to one subject.

use serde_json::{Value, json};

use super::{
    captures::Captures,
    expect::compare,
    requests,
    scenario::{Scenario, Step},
};
use crate::emulator::Square;

/// Who acts in a scenario: a client or a web server, with whatever stands around it.
pub trait Actor {
    /// Carries out a `do`: its result, or `{"error": {"kind", "code", ...}}` where it failed as it may.
    ///
    /// `on` names the client or the browser that acts, where it is not the usual one.
    ///
    /// # Errors
    /// A text, where the step itself is wrong: an unknown method, an unknown argument.
    fn perform(
        &mut self,
        method: &str,
        on: Option<&str>,
        with: Value,
    ) -> impl Future<Output = Result<Value, String>>;

    /// Sets the actor's clock, which follows the emulator's.
    ///
    /// # Errors
    /// A text, where it cannot be set.
    fn set_clock(&mut self, unix_ms: i64) -> impl Future<Output = Result<(), String>>;

    /// What scenarios may refer to, by its name, beside `$emulator`.
    fn facts(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// Starts an emulator and an actor beside it, and tells them the scenario.
///
/// # Errors
/// A text that names the step and says what did not hold.
pub async fn run<A: Actor>(
    scenario: &Scenario,
    start: impl AsyncFnOnce(&Square) -> Result<A, String>,
) -> Result<(), String> {
    let square = Square::start(&scenario.emulator).await?;
    let mut actor = start(&square).await?;
    actor.set_clock(square.control().now_ms().await?).await?;
    let mut captures = Captures::default();
    captures.set("emulator", square.facts());
    for (name, value) in actor.facts() {
        captures.set(name, value);
    }
    let mut story = Story {
        square,
        actor,
        captures,
        last: Value::Null,
        unread_error: None,
        seen_requests: json!(0),
    };
    for (at, step) in scenario.steps()?.into_iter().enumerate() {
        let told = story.tell(step).await;
        told.map_err(|why| format!("step {}: {why}", at + 1))?;
    }
    story.nothing_unread()
}

struct Story<A> {
    square: Square,
    actor: A,
    captures: Captures,
    /// The result of the latest `do`, `consent` or `control`.
    last: Value,
    /// A failure that no `expect` has looked at yet.
    unread_error: Option<String>,
    /// The number of the latest request that an `expect_requests` has looked at.
    seen_requests: Value,
}

impl<A: Actor> Story<A> {
    async fn tell(&mut self, step: Step) -> Result<(), String> {
        match step {
            Step::Do {
                method,
                on,
                with,
                name,
            } => {
                self.nothing_unread()?;
                let with = self.captures.fill(&with)?;
                let result = self.actor.perform(&method, on.as_deref(), with).await?;
                self.unread_error = result.get("error").map(Value::to_string);
                self.keep(name, result);
            }
            Step::Consent { with, name } => {
                self.nothing_unread()?;
                let with = self.captures.fill(&with)?;
                let decided = self.square.control().call("POST consent", &with).await?;
                let redirect = decided.get("redirect").and_then(Value::as_str);
                let redirect = redirect.unwrap_or_default();
                self.keep(
                    name,
                    json!({"redirect": redirect, "query": query(redirect)}),
                );
            }
            Step::Control { call, with, name } => {
                self.nothing_unread()?;
                let with = self.captures.fill(&with)?;
                let result = self.square.control().call(&call, &with).await?;
                let now_ms = self.square.control().now_ms().await?;
                self.actor.set_clock(now_ms).await?;
                self.keep(name, result);
            }
            Step::Expect { expected, of } => {
                let expected = self.captures.fill(&expected)?;
                let found = match &of {
                    Some(path) => self.captures.get(path)?,
                    None => &self.last,
                };
                // An error is only read by an expectation that speaks of it.
                if of.is_none() && expected.get("error").is_some() {
                    self.unread_error = None;
                }
                compare(&expected, found)?;
            }
            Step::ExpectRequests(expected) => {
                let expected = self.captures.fill(&expected.into())?;
                let call = format!("GET requests?since={}", self.seen_requests);
                let recorded = self.square.control().call(&call, &json!({})).await?;
                self.seen_requests = recorded.get("next").cloned().unwrap_or_default();
                compare(&expected, &requests::shown(&recorded))?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, name: Option<String>, result: Value) {
        if let Some(name) = name {
            self.captures.set(&name, result.clone());
        }
        self.last = result;
    }

    fn nothing_unread(&self) -> Result<(), String> {
        match &self.unread_error {
            Some(error) => Err(format!("the step before failed, unexpectedly: {error}")),
            None => Ok(()),
        }
    }
}

/// The parameters of a URL, by name.
pub(crate) fn query(url: &str) -> Value {
    let url = url.split('#').next().unwrap_or_default();
    let text = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = form_urlencoded::parse(text.as_bytes());
    Value::Object(
        pairs
            .map(|(name, value)| (name.into_owned(), value.into()))
            .collect(),
    )
}
