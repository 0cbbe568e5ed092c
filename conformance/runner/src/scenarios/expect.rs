//! Whether what came out is what was expected.

use serde_json::{Map, Value};

/// Compares what is there with what is expected; the error says where they part.
///
/// An object names the fields that count, `null` stands for an absent one too, lists have to match item by item, and an
/// object with one key out of `not`, `one_of`, `contains`, `starts_with` is a condition.
pub(crate) fn compare(expected: &Value, found: &Value) -> Result<(), String> {
    at("", expected, found)
}

fn at(place: &str, expected: &Value, found: &Value) -> Result<(), String> {
    let inside = |name: &dyn std::fmt::Display| match place {
        "" => name.to_string(),
        _ => format!("{place}.{name}"),
    };
    match (expected, found) {
        (Value::Object(fields), _) => {
            if let Some(held) = condition(fields, found) {
                return if held? {
                    Ok(())
                } else {
                    Err(difference(place, expected, found))
                };
            }
            if !found.is_object() {
                return Err(difference(place, expected, found));
            }
            fields.iter().try_for_each(|(name, expected)| {
                let found = found.get(name).unwrap_or(&Value::Null);
                at(&inside(name), expected, found)
            })
        }
        (Value::Array(expected_items), Value::Array(items)) => {
            if expected_items.len() != items.len() {
                let (wanted, there) = (expected_items.len(), items.len());
                return Err(format!(
                    "{}: {there} items instead of {wanted}: {found}",
                    name(place)
                ));
            }
            let pairs = expected_items.iter().zip(items).enumerate();
            pairs
                .into_iter()
                .try_for_each(|(number, (expected, found))| at(&inside(&number), expected, found))
        }
        _ if expected == found => Ok(()),
        _ => Err(difference(place, expected, found)),
    }
}

/// Whether a condition holds; nothing where the object is none.
fn condition(fields: &Map<String, Value>, found: &Value) -> Option<Result<bool, String>> {
    let mut only = fields.iter();
    let (Some((word, operand)), None) = (only.next(), only.next()) else {
        return None;
    };
    let text = |value: &Value| {
        let text = value.as_str().map(str::to_owned);
        text.ok_or_else(|| format!("`{word}` is followed by a text"))
    };
    Some(match (word.as_str(), found) {
        ("not", _) => Ok(compare(operand, found).is_err()),
        ("one_of", _) => {
            let all = operand
                .as_array()
                .ok_or("`one_of` is followed by a list".to_owned());
            all.map(|all| all.iter().any(|one| compare(one, found).is_ok()))
        }
        ("contains", Value::Array(items)) => {
            Ok(items.iter().any(|item| compare(operand, item).is_ok()))
        }
        ("contains", _) => {
            text(operand).map(|part| found.as_str().is_some_and(|whole| whole.contains(&part)))
        }
        ("starts_with", _) => text(operand).map(|start| {
            found
                .as_str()
                .is_some_and(|whole| whole.starts_with(&start))
        }),
        _ => return None,
    })
}

fn difference(place: &str, expected: &Value, found: &Value) -> String {
    format!("{}: expected {expected}, found {found}", name(place))
}

fn name(place: &str) -> &str {
    if place.is_empty() {
        "the result"
    } else {
        place
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_named_must_match_and_the_rest_is_left_alone() {
        let found = json!({"a": 1, "b": {"c": ["x", "y"]}, "t": "a long text"});
        for expected in [
            json!({"a": 1}),
            json!({"b": {"c": ["x", "y"]}}),
            json!({"z": null}),
            json!({"a": {"not": null}, "t": {"contains": "long"}}),
            json!({"b": {"c": {"contains": "y"}}}),
            json!({"t": {"not": {"starts_with": "long"}}}),
            json!({"a": {"one_of": [0, 1]}}),
        ] {
            assert_eq!(compare(&expected, &found), Ok(()), "{expected}");
        }
        for expected in [
            json!({"a": 2}),
            json!({"a": "1"}),
            json!({"a": null}),
            json!({"z": {"not": null}}),
            json!({"b": {"c": ["x"]}}),
            json!({"b": {"c": ["x", "z"]}}),
            json!({"b": {"c": {"contains": "z"}}}),
            json!({"t": {"starts_with": "long"}}),
            json!({"t": {"starts_with": 1}}),
            json!({"a": {"one_of": [0, 2]}}),
            json!({"a": {"one_of": 1}}),
            json!({"a": {"deeper": null}}),
        ] {
            assert!(compare(&expected, &found).is_err(), "{expected}");
        }
    }
}
