//! Deliveries: every event of an application with a notification URL, and what became of it. The
//! latest thousand.

use std::collections::VecDeque;

use super::{Event, signature};
use crate::{
    state::{Application, State},
    timestamp::Timestamp,
};

#[derive(Default)]
pub(crate) struct Deliveries {
    latest: VecDeque<Delivery>,
    /// Numbers of deliveries that are to be sent now, in this order.
    outbox: VecDeque<u64>,
    next: u64,
}

/// One event for one application, as it goes over the wire.
#[derive(Clone)]
pub(crate) struct Delivery {
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) client_id: String,
    pub(crate) url: String,
    pub(crate) event: Event,
    pub(crate) sha256_signature: String,
    pub(crate) sha1_signature: String,
    pub(crate) created_at: Timestamp,
    pub(crate) attempts: u32,
    pub(crate) progress: Progress,
}

/// How far a delivery has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Kept back until it is asked for.
    Held,
    /// To be sent, or being sent.
    Sending,
    /// Answered with this status.
    Answered(u16),
    /// Not answered.
    Failed(String),
}

impl Deliveries {
    const ROOM: usize = 1000;

    /// Sign an event for an application and queue it; nothing happens without a notification URL.
    pub(crate) fn queue(
        &mut self,
        application: &Application,
        event: Event,
        hold: bool,
        now: Timestamp,
    ) -> Option<u64> {
        let url = application.webhook_url.clone()?;
        let key = application.webhook_key.expose();
        self.next += 1;
        self.latest.push_back(Delivery {
            number: self.next,
            client_id: application.client_id.to_string(),
            sha256_signature: signature::sha256(key, &url, &event.body),
            sha1_signature: signature::sha1(key, &url, &event.body),
            url,
            event,
            created_at: now,
            attempts: 0,
            progress: Progress::Held,
        });
        if self.latest.len() > Self::ROOM {
            self.latest.pop_front();
        }
        if !hold {
            self.release(self.next);
        }
        Some(self.next)
    }

    /// Send a delivery, for the first time or again, with the same bytes.
    pub(crate) fn release(&mut self, number: u64) {
        if let Some(delivery) = self.find(number) {
            delivery.progress = Progress::Sending;
            self.outbox.push_back(number);
        }
    }

    /// What is to be sent now.
    pub(crate) fn take_outbox(&mut self) -> Vec<Delivery> {
        let numbers = std::mem::take(&mut self.outbox);
        numbers
            .into_iter()
            .filter_map(|number| self.find(number).cloned())
            .collect()
    }

    pub(crate) fn record(&mut self, number: u64, progress: Progress) {
        if let Some(delivery) = self.find(number) {
            delivery.attempts += 1;
            delivery.progress = progress;
        }
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.latest.iter()
    }

    fn find(&mut self, number: u64) -> Option<&mut Delivery> {
        self.latest
            .iter_mut()
            .rev()
            .find(|delivery| delivery.number == number)
    }
}

impl State {
    /// Queue an event for an application's subscription.
    pub(crate) fn queue_webhook(
        &mut self,
        client_id: &str,
        event: Event,
        now: Timestamp,
    ) -> Option<u64> {
        let application = self
            .applications
            .iter()
            .find(|application| &*application.client_id == client_id)?;
        self.deliveries
            .queue(application, event, application.hold_webhooks, now)
    }
}
