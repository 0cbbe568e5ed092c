//! Every row of `conformance/errors.json` is reached by a vector, and says the same as it; but for
//! those that only bindings raise, which their own tests reach.

use std::{collections::BTreeMap, fs};

use serde::Deserialize;
use square_oauth_conformance::vectors::Vectors;

const ERRORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../conformance/errors.json");

#[derive(Deserialize)]
struct Errors {
    codes: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    kind: String,
    retryable: String,
    raised_by: Option<String>,
}

#[test]
fn every_error_code_is_reached_by_a_vector() {
    let text = fs::read_to_string(ERRORS).unwrap();
    let errors: Errors = serde_json::from_str(&text).unwrap();
    let rows: BTreeMap<_, _> = errors
        .codes
        .iter()
        .map(|row| (row.code.as_str(), row))
        .collect();
    let mut reached = Vec::new();
    let vectors = Vectors::load().unwrap().vectors;
    for vector in &vectors {
        let Some(error) = &vector.error else { continue };
        let row = rows.get(error.code.as_str());
        let row = row.unwrap_or_else(|| panic!("{}: {} is no code", vector.id, error.code));
        assert_eq!(error.kind, row.kind, "{}", vector.id);
        assert_eq!(row.raised_by, None, "{}: {}", vector.id, error.code);
        let may_be_retryable = match row.retryable.as_str() {
            "yes" => error.retryable,
            "no" => !error.retryable,
            "unless_spent" => true,
            other => panic!("{other} is no answer to whether {} is retryable", row.code),
        };
        assert!(may_be_retryable, "{}: retryable against its row", vector.id);
        reached.push(error.code.as_str());
    }
    reached.sort_unstable();
    reached.dedup();
    let of_core = rows.values().filter(|row| row.raised_by.is_none());
    let of_core: Vec<_> = of_core.map(|row| row.code.as_str()).collect();
    assert_eq!(of_core, reached);
}
