//! What was seen against what a vector says.

use serde_json::{Map, Value, json};
use square_oauth::{OAuthError, SquareError, Timestamp};

use super::{
    format::{ExpectedError, ExpectedRequest, Vector},
    perform::{Performed, is_base64url_of_32_bytes, s256},
};

/// One request, however it was recorded.
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(found, _)| found == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} is there twice");
        value
    }
}

/// Everything that is wrong, in words.
pub(crate) type Complaints = Vec<String>;

pub(crate) fn judge(vector: &Vector, performed: &Performed, seen: &[Seen]) -> Complaints {
    let mut complaints = requests(vector, performed, seen);
    match (&performed.result, &vector.expect, &vector.error) {
        (Ok(value), Some(expected), _) => values(expected, value, &mut complaints),
        (Err(error), _, Some(expected)) => errors(vector, expected, error, &mut complaints),
        (Ok(value), None, _) => complaints.push(format!("succeeded: {value}")),
        (Err(error), _, None) => complaints.push(format!("failed: {error:?}")),
    }
    complaints
}

fn values(expected: &Map<String, Value>, value: &Value, complaints: &mut Complaints) {
    for (name, expected) in expected {
        let Some(found) = value.get(name) else {
            complaints.push(format!("{name} is not a value of this op"));
            continue;
        };
        let is_equal = match name.as_str() {
            "query" => {
                let [expected, found] = [expected, found].map(|query| query.as_object().unwrap());
                expected.keys().eq(found.keys())
                    && expected
                        .iter()
                        .all(|(name, text)| matches(text, &found[name], None))
            }
            name if name.ends_with("_at") => {
                let moment = expected
                    .as_str()
                    .map(|text| text.parse::<Timestamp>().unwrap());
                moment.map(Timestamp::unix_ms) == found.as_i64()
            }
            _ => expected == found,
        };
        if !is_equal {
            complaints.push(format!("{name} is {found}, not {expected}"));
        }
    }
}

fn errors(
    vector: &Vector,
    expected: &ExpectedError,
    error: &OAuthError,
    complaints: &mut Complaints,
) {
    let said: Vec<_> = error.errors().iter().map(square_error).collect();
    let mut compare = |name: &str, found: Value, expected: Value| {
        if found != expected {
            complaints.push(format!("{name} is {found}, not {expected}"));
        }
    };
    compare(
        "kind",
        error.kind().name().into(),
        expected.kind.as_str().into(),
    );
    compare("code", error.code().into(), expected.code.as_str().into());
    compare("field", json!(error.field()), json!(expected.field));
    compare(
        "http_status",
        json!(error.http_status()),
        json!(expected.http_status),
    );
    compare("errors", json!(said), json!(expected.errors));
    let retry_after = error.retry_after().map(|wait| wait.as_secs_f64());
    let expected_wait = expected.retry_after_s.map(|seconds| seconds as f64);
    compare("retry_after_s", json!(retry_after), json!(expected_wait));
    compare(
        "retryable",
        error.retryable().into(),
        expected.retryable.into(),
    );
    compare(
        "request_may_have_arrived",
        error.request_may_have_arrived().into(),
        expected.request_may_have_arrived.into(),
    );
    let message = error.to_string();
    for part in &expected.message_has {
        if !message.contains(part) {
            complaints.push(format!("the message lacks {part:?}: {message:?}"));
        }
    }
    let whole = format!("{message} {error:?}");
    let secrets = secrets(vector);
    for part in expected.message_lacks.iter().chain(&secrets) {
        if whole.contains(part) {
            complaints.push(format!("the error shows {part:?}: {whole:?}"));
        }
    }
    if message.chars().any(char::is_control) {
        complaints.push(format!("the message is more than one line: {message:?}"));
    }
}

fn square_error(error: &SquareError) -> Value {
    json!({
        "category": error.category,
        "code": error.code,
        "detail": error.detail,
        "field": error.field,
    })
}

/// What no error may show, whatever the vector is about. Shorter ones would match by chance.
fn secrets(vector: &Vector) -> Vec<String> {
    const INPUTS: [&str; 7] = [
        "code",
        "code_verifier",
        "refresh_token",
        "migration_token",
        "access_token",
        "all_by_token",
        "only",
    ];
    let config = &vector.config;
    let of_input = INPUTS
        .iter()
        .filter_map(|name| vector.input.get(name)?.as_str());
    let of_config = [
        &config.application_secret,
        &config.previous_application_secret,
    ];
    let of_webhooks = config.subscriptions.iter().flatten();
    of_input
        .chain(of_config.into_iter().flatten().map(String::as_str))
        .chain(of_webhooks.map(|subscription| subscription.signature_key.as_str()))
        .filter(|secret| secret.len() >= 8)
        .map(str::to_owned)
        .collect()
}

