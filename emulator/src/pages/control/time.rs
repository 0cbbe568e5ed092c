//! The sections about the clock and about starting afresh.

use maud::{Markup, html};

use super::form;
use crate::{state::State, timestamp::Timestamp};

pub(super) fn clock(state: &State, now: Timestamp) -> Markup {
    let running = state.clock.is_running();
    html! {
        p {
            "It is " strong { (now.to_seconds_text()) } ", and the clock "
            @if running { "runs." } @else { "stands still." }
        }
        (form("clock", "clock", &html! {
            @for (seconds, words) in STEPS {
                button type="submit" name="advance_s" value=(seconds) { "+ " (words) }
            }
        }))
        (form("clock", "clock", &html! {
            label { "Stand still at " input name="now" required value=(now.to_seconds_text()); }
            button type="submit" { "Set" }
        }))
        (form("clock", "clock", &html! {
            @if running {
                button type="submit" name="running" value="false" { "Stop the clock" }
            } @else {
                button type="submit" name="running" value="true" { "Let it run" }
            }
        }))
    }
}

pub(super) fn reset(state: &State, _now: Timestamp) -> Markup {
    html! {
        p { "Everything issued, set and remembered goes; the configuration it was started with comes back." }
        (form("clock", "reset", &html! {
            label { "Seed " input name="seed" inputmode="numeric" value=(state.seed); }
            button type="submit" { "Reset" }
        }))
    }
}

/// Past what a code lives, a short-lived token, the advised refresh, an access token, a PKCE
/// refresh token.
const STEPS: [(i64, &str); 5] = [
    (5 * 60 + 1, "5 minutes"),
    (24 * 3600 + 1, "1 day"),
    (8 * 24 * 3600, "8 days"),
    (30 * 24 * 3600 + 1, "30 days"),
    (90 * 24 * 3600 + 1, "90 days"),
];
