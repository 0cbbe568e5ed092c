//! What listens to the core.

use tracing::{
    Event, Level, Metadata, Subscriber,
    span::{Attributes, Id, Record},
    subscriber::Interest,
};
use tracing_subscriber::{Layer, layer::Context, registry::LookupSpan};

use super::{LogLevel, LogRecord, fields::Fields, hand_on, is_wanted};

const TARGET: &str = "square_oauth";

pub(super) struct SinkLayer;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for SinkLayer {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        // What the libraries below say is theirs, and the level changes while the program runs.
        match metadata.target() {
            TARGET => Interest::sometimes(),
            _ => Interest::never(),
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _context: Context<'_, S>) -> bool {
        let is_call = metadata.is_span() && is_wanted(LogLevel::Error);
        metadata.target() == TARGET && (is_call || is_wanted(level(*metadata.level())))
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        span.extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(fields) = span.extensions_mut().get_mut::<Fields>() {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let span = context.event_span(event);
        let name = span.as_ref().map(|span| span.name());
        let call = name.map(|name| name.trim_start_matches("square_oauth.").to_owned());
        let mut fields = span
            .and_then(|span| span.extensions().get::<Fields>().cloned())
            .unwrap_or_default();
        event.record(&mut fields);
        hand_on(LogRecord {
            level: level(*event.metadata().level()),
            message: fields.message,
            call,
            fields: fields.list,
        });
    }
}

fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        _ => LogLevel::Debug,
    }
}
