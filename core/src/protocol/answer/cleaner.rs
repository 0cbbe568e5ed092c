//! What may be shown of a text that came from outside.
//!
//! The order matters: characters that do not show go first, then secrets are replaced, then the
//! text is cut. In any other order a secret could be put together again, or survive in part.

use zeroize::Zeroizing;

use crate::{base64url, model::Secret, text::hexadecimal};

/// Makes texts safe to log, knowing the secrets of the request and of its answer.
pub(crate) struct Cleaner {
    needles: Vec<Zeroizing<String>>,
}

const LONGEST_SHOWN: usize = 500;
const REDACTED: &str = "[redacted]";

impl Cleaner {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut cleaner = Self {
            needles: Vec::new(),
        };
        for secret in secrets {
            cleaner.also(secret.expose());
        }
        cleaner
    }

    /// Adds a secret that the answer brought.
    pub(crate) fn also(&mut self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        self.add(Zeroizing::new(secret.to_owned()));
        for form in base64_forms(secret.as_bytes()) {
            self.add(form);
        }
    }

    /// The longest first, so that a secret that begins like another is replaced whole.
    fn add(&mut self, needle: Zeroizing<String>) {
        let shorter = |other: &Zeroizing<String>| other.len() < needle.len();
        let at = self.needles.iter().position(shorter);
        self.needles
            .insert(at.unwrap_or(self.needles.len()), needle);
    }

    /// The text as it may be shown: one line, no secret, 500 characters at most.
    pub(crate) fn text(&self, text: &str) -> String {
        // All at once: growing would leave pieces behind in freed memory.
        let mut visible = Zeroizing::new(String::with_capacity(text.len()));
        visible.extend(text.chars().filter(|c| shows(*c)));
        let mut shown = String::new();
        let mut rest: &str = &visible;
        let mut length = 0;
        while let Some(c) = rest.chars().next() {
            let matched = self
                .needles
                .iter()
                .find_map(|needle| after_match(rest, needle));
            length += matched.map_or(1, |_| REDACTED.len());
            if length > LONGEST_SHOWN {
                shown.push('\u{2026}');
                break;
            }
            if let Some(after) = matched {
                shown.push_str(REDACTED);
                rest = after;
            } else {
                shown.push(c);
                rest = rest.strip_prefix(c).unwrap_or_default();
            }
        }
        shown
    }

    /// The text if it looks like one of Square's codes or types.
    pub(crate) fn code(&self, text: &str) -> Option<String> {
        let code = self.text(text);
        let looks_like_code = !code.is_empty()
            && code.len() <= 100
            && code
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
        looks_like_code.then_some(code)
    }
}

/// Whether a character shows as itself: no control, bidi or zero-width character does.
fn shows(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'))
}

/// What follows `needle` if `text` begins with it, each character plain, percent-escaped or
/// JSON-escaped, in any mix.
fn after_match<'a>(text: &'a str, needle: &str) -> Option<&'a str> {
    let escape_first = |rest, c| escaped(rest, c).or_else(|| plain(rest, c));
    let plain_first = |rest, c| plain(rest, c).or_else(|| escaped(rest, c));
    // Both, since a secret can itself hold `%` or a backslash.
    needle
        .chars()
        .try_fold(text, plain_first)
        .or_else(|| needle.chars().try_fold(text, escape_first))
}

fn plain(text: &str, c: char) -> Option<&str> {
    text.strip_prefix(c)
        .or_else(|| text.strip_prefix('+').filter(|_| c == ' '))
}

fn escaped(text: &str, c: char) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("\\u") {
        return code_point(rest, 4, c);
    }
    if let Some(rest) = text.strip_prefix('%') {
        return code_point(rest, 2, c);
    }
    let rest = text.strip_prefix('\\')?;
    matches!(c, '/' | '\\' | '"')
        .then(|| rest.strip_prefix(c))
        .flatten()
}

/// What follows a number of hexadecimal digits that mean `c`. Secrets are ASCII, so one byte of a
/// percent escape is one character.
fn code_point(text: &str, digits: usize, c: char) -> Option<&str> {
    let (number, rest) = text.split_at_checked(digits)?;
    (hexadecimal(number)? == u32::from(c)).then_some(rest)
}

