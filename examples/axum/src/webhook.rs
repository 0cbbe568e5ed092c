//! Square says that something has happened, above all that a seller has disconnected.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use square_oauth::{EventDetail, Timestamp, WebhookEvent, web::Delivery};

use crate::{
    adapter::{Whole, send, send_and_log},
    app::App,
};

/// Square repeats what is not answered with 2xx.
pub(crate) async fn delivered(State(app): State<Arc<App>>, Whole(request): Whole) -> Response {
    match app.handlers.webhook(&request) {
        Delivery::Verified { event, response } => {
            act_on(&app, &event);
            send(response)
        }
        Delivery::Refused(answer) => send_and_log(answer),
    }
}

/// Acts once for each event: deliveries repeat, and come out of order.
fn act_on(app: &App, event: &WebhookEvent) {
    let EventDetail::AuthorizationRevoked {
        revoked_at,
        revoker_type,
    } = &event.detail
    else {
        return;
    };
    let merchant_id = event.merchant_id.as_deref().unwrap_or_default();
    if !app.connections.is_new(&event.event_id) || is_old_news(app, merchant_id, *revoked_at) {
        return;
    }
    if app.connections.remove(merchant_id) {
        tracing::info!(merchant = merchant_id, "disconnected by {revoker_type}");
    }
}

/// A seller who has disconnected and connected again must not lose the new connection to a delivery
/// about the old one.
fn is_old_news(app: &App, merchant_id: &str, revoked_at: Option<Timestamp>) -> bool {
    let connection = app.connections.find(merchant_id);
    let connected_at = connection.map(|connection| connection.connected_at);
    matches!((revoked_at, connected_at), (Some(revoked), Some(connected)) if revoked < connected)
}
