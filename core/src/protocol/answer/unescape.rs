//! The text of a JSON string, in one block that is zeroed: a parser's own buffer would grow, and
//! leave pieces of a token behind in freed memory.

use zeroize::Zeroizing;

use super::node::Text;
use crate::text::hexadecimal;

/// Reads a string that is known to be well formed but for its surrogates; none if it is no string.
/// Half a pair is read as `instead`; without that, the string as none.
pub(super) fn text(raw: &str, instead: Option<char>) -> Option<Text<'_>> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !rest.contains('\\') {
        return Some(Text::Borrowed(rest));
    }
    // An escape is never shorter than what it stands for.
    let mut text = Zeroizing::new(String::with_capacity(rest.len()));
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let (c, after) = character(escape, instead)?;
        text.push(c);
        rest = after;
    }
    text.push_str(rest);
    Some(Text::Owned(text))
}

fn character(escape: &str, instead: Option<char>) -> Option<(char, &str)> {
    let mut rest = escape.chars();
    let c = match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return code_point(rest.as_str(), instead),
        itself => itself,
    };
    Some((c, rest.as_str()))
}

fn code_point(digits: &str, instead: Option<char>) -> Option<(char, &str)> {
    let (unit, rest) = unit(digits)?;
    if let Some(pair) = low_half(unit, rest) {
        return Some(pair);
    }
    Some((char::from_u32(unit).or(instead)?, rest))
}

/// The character that a high half and what follows it make together.
fn low_half(high: u32, rest: &str) -> Option<(char, &str)> {
    let high = high.checked_sub(0xd800).filter(|high| *high < 0x400)?;
    let (low, rest) = unit(rest.strip_prefix("\\u")?)?;
    let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    Some((char::from_u32(0x10000 + (high << 10) + low)?, rest))
}

fn unit(digits: &str) -> Option<(u32, &str)> {
    let (digits, rest) = digits.split_at_checked(4)?;
    Some((hexadecimal(digits)?, rest))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_string_is_read_as_the_parser_reads_it() {
        for raw in [
            r#""""#,
            r#""plain""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""a\u0041\u00e9\u20AC\ud83d\ude00z""#,
            r#""\ud800""#,
            r#""\udc00""#,
            r#""\ud800x""#,
            r#""\ud800\n""#,
            r#""\ud800\ud800""#,
            r#""\\u0041\\""#,
            r#""\u0000""#,
        ] {
            let expected: Option<String> = serde_json::from_str(raw).ok();
            let read = text(raw, None);
            assert_eq!(
                read.as_ref().map(|t| t.as_str()),
                expected.as_deref(),
                "{raw}"
            );
        }
        for raw in ["1", "null", "[\"\"]"] {
            assert!(text(raw, None).is_none() && text(raw, Some('?')).is_none());
        }
    }

    #[test]
    fn half_a_pair_is_replaced_where_that_is_asked_for() {
        for (raw, expected) in [
            (r#""a\ud83d""#, "a?"),
            (r#""\udc00a""#, "?a"),
            (r#""\ud800\ud83d\ude00""#, "?\u{1f600}"),
            (r#""\ud800\n""#, "?\n"),
        ] {
            let read = text(raw, Some('?'));
            assert_eq!(read.as_ref().map(|t| t.as_str()), Some(expected), "{raw}");
        }
    }
}
