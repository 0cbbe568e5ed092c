//! The section about webhooks.

use maud::{Markup, html};

use super::{SHOWN, form, table, tail};
use crate::{state::State, timestamp::Timestamp, webhook::Progress};

pub(super) fn webhooks(state: &State, _now: Timestamp) -> Markup {
    let rows: Vec<Vec<Markup>> = state
        .deliveries
        .iter()
        .rev()
        .take(SHOWN)
        .map(|delivery| {
            let progress = match &delivery.progress {
                Progress::Held => "held".to_owned(),
                Progress::Sending => "being sent".to_owned(),
                Progress::Answered(status) => format!("answered {status}"),
                Progress::Failed(why) => format!("failed: {why}"),
            };
            vec![
                html! { (delivery.event.kind) },
                html! { code { (delivery.url) } },
                html! { (progress) },
                html! { (delivery.attempts) },
                form("webhooks", "redeliver", &html! {
                    button type="submit" name="event_id" value=(delivery.event.event_id) { "Send again" }
                }),
            ]
        })
        .collect();
    html! {
        @for application in &state.applications {
            @let id = &application.client_id;
            h3 { (application.name) }
            (form("webhooks", "subscribe", &html! {
                input type="hidden" name="client_id" value=(id);
                label {
                    "Notification URL "
                    input name="url" type="url" value=[application.webhook_url.as_deref()]
                        placeholder="http://localhost:3000/webhooks";
                }
                label.choice {
                    input type="checkbox" name="hold" checked[application.hold_webhooks];
                    "hold events back"
                }
                button type="submit" { "Save" }
                span { "Key " (tail(application.webhook_key.expose())) }
            }))
            @if application.webhook_url.is_some() {
                (form("webhooks", "send", &html! {
                    input type="hidden" name="client_id" value=(id);
                    button type="submit" name="type" value="webhooks.test_notification" { "Send a test event" }
                }))
            }
        }
        h3 { "Deliveries" }
        (table("Deliveries", &["Event", "To", "Progress", "Attempts", "Again"], &rows))
    }
}
