//! How the pages are written: plain ones that work without scripts, with a keyboard and a screen
//! reader. Whatever comes in is escaped here and nowhere else.

use super::{Pages, WebResponse};
use crate::{
    base64url,
    protocol::{encode, sha256},
};

const STYLE: &str = "\
    :root{color-scheme:light dark;font:100%/1.5 system-ui,sans-serif}\
    main{max-width:38rem;margin:3rem auto;padding:0 1rem}\
    .button,button{display:inline-block;font:inherit;padding:.5rem 1rem;border:1px solid #006aff;\
    border-radius:.4rem;color:#fff;background:#006aff;text-decoration:none;cursor:pointer}\
    .button{margin-right:.5rem}\
    :focus-visible{outline:3px solid #ff9f00;outline-offset:2px}";

pub(super) fn page(pages: &Pages, title: &str, content: &str) -> WebResponse {
    let (style, source) = match &pages.stylesheet {
        Some(path) => {
            let link = ["<link rel=\"stylesheet\" href=\"", &escaped(path), "\">"].concat();
            (link, "'self'".to_owned())
        }
        // By its hash, so that no other style is taken.
        None => {
            let hash = base64url::encode(&*sha256(&[STYLE.as_bytes()]));
            let hash: String = hash.chars().map(base64url::standard).collect();
            (
                ["<style>", STYLE, "</style>"].concat(),
                ["'sha256-", &hash, "='"].concat(),
            )
        }
    };
    let (language, title) = (escaped(&pages.language), escaped(title));
    let html = [
        "<!DOCTYPE html><html lang=\"",
        &language,
        "\"><head><meta charset=\"utf-8\">\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>",
        &title,
        "</title>",
        &style,
        "<link rel=\"icon\" href=\"data:,\"></head><body><main><h1>",
        &title,
        "</h1>",
        content,
        "</main></body></html>",
    ]
    .concat();
    WebResponse::page(html, &source)
}

pub(super) fn paragraph(text: &str) -> String {
    ["<p>", &escaped(text), "</p>"].concat()
}

/// The form whose button starts: it posts, so that nothing starts by being looked at.
pub(super) fn form(action: &str, return_to: &str, label: &str) -> String {
    let (action, return_to, label) = (escaped(action), escaped(return_to), escaped(label));
    [
        "<form method=\"post\" action=\"",
        &action,
        "\"><input type=\"hidden\" name=\"return_to\" value=\"",
        &return_to,
        "\"><button>",
        &label,
        "</button></form>",
    ]
    .concat()
}

pub(super) fn link(href: &str, label: &str) -> String {
    ["<a href=\"", &escaped(href), "\">", &escaped(label), "</a>"].concat()
}

pub(super) fn button_link(href: &str, label: &str) -> String {
    let (href, label) = (escaped(href), escaped(label));
    ["<a class=\"button\" href=\"", &href, "\">", &label, "</a>"].concat()
}

/// As a value in a query or in a cookie.
pub(super) fn form_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    encode(text, &mut encoded);
    encoded
}

/// Safe as text and within a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            plain => safe.push(plain),
        }
    }
    safe
}
