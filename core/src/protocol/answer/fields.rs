//! The top level of an answer: which fields there are, each read only when it is asked for.
//!
//! A field that nobody asks for is never looked into, so a huge number or half a surrogate pair
//! in a field of tomorrow cannot cost a seller the tokens beside it. A field of a wrong type is
//! absent.

use core::fmt;

use serde::{
    Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{
    node::{Node, Text},
    unescape,
};

/// Why a body has no fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not JSON at all, or cut off.
    NotJson,
    /// JSON, but a list, a text, a number or `null`.
    NotAnObject,
    /// A key is there twice, so two readers could see two answers.
    Duplicated,
}

/// The fields of a JSON object.
pub(crate) struct Fields<'a>(Vec<(Text<'a>, &'a RawValue)>);

/// No answer of Square's has a tenth of this.
const MOST_FIELDS: usize = 1000;

impl<'a> Fields<'a> {
    /// Reads a body. One leading byte-order mark is forgiven.
    pub(crate) fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        let text = core::str::from_utf8(body).map_err(|_| Unreadable::NotJson)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let whole: &RawValue = serde_json::from_str(text).map_err(|_| Unreadable::NotJson)?;
        if !whole.get().starts_with('{') {
            return Err(Unreadable::NotAnObject);
        }
        let fields = serde_json::Deserializer::from_str(whole.get())
            .deserialize_map(FieldsVisitor)
            .map_err(|_| Unreadable::NotJson)?;
        let is_repeated = |(at, (name, _)): (usize, &(Text<'_>, _))| {
            fields
                .iter()
                .take(at)
                .any(|(earlier, _)| earlier.as_str() == name.as_str())
        };
        if fields.len() > MOST_FIELDS || fields.iter().enumerate().any(is_repeated) {
            return Err(Unreadable::Duplicated);
        }
        Ok(Self(fields))
    }

    /// The value of a field that is there and can be read.
    pub(crate) fn node(&self, name: &str) -> Option<Node<'a>> {
        serde_json::from_str(self.raw(name)?).ok()
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<Text<'a>> {
        unescape::text(self.raw(name)?).filter(|text| !text.as_str().is_empty())
    }

    pub(crate) fn bool(&self, name: &str) -> Option<bool> {
        match self.node(name)? {
            Node::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether a field is there with anything but `null` or an empty text.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.raw(name)
            .is_some_and(|raw| raw != "null" && raw != "\"\"")
    }

    fn raw(&self, name: &str) -> Option<&'a str> {
        let (_, raw) = self.0.iter().find(|(key, _)| key.as_str() == name)?;
        Some(raw.get())
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Vec<(Text<'de>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = from.next_entry()? {
            fields.push(field);
            // Beyond this the body is refused, and comparing every key with every other is not free.
            if fields.len() > MOST_FIELDS {
                while from
                    .next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?
                    .is_some()
                {}
            }
        }
        Ok(fields)
    }
}
