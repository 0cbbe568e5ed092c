//! The top level of an answer: which fields there are, each read only when it is asked for.
//!
//! A field that nobody asks for is never looked into, so a huge number or half a surrogate pair
//! in a field of tomorrow cannot cost a seller the tokens beside it. A field of a wrong type is
//! absent.

use super::{
    node::{Entries, MOST_FIELDS, Node, Text, entries, find},
    scan::whole,
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
pub(crate) struct Fields<'a>(Entries<'a>);

impl<'a> Fields<'a> {
    /// Reads a body. One leading byte-order mark is forgiven.
    pub(crate) fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        let text = core::str::from_utf8(body).map_err(|_| Unreadable::NotJson)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value = whole(text).ok_or(Unreadable::NotJson)?;
        let Some(fields) = entries(value) else {
            return Err(if value.starts_with('{') {
                Unreadable::NotJson
            } else {
                Unreadable::NotAnObject
            });
        };
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

    /// The value of a field that is there.
    pub(crate) fn node(&self, name: &str) -> Option<Node<'a>> {
        find(&self.0, name)
    }

    /// All of them, in their order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, Node<'a>)> {
        let fields = self.0.iter();
        fields.map(|(name, value)| (name.as_str(), *value))
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<Text<'a>> {
        self.node(name)?.text()
    }

    pub(crate) fn bool(&self, name: &str) -> Option<bool> {
        self.node(name)?.bool()
    }

    /// Whether a field is there with anything but `null` or an empty text.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.node(name).is_some_and(Node::is_something)
    }
}
