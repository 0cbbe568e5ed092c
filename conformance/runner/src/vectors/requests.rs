//! The requests that were sent against those of the exchange.

use serde_json::{Map, Value};

use super::{Complaints, ExpectedRequest, Vector, values::matches};

/// One request, however it was recorded.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `POST`.
    pub method: String,
    /// The path, with the query if there is one.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes as they came.
    pub body: Vec<u8>,
}

impl Seen {
    /// The values of a header.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.iter().filter(|(found, _)| found == name);
        let values: Vec<_> = values.map(|(_, value)| value.as_str()).collect();
        // Twice is never right, and looks like it.
        (!values.is_empty()).then(|| values.join(" and "))
    }
}

pub(super) fn judge(vector: &Vector, challenge: Option<&str>, seen: &[Seen]) -> Complaints {
    let mut complaints = Complaints::new();
    if seen.len() != vector.exchange.len() {
        let (sent, wanted) = (seen.len(), vector.exchange.len());
        complaints.push(format!("{sent} requests were sent, not {wanted}"));
    }
    let mut expected = None;
    for (at, (step, seen)) in vector.exchange.iter().zip(seen).enumerate() {
        expected = step.request.as_ref().or(expected);
        for complaint in expected
            .into_iter()
            .flat_map(|expected| request(vector, expected, seen, challenge))
        {
            complaints.push(format!("request {}: {complaint}", at + 1));
        }
    }
    complaints
}

fn request(
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
        compare(&name, seen.header(&name).as_deref(), value.as_deref());
    }
    let user_agent = seen.header("user-agent").unwrap_or_default();
    if language(&user_agent).is_none() {
        complaints.push(format!("the user agent is {user_agent:?}"));
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

/// The language of `square-oauth/MAJOR.MINOR.PATCH (language)`.
pub(super) fn language(user_agent: &str) -> Option<&str> {
    let rest = user_agent
        .strip_prefix("square-oauth/")?
        .strip_suffix(')')?;
    let (version, language) = rest.split_once(" (")?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_version = version.split('.').count() == 3 && version.split('.').all(is_number);
    let is_word = !language.is_empty() && language.bytes().all(|b| b.is_ascii_lowercase());
    (is_version && is_word).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn a_user_agent_names_the_library_its_version_and_the_language() {
        assert_eq!(language("square-oauth/0.1.0 (rust)"), Some("rust"));
        for other in [
            "node",
            "square-oauth/0.1 (rust)",
            "square-oauth/0.1.0 ()",
            "square-oauth/0.1.0 (Rust)",
        ] {
            assert_eq!(language(other), None, "{other}");
        }
    }
}
