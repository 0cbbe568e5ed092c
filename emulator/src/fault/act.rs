//! What a fault does to a request.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hyper::{
    Response, StatusCode,
    header::{HeaderName, HeaderValue},
};
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::http::reply::Reply;

/// What happens: exactly one of these.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Act {
    /// Wait so long first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delay_ms: Option<u64>,
    /// Close the connection without an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) drop: Option<Drop>,
    /// Answer with this, byte for byte, and do nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<Answer>,
    /// Promise the whole body but send only so many bytes of it, then close the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) truncate: Option<usize>,
    /// Send the body one byte at a time, with so long between two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) drip_ms: Option<u64>,
}

/// When the connection is closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Drop {
    /// Before the request has done anything.
    #[serde(alias = "before")]
    BeforeCommit,
    /// After it has done everything.
    #[serde(alias = "after")]
    AfterCommit,
}

/// An answer to be given as it is. Only `Content-Length` is added, where it is not given.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    #[serde(default = "ok", deserialize_with = "status")]
    status: u16,
    #[serde(default)]
    headers: Headers,
    /// The body as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// The body as base64, for what is not UTF-8.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "base64"
    )]
    body_base64: Option<String>,
}

/// Headers as an object, or as a list of pairs where a name is to come twice.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
struct Headers(Vec<(String, String)>);

impl Act {
    /// The bytes of its answer.
    pub(super) fn size(&self) -> usize {
        self.answer.as_ref().map_or(0, Answer::size)
    }

    /// Why this act cannot be done, if it cannot.
    pub(crate) fn complaint(&self) -> Option<&'static str> {
        let acts = [
            self.answer.is_some(),
            self.delay_ms.is_some(),
            self.drop.is_some(),
            self.truncate.is_some(),
            self.drip_ms.is_some(),
        ];
        if acts.into_iter().filter(|is_there| *is_there).count() != 1 {
            return Some("act: exactly one of answer, delay_ms, drop, truncate, drip_ms is needed");
        }
        let answer = self.answer.as_ref()?;
        if answer.body.is_some() && answer.body_base64.is_some() {
            return Some("act.answer: body and body_base64 cannot be given together");
        }
        None
    }
}

impl Answer {
    fn size(&self) -> usize {
        let headers = self.headers.0.iter();
        let headers = headers.map(|pair| size_of_val(pair) + pair.0.len() + pair.1.len());
        let bodies = [&self.body, &self.body_base64].into_iter().flatten();
        headers.sum::<usize>() + bodies.map(String::len).sum::<usize>()
    }

    pub(crate) fn to_reply(&self) -> Reply {
        let body = match (&self.body, &self.body_base64) {
            (Some(text), _) => Bytes::copy_from_slice(text.as_bytes()),
            (None, Some(base64)) => STANDARD.decode(base64).unwrap_or_default().into(),
            (None, None) => Bytes::new(),
        };
        let mut reply = Response::new(body);
        *reply.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        for (name, value) in &self.headers.0 {
            if let (Ok(name), Ok(value)) = (
                HeaderName::try_from(name.as_str()),
                HeaderValue::from_bytes(value.as_bytes()),
            ) {
                reply.headers_mut().append(name, value);
            }
        }
        reply
    }
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Object(std::collections::BTreeMap<String, String>),
            Pairs(Vec<(String, String)>),
        }
        let pairs = match Form::deserialize(deserializer) {
            Ok(Form::Object(object)) => object.into_iter().collect(),
            Ok(Form::Pairs(pairs)) => pairs,
            Err(_) => {
                let text = "headers is an object of texts, or a list of [name, value]";
                return Err(de::Error::custom(text));
            }
        };
        for (name, value) in &pairs {
            if HeaderName::try_from(name.as_str()).is_err()
                || HeaderValue::from_bytes(value.as_bytes()).is_err()
            {
                return Err(de::Error::custom(format!(
                    "`{name}` is not a header that HTTP allows"
                )));
            }
            // Framing is the server's: a contradiction there would break the connection, not the
            // answer.
            if name.eq_ignore_ascii_case("transfer-encoding") {
                return Err(de::Error::custom("transfer-encoding cannot be set"));
            }
        }
        Ok(Self(pairs))
    }
}

fn ok() -> u16 {
    200
}

/// 1xx is not an answer.
fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let status = u16::deserialize(deserializer)?;
    if (200..=999).contains(&status) {
        return Ok(status);
    }
    Err(de::Error::custom("status is a number from 200 to 999"))
}

fn base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    match STANDARD.decode(&text) {
        Ok(_) => Ok(Some(text)),
        Err(_) => Err(de::Error::custom(
            "body_base64 is not standard base64 with padding",
        )),
    }
}
