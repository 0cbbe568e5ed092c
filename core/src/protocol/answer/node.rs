//! Any JSON value, looked into only where it is asked for, so that nothing in it can break reading:
//! no number is ever parsed, no depth followed, and half a surrogate pair spoils its own text alone.

use zeroize::Zeroizing;

use super::{scan::value, unescape};
use crate::text::number;

/// A text that borrows from the answer where it can. What had to be unescaped is zeroed.
pub(crate) enum Text<'a> {
    Borrowed(&'a str),
    Owned(Zeroizing<String>),
}

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

/// A well-formed JSON value as it stands in the answer.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a>(&'a str);

impl<'a> Node<'a> {
    /// The value under a key of an object.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        find(&entries(self.0)?, key)
    }

    pub(crate) fn path(self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// A text that is not empty and is whole.
    pub(crate) fn text(self) -> Option<Text<'a>> {
        unescape::text(self.0, None).filter(|text| !text.as_str().is_empty())
    }

    /// A text that is not empty, to be shown.
    pub(crate) fn shown(self) -> Option<Text<'a>> {
        self.any_text().filter(|text| !text.as_str().is_empty())
    }

    /// Any text: half a surrogate pair, as a server leaves it that cuts its texts, becomes a
    /// replacement character.
    pub(crate) fn any_text(self) -> Option<Text<'a>> {
        unescape::text(self.0, Some(char::REPLACEMENT_CHARACTER))
    }

    pub(crate) fn bool(self) -> Option<bool> {
        match self.0 {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// An integer that fits.
    pub(crate) fn integer(self) -> Option<i64> {
        match self.0.strip_prefix('-') {
            Some(digits) => number(digits).map(|number| -number),
            None => number(self.0),
        }
    }

    pub(crate) fn list(self) -> Option<Vec<Self>> {
        let mut rest = inside(self.0, '[', ']')?;
        let mut items = Vec::new();
        while !rest.is_empty() {
            let (item, following) = value(rest)?;
            items.push(Self(item));
            rest = after(following, ',');
        }
        Some(items)
    }

    pub(crate) fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// Whether anything is said: `null` and an empty text say nothing.
    pub(crate) fn is_something(self) -> bool {
        !self.is_null() && self.0 != "\"\""
    }
}

/// The keys and values of an object, in their order.
pub(super) type Entries<'a> = Vec<(Text<'a>, Node<'a>)>;

/// No answer of Square's has a tenth of this.
pub(super) const MOST_FIELDS: usize = 1000;

/// The entries of an object, if that is what a well-formed value is.
pub(super) fn entries(raw: &str) -> Option<Entries<'_>> {
    let mut rest = inside(raw, '{', '}')?;
    // What Square answers with has six fields, seldom more.
    let mut entries = Vec::with_capacity(8);
    // Beyond this the body is refused, and comparing every key with every other is not free.
    while !rest.is_empty() && entries.len() <= MOST_FIELDS {
        let (name, following) = value(rest)?;
        let (value, following) = value(after(following, ':'))?;
        entries.push((unescape::text(name, None)?, Node(value)));
        rest = after(following, ',');
    }
    Some(entries)
}

pub(super) fn find<'a>(entries: &Entries<'a>, key: &str) -> Option<Node<'a>> {
    entries
        .iter()
        .find(|(name, _)| name.as_str() == key)
        .map(|(_, value)| *value)
}

/// What stands between an opening and a closing bracket, without the space around it.
fn inside(raw: &str, open: char, close: char) -> Option<&str> {
    let inside = raw.strip_prefix(open)?.strip_suffix(close)?;
    Some(inside.trim_ascii())
}

/// What follows a comma or a colon, or nothing.
fn after(text: &str, mark: char) -> &str {
    let text = text.trim_ascii_start();
    text.strip_prefix(mark).map_or("", str::trim_ascii_start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-z\"\\\\{}\\[\\],:\u{e9} ]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec(("[a-z\"\\\\{}:, ]{0,5}", inner), 0..5)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    fn is_same(node: Node<'_>, value: &Value) -> bool {
        match value {
            Value::Object(fields) => {
                let found = entries(node.0).unwrap();
                found.len() == fields.len()
                    && fields
                        .iter()
                        .all(|(name, value)| is_same(find(&found, name).unwrap(), value))
            }
            Value::Array(items) => {
                let found = node.list().unwrap();
                found.len() == items.len()
                    && found
                        .into_iter()
                        .zip(items)
                        .all(|(node, value)| is_same(node, value))
            }
            scalar => serde_json::from_str::<Value>(node.0).is_ok_and(|read| read == *scalar),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_well_formed_is_taken_apart_as_the_parser_does(value in json()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                prop_assert!(is_same(Node(&text), &value), "{text}");
            }
        }
    }
}
