//! Who may ask: any web page can make a browser post to loopback, and any name can be made to
//! resolve to it.
//!
//! Loopback names are always taken, with any port. Others are refused, and the refusal says which
//! option allows them.

use hyper::{HeaderMap, StatusCode, Uri, header};
use serde_json::json;

use super::reply::{self, Reply};
use crate::config::is_loopback_name;

pub(crate) struct Gate {
    hosts: Vec<String>,
}

impl Gate {
    /// Let requests for these host names pass, beyond loopback ones.
    pub(crate) fn new(hosts: impl IntoIterator<Item = String>) -> Self {
        Self {
            hosts: hosts
                .into_iter()
                .map(|host| host.to_ascii_lowercase())
                .collect(),
        }
    }

    /// Refuse a request whose `Host` or `Origin` is foreign.
    pub(crate) fn refuse(&self, uri: &Uri, headers: &HeaderMap) -> Option<Reply> {
        let host = match uri.authority() {
            Some(authority) => Some(authority.as_str()),
            None => headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok()),
        };
        let Some(host) = host else {
            return Some(refusal(
                StatusCode::BAD_REQUEST,
                "The request has no Host header",
            ));
        };
        if !self.knows(host) {
            let text = format!(
                "The host {host} is not one of this emulator's; start it with --allow-host {} if it is",
                name_of(host)
            );
            return Some(refusal(StatusCode::MISDIRECTED_REQUEST, &text));
        }
        let origin = headers.get(header::ORIGIN)?.to_str().unwrap_or_default();
        let known = origin
            .split_once("://")
            .is_some_and(|(_, host)| self.knows(host));
        if known {
            return None;
        }
        let text = format!(
            "A page of another origin ({origin}) may not call this emulator; start it with --allow-host \
             and the origin's host name if it may"
        );
        Some(refusal(StatusCode::FORBIDDEN, &text))
    }

    fn knows(&self, host: &str) -> bool {
        let name = name_of(host).to_ascii_lowercase();
        is_loopback_name(&name) || self.hosts.contains(&name)
    }
}

/// A host without its port.
pub(crate) fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn refusal(status: StatusCode, text: &str) -> Reply {
    reply::json(status, &json!({"error": {"message": text}}))
}

#[cfg(test)]
mod tests {
    use hyper::{HeaderMap, Uri, header::HeaderValue};

    use super::Gate;

    fn refused(host: &'static str, origin: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static(host));
        if let Some(origin) = origin {
            headers.insert("origin", HeaderValue::from_static(origin));
        }
        let gate = Gate::new(["emulator".to_owned()]);
        gate.refuse(&Uri::from_static("/"), &headers).is_some()
    }

    #[test]
    fn loopback_names_pass_with_any_port() {
        for host in [
            "localhost",
            "localhost:1",
            "127.0.0.1:8080",
            "[::1]:9",
            "app.localhost:3000",
        ] {
            assert!(!refused(host, None), "{host}");
        }
    }

    #[test]
    fn foreign_hosts_are_refused_unless_they_were_allowed() {
        assert!(refused("evil.example", None));
        assert!(refused("127.0.0.1.evil.example:80", None));
        assert!(!refused("emulator:8080", None));
    }

    #[test]
    fn pages_of_foreign_origins_are_refused() {
        assert!(!refused("localhost:1", Some("http://localhost:3000")));
        assert!(refused("localhost:1", Some("https://evil.example")));
        assert!(refused("localhost:1", Some("null")));
    }
}
