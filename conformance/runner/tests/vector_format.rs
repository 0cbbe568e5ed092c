//! The reader refuses what the format does not know: a vector must never be passed over in silence.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use square_oauth_conformance::vectors::read;

const GOOD: &str = r#"{"format": 1, "vectors": [{"id": "a", "title": "A", "source": "S", "op": "attempt",
    "input": {"callback": "state=a"}, "expect": {}}]}"#;

fn refused(from: &str, to: &str) -> String {
    let text = GOOD.replace(from, to);
    assert_ne!(text, GOOD, "nothing was replaced");
    read(&text)
        .err()
        .unwrap_or_else(|| panic!("{to} was taken"))
}

#[test]
fn what_the_format_knows_is_taken() {
    assert_eq!(read(GOOD).map(|vectors| vectors.len()), Ok(1));
}

#[test]
fn an_unknown_format_op_field_or_need_is_refused() {
    assert!(refused("\"format\": 1", "\"format\": 2").contains("format 2"));
    assert!(refused("\"attempt\"", "\"guess\"").contains("guess"));
    assert!(refused("\"title\"", "\"titel\"").contains("titel"));
    assert!(
        refused(
            "\"input\"",
            "\"config\": {\"enviroment\": \"x\"}, \"input\""
        )
        .contains("enviroment")
    );
    assert!(refused("\"input\"", "\"needs\": [\"luck\"], \"input\"").contains("luck"));
    assert!(
        refused("\"expect\": {}", "\"error\": {\"code\": \"denied\"}").contains("missing field")
    );
}

#[test]
fn a_vector_without_an_outcome_or_with_two_is_refused() {
    assert!(refused(", \"expect\": {}", "").contains("exactly one"));
}

#[test]
fn a_step_that_only_a_simulation_can_take_says_so() {
    let step = r#""exchange": [{"request": {"method": "POST", "path": "/", "body": null},
        "fail": {"delivery": "unknown", "cause": "connection"}}], "expect""#;
    assert!(refused("\"expect\"", step).contains("simulated"));
    let step = step.replace("\"fail\"", "\"faill\"");
    assert!(refused("\"expect\"", &step).contains("faill"));
}

#[test]
fn a_text_can_be_written_as_a_repetition() {
    let repeat = r#"{"repeat": {"before": "state=", "unit": "ab", "times": 3, "after": "!"}}"#;
    let vectors = read(&GOOD.replace("\"state=a\"", repeat)).unwrap();
    assert_eq!(vectors[0].input["callback"], "state=ababab!");
}