fn requests(vector: &Vector, performed: &Performed, seen: &[Seen]) -> Complaints {
    let mut complaints = Complaints::new();
    if seen.len() != vector.exchange.len() {
        let (sent, wanted) = (seen.len(), vector.exchange.len());
        complaints.push(format!("{sent} requests were sent, not {wanted}"));
    }
    let mut expected = None;
    for (at, (step, seen)) in vector.exchange.iter().zip(seen).enumerate() {
        expected = step.request.as_ref().or(expected);
        let expected = expected.expect("the first step has a request");
        for complaint in request(vector, expected, seen, performed.challenge.as_deref()) {
            complaints.push(format!("request {}: {complaint}", at + 1));
        }
    }
    complaints
}

pub(crate) fn request(
    vector: &Vector,
    expected: &ExpectedRequest,
    seen: &Seen,
    challenge: Option<&str>,
) -> Complaints {
    let mut complaints = Complaints::new();
    let mut compare = |name: &str, found: Option<&str>, expected: Option<&str>| {
        if found != expected {
            complaints.push(format!("{name} is {found:?}, not {expected:?}"));
        }
    };
    compare("the method", Some(&seen.method), Some(&expected.method));
    compare("the path", Some(&seen.path), Some(&expected.path));
    for (name, value) in headers(vector, expected) {
        compare(&name, seen.header(&name), value.as_deref());
    }
    if !is_user_agent(seen.header("user-agent").unwrap_or_default()) {
        complaints.push(format!("the user agent is {:?}", seen.header("user-agent")));
    }
    if expected.body.is_null() {
        if !seen.body.is_empty() {
            complaints.push("there is a body".to_owned());
        }
        return complaints;
    }
    match serde_json::from_slice::<Value>(&seen.body) {
        Ok(body) if matches(&expected.body, &body, challenge) => {}
        Ok(body) => complaints.push(format!("the body is {body}, not {}", expected.body)),
        Err(_) => complaints.push("the body is not JSON".to_owned()),
    }
    complaints
}

/// What every request has, and what the vector says of this one.
fn headers(vector: &Vector, expected: &ExpectedRequest) -> Vec<(String, Option<String>)> {
    let version = match &vector.config.square_version {
        Some(version) => version.as_deref(),
        None => Some("2026-01-22"),
    };
    let json = Some("application/json");
    let mut headers: Map<String, Value> = Map::new();
    for (name, value) in [
        ("accept", json),
        ("accept-encoding", Some("identity")),
        ("content-type", json.filter(|_| !expected.body.is_null())),
        ("square-version", version),
        ("authorization", None),
    ] {
        headers.insert(name.to_owned(), value.into());
    }
    headers.extend(expected.headers.clone());
    headers
        .into_iter()
        .map(|(name, value)| (name, value.as_str().map(str::to_owned)))
        .collect()
}

/// `square-oauth/MAJOR.MINOR.PATCH (language)`
fn is_user_agent(text: &str) -> bool {
    let Some((version, language)) = text
        .strip_prefix("square-oauth/")
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|rest| rest.split_once(" ("))
    else {
        return false;
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    version.split('.').count() == 3
        && version.split('.').all(is_number)
        && !language.is_empty()
        && language.bytes().all(|b| b.is_ascii_lowercase())
}

/// Equal, where `{state}`, `{challenge}` and `{verifier}` stand for what is random.
fn matches(expected: &Value, found: &Value, challenge: Option<&str>) -> bool {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            expected.len() == found.len()
                && expected.iter().all(|(name, value)| {
                    found
                        .get(name)
                        .is_some_and(|found| matches(value, found, challenge))
                })
        }
        (Value::String(expected), Value::String(found)) => match expected.as_str() {
            "{state}" | "{challenge}" => is_base64url_of_32_bytes(found),
            "{verifier}" => Some(s256(found).as_str()) == challenge,
            _ => expected == found,
        },
        _ => expected == found,
    }
}
