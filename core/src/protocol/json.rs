//! JSON on its way out: objects of texts, in one block that is zeroed when it is dropped.

use zeroize::Zeroizing;

use crate::{
    model::{Scope, Secret},
    text::decimal,
};

/// A field's value; what says nothing is left out.
pub(super) enum Value<'a> {
    Text(&'a str),
    Maybe(Option<&'a str>),
    /// Left out if there are none.
    Names(&'a [Scope]),
    /// Left out if it is false.
    Flag(bool),
    Moment(i64),
}

/// Writes an object, its fields in their order.
pub(super) fn object(fields: &[(&str, Value<'_>)]) -> Secret {
    let room = fields.iter().map(|(name, value)| name.len() + value.room());
    // Growing would leave pieces behind in freed memory.
    let mut json = Zeroizing::new(String::with_capacity(2 + room.sum::<usize>()));
    let mut before = "{";
    for (name, value) in fields {
        if !value.says_something() {
            continue;
        }
        json.push_str(before);
        text(&mut json, name);
        json.push(':');
        value.write(&mut json);
        before = ",";
    }
    json.push('}');
    Secret::from(json)
}

impl Value<'_> {
    /// The most that is written of a field beside its name. Of what the checks let through only a
    /// backslash is escaped, by one more.
    fn room(&self) -> usize {
        8 + match self {
            Self::Text(text) | Self::Maybe(Some(text)) => text.len() * 2,
            Self::Names(names) => names.iter().map(|name| 3 + name.as_str().len() * 2).sum(),
            Self::Maybe(None) | Self::Flag(_) => 0,
            Self::Moment(_) => 20,
        }
    }

    fn says_something(&self) -> bool {
        match self {
            Self::Maybe(text) => text.is_some(),
            Self::Names(names) => !names.is_empty(),
            Self::Flag(is_set) => *is_set,
            Self::Text(_) | Self::Moment(_) => true,
        }
    }

    fn write(&self, json: &mut String) {
        match self {
            Self::Text(value) | Self::Maybe(Some(value)) => text(json, value),
            Self::Names(names) => {
                let mut before = '[';
                for name in *names {
                    json.push(before);
                    text(json, name.as_str());
                    before = ',';
                }
                json.push(']');
            }
            Self::Moment(number) => {
                if *number < 0 {
                    json.push('-');
                }
                json.push_str(&decimal(number.unsigned_abs()));
            }
            Self::Flag(is_set) => json.push_str(if *is_set { "true" } else { "false" }),
            Self::Maybe(None) => json.push_str("null"),
        }
    }
}

fn text(json: &mut String, value: &str) {
    json.push('"');
    let mut rest = value;
    // In one piece up to what has to be escaped, which is rare.
    let special = |byte| byte < b' ' || matches!(byte, b'"' | b'\\');
    while let Some((plain, escaped)) = rest
        .bytes()
        .position(special)
        .and_then(|at| rest.split_at_checked(at))
    {
        json.push_str(plain);
        let mut following = escaped.chars();
        following.next().into_iter().for_each(|c| escape(json, c));
        rest = following.as_str();
    }
    json.push_str(rest);
    json.push('"');
}

fn escape(json: &mut String, c: char) {
    if c >= ' ' {
        json.extend(['\\', c]);
        return;
    }
    json.push_str("\\u00");
    let code = u32::from(c);
    json.extend([code >> 4, code & 15].map(|half| char::from_digit(half, 16).unwrap_or('0')));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(fields: &[(&str, Value<'_>)]) -> serde_json::Value {
        serde_json::from_str(object(fields).expose()).unwrap()
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let names = [Scope::ITEMS_READ, Scope::ITEMS_WRITE];
        let fields = [
            ("a", Value::Maybe(None)),
            ("b", Value::Flag(false)),
            ("c", Value::Names(&[])),
            ("d", Value::Text("")),
            ("e", Value::Maybe(Some("x"))),
            ("f", Value::Flag(true)),
            ("g", Value::Names(&names)),
            ("h", Value::Moment(-1)),
            ("i", Value::Moment(i64::MIN)),
        ];
        let wanted = json!({
            "d": "", "e": "x", "f": true, "g": ["ITEMS_READ", "ITEMS_WRITE"], "h": -1, "i": i64::MIN
        });
        assert_eq!(read(&fields), wanted);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_text_is_read_back(name in any::<String>(), text in any::<String>()) {
            let read = read(&[(&name, Value::Text(&text))]);
            prop_assert_eq!(read, json!({ &name: &text }));
        }
    }
}
