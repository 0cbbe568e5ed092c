//! The section about requests. Headers and bodies hold credentials, so they are left to the control
//! API.

use maud::{Markup, html};

use super::{SHOWN, table};
use crate::{
    state::{Outcome, State},
    timestamp::Timestamp,
};

pub(super) fn requests(state: &State, _now: Timestamp) -> Markup {
    let rows: Vec<Vec<Markup>> = state
        .log
        .since(0)
        .rev()
        .take(SHOWN)
        .map(|request| {
            let outcome = match request.outcome {
                Outcome::Pending => "being answered".to_owned(),
                Outcome::Answered(status) => status.to_string(),
                Outcome::Dropped => "dropped".to_owned(),
            };
            vec![
                html! { (request.number) },
                html! { (request.at.to_seconds_text()) },
                html! { code { (request.method.as_str()) " " (request.path()) } },
                html! { (outcome) },
                html! { @if let Some(fault) = request.fault { "fault " (fault) } },
            ]
        })
        .collect();
    html! {
        p.quiet {
            "The latest first. Headers and bodies, credentials too: " code { "GET /_emulator/v1/requests" } "."
        }
        (table("Requests", &["Number", "At", "Request", "Answer", "Struck by"], &rows))
    }
}
