//! What a web server has to do when a seller connects, whatever its framework: from plain requests
//! to plain answers, without sending, waiting or storing anything by itself.
//!
//! `docs/web-handlers.md` gives the reason for each rule. An adapter makes a [`WebRequest`] out of
//! its framework's, calls [`WebHandlers`], and sends the [`WebResponse`] as it is.
//!
//! ```
//! use square_oauth::{Authorize, OAuthClient, OAuthError, scopes, web::{WebHandlers, WebOptions, WebRequest}};
//!
//! fn connect(square: OAuthClient, request: &WebRequest) -> Result<u16, OAuthError> {
//!     let handlers = WebHandlers::new(square, WebOptions {
//!         public_url: "https://app.example".to_owned(),
//!         authorize: Authorize { scopes: scopes(["PAYMENTS_READ"]), ..Authorize::default() },
//!         ..WebOptions::default()
//!     })?;
//!     Ok(handlers.connect(request).response.status)
//! }
//! ```

mod answer;
mod callback;
mod connect;
mod cookies;
mod fetch;
mod handlers;
mod html;
mod local_path;
mod options;
mod outcome;
mod pages;
mod request;
mod response;
mod webhook;

pub use answer::Answer;
pub use callback::{Arrival, CodeExchange, Connected, Returned};
pub use handlers::{WebHandlers, is_from_own_page};
pub use options::WebOptions;
pub use outcome::Outcome;
pub use pages::{Page, Pages};
pub use request::WebRequest;
pub use response::WebResponse;
pub use webhook::{Delivery, webhook};
