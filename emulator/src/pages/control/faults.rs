//! The section about faults, with the commonest ones ready-made.

use maud::{Markup, html};

use super::{form, table};
use crate::{state::State, timestamp::Timestamp};

pub(super) fn faults(state: &State, _now: Timestamp) -> Markup {
    let json = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
    let rows: Vec<Vec<Markup>> = state
        .faults
        .iter()
        .map(|fault| {
            vec![
                html! { (fault.id) },
                html! { code { (json(serde_json::to_string(&fault.fault.matches))) } },
                html! { code.long { (json(serde_json::to_string(&fault.fault.act))) } },
                html! { (fault.struck) " of " (json(serde_json::to_string(&fault.fault.times))) },
                form("faults", "remove_fault", &html! {
                    button type="submit" name="id" value=(fault.id) { "Remove fault " (fault.id) }
                }),
            ]
        })
        .collect();
    html! {
        (table("Faults", &["Number", "Requests meant", "What happens", "Struck", "Remove"], &rows))
        (form("faults", "fault", &html! {
            label {
                "Let "
                select name="path" {
                    @for path in PATHS { option { (path) } }
                }
            }
            label {
                " be answered with "
                select name="what" {
                    @for (name, words, _) in READY_MADE { option value=(name) { (words) } }
                }
            }
            label { " so often: " input name="times" value="1" size="6"; }
            button type="submit" { "Add" }
        }))
        p.quiet { "\u{201c}always\u{201d} stays until it is removed. Any other fault: " code { "POST /_emulator/v1/faults" } "." }
    }
}

const PATHS: [&str; 6] = [
    "/oauth2/token",
    "/oauth2/token/status",
    "/oauth2/revoke",
    "/v2/locations",
    "/v2/merchants/me",
    "any",
];

/// Name, words, and the `act` of the control API.
pub(super) const READY_MADE: [(&str, &str, &str); 7] = [
    (
        "unavailable",
        "503 and a page of HTML",
        r#"{"answer": {"status": 503, "headers": {"content-type": "text/html"}, "body": "<h1>503</h1>"}}"#,
    ),
    (
        "rate_limited",
        "429, try again in 30 seconds",
        r#"{"answer": {"status": 429, "headers": {"content-type": "application/json", "retry-after": "30"},
            "body": "{\"errors\":[{\"category\":\"RATE_LIMIT_ERROR\",\"code\":\"RATE_LIMITED\"}]}"}}"#,
    ),
    (
        "drop_before",
        "nothing, and nothing done",
        r#"{"drop": "before_commit"}"#,
    ),
    (
        "drop_after",
        "nothing, but everything done",
        r#"{"drop": "after_commit"}"#,
    ),
    ("truncate", "half an answer", r#"{"truncate": 40}"#),
    (
        "delay",
        "the answer after 5 seconds",
        r#"{"delay_ms": 5000}"#,
    ),
    ("drip", "the answer byte by byte", r#"{"drip_ms": 50}"#),
];

#[cfg(test)]
mod tests {
    use super::READY_MADE;
    use crate::fault::Act;

    #[test]
    fn every_ready_made_fault_can_be_done() {
        for (name, _, act) in READY_MADE {
            let act: Act =
                serde_json::from_str(act).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(act.complaint(), None, "{name}");
        }
    }
}
