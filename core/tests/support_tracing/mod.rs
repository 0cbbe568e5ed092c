//! A subscriber that keeps spans and events as data.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex},
};

use tracing::{
    Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    /// The names of all fields, whether they have a value or not.
    pub(crate) declared: Vec<&'static str>,
    /// The values as they were at the end, by name.
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) is_closed: bool,
}

impl Span {
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) target: &'static str,
    pub(crate) level: &'static str,
    pub(crate) message: String,
    pub(crate) fields: Vec<(String, String)>,
    /// The span it happened in.
    pub(crate) span: Option<&'static str>,
}

/// Everything that is traced on this thread while this runs.
pub(crate) fn capture(run: impl FnOnce()) -> (Vec<Span>, Vec<Event>) {
    let log = Log::default();
    let subscriber = tracing_subscriber::registry().with(log.clone());
    tracing::subscriber::with_default(subscriber, run);
    let spans = log
        .spans
        .lock()
        .unwrap()
        .drain(..)
        .map(|(_, span)| span)
        .collect();
    let events = log.events.lock().unwrap().drain(..).collect();
    (spans, events)
}

#[derive(Clone, Default)]
struct Log {
    spans: Arc<Mutex<Vec<(Id, Span)>>>,
    events: Arc<Mutex<Vec<Event>>>,
}

impl Log {
    fn change(&self, id: &Id, change: impl FnOnce(&mut Span)) {
        let mut spans = self.spans.lock().unwrap();
        if let Some((_, span)) = spans.iter_mut().rev().find(|(other, _)| other == id) {
            change(span);
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Log {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let metadata = attributes.metadata();
        let mut values = Values::default();
        attributes.record(&mut values);
        let span = Span {
            name: metadata.name(),
            target: metadata.target(),
            declared: metadata.fields().iter().map(|field| field.name()).collect(),
            fields: values.sorted(),
            is_closed: false,
        };
        self.spans.lock().unwrap().push((id.clone(), span));
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, _: Context<'_, S>) {
        self.change(id, |span| {
            let mut values = Values(span.fields.drain(..).collect());
            record.record(&mut values);
            span.fields = values.sorted();
        });
    }

    fn on_event(&self, event: &tracing::Event<'_>, context: Context<'_, S>) {
        let mut values = Values::default();
        event.record(&mut values);
        let message = values.0.remove("message").unwrap_or_default();
        self.events.lock().unwrap().push(Event {
            target: event.metadata().target(),
            level: event.metadata().level().as_str(),
            message,
            fields: values.sorted(),
            span: context.event_span(event).map(|span| span.name()),
        });
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        self.change(&id, |span| span.is_closed = true);
    }
}

#[derive(Default)]
struct Values(BTreeMap<String, String>);

impl Values {
    fn sorted(self) -> Vec<(String, String)> {
        self.0.into_iter().collect()
    }
}

impl Visit for Values {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}
