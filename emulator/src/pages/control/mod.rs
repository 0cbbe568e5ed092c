//! The control page: everything the control API shows and does, for a person. Each form posts back
//! here and comes back to the section it is in.

mod act;
mod connections;
mod faults;
mod requests;
mod switches;
mod time;
mod webhooks;

use maud::{Markup, html};

pub(super) use self::act::act;
use super::layout;
use crate::{state::State, timestamp::Timestamp};

pub(super) fn page(state: &State, now: Timestamp) -> Markup {
    layout::wide_page(
        "Square OAuth emulator",
        &html! {
            h1 { "Square OAuth emulator" }
            nav aria-label="Sections" {
                @for (id, title, _) in SECTIONS { a href={ "#" (id) } { (title) } " " }
            }
            @for (id, title, content) in SECTIONS {
                section id=(id) aria-labelledby={ (id) "-title" } {
                    h2 id={ (id) "-title" } { (title) }
                    (content(state, now))
                }
            }
        },
    )
}

type Section = (&'static str, &'static str, fn(&State, Timestamp) -> Markup);

const SECTIONS: [Section; 9] = [
    ("clock", "Clock", time::clock),
    ("applications", "Applications", connections::applications),
    (
        "sellers",
        "Sellers and App integrations",
        connections::sellers,
    ),
    ("tokens", "Tokens", connections::tokens),
    ("requests", "Requests", requests::requests),
    ("faults", "Faults", faults::faults),
    ("webhooks", "Webhooks", webhooks::webhooks),
    ("switches", "Switches", switches::switches),
    ("reset", "Reset", time::reset),
];

/// A form that carries out `what` and comes back to `section`.
fn form(section: &str, what: &str, fields: &Markup) -> Markup {
    html! {
        form.row method="post" action="/_emulator/" {
            input type="hidden" name="section" value=(section);
            input type="hidden" name="act" value=(what);
            (fields)
        }
    }
}

/// A table that scrolls sideways by itself where the screen is narrow, by keyboard too.
fn table(label: &str, heads: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        @if rows.is_empty() {
            p.quiet { "None." }
        } @else {
            div.scroll role="region" aria-label=(label) tabindex="0" {
                table {
                    thead { tr { @for head in heads { th scope="col" { (head) } } } }
                    tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
                }
            }
        }
    }
}

/// The end of a credential: enough to tell it from another, too little to use it.
fn tail(credential: &str) -> Markup {
    let skipped = credential.chars().count().saturating_sub(4);
    let end: String = credential.chars().skip(skipped).collect();
    html! { code { "\u{2026}" (end) } }
}

/// How many rows a list shows.
const SHOWN: usize = 50;

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn a_credential_is_shown_by_its_end_alone() {
        assert_eq!(tail("EAAAsecret-part-wxyz").0, "<code>\u{2026}wxyz</code>");
    }
}
