//! What people type is checked before it is sent; what Square issued is only checked for being
//! possible to send. No message ever shows the value.

use crate::{
    error::{OAuthError, code},
    text::decimal,
};

/// The largest value of Square's that is taken back: the cap of an answer.
pub(crate) const MAX_ISSUED: usize = 64 * 1024;

/// Checks an ID or secret that came out of a console, an env file or a vault: its length, and that
/// no character of it is one that copying leaves behind.
pub(crate) fn typed(
    field: &'static str,
    value: &str,
    shortest: usize,
    longest: usize,
) -> Result<(), OAuthError> {
    present(field, value)?;
    possible(field, value)?;
    // Only ASCII is left, so bytes are characters.
    if value.len() < shortest {
        let text = wrong_length(value, "at least", shortest, "needed");
        return Err(OAuthError::about(code::VALUE_TOO_SHORT, field, text));
    }
    no_longer(field, value, longest)
}

/// Checks what Square issued: it has to fit in a request.
pub(crate) fn issued(field: &'static str, value: &str) -> Result<(), OAuthError> {
    present(field, value)?;
    no_longer(field, value, MAX_ISSUED)?;
    possible(field, value)
}

/// Whether every character can stand in a header and in a token.
pub(crate) fn is_visible_ascii(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_graphic())
}

pub(crate) fn no_longer(
    field: &'static str,
    value: &str,
    longest: usize,
) -> Result<(), OAuthError> {
    if value.len() <= longest {
        return Ok(());
    }
    let text = wrong_length(value, "at most", longest, "allowed");
    Err(OAuthError::about(code::VALUE_TOO_LONG, field, text))
}

fn wrong_length(value: &str, bound: &str, length: usize, word: &str) -> String {
    let (has, length) = (count(value.len()), count(length));
    [
        "has ",
        &has,
        " characters; ",
        bound,
        " ",
        &length,
        " are ",
        word,
    ]
    .concat()
}

fn count(number: usize) -> String {
    decimal(u64::try_from(number).unwrap_or(u64::MAX))
}

pub(crate) fn present(field: &'static str, value: &str) -> Result<(), OAuthError> {
    if !value.is_empty() {
        return Ok(());
    }
    Err(OAuthError::about(
        code::VALUE_MISSING,
        field,
        "is missing or empty",
    ))
}

fn possible(field: &'static str, value: &str) -> Result<(), OAuthError> {
    // Nearly every value is of this kind, and the search below is not free.
    let is_plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b'`');
    if value.bytes().all(is_plain) {
        return Ok(());
    }
    let mut length = 0;
    let mut first = None;
    for c in value.chars() {
        length += 1;
        first = first.or_else(|| Some((length, trouble(c)?)));
    }
    let Some((place, trouble)) = first else {
        return Ok(());
    };
    let (place, all) = (count(place), count(length));
    let text = ["has ", trouble, " at character ", &place, " of ", &all].concat();
    Err(OAuthError::about(code::VALUE_MALFORMED, field, text))
}

fn trouble(c: char) -> Option<&'static str> {
    Some(match c {
        '\r' | '\n' => "a line break",
        '\t' => "a tab",
        ' ' => "a space",
        '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => "a quotation mark",
        '\u{feff}' => "a byte-order mark",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
            "an invisible character"
        }
        c if c.is_control() => "a control character",
        c if c.is_whitespace() => "a space that is not ASCII",
        c if !c.is_ascii() => "a character that is not ASCII",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_character_and_its_place_are_named_but_never_the_value() {
        for (value, text) in [
            ("sq0csp-abc\n", "has a line break at character 11 of 11"),
            (" sq0csp-abc", "has a space at character 1 of 11"),
            (
                "\"sq0csp-abc\"",
                "has a quotation mark at character 1 of 12",
            ),
            (
                "\u{feff}sq0csp-abc",
                "has a byte-order mark at character 1 of 11",
            ),
            (
                "sq0csp\u{200b}-abc",
                "has an invisible character at character 7 of 11",
            ),
            (
                "sq0csp-\u{e9}",
                "has a character that is not ASCII at character 8 of 8",
            ),
            (
                "sq0csp-\u{0}",
                "has a control character at character 8 of 8",
            ),
            (
                "sq0csp-\u{a0}",
                "has a space that is not ASCII at character 8 of 8",
            ),
        ] {
            let error = typed("application_secret", value, 2, 1024).unwrap_err();
            assert_eq!(error.code(), "value_malformed");
            assert_eq!(error.field(), Some("application_secret"));
            assert_eq!(error.to_string(), format!("application_secret: {text}"));
        }
    }

    #[test]
    fn lengths_are_inclusive_on_both_ends() {
        assert!(typed("f", "ab", 2, 3).is_ok());
        assert!(typed("f", "abc", 2, 3).is_ok());
        assert_eq!(typed("f", "a", 2, 3).unwrap_err().code(), "value_too_short");
        assert_eq!(
            typed("f", "abcd", 2, 3).unwrap_err().code(),
            "value_too_long"
        );
        assert_eq!(typed("f", "", 2, 3).unwrap_err().code(), "value_missing");
        assert!(issued("f", &"a".repeat(MAX_ISSUED)).is_ok());
        assert_eq!(
            issued("f", &"a".repeat(MAX_ISSUED + 1)).unwrap_err().code(),
            "value_too_long"
        );
    }
}
