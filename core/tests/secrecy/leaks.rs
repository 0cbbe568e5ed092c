//! Finding a secret, whole or a good part of it, in whatever form it is shown.

use std::collections::HashSet;

use base64ct::{Base64UrlUnpadded, Encoding};

/// A piece this long of a secret's own part is a leak.
const PIECE: usize = 10;

pub(crate) struct Leaks(HashSet<[u8; PIECE]>);

impl Leaks {
    pub(crate) fn of(secrets: &[&str]) -> Self {
        let mut leaks = Self(HashSet::new());
        for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
            leaks.also(secret);
        }
        leaks
    }

    /// Watches for one more secret.
    pub(crate) fn also(&mut self, secret: &str) {
        // What every ID and secret of Square's begins with says nothing.
        let own = secret.strip_prefix("sandbox-sq0").unwrap_or(secret);
        let own = own.strip_prefix("csb-").unwrap_or(own);
        self.0.extend(pieces(own));
    }

    /// The first piece of a secret that the text shows.
    pub(crate) fn find(&self, text: &str) -> Option<String> {
        let readings = [
            text.to_owned(),
            percent_decoded(text),
            json_decoded(text),
            byte_lists(text),
            visible(text),
        ];
        readings
            .iter()
            .chain(&base64_decoded(text))
            .find_map(|reading| {
                let piece = pieces(reading).find(|piece| self.0.contains(piece))?;
                Some(String::from_utf8_lossy(&piece).into_owned())
            })
    }
}

fn pieces(text: &str) -> impl Iterator<Item = [u8; PIECE]> {
    text.as_bytes()
        .windows(PIECE)
        .map(|piece| piece.try_into().unwrap())
}

fn percent_decoded(text: &str) -> String {
    // `+` stays: it is a character of the planted secrets.
    let kept = text.replace('+', "%2B");
    let decoded = form_urlencoded::parse(kept.replace(['&', '='], "\n").as_bytes())
        .map(|(name, value)| name.into_owned() + &value)
        .collect::<String>();
    // Once more for what holds `=` itself.
    decoded
        + &form_urlencoded::parse(kept.replace('=', "%3D").as_bytes())
            .map(|(name, value)| name.into_owned() + &value)
            .collect::<String>()
}

fn json_decoded(text: &str) -> String {
    let mut decoded = String::new();
    // `Debug` doubles the backslashes that it shows.
    let text = text.replace("\\\\", "\\").replace("\\/", "/");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("\\u") {
        decoded.push_str(before);
        let digits = after
            .get(..4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match digits.and_then(char::from_u32) {
            Some(c) => {
                decoded.push(c);
                rest = &after[4..];
            }
            None => rest = after,
        }
    }
    decoded + rest
}

/// Without what nobody sees, be it there or as `Debug` escapes it.
fn visible(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        shown.push_str(before);
        rest = after.split_once('}').map_or(after, |(_, after)| after);
    }
    shown.push_str(rest);
    shown.retain(|c| c.is_ascii_graphic());
    shown.replace("\\n", "")
}

/// Bytes as `Debug` lists them.
fn byte_lists(text: &str) -> String {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    let bytes: Vec<u8> = numbers.filter_map(|number| number.parse().ok()).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What stands in runs of base64, at each of the places a group can begin.
fn base64_decoded(text: &str) -> Vec<String> {
    let in_alphabet = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/');
    let mut readings = Vec::new();
    for run in text
        .split(|c| !in_alphabet(c))
        .filter(|run| run.len() >= PIECE)
    {
        let run = run.replace('+', "-").replace('/', "_");
        for start in 0..4 {
            let rest = &run[start..];
            let whole = &rest[..rest.len() / 4 * 4];
            if let Ok(bytes) = Base64UrlUnpadded::decode_vec(whole) {
                readings.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    readings
}

#[test]
fn a_planted_secret_is_found_in_every_form() {
    use super::canaries::{ALL, APPLICATION, forms};
    let leaks = Leaks::of(&ALL);
    for form in forms(APPLICATION) {
        for shown in [form.clone(), format!("{form:?}"), format!("x {form:?}")] {
            assert!(leaks.find(&shown).is_some(), "{shown}");
        }
    }
    let bytes = format!("{:?}", APPLICATION.as_bytes());
    assert!(leaks.find(&bytes).is_some());
    assert!(
        leaks
            .find(&format!("a {} b", &APPLICATION[20..32]))
            .is_some()
    );
    assert_eq!(leaks.find("sandbox-sq0csb-[redacted]"), None);
    assert_eq!(leaks.find(super::canaries::ID), None);
}
