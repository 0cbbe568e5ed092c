//! What all pages have in common.

use maud::{DOCTYPE, Markup, html};

/// A page with one thing to read or to decide.
pub(super) fn page(title: &str, content: &Markup) -> Markup {
    document(title, None, content)
}

/// A page with tables.
pub(super) fn wide_page(title: &str, content: &Markup) -> Markup {
    document(title, Some("wide"), content)
}

fn document(title: &str, width: Option<&str>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/_emulator/style.css";
                link rel="icon" href="data:,";
            }
            body {
                main class=[width] { (content) }
                footer {
                    "A local emulator for testing. Nothing here is real; not affiliated with Square. "
                    a href="/_emulator/" { "Emulator's control page" }
                }
            }
        }
    }
}
