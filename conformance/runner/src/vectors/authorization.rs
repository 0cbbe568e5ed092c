//! What is true of every authorization, whatever a vector says of this one: its randomness is judged by relation.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Complaints;
use crate::library::{Call, Library, Op, Outcome};

/// What `pending` may take beside the redirect URI: it has to fit into a cookie.
const PENDING_MOST: usize = 600;

/// What a library makes for `authorize`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Authorization {
    url: String,
    attempt: String,
    pub(super) pending: String,
}

impl Authorization {
    pub(super) fn read(value: Value) -> Result<Self, String> {
        serde_json::from_value(value).map_err(|why| format!("the authorization: {why}"))
    }

    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        parameter(&self.url, name)
    }

    /// As the vectors write it.
    pub(super) fn shown(&self, complaints: &mut Complaints) -> Value {
        let mut fields = Map::new();
        for (name, value) in form_urlencoded::parse(self.query().as_bytes()) {
            if fields.insert(name.to_string(), value.into()).is_some() {
                complaints.push(format!("{name} is in the URL twice"));
            }
        }
        let address = self.url.split('?').next();
        json!({
            "address": address,
            "query": fields,
            "attempt": self.attempt,
            "pending": self.pending,
        })
    }

    /// Holds it against what it must match: itself, read back by the same library.
    pub(super) async fn agrees(
        &self,
        library: &impl Library,
        call: &Call,
        complaints: &mut Complaints,
    ) -> Result<(), String> {
        let state = self.parameter("state").unwrap_or_default();
        if !is_base64url_of_32_bytes(&state) {
            complaints.push(format!("the state is {state:?}, not base64url of 32 bytes"));
        }
        let challenge = self.parameter("code_challenge");
        if challenge.is_some_and(|challenge| !is_base64url_of_32_bytes(&challenge)) {
            complaints.push("the challenge is not base64url of 32 bytes".to_owned());
        }
        let is_safe = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        if self.attempt.is_empty() || !self.attempt.bytes().all(is_safe) {
            complaints.push(format!("{:?} is no name for a cookie", self.attempt));
        }
        let size = self
            .pending
            .len()
            .saturating_sub(self.redirect_uri_in_pending());
        if size >= PENDING_MOST {
            complaints.push(format!(
                "pending has {size} characters beside the redirect URI"
            ));
        }
        let callback = format!("?code=sq0cgb-1&state={state}");
        let read_back = Call {
            op: Op::Attempt,
            input: json!({ "callback": callback }),
            ..call.clone()
        };
        match library.call(read_back).await? {
            Outcome::Ok(value)
                if value.get("attempt").and_then(Value::as_str) == Some(&self.attempt) => {}
            other => complaints.push(format!(
                "the callback's attempt is not the authorization's: {other:?}"
            )),
        }
        let check = Call {
            op: Op::Callback,
            input: json!({"callback": callback, "pending": self.pending}),
            ..call.clone()
        };
        match library.call(check).await? {
            Outcome::Ok(_) => {}
            Outcome::Failed(error) => {
                complaints.push(format!("its own callback does not pass: {error:?}"))
            }
        }
        Ok(())
    }

    /// Two are never alike in what is random.
    pub(super) fn differs(&self, other: &Self, complaints: &mut Complaints) {
        let mut unlike = |what: &str, one: Option<&str>, other: Option<&str>| {
            if one.is_some() && one == other {
                complaints.push(format!("{what} is the same twice"));
            }
        };
        for name in ["state", "code_challenge"] {
            let (one, other) = (self.parameter(name), other.parameter(name));
            unlike(name, one.as_deref(), other.as_deref());
        }
        unlike("pending", Some(&self.pending), Some(&other.pending));
        unlike("attempt", Some(&self.attempt), Some(&other.attempt));
    }

    fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }

    /// What the redirect URI takes of a pending value: base64 of its JSON.
    fn redirect_uri_in_pending(&self) -> usize {
        let uri = self.parameter("redirect_uri");
        uri.map_or(0, |uri| (uri.len() + 8).div_ceil(3) * 4)
    }
}

/// A parameter of a URL, of a path or of a bare query, the first of its name.
pub(super) fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?').map_or(url, |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(found, _)| found == name);
    values.next().map(|(_, value)| value.into_owned())
}

pub(super) fn is_base64url_of_32_bytes(text: &str) -> bool {
    URL_SAFE_NO_PAD
        .decode(text)
        .is_ok_and(|bytes| bytes.len() == 32)
}

/// The challenge of a verifier, RFC 7636 section 4.2.
pub(super) fn s256(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

#[cfg(test)]
mod tests {
    use super::s256;

    #[test]
    fn a_challenge_is_that_of_rfc_7636() {
        // Appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(
            s256(verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
