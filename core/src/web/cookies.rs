//! What is kept in the seller's browser while they are at Square: one cookie for each attempt, so
//! that two tabs do not spoil each other.

use core::time::Duration;

use super::{WebRequest, html::form_encoded};
use crate::{
    protocol::{ATTEMPT_PREFIX, decode},
    text::decimal,
};

/// An attempt, as its cookie keeps it.
#[derive(Default)]
pub(super) struct Kept<'a> {
    /// What the client wants back, authenticated by it.
    pub(super) pending: &'a str,
    /// Whether this attempt took the place of one that had expired.
    pub(super) is_second: bool,
    /// Where the seller goes afterwards. A cookie is what the browser says it is, so this has to
    /// be checked again.
    pub(super) return_to: Option<String>,
}

/// How attempts are kept.
pub(super) struct Cookies {
    is_https: bool,
    life: Duration,
}

/// Sellers click twice and open tabs, but every cookie goes along with every request.
const MOST: usize = 3;
/// Browsers drop a cookie whose name, value and attributes have more than 4,096 bytes.
const LONGEST: usize = 4000;
const FIRST: &str = "1";
const SECOND: &str = "2";

impl Cookies {
    /// The client is the judge of how long an attempt is good. The cookie lives twice as long: a
    /// browser that dropped it in the same second could only ever bring back an attempt that is
    /// unknown, never one that has expired and may be started again.
    pub(super) fn new(is_https: bool, pending_lifetime: Duration) -> Self {
        Self {
            is_https,
            life: pending_lifetime.saturating_mul(2),
        }
    }

    /// Reads an attempt's cookie.
    pub(super) fn find<'a>(&self, request: &'a WebRequest, attempt: &str) -> Option<Kept<'a>> {
        let name = self.name(attempt);
        let (_, value) = all(request).find(|(found, _)| *found == name)?;
        let mut parts = value.splitn(3, '~');
        Some(Kept {
            pending: parts.next()?,
            is_second: parts.next()? == SECOND,
            return_to: Some(decode(parts.next()?).as_str().to_owned()),
        })
    }

    /// Keeps an attempt, and lets go of the oldest ones beyond the limit; `ended` is one that is
    /// let go of already.
    pub(super) fn keep(
        &self,
        request: &WebRequest,
        attempt: &str,
        kept: &Kept<'_>,
        ended: Option<&str>,
    ) -> Vec<String> {
        let ended = ended.map(|ended| self.name(ended));
        let is_other = |name: &&str| self.is_ours(name) && Some(*name) != ended.as_deref();
        // Browsers send the oldest first.
        let others: Vec<&str> = all(request)
            .map(|(name, _)| name)
            .filter(is_other)
            .collect();
        let surplus = (others.len() + 1).saturating_sub(MOST);
        let gone = others.into_iter().take(surplus);
        let mut set: Vec<_> = gone.map(|name| self.cookie(name, "", 0)).collect();

        let second = if kept.is_second { SECOND } else { FIRST };
        let return_to = kept.return_to.as_deref().map(form_encoded);
        let mut value = [kept.pending, "~", second, "~"].concat();
        if let Some(return_to) = return_to.filter(|path| value.len() + path.len() < LONGEST) {
            value.push_str(&return_to);
        }
        set.push(self.cookie(&self.name(attempt), &value, self.life.as_secs()));
        set
    }

    /// Lets go of an attempt, whether it was there or not.
    pub(super) fn clear(&self, attempt: &str) -> String {
        self.cookie(&self.name(attempt), "", 0)
    }

    /// `__Host-` makes browsers refuse a cookie that a neighbouring host or a plain-http page has
    /// set. It asks for https, so on loopback it is left out.
    fn name(&self, attempt: &str) -> String {
        let prefix = if self.is_https { "__Host-" } else { "" };
        [prefix, attempt].concat()
    }

    /// Whether this is the name of an attempt's cookie. Its letters are looked at, since it goes
    /// back out in a header.
    fn is_ours(&self, name: &str) -> bool {
        let of_attempt = |letter: u8| letter.is_ascii_alphanumeric() || b"-_".contains(&letter);
        let rest = name.strip_prefix(&*self.name(ATTEMPT_PREFIX));
        rest.is_some_and(|rest| rest.bytes().all(of_attempt))
    }

    /// Browsers take back a `__Host-` cookie only with the very attributes it was set with. Not
    /// `Strict`: the way back begins at Square, and a strict cookie would stay behind.
    fn cookie(&self, name: &str, value: &str, seconds: u64) -> String {
        let secure = if self.is_https { "; Secure" } else { "" };
        let end = ["; Path=/; Max-Age=", &decimal(seconds)].concat();
        [name, "=", value, "; HttpOnly; SameSite=Lax", secure, &end].concat()
    }
}

/// The cookies of a request, in their order.
fn all(request: &WebRequest) -> impl Iterator<Item = (&str, &str)> {
    let pairs = request.all("cookie").flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('='))
}
