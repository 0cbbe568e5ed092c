//! Everything that is shown to anybody: log lines, printed values, errors, panics.

use std::{
    collections::HashSet,
    fmt::{Debug, Display},
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
};

use square_oauth::OAuthError;
use tracing_subscriber::fmt::{MakeWriter, format::FmtSpan};

use super::{canaries, leaks::Leaks};

pub(crate) struct Screen {
    leaks: Leaks,
    /// Most texts are shown many times, and once is enough to look.
    seen: Mutex<HashSet<String>>,
    log: Log,
}

impl Screen {
    /// Shows everything at TRACE from here on, what others log too.
    pub(crate) fn start() -> Self {
        let log = Log::default();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::FULL)
            .without_time()
            .with_writer(log.clone())
            .init();
        let to_log = log.clone();
        std::panic::set_hook(Box::new(move |panic| {
            to_log.add(panic.to_string().as_bytes())
        }));
        Self {
            leaks: Leaks::of(&canaries::ALL),
            seen: Mutex::default(),
            log,
        }
    }

    /// Watches for a secret that came about on the way.
    pub(crate) fn also(&mut self, secret: &str) {
        self.leaks.also(secret);
        self.seen.lock().unwrap().clear();
    }

    #[track_caller]
    pub(crate) fn text(&self, what: &str, text: &str) {
        if !self.seen.lock().unwrap().insert(text.to_owned()) {
            return;
        }
        if let Some(piece) = self.leaks.find(text) {
            let _ = std::panic::take_hook();
            panic!("{what} shows {piece}: {text}");
        }
    }

    #[track_caller]
    pub(crate) fn debug(&self, value: &impl Debug) {
        let what = std::any::type_name_of_val(value);
        self.text(what, &format!("{value:?}"));
        self.text(what, &format!("{value:#?}"));
    }

    #[track_caller]
    pub(crate) fn display(&self, value: &impl Display) {
        self.text(std::any::type_name_of_val(value), &value.to_string());
    }

    /// Shows a result in every way there is, last by a panic.
    #[track_caller]
    #[allow(
        clippy::unnecessary_literal_unwrap,
        reason = "the panic's own text is what is looked at"
    )]
    pub(crate) fn result<T: Debug>(&self, result: Result<T, OAuthError>) {
        match result {
            Ok(value) => {
                self.debug(&value);
                let panic = catch_unwind(AssertUnwindSafe(|| Err::<(), T>(value).unwrap()));
                self.panic(panic);
            }
            Err(error) => {
                self.error(&error);
                let panic = catch_unwind(AssertUnwindSafe(|| Err::<(), _>(error).unwrap()));
                self.panic(panic);
            }
        }
    }

    #[track_caller]
    pub(crate) fn error(&self, error: &OAuthError) {
        self.debug(error);
        self.display(error);
        self.text("field", error.field().unwrap_or_default());
        for said in error.errors() {
            self.debug(said);
            self.display(said);
            for part in [&said.category, &said.code, &said.detail, &said.field] {
                self.text("part", part.as_deref().unwrap_or_default());
            }
        }
        let mut source = std::error::Error::source(error);
        while let Some(inner) = source {
            self.display(&inner);
            source = inner.source();
        }
    }

    #[track_caller]
    fn panic(&self, panic: Result<(), Box<dyn std::any::Any + Send>>) {
        let payload = panic.unwrap_err();
        self.text("a panic", payload.downcast_ref::<String>().unwrap());
    }

    /// Looks through all that was logged, and makes sure that everybody's lines were there.
    pub(crate) fn check_log(&self) {
        let log = self.log.0.lock().unwrap();
        let log = String::from_utf8_lossy(&log);
        for line in log.lines() {
            self.text("a log line", line);
        }
        let targets = [
            "square_oauth",
            "reqwest",
            "hyper_util",
            "rustls",
            "panicked at",
        ];
        for target in targets {
            let _ = std::panic::take_hook();
            assert!(log.contains(target), "{target} logs nothing any more");
        }
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn add(&self, bytes: &[u8]) {
        let mut log = self.0.lock().unwrap();
        log.extend_from_slice(bytes);
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
