//! The pages that are shown in place of the consent page. The seller is not sent back from here.

use maud::{DOCTYPE, Markup, html};

use super::layout;
use crate::oauth::NoConsent;

pub(crate) fn no_consent(why: &NoConsent) -> Markup {
    message(&why.title, &why.hint)
}

/// What Square's sandbox shows without a seller dashboard open in the same browser (seen in the
/// field).
pub(crate) fn blank() -> Markup {
    html! { (DOCTYPE) html lang="en" { head { title {} } body {} } }
}

pub(crate) fn no_decision() -> Markup {
    message(
        "Nothing was decided",
        "Go back, pick a seller and press Allow or Deny.",
    )
}

pub(super) fn nothing_here() -> Markup {
    message(
        "There is nothing here",
        "The control page is at /_emulator/.",
    )
}

fn message(title: &str, hint: &str) -> Markup {
    layout::page(
        title,
        &html! { h1 { (marked(title)) } p { (marked(hint)) } },
    )
}

/// Text with `code` in backticks, as Square's own page has it around client_id.
fn marked(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}
