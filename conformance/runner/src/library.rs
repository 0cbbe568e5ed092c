//! The contract: what a library is asked, and what it says. `conformance/SUBJECTS.md` describes it.
#![allow(
    missing_docs,
    reason = "`conformance/SUBJECTS.md` describes each field"
)]

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

/// Whatever turns a call into the library's own, and what comes of it into JSON.
pub trait Library {
    /// Makes one call, which stands for itself.
    ///
    /// # Errors
    /// A text, where what came is neither a value nor an error of the library.
    fn call(&self, call: Call) -> impl Future<Output = Result<Outcome, String>>;

    /// The word that its user agent has to carry, where it has said which.
    fn language(&self) -> Option<&str> {
        None
    }
}

/// One call.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// What is called.
    pub op: Op,
    /// What the client, or the webhook check, is made from.
    pub config: Config,
    /// Where the client's clock stands, in milliseconds since 1970.
    pub now_ms: i64,
    /// What the op takes.
    pub input: Value,
}

/// A public method, or a constructor.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Op {
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

/// What a client, or a webhook check, is made from; what is absent is the library's default.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insecure_environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorize_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_application_secret: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_lifetime_ms: Option<u64>,
    /// Absent is the library's default; `null` is no header.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub square_version: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscriptions: Option<Vec<Subscription>>,
}

/// One webhook subscription.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    pub notification_url: String,
    pub signature_key: String,
}

/// What came of a call.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A value, with the fields of its op.
    Ok(Value),
    /// An error of the library.
    Failed(Failure),
}

/// An error, field by field.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    pub kind: String,
    pub code: String,
    pub message: String,
    pub field: Option<String>,
    pub http_status: Option<u16>,
    pub errors: Vec<Said>,
    pub retry_after_s: Option<f64>,
    pub retryable: bool,
    pub request_may_have_arrived: bool,
    /// Every text that the language makes of it.
    #[serde(skip)]
    pub printed: Vec<String>,
}

/// One of Square's own errors.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub category: Option<String>,
    pub code: Option<String>,
    pub detail: Option<String>,
    pub field: Option<String>,
}

impl Outcome {
    /// Reads the answer to a call.
    ///
    /// # Errors
    /// A text that says what is wrong with it.
    pub fn read(answer: Value) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Answer {
            ok: Option<Value>,
            error: Option<Failure>,
            #[serde(default)]
            printed: Vec<String>,
        }
        let answer: Answer =
            serde_json::from_value(answer).map_err(|why| format!("the answer: {why}"))?;
        match (answer.ok, answer.error) {
            (Some(value), None) if value.is_object() && answer.printed.is_empty() => {
                Ok(Self::Ok(value))
            }
            (None, Some(failure)) => {
                let printed = answer.printed;
                if failure.message.is_empty() {
                    return Err("the error has no message".to_owned());
                }
                if !printed.iter().any(|text| text.contains(&failure.message)) {
                    return Err("no text of printed has the error's message".to_owned());
                }
                Ok(Self::Failed(Failure { printed, ..failure }))
            }
            _ => Err(
                "the answer has exactly one of ok, an object, and error with printed".to_owned(),
            ),
        }
    }
}

impl Failure {
    /// The error as scenarios compare it.
    pub(crate) fn shown(&self) -> Value {
        json!({
            "kind": self.kind,
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "http_status": self.http_status,
            "errors": self.errors,
            "retry_after_s": self.retry_after_s.map(whole),
            "retryable": self.retryable,
            "request_may_have_arrived": self.request_may_have_arrived,
        })
    }
}

/// Some languages write every number with a fraction.
fn whole(seconds: f64) -> Value {
    if seconds.fract() == 0.0 {
        json!(seconds as i64)
    } else {
        json!(seconds)
    }
}

fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error() -> Value {
        json!({
            "error": {
                "kind": "rate_limited", "code": "application_limit", "message": "m", "http_status": 429, "errors": [],
                "retry_after_s": 30.0, "retryable": true, "request_may_have_arrived": true,
            },
            "printed": ["OAuthError: m"],
        })
    }

    #[test]
    fn what_is_not_there_may_be_absent_and_a_number_may_have_a_fraction() {
        let Ok(Outcome::Failed(failure)) = Outcome::read(error()) else {
            unreachable!("an error was read as something else")
        };
        assert_eq!(failure.field, None);
        assert_eq!(failure.shown().get("retry_after_s"), Some(&json!(30)));
        assert!(Outcome::read(json!({"ok": {}})).is_ok());
    }

    #[test]
    fn what_the_contract_does_not_know_is_no_answer() {
        let mut without_message = error()["error"].clone();
        without_message["message"] = json!("");
        for answer in [
            json!({}),
            json!({"ok": 1}),
            json!({"ok": {}, "printed": ["x"]}),
            json!({"ok": {}, "error": error().get("error"), "printed": ["m"]}),
            json!({"ok": {}, "took_ms": 3}),
            json!({"error": error().get("error"), "printed": ["another"]}),
            json!({"error": {"kind": "denied"}, "printed": ["m"]}),
            json!({"error": without_message, "printed": ["m"]}),
        ] {
            assert!(Outcome::read(answer.clone()).is_err(), "{answer}");
        }
    }

    #[test]
    fn a_config_is_told_as_it_was_read() {
        for config in [
            json!({}),
            json!({"square_version": null}),
            json!({"public": true, "application_id": "a", "timeout_ms": 5}),
        ] {
            let read: Config = serde_json::from_value(config.clone()).unwrap_or_default();
            assert_eq!(json!(read), config);
        }
    }
}
