//! Square says that something has happened, above all that a seller has disconnected.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use square_oauth::{
    EventDetail, OAuthError, SIGNATURE_HEADER, Timestamp, WebhookEvent, error::code,
};

use crate::app::App;

/// Takes the body as bytes: a body that was parsed and written again is another one, and its
/// signature does not match. Square repeats what is not answered with 2xx.
pub(crate) async fn delivered(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Some(webhooks) = &app.webhooks else {
        return StatusCode::NOT_FOUND;
    };
    // A header that is no text is malformed rather than missing.
    let signature = headers.get(SIGNATURE_HEADER);
    let signature = signature.map(|value| value.to_str().unwrap_or("?"));
    match webhooks.verify(&body, signature) {
        Ok(event) => {
            act_on(&app, &event);
            StatusCode::NO_CONTENT
        }
        Err(error) => {
            tracing::warn!(code = error.code(), "a delivery was refused: {error}");
            refusal(&error)
        }
    }
}

fn refusal(error: &OAuthError) -> StatusCode {
    if error.code() == code::SIGNATURE_MISMATCH.name() {
        StatusCode::UNAUTHORIZED
    } else if error.code() == code::EVENT_TOO_LARGE.name() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::BAD_REQUEST
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
