//! The core's events, handed to the language's own logging.

mod fields;
mod layer;

use core::sync::atomic::{AtomicU8, Ordering};
use std::{
    panic,
    sync::{Arc, PoisonError, RwLock},
};

use tracing_subscriber::{Registry, layer::SubscriberExt as _};

use self::layer::SinkLayer;
use crate::runtime::enter;

/// How much an event matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum LogLevel {
    /// For whoever looks for a cause.
    Debug,
    /// For the record.
    Info,
    /// Something did not go as it should.
    Warn,
    /// A bug.
    Error,
}

/// One fact about an event.
#[derive(Clone, Debug, uniffi::Record)]
pub struct LogField {
    /// Its name, as the page on logging lists it.
    pub name: String,
    /// Its value.
    pub value: LogValue,
}

/// The value of a fact.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum LogValue {
    /// A name or a word.
    Text {
        /// As it is.
        value: String,
    },
    /// A count, a status or a duration.
    Number {
        /// As it is.
        value: i64,
    },
    /// Yes or no.
    Flag {
        /// As it is.
        value: bool,
    },
}

/// One event. Free of secrets.
#[derive(Clone, Debug, uniffi::Record)]
pub struct LogRecord {
    /// How much it matters.
    pub level: LogLevel,
    /// What happened, e.g. `failed`.
    pub message: String,
    /// The call it happened in, e.g. `obtain_token`.
    pub call: Option<String>,
    /// The facts of the event and of the call it happened in.
    pub fields: Vec<LogField>,
}

/// What a sink may fail with; nothing comes of it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum LogFailure {
    /// The sink failed.
    Failed,
}

impl core::fmt::Display for LogFailure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the sink failed")
    }
}

impl std::error::Error for LogFailure {}

impl From<uniffi::UnexpectedUniFFICallbackError> for LogFailure {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// Takes events, on the thread that makes the call they are about.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// Take one event.
    fn log(&self, record: LogRecord) -> Result<(), LogFailure>;
}

static SINK: RwLock<Option<Arc<dyn LogSink>>> = RwLock::new(None);
/// The least level that is handed on; beyond all of them there is nothing.
static LEAST: AtomicU8 = AtomicU8::new(u8::MAX);

/// Hand events to this sink from now on; none ends it. The level is set apart.
#[uniffi::export]
pub fn set_log_sink(sink: Option<Arc<dyn LogSink>>) {
    // This library's own events only: nothing outside of it is registered here. It is there already
    // where a sink was set before.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(SinkLayer));
    *SINK.write().unwrap_or_else(PoisonError::into_inner) = sink;
}

/// Hand on what matters at least as much as this; none hands on nothing, which is how it begins.
#[uniffi::export]
pub fn set_log_level(least: Option<LogLevel>) {
    LEAST.store(
        least.map_or(u8::MAX, |least| least as u8),
        Ordering::Relaxed,
    );
}

fn is_wanted(level: LogLevel) -> bool {
    level as u8 >= LEAST.load(Ordering::Relaxed)
}

fn hand_on(record: LogRecord) {
    let sink = SINK
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .as_ref()
        .map(Arc::clone);
    let Some(sink) = sink else { return };
    enter(|| {
        // A sink that fails must not fail the call.
        let _ = sink.log(record);
    });
}

/// A panic is a bug of this library's. It becomes an error of the call; where it happened is logged, and
/// what it said is not, since nobody can tell what that holds.
pub(crate) fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map(|at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(target: "square_oauth", place, "panicked");
    }));
}
