//! The core's web handlers: values in, answers out. What waits, and what calls whom, is JavaScript's.

mod callback;
mod handlers;
mod options;
mod records;
mod webhook;

pub use callback::{Connected, Exchange};
pub use handlers::{arrive, connect, handlers, is_from_own_page};
pub use webhook::deliver;
