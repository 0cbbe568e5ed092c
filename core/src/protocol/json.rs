//! JSON on its way out: objects of texts, in one block that is zeroed when it is dropped.

use core::{fmt, time::Duration};

use zeroize::Zeroizing;

use crate::{
    model::{Secret, whole_ms},
    text::decimal,
};

/// A JSON object that is written field by field, in their order. What says nothing is left out.
///
/// ```
/// let mut object = square_oauth::binding::Object::new();
/// object.text("a", "b");
/// object.maybe("c", None);
/// assert_eq!(object.end().expose(), r#"{"a":"b"}"#);
/// ```
pub struct Object(Zeroizing<String>);

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Object([redacted])")
    }
}

/// What most objects have room in.
const ROOM: usize = 512;

impl Object {
    /// An object without fields.
    #[must_use]
    pub fn new() -> Self {
        Self(Zeroizing::new(String::with_capacity(ROOM)))
    }

    /// Writes a text, which may be empty.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.quote(value);
    }

    /// Writes a text; left out if it is none.
    pub fn maybe(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Writes a list of texts, which may be empty.
    pub fn texts<'a>(&mut self, name: &str, values: impl IntoIterator<Item = &'a str>) {
        self.list(name, values, Self::quote);
    }

    /// Writes a list of objects, which may be empty.
    pub fn objects(&mut self, name: &str, values: impl IntoIterator<Item = Self>) {
        self.list(name, values, |list, value| list.push(value.end().expose()));
    }

    /// Writes that something is so; left out if it is not.
    pub fn flag(&mut self, name: &str, is_set: bool) {
        if is_set {
            self.truth(name, true);
        }
    }

    /// Writes whether something is so.
    pub fn truth(&mut self, name: &str, is_so: bool) {
        self.name(name);
        self.push(if is_so { "true" } else { "false" });
    }

    /// Writes a whole number.
    pub fn number(&mut self, name: &str, number: i64) {
        self.name(name);
        if number < 0 {
            self.push("-");
        }
        self.push(&decimal(number.unsigned_abs()));
    }

    /// Writes a duration in whole milliseconds.
    pub fn duration(&mut self, name: &str, duration: Duration) {
        self.number(name, whole_ms(duration).try_into().unwrap_or(i64::MAX));
    }

    /// The object, whole.
    #[must_use]
    pub fn end(mut self) -> Secret {
        self.push(if self.0.is_empty() { "{}" } else { "}" });
        Secret::from(self.0)
    }

    fn list<T>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
        write: impl Fn(&mut Self, T),
    ) {
        self.name(name);
        self.push("[");
        let mut before = "";
        for value in values {
            self.push(before);
            write(self, value);
            before = ",";
        }
        self.push("]");
    }

    fn name(&mut self, name: &str) {
        self.push(if self.0.is_empty() { "{" } else { "," });
        self.quote(name);
        self.push(":");
    }

    fn quote(&mut self, value: &str) {
        self.push("\"");
        let mut rest = value;
        // In one piece up to what has to be escaped, which is rare.
        let special = |byte| byte < b' ' || matches!(byte, b'"' | b'\\');
        while let Some((plain, escaped)) = rest
            .bytes()
            .position(special)
            .and_then(|at| rest.split_at_checked(at))
        {
            self.push(plain);
            // One byte, as all that is special.
            let Some((special, following)) = escaped.split_at_checked(1) else {
                break;
            };
            self.escape(special);
            rest = following;
        }
        self.push(rest);
        self.push("\"");
    }

    fn escape(&mut self, special: &str) {
        let byte = special.bytes().next().unwrap_or_default();
        if byte >= b' ' {
            self.push("\\");
            self.push(special);
            return;
        }
        self.push("\\u00");
        for half in [byte >> 4, byte & 15] {
            let half = usize::from(half);
            self.push("0123456789abcdef".get(half..=half).unwrap_or_default());
        }
    }

    /// Grows by hand: a `String` would leave the smaller block behind with its content.
    fn push(&mut self, piece: &str) {
        let length = self.0.len() + piece.len();
        if length > self.0.capacity() {
            let mut larger = Zeroizing::new(String::with_capacity(length * 2));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        self.0.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(write: impl FnOnce(&mut Object)) -> serde_json::Value {
        let mut object = Object::new();
        write(&mut object);
        serde_json::from_str(object.end().expose()).unwrap()
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let written = read(|object| {
            object.maybe("a", None);
            object.flag("b", false);
            object.text("d", "");
            object.maybe("e", Some("x"));
            object.flag("f", true);
            object.truth("k", false);
            object.duration("l", Duration::from_micros(1_500_999));
            object.texts("g", ["A", "\""]);
            object.texts("j", []);
            object.number("h", -1);
            object.number("i", i64::MIN);
        });
        let wanted = json!({
            "d": "", "e": "x", "f": true, "g": ["A", "\""], "j": [], "h": -1, "i": i64::MIN, "k": false, "l": 1500
        });
        assert_eq!(written, wanted);
        assert_eq!(read(|_| {}), json!({}));
    }

    #[test]
    fn objects_lie_in_objects_and_none_is_printed() {
        let within = |text: &str| {
            let mut object = Object::new();
            object.text("a", text);
            object
        };
        let written = read(|object| object.objects("list", ["x", "y"].map(within)));
        assert_eq!(written, json!({ "list": [{ "a": "x" }, { "a": "y" }] }));
        assert_eq!(format!("{:?}", within("x")), "Object([redacted])");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_text_is_read_back(name in any::<String>(), text in any::<String>(), times in 1_usize..200) {
            let text = text.repeat(times);
            let written = read(|object| object.text(&name, &text));
            prop_assert_eq!(written, json!({ &name: &text }));
        }
    }
}
