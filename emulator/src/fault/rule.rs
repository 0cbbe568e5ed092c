//! Which requests a fault means, and how often it strikes.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Which requests are meant: all that has a value must fit.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Match {
    /// The path, without query. `/v2/*` means every path that starts with `/v2/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// `GET` or `POST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    /// The `grant_type` of a token request.
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<String>,
    /// The merchant id that the request's code, token or `merchant_id` belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant: Option<String>,
    /// The first of these requests to be struck, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    nth: Option<u64>,
}

/// What is known of a request when faults are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) grant: Option<&'a str>,
    pub(crate) merchant: Option<&'a str>,
}

/// How often a fault strikes. Once, where nothing is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Times {
    Times(u64),
    Always,
}

impl Match {
    pub(super) fn means(&self, subject: &Subject<'_>) -> bool {
        let fits = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| found == Some(wanted))
        };
        let path = self
            .path
            .as_deref()
            .is_none_or(|wanted| match wanted.strip_suffix('*') {
                Some(start) => subject.path.starts_with(start),
                None => subject.path == wanted,
            });
        path && fits(&self.method, Some(subject.method))
            && fits(&self.grant, subject.grant)
            && fits(&self.merchant, subject.merchant)
    }

    pub(super) fn size(&self) -> usize {
        let texts = [&self.path, &self.method, &self.grant, &self.merchant];
        texts.into_iter().flatten().map(String::len).sum()
    }

    pub(super) fn first(&self) -> u64 {
        self.nth.unwrap_or(1)
    }
}

impl Times {
    pub(super) fn leaves_more(self, struck: u64) -> bool {
        match self {
            Self::Times(times) => struck < times,
            Self::Always => true,
        }
    }
}

impl Default for Times {
    fn default() -> Self {
        Self::Times(1)
    }
}

impl Serialize for Times {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Times(times) => serializer.serialize_u64(*times),
            Self::Always => serializer.serialize_str("always"),
        }
    }
}

impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        match (value.as_u64(), value.as_str()) {
            (Some(times), _) if times > 0 => Ok(Self::Times(times)),
            (_, Some("always")) => Ok(Self::Always),
            _ => Err(de::Error::custom("times is a number from 1, or \"always\"")),
        }
    }
}
