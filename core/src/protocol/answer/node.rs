//! Any JSON value, looked into only where it is asked for, so that nothing in it can break reading:
//! no number is ever parsed, no depth followed, and half a surrogate pair spoils its own text alone.

use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::unescape;

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

    /// A text that is not empty, to be shown: half a surrogate pair, as a server leaves it that cuts
    /// its texts, becomes a replacement character.
    pub(crate) fn shown(self) -> Option<Text<'a>> {
        let replacement = Some(char::REPLACEMENT_CHARACTER);
        unescape::text(self.0, replacement).filter(|text| !text.as_str().is_empty())
    }

    pub(crate) fn bool(self) -> Option<bool> {
        match self.0 {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    pub(crate) fn list(self) -> Option<Vec<Self>> {
        let items: Vec<&RawValue> = serde_json::from_str(self.0).ok()?;
        Some(items.into_iter().map(|item| Self(item.get())).collect())
    }

    /// Whether anything is said: `null` and an empty text say nothing.
    pub(crate) fn is_something(self) -> bool {
        !matches!(self.0, "null" | "\"\"")
    }
}

/// The keys and values of an object, in their order.
pub(super) type Entries<'a> = Vec<(Text<'a>, Node<'a>)>;

/// No answer of Square's has a tenth of this.
pub(super) const MOST_FIELDS: usize = 1000;

/// The entries of an object, if it is one.
pub(super) fn entries(raw: &str) -> Option<Entries<'_>> {
    let mut from = serde_json::Deserializer::from_str(raw);
    let entries = from.deserialize_map(EntriesVisitor).ok()?;
    from.end().ok()?;
    Some(entries)
}

pub(super) fn find<'a>(entries: &Entries<'a>, key: &str) -> Option<Node<'a>> {
    entries
        .iter()
        .find(|(name, _)| name.as_str() == key)
        .map(|(_, value)| *value)
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text::Owned(Zeroizing::new(text.to_owned())))
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        // What Square answers with has six fields, seldom more.
        let mut entries = Vec::with_capacity(8);
        while let Some((key, value)) = from.next_entry::<Text<'de>, &'de RawValue>()? {
            entries.push((key, Node(value.get())));
            // Beyond this the body is refused, and comparing every key with every other is not free.
            if entries.len() > MOST_FIELDS {
                while from.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            }
        }
        Ok(entries)
    }
}
