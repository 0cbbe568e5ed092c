//! Reads the list of error codes, strictly: what is not understood is an error that names its row
//! and field.

use serde_json::{Map, Value};

/// The version of the list's form that this code reads.
const FORMAT: u64 = 1;

/// Every kind: its name, and what it means.
pub(super) const KINDS: [(&str, &str); 13] = [
    ("invalid_input", "The caller's mistake; nothing was sent."),
    (
        "invalid_callback",
        "The return trip does not match its start: the seller starts again.",
    ),
    (
        "invalid_webhook",
        "Not a delivery of Square's, or the key or URL given for it is wrong.",
    ),
    ("denied", "The seller said no."),
    (
        "reauthorization_required",
        "This grant is dead: the seller connects again.",
    ),
    ("configuration", "Square rejects the application itself."),
    (
        "rejected",
        "Square said no; the cause is not established, or not ours to judge.",
    ),
    (
        "rate_limited",
        "Too many requests, or too many tokens for one seller.",
    ),
    ("unavailable", "Square could not answer."),
    ("transport", "The exchange failed."),
    ("protocol", "The answer is not Square's."),
    ("store", "The token store failed."),
    (
        "internal",
        "A bug of this library's, or a machine that cannot run it.",
    ),
];

const FIELDS: [&str; 6] = ["code", "kind", "retryable", "when", "hint", "raised_by"];

/// One row: an error code and what is known about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) retryable: Retryable,
    /// A sentence without its full stop.
    pub(super) when: String,
    pub(super) hint: Option<String>,
    /// Whether only the bindings raise it: for what their languages allow and Rust does not.
    pub(super) is_of_bindings: bool,
}

/// Whether the same call again is harmless and may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retryable {
    No,
    Yes,
    UnlessSpent,
}

pub(super) fn parse(text: &str) -> Result<Vec<Row>, String> {
    let value: Value = serde_json::from_str(text).map_err(|e| format!("not JSON: {e}"))?;
    let top = value.as_object().ok_or("not an object")?;
    only(top, &["format", "codes"])?;
    if top.get("format").and_then(Value::as_u64) != Some(FORMAT) {
        return Err(format!("format: must be {FORMAT}"));
    }
    let rows = top
        .get("codes")
        .and_then(Value::as_array)
        .ok_or("codes: must be a list")?;
    let mut list: Vec<Row> = Vec::with_capacity(rows.len());
    for (index, value) in rows.iter().enumerate() {
        let row = row(value).map_err(|problem| format!("{}: {problem}", name(index, value)))?;
        if list.iter().any(|earlier| earlier.code == row.code) {
            return Err(format!("{}: code: is there twice", name(index, value)));
        }
        list.push(row);
    }
    Ok(list)
}

/// How an error calls a row: by its place, and by its code where it has one.
fn name(index: usize, row: &Value) -> String {
    match row.get("code").and_then(Value::as_str) {
        Some(code) => format!("row {} ({code})", index + 1),
        None => format!("row {}", index + 1),
    }
}

fn row(value: &Value) -> Result<Row, String> {
    let row = value.as_object().ok_or("not an object")?;
    only(row, &FIELDS)?;
    let code = text(row, "code")?;
    if !is_snake_case(&code) {
        return Err("code: must be snake_case".to_owned());
    }
    let kind = text(row, "kind")?;
    if !KINDS.iter().any(|(known, _)| *known == kind) {
        return Err(format!("kind: `{kind}` is unknown"));
    }
    let retryable = match text(row, "retryable")?.as_str() {
        "no" => Retryable::No,
        "yes" => Retryable::Yes,
        "unless_spent" => Retryable::UnlessSpent,
        other => return Err(format!("retryable: `{other}` is unknown")),
    };
    let when = text(row, "when")?;
    let hint = match row.get("hint") {
        None => return Err("hint: is missing; null means none".to_owned()),
        Some(Value::Null) => None,
        Some(_) => Some(text(row, "hint")?),
    };
    let is_of_bindings = match row.get("raised_by") {
        None => false,
        Some(_) if text(row, "raised_by")? == "bindings" => true,
        Some(_) => return Err("raised_by: can only be `bindings`".to_owned()),
    };
    Ok(Row {
        code,
        kind,
        retryable,
        when,
        hint,
        is_of_bindings,
    })
}

