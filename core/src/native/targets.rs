//! Where requests go, read once: an environment has three addresses, and reading one takes longer
//! than all else that is done to make a request.

use std::sync::{PoisonError, RwLock};

use reqwest::Url;

use crate::model::Environment;

/// The addresses that requests have gone to.
#[derive(Default)]
pub(super) struct Targets(RwLock<Vec<Target>>);

/// An address as the core wrote it, and as reqwest takes it.
struct Target {
    text: String,
    url: Url,
    is_loopback: bool,
}

/// More than any program has environments; what is beyond is read anew each time.
const MOST: usize = 24;

impl Targets {
    /// The address as a URL, and whether it stays on this machine; none if it is no URL.
    pub(super) fn get(&self, text: &str) -> Option<(Url, bool)> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(target) = known.iter().find(|target| target.text == text) {
            return Some((target.url.clone(), target.is_loopback));
        }
        drop(known);
        let target = Target {
            text: text.to_owned(),
            url: Url::parse(text).ok()?,
            is_loopback: Environment::is_loopback_url(text),
        };
        let found = (target.url.clone(), target.is_loopback);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.push(target);
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_what_was_read() {
        let targets = Targets::default();
        for _ in 0..2 {
            for (text, is_loopback) in [
                ("http://127.0.0.1:1/oauth2/token", true),
                ("https://connect.squareup.com/oauth2/token", false),
                ("https://connect.squareup.com/oauth2/revoke", false),
            ] {
                let (url, found) = targets.get(text).unwrap();
                assert_eq!((url.as_str(), found), (text, is_loopback));
            }
            assert!(targets.get("http://").is_none());
        }
        assert_eq!(targets.0.read().unwrap().len(), 3);
    }

    #[test]
    fn no_number_of_addresses_takes_more_memory() {
        let targets = Targets::default();
        for port in 1000..2000 {
            let text = format!("http://localhost:{port}/oauth2/token");
            assert_eq!(targets.get(&text).unwrap().0.as_str(), text);
        }
        assert_eq!(targets.0.read().unwrap().len(), MOST);
    }
}
