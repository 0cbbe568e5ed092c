//! `do: request`: a browser asks a server. The server under test, or the emulator where Square's own API is meant.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use square_oauth_example_browser::{Answer, Browser};

use super::run::query;
use crate::emulator::Control;

/// Browsers by their names, each with its own cookies, and the one server they talk to.
#[derive(Debug)]
pub struct Browsers {
    base_url: String,
    by_name: BTreeMap<String, Browser>,
}

/// A web server under test: where its handlers are. Scenarios know it as `$server`.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its origin, without a slash at the end.
    pub base_url: String,
    /// The path behind "Connect Square".
    pub connect: String,
    /// The path that Square sends sellers back to.
    pub callback: String,
    /// The path of webhook deliveries.
    pub webhook: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    method: String,
    /// A path with a query, or a whole URL of the same server.
    path: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// Sent as it is.
    body: Option<String>,
    /// Fields of a form, sent in place of a body.
    form: Option<BTreeMap<String, String>>,
}

impl Browsers {
    /// Browsers for the server at this origin.
    pub fn of(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            by_name: BTreeMap::new(),
        }
    }

    /// Sends a request, and says what the answer is.
    ///
    /// # Errors
    /// A text, where the request is wrong or no whole answer came.
    pub async fn request(&mut self, name: &str, with: Value) -> Result<Value, String> {
        let request: Request = serde_json::from_value(with).map_err(|error| error.to_string())?;
        let path = match request.path.strip_prefix(&self.base_url) {
            Some(path) => path,
            None => &request.path,
        };
        if !path.starts_with('/') {
            return Err(format!("{path} is not a path of {}", self.base_url));
        }
        let url = format!("{}{path}", self.base_url);
        let mut headers = request.headers;
        let mut body = request.body.unwrap_or_default();
        if let Some(form) = request.form {
            let mut fields = form_urlencoded::Serializer::new(String::new());
            fields.extend_pairs(form);
            body = fields.finish();
            headers.insert(
                "content-type".into(),
                "application/x-www-form-urlencoded".into(),
            );
        }
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let browser = self.by_name.entry(name.to_owned()).or_default();
        let answer = browser.send(&request.method, &url, &headers, body).await;
        answer
            .map(|answer| shown(&answer))
            .map_err(|error| error.to_string())
    }
}

impl Server {
    /// Registers its addresses at Square, as somebody does in the developer console.
    ///
    /// # Errors
    /// The emulator's refusal.
    pub async fn register(&self, square: &Control) -> Result<(), String> {
        let callback = format!("{}{}", self.base_url, self.callback);
        let webhook = format!("{}{}", self.base_url, self.webhook);
        let redirect = json!({"redirect_uri": callback});
        square.call("PUT applications", &redirect).await?;
        let subscription = json!({"url": webhook});
        square.call("PUT webhooks", &subscription).await.map(|_| ())
    }

    /// What scenarios may refer to.
    #[must_use]
    pub fn facts(&self) -> Value {
        json!({
            "base_url": self.base_url,
            "connect": self.connect,
            "callback": self.callback,
            "webhook": self.webhook,
        })
    }
}

fn shown(answer: &Answer) -> Value {
    let headers = answer.headers.keys().map(|name| {
        let value = answer.all(name.as_str()).join(", ");
        (name.as_str().to_owned(), Value::from(value))
    });
    let headers: Map<_, _> = headers.collect();
    let cookies = answer.all("set-cookie").into_iter().map(cookie);
    let (cleared, set): (Vec<_>, Vec<_>) =
        cookies.partition(|cookie| cookie.get("max_age") == Some(&0.into()));
    let text = answer.text();
    json!({
        "status": answer.status,
        "headers": headers,
        "location_query": query(answer.location()),
        "cookies_set": set,
        "cookies_cleared": cleared,
        "body": text,
        "json": serde_json::from_str(&text).unwrap_or(Value::Null),
    })
}

/// One `Set-Cookie` line: name, value, and its attributes in lower case.
fn cookie(line: &str) -> Value {
    let mut parts = line.split(';').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let (name, value) = first.split_once('=').unwrap_or((first, ""));
    let attributes: Vec<_> = parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .collect();
    let attribute = |wanted: &str| {
        let mut all = attributes.iter();
        let found = all.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| *value)
    };
    json!({
        "name": name,
        "value": value,
        "path": attribute("path"),
        "same_site": attribute("samesite"),
        "http_only": attribute("httponly").is_some(),
        "secure": attribute("secure").is_some(),
        "max_age": attribute("max-age").and_then(|age| age.parse::<i64>().ok()),
    })
}
