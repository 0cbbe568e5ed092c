//! What sellers read: which pages are ours and which the application's own, and their words.

use super::{Outcome, WebResponse, html, local_path};
use crate::OAuthError;

/// The pages that sellers may see on their way, each with words of ours, words of yours, or an
/// address of yours.
///
/// ```
/// use square_oauth::web::{Page, Pages};
///
/// let pages = Pages {
///     declined: Page::at("/settings?square=declined"),
///     later: Page::with("Square is away", "Please try again in a few minutes."),
///     ..Pages::default()
/// };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// For whoever comes to *connect* from another site: one press of its button starts. A page of
    /// your own gets `return_to` in its query; it holds a form that posts `return_to` to the
    /// connect path, and must not be framed (`Content-Security-Policy: frame-ancestors 'none'`)
    /// nor have `Referrer-Policy: no-referrer`.
    pub ask: Page,
    /// The seller said no.
    pub declined: Page,
    /// It came a second time, or belongs to nothing we know.
    pub over: Page,
    /// It took too long, twice.
    pub expired: Page,
    /// Square cannot be reached.
    pub later: Page,
    /// Yours to repair.
    pub failed: Page,
    /// The language of all these words, as in HTML's `lang`. Default `en`.
    pub language: String,
    /// The label of the button and link that start. Default "Connect Square".
    pub connect_label: String,
    /// The label of the link that leaves *ask* without starting. Default "Not now".
    pub not_now_label: String,
    /// The label of the link to your application. Default "Back to the application".
    pub back_label: String,
    /// A style sheet of your own, as a path on your server. Default: a small one within the page.
    pub stylesheet: Option<String>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The plain page that the library writes. Both texts are escaped.
    Words {
        /// What happened.
        title: String,
        /// One sentence or two more.
        text: String,
    },
    /// An address on your own server: one slash, then a path. Sellers are redirected there.
    At(String),
}

impl Page {
    /// The library's page with these words.
    pub fn with(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Words {
            title: title.into(),
            text: text.into(),
        }
    }

    /// A page of your own.
    pub fn at(path: impl Into<String>) -> Self {
        Self::At(path.into())
    }
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            ask: Page::with(
                "Connect Square?",
                "You will go to Square, where you see what this application asks for and decide.",
            ),
            declined: Page::with(
                "You chose not to connect",
                "Nothing was changed. You can connect whenever you like.",
            ),
            over: Page::with(
                "You may be connected already",
                "This page was opened a second time, or its visit to Square is over. Look whether you \
                 are connected; if you are not, please start again.",
            ),
            expired: Page::with(
                "That took too long",
                "For your safety a visit to Square ends after a while. Please start again.",
            ),
            later: Page::with(
                "Square cannot be reached right now",
                "Nothing is lost. Please start again in a few minutes.",
            ),
            failed: Page::with(
                "We could not connect you",
                "This is ours to repair. Please try again later.",
            ),
            language: "en".to_owned(),
            connect_label: "Connect Square".to_owned(),
            not_now_label: "Not now".to_owned(),
            back_label: "Back to the application".to_owned(),
            stylesheet: None,
        }
    }
}

impl Pages {
    pub(super) fn check(&self) -> Result<(), OAuthError> {
        if let Page::At(path) = &self.ask {
            // `return_to` is added to it.
            local_path::check("ask", path, &['?', '#'])?;
        }
        for outcome in Outcome::ALL {
            if let Page::At(path) = self.of(outcome) {
                local_path::check(outcome.name(), path, &[])?;
            }
        }
        match &self.stylesheet {
            Some(path) => local_path::check("stylesheet", path, &[]),
            None => Ok(()),
        }
    }

    pub(super) const fn of(&self, outcome: Outcome) -> &Page {
        match outcome {
            Outcome::Declined => &self.declined,
            Outcome::Over => &self.over,
            Outcome::Expired => &self.expired,
            Outcome::Later => &self.later,
            Outcome::Failed => &self.failed,
        }
    }

    /// The question, before an attempt that may not be meant.
    pub(super) fn ask(&self, connect: &str, return_to: &str, home: &str) -> WebResponse {
        let (title, text) = match &self.ask {
            Page::Words { title, text } => (title, text),
            Page::At(path) => {
                let return_to = html::form_encoded(return_to);
                return WebResponse::see_other(&[path, "?return_to=", &return_to].concat(), None);
            }
        };
        let form = html::form(connect, return_to, &self.connect_label);
        let leave = html::link(home, &self.not_now_label);
        let content = [&*html::paragraph(text), &form, "<p>", &leave, "</p>"].concat();
        html::page(self, title, &content)
    }

    /// How it ended; none where the application has a page of its own for it.
    pub(super) fn outcome(
        &self,
        outcome: Outcome,
        connect: &str,
        home: &str,
    ) -> Option<WebResponse> {
        let Page::Words { title, text } = self.of(outcome) else {
            return None;
        };
        let again = html::button_link(connect, &self.connect_label);
        let back = html::link(home, &self.back_label);
        let content = [&*html::paragraph(text), "<p>", &again, " ", &back, "</p>"].concat();
        Some(html::page(self, title, &content))
    }
}