/// How a secret looks inside base64: at each of the three places it can have in a group of bytes,
/// without the characters that also hold bits of its neighbours.
fn base64_forms(secret: &[u8]) -> Vec<Zeroizing<String>> {
    let mut forms = Vec::new();
    for before in 0..3 {
        let mut bytes = Zeroizing::new(vec![0; before]);
        bytes.extend_from_slice(secret);
        let spoilt_head = [0, 2, 3].into_iter().nth(before).unwrap_or_default();
        let spoilt_tail = usize::from(!bytes.len().is_multiple_of(3));
        let whole = Zeroizing::new(base64url::encode(&bytes));
        let end = whole.len().saturating_sub(spoilt_tail);
        // Shorter pieces would match by chance and say little.
        if let Some(inner) = whole.get(spoilt_head..end).filter(|inner| inner.len() >= 6) {
            let mut standard = Zeroizing::new(String::with_capacity(inner.len()));
            standard.extend(inner.chars().map(base64url::standard));
            if *standard != inner {
                forms.push(standard);
            }
            forms.push(Zeroizing::new(inner.to_owned()));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use base64ct::Encoding;

    use super::*;

    const TOKEN: &str = "EAAA/l3+ikZ=Ie18J-2_cHlV2bL4";

    fn clean(text: &str) -> String {
        Cleaner::new([&Secret::from(TOKEN)]).text(text)
    }

    #[test]
    fn a_secret_is_replaced_in_every_form_it_can_take() {
        let percent: String = TOKEN.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let unicode: String = TOKEN.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
        for form in [
            TOKEN.to_owned(),
            TOKEN
                .replace('/', "%2F")
                .replace('+', "%2B")
                .replace('=', "%3D"),
            TOKEN
                .replace('/', "%2f")
                .replace('+', "%2b")
                .replace('=', "%3d"),
            TOKEN.replace('/', "\\/"),
            TOKEN.replace('/', "\\u002F"),
            TOKEN.replace('I', "%49").replace('Z', "\\u005a"),
            percent.clone(),
            percent.to_lowercase(),
            unicode,
        ] {
            assert_eq!(clean(&format!("<{form}>")), "<[redacted]>", "{form}");
        }
    }

    #[test]
    fn a_secret_inside_base64_is_replaced_wherever_it_stands() {
        for before in ["", "a", "ab", "client:", "client:0"] {
            for encode in [
                base64ct::Base64::encode_string,
                base64ct::Base64Url::encode_string,
            ] {
                let shown = clean(&encode(format!("{before}{TOKEN}:x").as_bytes()));
                assert!(shown.contains(REDACTED), "{before}: {shown}");
                assert!(shown.len() < 36, "{before}: {shown}");
            }
        }
    }

    #[test]
    fn characters_that_do_not_show_go_before_secrets_are_looked_for() {
        let split: String = TOKEN.chars().flat_map(|c| [c, '\u{200b}', '\n']).collect();
        assert_eq!(clean(&split), REDACTED);
        assert_eq!(clean("a\u{202e}b\r\n\tc\u{1b}[31m"), "abc[31m");
    }

    #[test]
    fn cutting_comes_last() {
        let late = format!("{}{TOKEN}", "x".repeat(LONGEST_SHOWN - 5));
        assert!(!clean(&late).contains("EAA"));
        assert!(clean(&late).chars().count() <= LONGEST_SHOWN + 1);
        assert!(clean(&"y".repeat(10_000)).chars().count() <= LONGEST_SHOWN + 1);
        assert_eq!(
            clean(&"y".repeat(LONGEST_SHOWN)).chars().count(),
            LONGEST_SHOWN
        );
    }

    #[test]
    fn a_secret_that_holds_escapes_itself_is_found() {
        for secret in ["50%25off", "a\\u0041b", "a\\/b", "100%"] {
            let cleaner = Cleaner::new([&Secret::from(secret)]);
            assert_eq!(cleaner.text(secret), REDACTED, "{secret}");
        }
        let cleaner = Cleaner::new([&Secret::from("100%off")]);
        assert_eq!(cleaner.text("100%25off"), REDACTED);
    }

    #[test]
    fn the_longer_of_two_secrets_is_replaced_whole() {
        let secrets = [Secret::from("abc"), Secret::from("abcdef")];
        assert_eq!(Cleaner::new(&secrets).text("abcdef"), REDACTED);
    }

    #[test]
    fn only_what_looks_like_a_code_is_kept_as_one() {
        let cleaner = Cleaner::new([&Secret::from("EAAATOKEN")]);
        assert_eq!(
            cleaner.code("service.not_authorized").as_deref(),
            Some("service.not_authorized")
        );
        for text in ["", "EAAATOKEN", "two words", "<html>", &"A".repeat(101)] {
            assert_eq!(cleaner.code(text), None, "{text}");
        }
    }
}
