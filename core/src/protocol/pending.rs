//! `Pending` version 1: how it is written, and what a reader holds against it.
//!
//! `sqp1.PAYLOAD` for a public application, `sqp1.PAYLOAD.KEY_ID.MAC` for a confidential one, each
//! part base64url. The payload is JSON with one-letter names; the MAC is HMAC-SHA-256 over all that
//! stands before it, under a key derived from the application secret. The form is public: a change
//! gets a new version, and a reader takes the current one and the one before.

use core::time::Duration;

use zeroize::Zeroizing;

use super::{
    Setup,
    answer::{Fields, Node},
    digest::{Hash, hmac, same},
    json::Object,
};
use crate::{
    base64url,
    error::{OAuthError, code},
    model::{Credentials, Pending, Secret, Timestamp},
};

/// What a pending value says.
pub(crate) struct Claims {
    pub(crate) state: Secret,
    pub(crate) redirect_uri: Option<String>,
    pub(crate) issued_at: Timestamp,
    pub(crate) code_verifier: Option<Secret>,
}

/// How far ahead another machine's clock may be.
const FLEET_DRIFT: Duration = Duration::from_secs(60);
/// No honest value is longer: a redirect URI has at most 2,048 characters.
const LONGEST: usize = 8 * 1024;
const VERSION: &str = "sqp1";
/// Two points, the key's name and the MAC.
const LONGEST_SEAL: usize = 2 + 8 + 43;

pub(crate) fn seal(setup: &Setup, claims: &Claims) -> Pending {
    let verifier = claims.code_verifier.as_ref().map(Secret::expose);
    let mut json = Object::new();
    // Environment: a word or a base URL.
    json.text("e", setup.environment.name());
    // Application ID.
    json.text("a", &setup.application.id);
    // State.
    json.text("s", claims.state.expose());
    // Redirect URI.
    json.maybe("r", claims.redirect_uri.as_deref());
    // Issued at, milliseconds since 1970.
    json.number("t", claims.issued_at.unix_ms());
    // PKCE verifier; its presence says which flow this is.
    json.maybe("v", verifier);
    let encoded = Zeroizing::new(base64url::encode(json.end().expose().as_bytes()));
    // In one block: growing would leave pieces behind in freed memory.
    let mut text = String::with_capacity(VERSION.len() + 1 + encoded.len() + LONGEST_SEAL);
    for part in [VERSION, ".", &encoded] {
        text.push_str(part);
    }
    if let Credentials::Confidential { secret, .. } = &setup.application.credentials {
        let key = Key::derive(secret);
        text.push('.');
        text.push_str(&key.id);
        let mac = base64url::encode(&*key.mac(&text));
        text.push('.');
        text.push_str(&mac);
    }
    Pending::new(text)
}

/// Reads a pending value and holds everything against it but the state, which the caller has.
pub(crate) fn open(setup: &Setup, text: &str, now: Timestamp) -> Result<Claims, OAuthError> {
    if text.is_empty() {
        return Err(OAuthError::new(code::PENDING_MISSING));
    }
    let Some(Read {
        environment,
        application,
        claims,
        seal,
    }) = read(text)
    else {
        return Err(OAuthError::new(code::PENDING_MALFORMED));
    };
    // Said before the MAC is looked at, so that a mix-up is named as what it is: it grants nothing.
    let is_public = setup.is_public();
    if environment != setup.environment.name()
        || application != setup.application.id
        || is_public != seal.is_none()
        || is_public != claims.code_verifier.is_some()
    {
        return Err(OAuthError::new(code::PENDING_OF_OTHER_APPLICATION));
    }
    if let Some((key_id, mac)) = seal {
        check_seal(setup, text, key_id, mac)?;
    }
    if claims.issued_at > now.plus(FLEET_DRIFT) {
        return Err(OAuthError::new(code::PENDING_FROM_FUTURE));
    }
    if now.since(claims.issued_at) > setup.pending_lifetime {
        return Err(OAuthError::new(code::STATE_EXPIRED));
    }
    Ok(claims)
}

/// A pending value that is one, taken apart.
struct Read<'a> {
    environment: String,
    application: String,
    claims: Claims,
    /// The key's name and the MAC.
    seal: Option<(&'a str, &'a str)>,
}

fn read(text: &str) -> Option<Read<'_>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut parts = text.split('.');
    let (Some(VERSION), Some(payload)) = (parts.next(), parts.next()) else {
        return None;
    };
    let seal = match (parts.next(), parts.next(), parts.next()) {
        (None, None, None) => None,
        (Some(key_id), Some(mac), None) => Some((key_id, mac)),
        _ => return None,
    };
    let json = base64url::decode(payload)?;
    let fields = Fields::read(&json).ok()?;
    let text = |name| Some(fields.text(name)?.as_str().to_owned());
    // A text that may be absent, but is nothing else where it is there.
    let optional = |name| match fields.node(name) {
        None => Some(None),
        Some(_) => text(name).map(Some),
    };
    let claims = Claims {
        state: text("s")?.into(),
        redirect_uri: optional("r")?,
        issued_at: Timestamp::from_unix_ms(fields.node("t").and_then(Node::integer)?),
        code_verifier: optional("v")?.map(Secret::from),
    };
    Some(Read {
        environment: text("e")?,
        application: text("a")?,
        claims,
        seal,
    })
}

fn check_seal(setup: &Setup, text: &str, key_id: &str, mac: &str) -> Result<(), OAuthError> {
    let key = setup
        .secrets()
        .map(Key::derive)
        .find(|key| key.id == key_id)
        .ok_or_else(|| OAuthError::new(code::PENDING_OF_OTHER_SECRET))?;
    // The MAC is over all before it, but for the point that parts them.
    let signed = text
        .strip_suffix(mac)
        .and_then(|text| text.strip_suffix('.'));
    match (signed, base64url::decode(mac)) {
        (Some(signed), Some(mac)) if same(&*key.mac(signed), &mac) => Ok(()),
        _ => Err(OAuthError::new(code::PENDING_MALFORMED)),
    }
}

/// The key of one application secret, and the public name that tells it from another's.
struct Key {
    id: String,
    bytes: Hash,
}

impl Key {
    fn derive(secret: &Secret) -> Self {
        let derive = |purpose: &[u8]| hmac(secret.expose().as_bytes(), &[purpose]);
        let id = derive(b"square-oauth pending v1 key id");
        let (short, _) = id.split_at(6);
        Self {
            id: base64url::encode(short),
            bytes: derive(b"square-oauth pending v1 key"),
        }
    }

    fn mac(&self, text: &str) -> Hash {
        hmac(&*self.bytes, &[text.as_bytes()])
    }
}
