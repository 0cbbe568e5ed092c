//! The three forms that Square's errors come in, newest first.

use super::{Cleaner, Fields, Node};
use crate::error::SquareError;

/// More than this no reader of an error wants.
const MOST_SHOWN: usize = 16;

/// What an answer says went wrong; empty if it is in none of Square's forms.
pub(super) fn said(fields: &Fields<'_>, cleaner: &Cleaner) -> Vec<SquareError> {
    let listed = fields
        .node("errors")
        .and_then(Node::list)
        .unwrap_or_default();
    let mut errors = Vec::new();
    for item in listed {
        if errors.len() < MOST_SHOWN {
            errors.extend(listed_error(item, cleaner));
        }
    }
    if !errors.is_empty() {
        return errors;
    }
    // The older form, then that of RFC 6749 section 5.2.
    let pair = |code, detail| pair_error(fields, code, detail, cleaner);
    pair("type", "message")
        .or_else(|| pair("error", "error_description"))
        .into_iter()
        .collect()
}

fn listed_error(item: Node<'_>, cleaner: &Cleaner) -> Option<SquareError> {
    if let Some(text) = item.shown() {
        let detail = Some(cleaner.text(text.as_str()));
        return Some(SquareError {
            detail,
            ..SquareError::default()
        });
    }
    let text = |name| item.get(name).and_then(Node::shown);
    let error = SquareError {
        category: text("category").and_then(|text| cleaner.code(text.as_str())),
        code: text("code").and_then(|text| cleaner.code(text.as_str())),
        detail: text("detail").map(|text| cleaner.text(text.as_str())),
        field: text("field").map(|text| cleaner.text(text.as_str())),
    };
    (error != SquareError::default()).then_some(error)
}

fn pair_error(
    fields: &Fields<'_>,
    code: &str,
    detail: &str,
    cleaner: &Cleaner,
) -> Option<SquareError> {
    let text = |name| fields.node(name).and_then(Node::shown);
    let code = text(code).and_then(|text| cleaner.code(text.as_str()));
    let detail = text(detail).map(|text| cleaner.text(text.as_str()));
    (code.is_some() || detail.is_some()).then(|| SquareError {
        code,
        detail,
        ..SquareError::default()
    })
}
