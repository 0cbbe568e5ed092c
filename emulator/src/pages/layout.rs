//! What all pages have in common.

use maud::{DOCTYPE, Markup, html};

pub(super) fn page(title: &str, content: &Markup) -> Markup {
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
                main { (content) }
                footer {
                    "A local emulator for testing. Nothing here is real; not affiliated with Square. "
                    a href="/_emulator/" { "Emulator's control page" }
                }
            }
        }
    }
}
