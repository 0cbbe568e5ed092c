//! Named results, and the places that refer to them.

use std::collections::BTreeMap;

use serde_json::Value;

/// Results by the name that `as` gave them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captures(BTreeMap<String, Value>);

impl Captures {
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// The value that a path like `tokens.access_token` or `state.sellers.0.name` leads to.
    pub(crate) fn get(&self, path: &str) -> Result<&Value, String> {
        let mut parts = path.split('.');
        let name = parts.next().unwrap_or_default();
        let start = self
            .0
            .get(name)
            .ok_or_else(|| format!("nothing is named `{name}`"))?;
        parts
            .try_fold(start, |value, part| match value {
                Value::Array(list) => part.parse::<usize>().ok().and_then(|at| list.get(at)),
                _ => value.get(part),
            })
            .ok_or_else(|| format!("there is no `{path}`"))
    }

    /// The value with every reference replaced.
    pub(crate) fn fill(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => self.fill_text(text)?,
            Value::Array(list) => {
                let filled: Result<_, _> = list.iter().map(|item| self.fill(item)).collect();
                Value::Array(filled?)
            }
            Value::Object(fields) => {
                let filled = fields
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), self.fill(value)?)));
                Value::Object(filled.collect::<Result<_, String>>()?)
            }
            other => other.clone(),
        })
    }

    /// `$path` is the value itself, whatever its type; `${path}` inside a text is a text.
    fn fill_text(&self, text: &str) -> Result<Value, String> {
        if let Some(path) = text.strip_prefix('$')
            && !path.starts_with('{')
        {
            return self.get(path).cloned();
        }
        let mut pieces = text.split("${");
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (path, rest) = piece
                .split_once('}')
                .ok_or_else(|| format!("`{text}` has a reference without an end"))?;
            match self.get(path)? {
                Value::String(value) => filled.push_str(value),
                other => filled.push_str(&other.to_string()),
            }
            filled.push_str(rest);
        }
        Ok(filled.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_replaced_at_any_depth_and_unknown_ones_are_refused() {
        let mut captures = Captures::default();
        captures.set("a", json!({"list": [{"n": 7}], "text": "x"}));
        let filled =
            captures.fill(&json!({"k": ["$a.list.0.n", "<${a.text}${a.list.0.n}>", "$a.list"]}));
        assert_eq!(filled, Ok(json!({"k": [7, "<x7>", [{"n": 7}]]})));
        for unknown in ["$b", "$a.list.1", "$a.other", "${a.text"] {
            assert!(captures.fill(&json!(unknown)).is_err(), "{unknown}");
        }
    }
}
