//! "Connect Square" was clicked, or the button of the page that asks first.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use crate::{
    adapter::{Whole, send_and_log},
    app::App,
};

pub(crate) async fn clicked(State(app): State<Arc<App>>, Whole(request): Whole) -> Response {
    send_and_log(app.handlers.connect(&request))
}
