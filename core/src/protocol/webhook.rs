//! Webhook deliveries: whether they are Square's, and what they say.
//!
//! The signature is base64(HMAC-SHA-256(signature key as text, notification URL + raw body)).

use zeroize::Zeroizing;

use super::{
    answer::{Cleaner, Fields, Node, Text},
    digest::{hmac, same},
};
use crate::{
    base64url,
    error::{OAuthError, code},
    model::{AUTHORIZATION_REVOKED, EventDetail, Subscription, Timestamp, WebhookEvent, input},
};

/// The header that holds the signature.
pub const SIGNATURE_HEADER: &str = "x-square-hmacsha256-signature";

/// The largest delivery that is looked at, in bytes.
const MAX_EVENT: usize = 1024 * 1024;

/// Checks webhook deliveries against any number of subscriptions: two environments on one address,
/// or a key that is being replaced.
///
/// ```
/// use square_oauth::{Subscription, Webhooks};
///
/// let webhooks = Webhooks::new([Subscription::new(
///     "https://webhook.site/webhooks",
///     "signature-key",
/// )])?;
/// let error = webhooks.verify(b"{}", "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=").unwrap_err();
/// assert_eq!(error.code(), "signature_mismatch");
/// # Ok::<(), square_oauth::OAuthError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Webhooks {
    subscriptions: Vec<Subscription>,
}

impl Webhooks {
    /// Takes the subscriptions as registered at Square.
    ///
    /// # Errors
    /// `InvalidInput` if there is none, or if a URL or key is empty or has characters that copying
    /// leaves behind.
    pub fn new(subscriptions: impl IntoIterator<Item = Subscription>) -> Result<Self, OAuthError> {
        let subscriptions: Vec<_> = subscriptions.into_iter().collect();
        if subscriptions.is_empty() {
            let text = "names no subscription";
            return Err(OAuthError::about(
                code::VALUE_MISSING,
                "subscriptions",
                text,
            ));
        }
        for subscription in &subscriptions {
            input::issued("notification_url", &subscription.notification_url)?;
            input::issued("signature_key", subscription.signature_key.expose())?;
        }
        Ok(Self { subscriptions })
    }

    /// Checks the signature of a delivery, in constant time over all subscriptions, and reads the
    /// event. `body` is the raw body, byte for byte; `signature` the value of the header
    /// [`SIGNATURE_HEADER`], or none.
    ///
    /// # Errors
    /// `InvalidWebhook`. Answer 400 for `signature_missing` and `signature_malformed`, 401 for
    /// `signature_mismatch`.
    pub fn verify<'a>(
        &self,
        body: impl AsRef<[u8]>,
        signature: impl Into<Option<&'a str>>,
    ) -> Result<WebhookEvent, OAuthError> {
        let body = body.as_ref();
        let signature = read_signature(signature.into().unwrap_or_default())?;
        if body.len() > MAX_EVENT {
            return Err(OAuthError::new(code::EVENT_TOO_LARGE));
        }
        let mut matched = None;
        for (index, subscription) in self.subscriptions.iter().enumerate() {
            let key = subscription.signature_key.expose().as_bytes();
            let url = subscription.notification_url.as_bytes();
            if same(&*hmac(key, &[url, body]), &signature) {
                matched = matched.or(Some(index));
            }
        }
        let matched = matched.ok_or_else(|| OAuthError::new(code::SIGNATURE_MISMATCH))?;
        let cleaner = Cleaner::new(self.subscriptions.iter().map(|s| &s.signature_key));
        read_event(body, matched, &cleaner).ok_or_else(|| OAuthError::new(code::EVENT_MALFORMED))
    }
}

fn read_signature(text: &str) -> Result<Zeroizing<Vec<u8>>, OAuthError> {
    if text.is_empty() {
        return Err(OAuthError::new(code::SIGNATURE_MISSING));
    }
    let url_safe: String = text.chars().map(url_safe).collect();
    let decoded = url_safe.strip_suffix('=').and_then(base64url::decode);
    let hash = decoded.filter(|bytes| bytes.len() == 32);
    hash.ok_or_else(|| {
        let error = OAuthError::new(code::SIGNATURE_MALFORMED);
        if text.len() == 28 {
            error.with_text("This is the old SHA-1 signature")
        } else {
            error
        }
    })
}

/// The one alphabet in the other; what belongs to the other alone is no character of either.
const fn url_safe(c: char) -> char {
    match c {
        '+' => '-',
        '/' => '_',
        '-' | '_' => ' ',
        same => same,
    }
}

fn read_event(body: &[u8], subscription: usize, cleaner: &Cleaner) -> Option<WebhookEvent> {
    let fields = Fields::read(body).ok()?;
    let text = |name| fields.text(name).map(|text| cleaner.text(text.as_str()));
    let event_type = text("type")?;
    let detail = if event_type == AUTHORIZATION_REVOKED {
        let revocation = fields
            .node("data")
            .and_then(|data| data.path(&["object", "revocation"]));
        let text_of = |text: Option<Text<'_>>| cleaner.text(text.as_ref().map_or("", Text::as_str));
        let part = |name| {
            revocation
                .and_then(|node| node.get(name))
                .and_then(Node::text)
        };
        EventDetail::AuthorizationRevoked {
            revoked_at: part("revoked_at").and_then(|text| Timestamp::read(text.as_str())),
            revoker_type: text_of(part("revoker_type")).as_str().into(),
        }
    } else {
        EventDetail::Other { event_type }
    };
    let merchant_id = text("merchant_id");
    // A revocation of nobody's tokens could only be acted on wrongly.
    if merchant_id.is_none() && matches!(detail, EventDetail::AuthorizationRevoked { .. }) {
        return None;
    }
    Some(WebhookEvent {
        subscription,
        event_id: text("event_id")?,
        created_at: fields
            .text("created_at")
            .and_then(|text| Timestamp::read(text.as_str())),
        merchant_id,
        detail,
    })
}
