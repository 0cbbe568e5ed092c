//! What is kept in the seller's browser while they are at Square: one cookie for each attempt, so
//! that two tabs do not spoil each other.

use core::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use cookie::{Cookie, SameSite};

use crate::return_to::ReturnTo;

/// An attempt, as its cookie keeps it.
#[derive(Debug)]
pub(crate) struct Kept {
    /// What the library wants back, authenticated by it.
    pub(crate) pending: String,
    /// Where the seller goes afterwards.
    pub(crate) return_to: ReturnTo,
    /// Whether this attempt took the place of one that had expired.
    pub(crate) is_second: bool,
}

/// How attempts are kept.
#[derive(Debug)]
pub(crate) struct Attempts {
    is_https: bool,
    life: Duration,
}

/// Sellers click twice and open tabs, but every cookie goes along with every request.
const MOST: usize = 3;

impl Attempts {
    /// The library is the judge of how long an attempt is good. The cookie lives twice as long: a
    /// browser that dropped it in the same second could only ever bring back an attempt that is
    /// unknown, never one that has expired and may be started again.
    pub(crate) fn new(is_https: bool, pending_lifetime: Duration) -> Self {
        Self {
            is_https,
            life: pending_lifetime * 2,
        }
    }

    /// Reads an attempt's cookie.
    pub(crate) fn find(&self, headers: &HeaderMap, attempt: &str) -> Option<Kept> {
        let name = self.name(attempt);
        let cookie = cookies(headers).find(|cookie| cookie.name() == name)?;
        let mut parts = cookie.value().splitn(3, '~');
        Some(Kept {
            pending: parts.next()?.to_owned(),
            is_second: parts.next()? == SECOND,
            // A cookie is what the browser says it is, so this is checked again.
            return_to: ReturnTo::read(parts.next()?),
        })
    }

    /// Keeps an attempt, and lets go of the oldest ones beyond the limit; `ended` is one that is
    /// let go of already.
    pub(crate) fn keep(
        &self,
        headers: &HeaderMap,
        attempt: &str,
        kept: &Kept,
        ended: Option<&str>,
    ) -> Vec<HeaderValue> {
        let ended = ended.map(|ended| self.name(ended));
        let prefix = self.name(PREFIX);
        // Browsers send the oldest first.
        let names = cookies(headers).map(|cookie| cookie.name().to_owned());
        let others: Vec<_> = names
            .filter(|name| name.starts_with(&prefix) && Some(name) != ended.as_ref())
            .collect();
        let surplus = (others.len() + 1).saturating_sub(MOST);
        let gone = others.into_iter().take(surplus);
        let second = if kept.is_second { SECOND } else { FIRST };
        let value = format!("{}~{second}~{}", kept.pending, kept.return_to.as_str());
        let new = self.cookie(self.name(attempt), value, self.life);
        gone.map(|name| self.cookie(name, String::new(), Duration::ZERO))
            .chain([new])
            .filter_map(|cookie| header(&cookie))
            .collect()
    }

    /// Lets go of an attempt, whether it was there or not.
    pub(crate) fn clear(&self, attempt: &str) -> Option<HeaderValue> {
        header(&self.cookie(self.name(attempt), String::new(), Duration::ZERO))
    }

    /// `__Host-` makes browsers refuse a cookie that a neighbouring host or a plain-http page has
    /// set. It asks for https, so on loopback it is left out.
    fn name(&self, attempt: &str) -> String {
        let prefix = if self.is_https { "__Host-" } else { "" };
        format!("{prefix}{attempt}")
    }

    /// Browsers take back a `__Host-` cookie only with the very attributes it was set with.
    fn cookie(&self, name: String, value: String, life: Duration) -> Cookie<'static> {
        let seconds = i64::try_from(life.as_secs()).unwrap_or(i64::MAX);
        Cookie::build((name, value))
            .path("/")
            .http_only(true)
            // Not Strict: the way back begins at Square, and a strict cookie would stay behind.
            .same_site(SameSite::Lax)
            .secure(self.is_https)
            .max_age(cookie::time::Duration::seconds(seconds))
            .build()
    }
}

/// How the library begins the name of every attempt.
const PREFIX: &str = "sqa_";
const FIRST: &str = "1";
const SECOND: &str = "2";

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = Cookie<'_>> {
    let lines = headers.get_all(COOKIE).into_iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(Cookie::split_parse_encoded)
        .filter_map(Result::ok)
}

/// Everything in it is escaped, so this is always some.
fn header(cookie: &Cookie<'_>) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie.encoded().to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(return_to: &str) -> Kept {
        Kept {
            pending: "sqp1.a-b_c.d.e".to_owned(),
            return_to: ReturnTo::read(return_to),
            is_second: false,
        }
    }

    fn browser(cookies: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookies.join("; ").parse().unwrap());
        headers
    }

    #[test]
    fn off_loopback_the_cookie_is_bound_to_host_and_https() {
        let attempts = Attempts::new(true, Duration::from_secs(1800));
        let set = attempts.keep(&HeaderMap::new(), "sqa_x", &kept("/a"), None);
        assert_eq!(
            set,
            [
                "__Host-sqa_x=sqp1.a-b_c.d.e~1~%2Fa; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600"
            ]
        );
        let cleared = attempts.clear("sqa_x").unwrap();
        assert_eq!(
            cleared,
            "__Host-sqa_x=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"
        );
    }

    #[test]
    fn what_is_kept_comes_back_whole() {
        let attempts = Attempts::new(false, Duration::from_secs(1800));
        let path = "/a?b=c;d,e~f&g=%7E";
        let set = attempts.keep(&HeaderMap::new(), "sqa_x", &kept(path), None);
        let pair = set[0].to_str().unwrap().split(';').next().unwrap();
        let found = attempts
            .find(&browser(&["other=1", pair]), "sqa_x")
            .unwrap();
        assert_eq!(found.pending, "sqp1.a-b_c.d.e");
        assert_eq!(found.return_to.as_str(), path);
        assert!(!found.is_second);
        assert!(attempts.find(&browser(&[pair]), "sqa_y").is_none());
    }

    #[test]
    fn a_return_address_that_was_tampered_with_is_left_out() {
        let attempts = Attempts::new(false, Duration::from_secs(1800));
        let headers = browser(&["sqa_x=sqp1.a~1~%2F%2Fevil.example"]);
        let found = attempts.find(&headers, "sqa_x").unwrap();
        assert_eq!(found.return_to.as_str(), "/status");
    }

    #[test]
    fn the_oldest_attempts_beyond_three_are_let_go() {
        let attempts = Attempts::new(false, Duration::from_secs(1800));
        let headers = browser(&["sqa_1=a", "session=s", "sqa_2=b", "sqa_3=c"]);
        let names = |set: Vec<HeaderValue>| -> Vec<String> {
            let name = |value: &HeaderValue| {
                value
                    .to_str()
                    .unwrap()
                    .split(['=', ';'])
                    .next()
                    .unwrap()
                    .to_owned()
            };
            set.iter().map(name).collect()
        };
        assert_eq!(
            names(attempts.keep(&headers, "sqa_4", &kept("/"), None)),
            ["sqa_1", "sqa_4"]
        );
        let replaced = attempts.keep(&headers, "sqa_4", &kept("/"), Some("sqa_2"));
        assert_eq!(names(replaced), ["sqa_4"]);
    }
}
