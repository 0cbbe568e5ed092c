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
    let error = match text(Some(item), cleaner) {
        None => SquareError {
            category: code(item.get("category"), cleaner),
            code: code(item.get("code"), cleaner),
            detail: text(item.get("detail"), cleaner),
            field: text(item.get("field"), cleaner),
        },
        detail => SquareError {
            detail,
            ..SquareError::default()
        },
    };
    (error != SquareError::default()).then_some(error)
}

fn pair_error(
    fields: &Fields<'_>,
    of_code: &str,
    of_detail: &str,
    cleaner: &Cleaner,
) -> Option<SquareError> {
    let error = SquareError {
        code: code(fields.node(of_code), cleaner),
        detail: text(fields.node(of_detail), cleaner),
        ..SquareError::default()
    };
    (error != SquareError::default()).then_some(error)
}

fn text(node: Option<Node<'_>>, cleaner: &Cleaner) -> Option<String> {
    Some(cleaner.text(node?.shown()?.as_str()))
}

fn code(node: Option<Node<'_>>, cleaner: &Cleaner) -> Option<String> {
    cleaner.code(node?.shown()?.as_str())
}
