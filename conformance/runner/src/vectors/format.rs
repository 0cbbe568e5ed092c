//! Reading the vector files, strictly: what the format does not know is an error, not a default.
#![allow(missing_docs, reason = "`conformance/README.md` describes the format")]

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    data::VECTORS,
    library::{Config, Op, Said},
    moment,
};

/// One file of vectors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    vectors: Vec<Vector>,
}

/// One vector; `conformance/README.md` says what each part means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    pub id: String,
    pub title: String,
    pub source: String,
    pub op: Op,
    #[serde(default)]
    pub needs: Vec<Need>,
    #[serde(default)]
    pub config: Config,
    #[serde(default = "usual_now")]
    pub now: String,
    pub input: Value,
    #[serde(default)]
    pub exchange: Vec<Step>,
    pub ends_at_ms: Option<[u64; 2]>,
    pub expect: Option<Map<String, Value>>,
    pub error: Option<ExpectedError>,
}

/// What only some runners have.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Simulated,
    /// Connections in one's own hand: no `fetch` that repeats a request by itself.
    Connections,
}

/// One request that must be sent, and what becomes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Absent is the request of the first step again.
    pub request: Option<ExpectedRequest>,
    pub fresh_connection: Option<bool>,
    pub at_ms: Option<[u64; 2]>,
    pub after_ms: Option<u64>,
    pub answer: Option<Answer>,
    pub fail: Option<Fail>,
    #[serde(default)]
    pub hang: bool,
}

/// A request that must be sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedRequest {
    pub method: String,
    pub path: String,
    #[serde(default)]
    pub headers: Map<String, Value>,
    /// `null` is no body at all.
    pub body: Value,
}

/// An answer, word for word.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub status: u16,
    pub headers: Option<Map<String, Value>>,
    pub body: Option<Value>,
    pub body_base64: Option<String>,
}

/// How no answer comes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fail {
    pub delivery: Delivery,
    pub cause: Cause,
}

/// Whether a request that got no answer may have arrived.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    NotSent,
    Unknown,
}

/// What kept an answer from coming.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    Connect,
    Proxy,
    Tls,
    Connection,
}

/// How the call must fail.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedError {
    pub kind: String,
    pub code: String,
    pub field: Option<String>,
    pub http_status: Option<u16>,
    pub errors: Vec<Said>,
    pub retry_after_s: Option<u64>,
    pub retryable: bool,
    pub request_may_have_arrived: bool,
    #[serde(default)]
    pub message_has: Vec<String>,
    #[serde(default)]
    pub message_lacks: Vec<String>,
}

/// All vectors, and how many files they came from.
#[derive(Debug)]
pub struct Vectors {
    pub vectors: Vec<Vector>,
    pub files: usize,
}

impl Vectors {
    /// Reads every file of `conformance/vectors`.
    ///
    /// # Errors
    /// A text that names the file and what is wrong with it.
    pub fn load() -> Result<Self, String> {
        let mut vectors = Vec::new();
        for (name, text) in VECTORS {
            vectors.extend(read(text).map_err(|why| format!("{name}: {why}"))?);
        }
        let mut ids = HashSet::new();
        for vector in &vectors {
            if !ids.insert(&vector.id) {
                return Err(format!("{} is there twice", vector.id));
            }
        }
        Ok(Self {
            files: VECTORS.len(),
            vectors,
        })
    }
}

impl Vector {
    /// Whether only a runner that scripts transport, time and randomness can perform it.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.needs.contains(&Need::Simulated)
    }

    /// Whether it holds only where no `fetch` repeats requests by itself.
    #[must_use]
    pub fn needs_connections(&self) -> bool {
        self.needs.contains(&Need::Connections)
    }

    /// Where the client's clock stands, in milliseconds since 1970.
    ///
    /// # Errors
    /// A text, where `now` is no time.
    pub fn now_ms(&self) -> Result<i64, String> {
        moment::to_ms(&self.now)
    }
}

/// Reads the text of one file.
///
/// # Errors
/// A text that says what is wrong with it.
pub fn read(text: &str) -> Result<Vec<Vector>, String> {
    let mut file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    expand(&mut file)?;
    let file: File = serde_json::from_value(file).map_err(|error| error.to_string())?;
    if file.format != 1 {
        return Err(format!("format {} is not known", file.format));
    }
    for vector in &file.vectors {
        check(vector).map_err(|error| format!("{}: {error}", vector.id))?;
    }
    Ok(file.vectors)
}

/// What serde's types do not say.
fn check(vector: &Vector) -> Result<(), &'static str> {
    if vector.expect.is_some() == vector.error.is_some() {
        return Err("exactly one of expect and error is needed");
    }
    if vector.title.is_empty() || vector.source.is_empty() {
        return Err("title and source are needed");
    }
    if vector
        .exchange
        .first()
        .is_some_and(|step| step.request.is_none())
    {
        return Err("the first step needs a request");
    }
    let is_simulated = vector.is_simulated();
    for step in &vector.exchange {
        let ends = [step.answer.is_some(), step.fail.is_some(), step.hang];
        if ends.into_iter().filter(|end| *end).count() != 1 {
            return Err("a step has exactly one of answer, fail and hang");
        }
        let is_timed = step.at_ms.is_some() || step.after_ms.is_some();
        if (is_timed || step.answer.is_none()) && !is_simulated {
            return Err("a step that fails, hangs or is timed needs \"simulated\"");
        }
        if let Some(answer) = &step.answer
            && answer.body.is_some() == answer.body_base64.is_some()
        {
            return Err("an answer has exactly one of body and body_base64");
        }
    }
    if vector.ends_at_ms.is_some() && !is_simulated {
        return Err("ends_at_ms needs \"simulated\"");
    }
    if vector.input.get("random").is_some() && !is_simulated {
        return Err("random needs \"simulated\"");
    }
    Ok(())
}

/// Writes out `{"repeat": {before, unit, times, after}}`, wherever a text can stand.
fn expand(value: &mut Value) -> Result<(), String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Repeat {
        before: String,
        unit: String,
        times: usize,
        after: String,
    }
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(expand),
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("repeat") => {
            let repeat = fields.remove("repeat").unwrap_or_default();
            let repeat: Repeat =
                serde_json::from_value(repeat).map_err(|error| error.to_string())?;
            let middle = repeat.unit.repeat(repeat.times);
            *value = format!("{}{middle}{}", repeat.before, repeat.after).into();
            Ok(())
        }
        Value::Object(fields) => fields.values_mut().try_for_each(expand),
        _ => Ok(()),
    }
}

fn usual_now() -> String {
    "2026-01-15T12:00:00Z".to_owned()
}
