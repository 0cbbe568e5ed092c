//! Where a JSON value ends, and whether it is one, RFC 8259: the one judge of what is well formed.
//!
//! By hand, since the usual parser is a tenth of the WebAssembly build, and all but this would lie
//! idle: no number is read, no text unescaped, no tree built.

/// The value at the start of a text, and what follows it; none if there is no whole value.
///
/// No depth is too deep: brackets are counted on the heap and not on the stack.
pub(super) fn value(text: &str) -> Option<(&str, &str)> {
    let mut rest = Rest(text.as_bytes());
    let mut open = Vec::new();
    loop {
        rest.space();
        match rest.next()? {
            b'{' if rest.is_closed_by(b'}') => {}
            b'{' => {
                open.push(b'}');
                rest.key()?;
                continue;
            }
            b'[' if rest.is_closed_by(b']') => {}
            b'[' => {
                open.push(b']');
                continue;
            }
            b'"' => rest.text()?,
            b't' => rest.word(b"rue")?,
            b'f' => rest.word(b"alse")?,
            b'n' => rest.word(b"ull")?,
            b'0' => rest.fraction()?,
            b'1'..=b'9' => rest.number()?,
            b'-' => match rest.next()? {
                b'0' => rest.fraction()?,
                b'1'..=b'9' => rest.number()?,
                _ => return None,
            },
            _ => return None,
        }
        // A value has ended, and with it what it is the last of.
        loop {
            let Some(close) = open.last() else {
                return text.split_at_checked(text.len() - rest.0.len());
            };
            rest.space();
            match rest.next()? {
                b',' if *close == b'}' => {
                    rest.key()?;
                    break;
                }
                b',' => break,
                byte if byte == *close => open.pop(),
                _ => return None,
            };
        }
    }
}

/// The value that a text is, with nothing but space around it.
pub(super) fn whole(text: &str) -> Option<&str> {
    let (value, rest) = value(unspaced(text))?;
    unspaced(rest).is_empty().then_some(value)
}

/// Without the space at its start. JSON's own: a form feed is none.
fn unspaced(text: &str) -> &str {
    let mut rest = Rest(text.as_bytes());
    let length = rest.space();
    text.get(length..).unwrap_or_default()
}

/// What is not looked at yet.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Passes over what fits; says how much that was.
    fn skip(&mut self, fits: impl Fn(u8) -> bool) -> usize {
        let end = self.0.iter().position(|byte| !fits(*byte));
        let length = end.unwrap_or(self.0.len());
        self.0 = self.0.get(length..).unwrap_or_default();
        length
    }

    fn space(&mut self) -> usize {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    }

    fn is_closed_by(&mut self, close: u8) -> bool {
        self.space();
        let rest = self.0.strip_prefix(&[close]);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(word)?;
        Some(())
    }

    /// A name and the colon after it.
    fn key(&mut self) -> Option<()> {
        self.space();
        self.word(b"\"")?;
        self.text()?;
        self.space();
        self.word(b":")
    }

    /// What follows the quotation mark at the start of a text, up to that at its end.
    fn text(&mut self) -> Option<()> {
        loop {
            self.skip(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\'));
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => {}
                _ => return None,
            }
            match self.next()? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                b'u' => {
                    for _ in 0..4 {
                        self.next().filter(u8::is_ascii_hexdigit)?;
                    }
                }
                _ => return None,
            }
        }
    }

    /// What follows the first digit of a number.
    fn number(&mut self) -> Option<()> {
        self.digits();
        self.fraction()
    }

    /// What follows the whole part of a number.
    fn fraction(&mut self) -> Option<()> {
        if let [b'.', rest @ ..] = self.0 {
            self.0 = rest;
            (self.digits() > 0).then_some(())?;
        }
        if let [b'e' | b'E', b'+' | b'-', rest @ ..] | [b'e' | b'E', rest @ ..] = self.0 {
            self.0 = rest;
            (self.digits() > 0).then_some(())?;
        }
        Some(())
    }

    fn digits(&mut self) -> usize {
        self.skip(|byte| byte.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    use super::*;

    fn is_whole(text: &str) -> bool {
        whole(text).is_some()
    }

    fn is_json(text: &str) -> bool {
        serde_json::from_str::<IgnoredAny>(text).is_ok()
    }

    #[test]
    fn every_rule_of_the_grammar_is_kept() {
        for text in [
            "",
            " ",
            "nul",
            "null",
            "nulll",
            "true",
            "tru",
            "false",
            "False",
            "0",
            "-0",
            "-",
            "00",
            "01",
            "1.",
            "1.0",
            ".5",
            "1e5",
            "1E+5",
            "1e-5",
            "1e",
            "1e+",
            "1.5e3",
            "-1.5E-30",
            "+1",
            "0x1",
            "1 2",
            "\"",
            "\"\"",
            "\"a",
            "\"\\",
            "\"\\\"",
            "\"\\\"\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\ud800\"",
            "\"\t\"",
            "\"\u{7f}\u{e9}\u{1f600}\"",
            "[",
            "[]",
            "[ ]",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1,2]",
            "[[],[]]",
            "{",
            "{}",
            "{ }",
            "{1:2}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{\"a\" : 1 }",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1,\"b\":[{}]}",
            "[}",
            "{]",
            "[{]}",
            "{}}",
            "{},",
            "\u{b}1",
            "\u{c}1",
            "1\u{c}",
            "\u{a0}1",
            " \t\r\n1 \t\r\n",
            "1\u{0}",
            "'a'",
            "NaN",
            "Infinity",
            "[1]]",
            "/**/1",
        ] {
            assert_eq!(is_whole(text), is_json(text), "{text:?}");
        }
    }

    #[test]
    fn any_depth_is_fine() {
        let deep = |open: &str, close: &str| [open.repeat(30_000), close.repeat(30_000)].concat();
        assert!(is_whole(&deep("[", "]")));
        assert!(!is_whole(&deep("[", "}")));
        assert!(value(&"[".repeat(60_000)).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4096, ..ProptestConfig::default() })]

        #[test]
        fn what_is_json_the_usual_parser_says_too(
            pieces in prop::collection::vec("[{}\\[\\]:,\"\\\\ ]|true|null|-|[0-9]|\\.|e|\\+|\\\\u00e9|\\PC|[\\x00-\\x20]|\"a\":", 0..8)
        ) {
            let text = pieces.concat();
            prop_assert_eq!(is_whole(&text), is_json(&text), "{}", text);
        }

        #[test]
        fn a_slip_is_seen_wherever_it_is(at in 0_usize..60, slip in any::<char>()) {
            let whole = r#"{"a":[1,-2.5e+3,"\u00e9\n"],"b":{"c":null,"d":true}, "e":[]}"#;
            let mut text: Vec<char> = whole.chars().collect();
            text[at] = slip;
            let text = String::from_iter(text);
            prop_assert_eq!(is_whole(&text), is_json(&text), "{}", text);
        }
    }
}
