//! The text of a JSON string, in one block that is zeroed: a parser's own buffer would grow, and
//! leave pieces of a token behind in freed memory.

use zeroize::Zeroizing;

use super::Text;

/// Reads a string that is known to be well formed but for its surrogates; none if half a pair is
/// there, or if it is no string.
pub(super) fn text(raw: &str) -> Option<Text<'_>> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !rest.contains('\\') {
        return Some(Text::Borrowed(rest));
    }
    // An escape is never shorter than what it stands for.
    let mut text = Zeroizing::new(String::with_capacity(rest.len()));
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let (c, after) = character(escape)?;
        text.push(c);
        rest = after;
    }
    text.push_str(rest);
    Some(Text::Owned(text))
}

fn character(escape: &str) -> Option<(char, &str)> {
    let mut rest = escape.chars();
    let c = match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return code_point(rest.as_str()),
        itself => itself,
    };
    Some((c, rest.as_str()))
}

fn code_point(digits: &str) -> Option<(char, &str)> {
    let (unit, rest) = unit(digits)?;
    if !(0xd800..0xdc00).contains(&unit) {
        return Some((char::from_u32(unit)?, rest));
    }
    let (low, rest) = self::unit(rest.strip_prefix("\\u")?)?;
    let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    let c = char::from_u32(0x10000 + ((unit - 0xd800) << 10) + low)?;
    Some((c, rest))
}

fn unit(digits: &str) -> Option<(u32, &str)> {
    let (digits, rest) = digits.split_at_checked(4)?;
    Some((u32::from_str_radix(digits, 16).ok()?, rest))
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
            let read = text(raw);
            assert_eq!(
                read.as_ref().map(|t| t.as_str()),
                expected.as_deref(),
                "{raw}"
            );
        }
        assert!(text("1").is_none() && text("null").is_none() && text("[\"\"]").is_none());
    }
}
