//! How the handlers behave, and what sellers read.

use std::sync::Arc;

use square_oauth::web;
pub use square_oauth::web::{Page, Pages};

use crate::{authorization::Authorize, webhooks::Webhooks};

/// How the handlers behave. `web_options` has the values that are right for most.
///
/// All paths are as browsers see them: with whatever a proxy or a framework puts before yours.
#[derive(Clone, Debug, uniffi::Record)]
pub struct WebOptions {
    /// How browsers reach this server: `https://` and a host, or `http://` on loopback. Its callback path
    /// is what you register as the redirect URL at Square.
    pub public_url: String,
    /// What to ask each seller for.
    pub authorize: Authorize,
    /// Where *connect* is served, by `GET` and `POST`. Default `/connect`.
    pub connect_path: String,
    /// Where *callback* is served, by `GET`; how an attempt ended is shown there too. Default `/callback`.
    pub callback_path: String,
    /// Where a seller goes once they are connected, if *connect* was not given a `return_to`; the pages
    /// link there too. Default `/`.
    pub return_to: String,
    /// What sellers read on their way.
    pub pages: Pages,
    /// The webhook subscriptions; none, and deliveries are answered with 404.
    pub webhooks: Option<Arc<Webhooks>>,
}

/// Give the options with every default; `public_url` and the scopes have none.
#[uniffi::export]
#[must_use]
pub fn web_options(public_url: String, authorize: Authorize) -> WebOptions {
    // Without `..`, so that an option that comes or goes does not compile.
    let web::WebOptions {
        public_url,
        authorize,
        connect_path,
        callback_path,
        return_to,
        pages,
        webhooks: _,
    } = web::WebOptions {
        public_url,
        authorize,
        ..web::WebOptions::default()
    };
    WebOptions {
        public_url,
        authorize,
        connect_path,
        callback_path,
        return_to,
        pages,
        webhooks: None,
    }
}

impl From<WebOptions> for web::WebOptions {
    fn from(options: WebOptions) -> Self {
        let WebOptions {
            public_url,
            authorize,
            connect_path,
            callback_path,
            return_to,
            pages,
            webhooks,
        } = options;
        Self {
            public_url,
            authorize: Authorize {
                scopes: square_oauth::scopes(authorize.scopes),
                ..authorize
            },
            connect_path,
            callback_path,
            return_to,
            pages,
            webhooks: webhooks.map(|webhooks| webhooks.inner.clone()),
        }
    }
}

/// The pages that sellers may see on their way, each with words of ours, words of yours, or an address of
/// yours.
#[uniffi::remote(Record)]
pub struct Pages {
    /// For whoever comes to *connect* from another site: one press of its button starts. A page of your
    /// own gets `return_to` in its query; it holds a form that posts `return_to` to the connect path, and
    /// must not be framed (`Content-Security-Policy: frame-ancestors 'none'`) nor have
    /// `Referrer-Policy: no-referrer`.
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
#[uniffi::remote(Enum)]
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
