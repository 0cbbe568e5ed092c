//! The section about switches.

use maud::{Markup, html};
use serde_json::Value;

use super::form;
use crate::{state::State, timestamp::Timestamp};

pub(super) fn switches(state: &State, _now: Timestamp) -> Markup {
    let positions = serde_json::to_value(&state.switches).unwrap_or_default();
    html! {
        (form("switches", "switches", &html! {
            div.grid {
                @for (name, choices) in SWITCHES {
                    @let set = positions.get(*name).map(as_text).unwrap_or_default();
                    label for={ "switch-" (name) } { code { (name) } }
                    @if choices.is_empty() {
                        input id={ "switch-" (name) } name=(name) inputmode="numeric" value=(set);
                    } @else {
                        select id={ "switch-" (name) } name=(name) {
                            @for choice in *choices { option selected[*choice == set] { (choice) } }
                        }
                    }
                }
            }
            button type="submit" { "Set switches" }
        }))
        p.quiet { "What each means and why its default is what it is: the emulator's README." }
    }
}

fn as_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

const YES_NO: &[&str] = &["true", "false"];
const SHAPE: &[&str] = &["errors", "message"];
const REFUSAL: &[&str] = &["unauthorized", "invalid_value"];

/// Every switch with its positions; a number has none.
const SWITCHES: &[(&str, &[&str])] = &[
    ("auto_approve", YES_NO),
    ("skip_consent", YES_NO),
    ("dashboard_session", YES_NO),
    ("unknown_scopes", &["refuse", "accept"]),
    ("callback_response_type", YES_NO),
    ("callback_fragment", YES_NO),
    ("denial_state", YES_NO),
    ("code_errors", SHAPE),
    ("expired_code", &["not_found", "expired"]),
    ("refresh_errors", SHAPE),
    ("missing_parameter_errors", SHAPE),
    ("wrong_verifier", REFUSAL),
    ("redirect_mismatch", REFUSAL),
    ("unknown_grant", REFUSAL),
    ("form_bodies", YES_NO),
    ("secret_with_pkce", YES_NO),
    ("early_refresh", &["new_token", "same_token"]),
    ("old_tokens_survive_refresh", YES_NO),
    ("refresh_reply_has_refresh_token", YES_NO),
    ("short_lived_reply_has_refresh_token", YES_NO),
    ("never_expires", &["absent", "null", "empty"]),
    ("token_limit", &["drop_oldest", "quota"]),
    ("rate_limit", &["off", "errors", "message"]),
    ("retry_after_s", &[]),
    (
        "broken_answers",
        &[
            "off",
            "html_500",
            "html_502",
            "empty_body",
            "truncated_json",
            "no_access_token",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{SWITCHES, as_text};
    use crate::config::Switches;

    #[test]
    fn the_page_has_every_switch_with_positions_that_exist() {
        let defaults = serde_json::to_value(Switches::default()).unwrap();
        let names: Vec<&String> = defaults.as_object().unwrap().keys().collect();
        assert_eq!(names.len(), SWITCHES.len());
        for (name, positions) in SWITCHES {
            let default = as_text(&defaults[*name]);
            assert!(
                positions.is_empty() || positions.contains(&default.as_str()),
                "{name}"
            );
            for position in *positions {
                let value: Value =
                    serde_json::from_str(position).unwrap_or_else(|_| json!(position));
                let value = if defaults[*name].is_string() {
                    json!(position)
                } else {
                    value
                };
                let set: Result<Switches, _> = serde_json::from_value(json!({*name: value}));
                assert!(set.is_ok(), "{name} = {position}");
            }
        }
    }

    #[test]
    fn the_readme_explains_every_switch_with_its_default() {
        let readme = include_str!("../../../README.md");
        let defaults = serde_json::to_value(Switches::default()).unwrap();
        for (name, default) in defaults.as_object().unwrap() {
            let row = format!("| `{name}` | `{}` |", as_text(default));
            assert!(readme.contains(&row), "the table lacks {row}");
        }
    }
}
