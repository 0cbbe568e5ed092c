//! Reading the vector files, strictly: what the format does not know is an error, not a default.

use std::{collections::HashSet, fs, path::PathBuf};

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// One file of vectors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    vectors: Vec<Vector>,
}

/// One vector; `conformance/README.md` says what each part means.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vector {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) source: String,
    pub(crate) op: Op,
    #[serde(default)]
    pub(crate) needs: Vec<Need>,
    #[serde(default)]
    pub(crate) config: Config,
    #[serde(default = "usual_now")]
    pub(crate) now: String,
    pub(crate) input: Value,
    #[serde(default)]
    pub(crate) exchange: Vec<Step>,
    pub(crate) ends_at_ms: Option<[u64; 2]>,
    pub(crate) expect: Option<Map<String, Value>>,
    pub(crate) error: Option<ExpectedError>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Op {
    Client,
    Environment,
    Authorize,
    Attempt,
    Callback,
    Complete,
    ObtainToken,
    RevokeToken,
    RetrieveTokenStatus,
    CheckApplication,
    Webhook,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Need {
    Simulated,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) environment: Option<String>,
    pub(crate) insecure_environment: Option<String>,
    pub(crate) authorize_url: Option<String>,
    pub(crate) application_id: Option<String>,
    pub(crate) application_secret: Option<String>,
    pub(crate) previous_application_secret: Option<String>,
    pub(crate) public: bool,
    pub(crate) timeout_ms: Option<u64>,
    pub(crate) pending_lifetime_ms: Option<u64>,
    /// Absent is the library's default; `null` is no header.
    #[serde(deserialize_with = "given")]
    pub(crate) square_version: Option<Option<String>>,
    pub(crate) subscriptions: Option<Vec<Subscription>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Subscription {
    pub(crate) notification_url: String,
    pub(crate) signature_key: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// Absent is the request of the first step again.
    pub(crate) request: Option<ExpectedRequest>,
    pub(crate) fresh_connection: Option<bool>,
    pub(crate) at_ms: Option<[u64; 2]>,
    pub(crate) after_ms: Option<u64>,
    pub(crate) answer: Option<Answer>,
    pub(crate) fail: Option<Fail>,
    #[serde(default)]
    pub(crate) hang: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) headers: Map<String, Value>,
    /// `null` is no body at all.
    pub(crate) body: Value,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Option<Map<String, Value>>,
    pub(crate) body: Option<Value>,
    pub(crate) body_base64: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fail {
    pub(crate) delivery: Delivery,
    pub(crate) cause: Cause,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Delivery {
    NotSent,
    Unknown,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cause {
    Connect,
    Proxy,
    Tls,
    Connection,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedError {
    pub(crate) kind: String,
    pub(crate) code: String,
    pub(crate) field: Option<String>,
    pub(crate) http_status: Option<u16>,
    pub(crate) errors: Vec<Value>,
    pub(crate) retry_after_s: Option<u64>,
    pub(crate) retryable: bool,
    pub(crate) request_may_have_arrived: bool,
    #[serde(default)]
    pub(crate) message_has: Vec<String>,
    #[serde(default)]
    pub(crate) message_lacks: Vec<String>,
}

/// All vectors, and how many files they came from.
pub(crate) struct Vectors {
    pub(crate) vectors: Vec<Vector>,
    pub(crate) files: usize,
}

pub(crate) fn conformance() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../conformance")
}

impl Vectors {
    pub(crate) fn load() -> Self {
        let mut paths: Vec<_> = fs::read_dir(conformance().join("vectors"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        let mut vectors = Vec::new();
        for path in &paths {
            let read = read(&fs::read_to_string(path).unwrap());
            vectors.extend(read.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        }
        let mut ids = HashSet::new();
        for vector in &vectors {
            assert!(ids.insert(&vector.id), "{} is there twice", vector.id);
        }
        Self {
            files: paths.len(),
            vectors,
        }
    }
}

/// Reads one file; the error says what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Vec<Vector>, String> {
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
    let is_simulated = vector.needs.contains(&Need::Simulated);
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

fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}
