//! `scheme://host[:port]` and nothing else.
//!
//! Read strictly by hand: a lenient URL parser is what lets `http://127.1` or `https://a\@b` mean
//! different things to the check and to the transport, and the usual one would double the size of
//! the WebAssembly build.

use core::fmt;

use super::address::{is_ipv4_loopback, is_ipv6_loopback};
use crate::text::{decimal, number};

/// A base URL in its one normal spelling: lower case, no default port, no trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    pub(crate) is_https: bool,
    pub(crate) is_loopback: bool,
}

impl BaseUrl {
    /// Reads a base URL; the error completes the sentence "this URL ...".
    pub(crate) fn read(text: &str) -> Result<Self, &'static str> {
        let lower = text.to_ascii_lowercase();
        let (is_https, rest) = if let Some(rest) = lower.strip_prefix("https://") {
            (true, rest)
        } else if let Some(rest) = lower.strip_prefix("http://") {
            (false, rest)
        } else {
            return Err("has to start with https:// (or http:// on loopback)");
        };
        if rest.contains('@') {
            return Err("must not hold a user name or password");
        }
        if rest.contains(['?', '#']) {
            return Err("must not have a query or fragment");
        }
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.contains('/') {
            return Err("must not have a path: only a scheme, a host and a port");
        }
        let (host, port) = split_port(authority)?;
        let default_port = if is_https { 443 } else { 80 };
        let is_loopback = is_loopback(host)?;
        let scheme = if is_https { "https" } else { "http" };
        let mut text = [scheme, "://", host].concat();
        if let Some(port) = port.filter(|port| *port != default_port) {
            text.push(':');
            text.push_str(&decimal(port.into()));
        }
        Ok(Self {
            text,
            is_https,
            is_loopback,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), &'static str> {
    let colon = authority.bytes().rposition(|byte| byte == b':');
    let Some((host, port)) = colon.and_then(|at| authority.split_at_checked(at)) else {
        return Ok((authority, None));
    };
    let port = port.strip_prefix(':').unwrap_or_default();
    if port.ends_with(']') {
        return Ok((authority, None));
    }
    if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("has a port that is not a number");
    }
    let port = number(port).and_then(|port| u16::try_from(port).ok());
    port.map(|port| (host, Some(port)))
        .ok_or("has a port beyond 65535")
}

fn is_loopback(host: &str) -> Result<bool, &'static str> {
    if let Some(inner) = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return is_ipv6_loopback(inner).ok_or("has a host that is no IPv6 address");
    }
    if host.is_empty() {
        return Err("has no host");
    }
    let mut last = "";
    for label in host.split('.') {
        let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if label.is_empty() || label.starts_with('-') || !label.bytes().all(is_part) {
            return Err("has a host that is no name or address");
        }
        last = label;
    }
    // A last label of digits is an address to every URL parser, so it has to be a whole one.
    if last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return is_ipv4_loopback(host).ok_or("has a host that is no IPv4 address");
    }
    Ok(host == "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_normal_spelling_comes_out_of_many() {
        for (text, normal) in [
            (
                "https://connect.squareup.com",
                "https://connect.squareup.com",
            ),
            (
                "HTTPS://Connect.SquareUp.com:443/",
                "https://connect.squareup.com",
            ),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://localhost:443", "http://localhost:443"),
        ] {
            assert_eq!(BaseUrl::read(text).unwrap().as_str(), normal);
        }
    }

    #[test]
    fn only_what_every_parser_takes_for_loopback_is_loopback() {
        for (text, loopback) in [
            ("http://localhost:1", true),
            ("http://127.0.0.1", true),
            ("http://127.8.9.1:1", true),
            ("http://[::1]", true),
            ("http://localhost.example", false),
            ("http://emulator:8080", false),
            ("http://10.0.0.1", false),
            ("http://[::ffff:127.0.0.1]", false),
        ] {
            assert_eq!(BaseUrl::read(text).unwrap().is_loopback, loopback, "{text}");
        }
    }

    #[test]
    fn anything_beyond_a_host_and_a_port_is_refused() {
        for text in [
            "",
            "connect.squareup.com",
            "ftp://a",
            "https://",
            "https://user@host",
            "https://host/path",
            "https://host//",
            "https://host?x",
            "https://host#x",
            "https://host:",
            "https://host:99999",
            "https://host:+1",
            "http://127.1",
            "http://2130706433",
            "http://0x7f000001",
            "http://127.0.0.1.",
            "https://a\\b",
            "https://a b",
            "https://a\nb",
            "https://-a.b",
            "https://h\u{f6}st",
            "https://[::1",
            "https://[zz]",
        ] {
            assert!(BaseUrl::read(text).is_err(), "{text}");
        }
    }
}
