//! The handlers of a web server that connects sellers, for the languages' own frameworks.
//!
//! The rules are the core's, and each language adds what its framework needs. Requests and answers are
//! objects, for there are cookies, codes and states in them, and records print what they hold.

mod callback;
mod handlers;
mod options;
mod request;
mod response;
mod webhook;

pub use callback::{Connected, Returned};
pub use handlers::WebHandlers;
pub use options::{Page, Pages, WebOptions, web_options};
pub use request::WebRequest;
pub use response::{Outcome, WebAnswer, WebResponse};
pub use webhook::Delivery;