fn only(object: &Map<String, Value>, known: &[&str]) -> Result<(), String> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("{key}: is no field of the list")),
        None => Ok(()),
    }
}

/// One line that does not end in a full stop: the writers put one where it belongs.
fn text(row: &Map<String, Value>, field: &str) -> Result<String, String> {
    match row.get(field) {
        None => Err(format!("{field}: is missing")),
        Some(Value::String(text)) if text.trim().is_empty() => Err(format!("{field}: is empty")),
        Some(Value::String(text)) if text.contains(char::is_control) || text.trim() != text => {
            Err(format!("{field}: must be one line without space around it"))
        }
        Some(Value::String(text)) if text.ends_with('.') => {
            Err(format!("{field}: must not end in a full stop"))
        }
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(format!("{field}: must be a text")),
    }
}

fn is_snake_case(name: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9'));
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        r#"{"code":"a_b","kind":"denied","retryable":"unless_spent","when":"It is","hint":"do"}"#;

    fn one(row: &str) -> Result<Vec<Row>, String> {
        parse(&format!(r#"{{"format":1,"codes":[{row}]}}"#))
    }

    /// Changes one thing about a good row and expects an error that holds these words.
    fn refused(from: &str, to: &str, words: &str) {
        assert!(GOOD.contains(from), "{from}");
        let error = one(&GOOD.replace(from, to)).unwrap_err();
        assert!(
            error.starts_with("row 1") && error.contains(words),
            "{error}"
        );
    }

    #[test]
    fn a_good_row_is_read_whole() {
        let rows = one(GOOD).unwrap();
        let row = Row {
            code: "a_b".into(),
            kind: "denied".into(),
            retryable: Retryable::UnlessSpent,
            when: "It is".into(),
            hint: Some("do".into()),
            is_of_bindings: false,
        };
        assert_eq!(rows, [row]);
        assert_eq!(one(&GOOD.replace("\"do\"", "null")).unwrap()[0].hint, None);
        let of_bindings = GOOD.replace("\"do\"", r#""do","raised_by":"bindings""#);
        assert!(one(&of_bindings).unwrap()[0].is_of_bindings);
    }

    #[test]
    fn a_row_that_is_not_understood_is_refused_by_name_and_field() {
        refused("denied", "refused", "(a_b): kind: `refused` is unknown");
        refused("unless_spent", "maybe", "retryable: `maybe`");
        refused(r#","when":"It is""#, "", "when: is missing");
        refused(r#""It is""#, r#"" ""#, "when: is empty");
        refused(r#""It is""#, "3", "when: must be a text");
        refused("It is", "It is.", "when: must not end");
        refused("It is", r"It\nis", "when: must be one line");
        refused(r#""code":"a_b","#, "", "row 1: code: is missing");
        refused(r#","hint":"do""#, "", "hint: is missing");
        refused(r#""hint""#, r#""hints""#, "hints: is no field");
        let by_rust = r#""do","raised_by":"rust""#;
        refused("\"do\"", by_rust, "raised_by: can only be");
    }

    #[test]
    fn a_code_is_snake_case() {
        for name in ["A_b", "a__b", "_a", "a_", "a-b", "1a", "\u{e4}"] {
            refused("a_b", name, "code: must be snake_case");
        }
        assert!(is_snake_case("sha1_header"));
    }

    #[test]
    fn a_code_that_is_there_twice_is_refused() {
        let error = one(&format!("{GOOD},{GOOD}")).unwrap_err();
        assert!(
            error.starts_with("row 2 (a_b): code: is there twice"),
            "{error}"
        );
    }

    #[test]
    fn another_form_of_the_list_is_refused() {
        let refused = |text: &str, words: &str| {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{error}");
        };
        refused(r#"{"format":2,"codes":[]}"#, "format: must be 1");
        refused(r#"{"codes":[]}"#, "format: must be 1");
        refused(r#"{"format":1}"#, "codes: must be a list");
        refused(r#"{"format":1,"codes":[],"more":1}"#, "more: is no field");
        refused(r#"{"format":1,"codes":[1]}"#, "row 1: not an object");
        refused("[", "not JSON");
    }
}
