//! The seller is back from Square.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use square_oauth::web::{Outcome, Returned};

use crate::{
    adapter::{Whole, send, send_and_log},
    app::App,
    config::CALLBACK,
    pages::see_other,
};

/// On a task of its own: a server drops the handler when the browser hangs up, and by then the code
/// may be spent. The tokens have to be stored all the same.
pub(crate) async fn arrived(State(app): State<Arc<App>>, Whole(request): Whole) -> Response {
    let exchange = tokio::spawn(async move {
        match app.handlers.callback(&request).await {
            Returned::Answer(answer) => send_and_log(answer),
            Returned::Connected(connected) => {
                app.on_connected(connected.tokens().clone());
                // Where storing can fail: `connected.failed()`, and a line in the log.
                send(connected.stored())
            }
        }
    });
    exchange.await.unwrap_or_else(|stopped| {
        tracing::error!("an exchange did not end: {stopped}");
        see_other(&format!("{CALLBACK}?outcome={}", Outcome::Failed.name()))
    })
}
