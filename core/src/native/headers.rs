//! The headers of a request as reqwest takes them. All but the credential are the same from call to
//! call, and are made once.

use std::sync::{PoisonError, RwLock};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::model::Secret;

/// What was made for the latest call, for the next one.
#[derive(Default)]
pub(super) struct Headers(RwLock<Option<Made>>);

struct Made {
    from: Vec<(&'static str, Secret)>,
    map: HeaderMap,
}

const AUTHORIZATION: &str = "authorization";

impl Headers {
    /// None if HTTP does not allow one of them.
    pub(super) fn map(&self, headers: &[(&'static str, Secret)]) -> Option<HeaderMap> {
        let is_credential = |(name, _): &(&str, Secret)| *name == AUTHORIZATION;
        let constant = headers.iter().position(is_credential);
        let (constant, own) = headers.split_at_checked(constant.unwrap_or(headers.len()))?;
        let mut map = self.constant(constant)?;
        fill(&mut map, own)?;
        Some(map)
    }

    fn constant(&self, headers: &[(&'static str, Secret)]) -> Option<HeaderMap> {
        let made = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = made.as_ref().filter(|made| made.is_of(headers)) {
            return Some(made.map.clone());
        }
        drop(made);
        let mut map = HeaderMap::new();
        fill(&mut map, headers)?;
        let made = Made {
            from: headers.to_vec(),
            map: map.clone(),
        };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(made);
        Some(map)
    }
}

impl Made {
    /// Whether these very texts are in it: not equal ones, which would take comparing.
    fn is_of(&self, headers: &[(&'static str, Secret)]) -> bool {
        let is_same = |((name, value), (other, same)): (&(&str, Secret), &(&str, Secret))| {
            name == other && value.is_same(same)
        };
        self.from.len() == headers.len() && self.from.iter().zip(headers).all(is_same)
    }
}

fn fill(map: &mut HeaderMap, headers: &[(&'static str, Secret)]) -> Option<()> {
    for (name, value) in headers {
        let mut header = HeaderValue::from_str(value.expose()).ok()?;
        header.set_sensitive(*name == AUTHORIZATION);
        map.insert(HeaderName::from_static(name), header);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authorization_header_is_marked_as_sensitive_and_not_kept() {
        let headers = Headers::default();
        let map = headers.map(&[("authorization", "Client sq0csp-x".into())]);
        let map = map.unwrap();
        assert!(map["authorization"].is_sensitive());
        assert!(!format!("{map:?}").contains("sq0csp-x"));
        let made = headers.0.read().unwrap();
        assert!(made.as_ref().unwrap().map.is_empty());
    }

    #[test]
    fn what_is_kept_is_only_used_for_the_same_texts() {
        let headers = Headers::default();
        let one = [("accept", Secret::from("a")), ("user-agent", "b".into())];
        let other = [("accept", Secret::from("a")), ("user-agent", "c".into())];
        for (from, agent, token) in [
            (&one[..], Some("b"), "1"),
            (&one, Some("b"), "2"),
            (&other, Some("c"), "3"),
            (&one[..1], None, "4"),
            (&one, Some("b"), "5"),
        ] {
            let mut from = from.to_vec();
            from.push(("authorization", token.into()));
            let map = headers.map(&from).unwrap();
            let text = |name: &str| map.get(name).map(|value| value.to_str().unwrap());
            assert_eq!(text("accept"), Some("a"));
            assert_eq!(text("user-agent"), agent);
            assert_eq!(text("authorization"), Some(token));
        }
        assert!(headers.map(&[("accept", "a\nb".into())]).is_none());
        assert!(headers.map(&[("authorization", "a\nb".into())]).is_none());
    }
}
