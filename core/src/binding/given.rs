//! What a language hands over in one piece. To hand over each value by itself costs WebAssembly
//! and its JavaScript more than what is done with it.

use core::{fmt, time::Duration};

use crate::{
    model::Secret,
    protocol::{Fields, Node},
};

/// A record that a binding has written as JSON: texts, whole numbers, booleans and lists of texts
/// under names. A value that is not there, or of another kind, is none.
///
/// ```
/// use square_oauth::{Secret, binding::Given};
///
/// let json = Secret::from(r#"{"clientSecret":"s","scopes":["A","B"],"timeout":100}"#);
/// let given = Given::read(&json);
/// assert_eq!(given.secret("clientSecret"), Some(Secret::from("s")));
/// assert_eq!(given.texts("scopes"), ["A", "B"]);
/// assert_eq!(given.text("timeout"), None);
/// ```
pub struct Given<'a>(Option<Fields<'a>>);

impl<'a> Given<'a> {
    /// Reads a record; what is none has nothing in it. It is a secret, since it may hold some.
    #[must_use]
    pub fn read(json: &'a Secret) -> Self {
        Self(Fields::read(json.expose().as_bytes()).ok())
    }

    /// A text, which may be empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        Some(self.node(name)?.any_text()?.as_str().to_owned())
    }

    /// A text that must not be printed.
    #[must_use]
    pub fn secret(&self, name: &str) -> Option<Secret> {
        self.text(name).map(Secret::from)
    }

    /// A list of texts; empty where there is none.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<String> {
        let items = self.node(name).and_then(Node::list).unwrap_or_default();
        let texts = items.into_iter().filter_map(Node::any_text);
        texts.map(|text| text.as_str().to_owned()).collect()
    }

    /// Whether a value is there and true.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.node(name).and_then(Node::bool) == Some(true)
    }

    /// A number of milliseconds.
    #[must_use]
    pub fn duration(&self, name: &str) -> Option<Duration> {
        let number = self.node(name)?.integer()?;
        Some(Duration::from_millis(u64::try_from(number).ok()?))
    }

    /// Whether a value is there, and says that there is to be none.
    #[must_use]
    pub fn is_null(&self, name: &str) -> bool {
        self.node(name).is_some_and(Node::is_null)
    }

    /// The texts, with their names.
    pub fn all_texts(&self) -> impl Iterator<Item = (&str, String)> {
        let fields = self.0.iter().flat_map(Fields::all);
        fields.filter_map(|(name, node)| Some((name, node.any_text()?.as_str().to_owned())))
    }

    fn node(&self, name: &str) -> Option<Node<'a>> {
        self.0.as_ref()?.node(name)
    }
}

impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Given([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(json: &str, work: impl FnOnce(&Given<'_>) -> T) -> T {
        work(&Given::read(&json.into()))
    }

    #[test]
    fn values_are_found_by_name_and_kind() {
        let json = r#"{"a":"x\ny","b":"","c":true,"d":false,"e":["1","\ud800",2],"f":600000,"g":-1,"h":null}"#;
        with(json, |given| {
            assert_eq!(given.text("a").as_deref(), Some("x\ny"));
            assert_eq!(given.text("b").as_deref(), Some(""));
            assert_eq!(given.secret("a"), Some("x\ny".into()));
            assert!(given.flag("c") && !given.flag("d") && !given.flag("a") && !given.flag("z"));
            assert_eq!(given.texts("e"), ["1", "\u{fffd}"]);
            assert_eq!(given.duration("f"), Some(Duration::from_secs(600)));
            assert!(given.is_null("h") && !given.is_null("a") && !given.is_null("z"));
            let all: Vec<_> = given.all_texts().collect();
            assert_eq!(all, [("a", "x\ny".to_owned()), ("b", String::new())]);
            for name in ["c", "e", "f", "h", "z"] {
                assert_eq!(
                    (given.text(name), given.secret(name)),
                    (None, None),
                    "{name}"
                );
            }
            for name in ["a", "c", "g", "h", "z"] {
                assert_eq!(
                    (given.duration(name), given.texts(name).len()),
                    (None, 0),
                    "{name}"
                );
            }
        });
    }

    #[test]
    fn what_is_no_record_has_nothing_in_it() {
        for json in ["", "{", "[]", "\"a\"", "{}", "{\"a\":\"b\",\"a\":\"c\"}"] {
            with(json, |given| assert_eq!(given.text("a"), None, "{json}"));
        }
    }

    #[test]
    fn it_is_not_printed() {
        with(r#"{"secret":"s"}"#, |given| {
            assert_eq!(format!("{given:?}"), "Given([redacted])");
        });
    }
}
