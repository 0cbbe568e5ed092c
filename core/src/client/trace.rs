//! One span for each call. Names and fields are public: `docs/logging.md` lists them.
//!
//! Never a secret, a body or a URL's query: only names and numbers of the library's own.

#[cfg(feature = "tracing")]
pub(crate) use on::Trace;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::Trace;

#[cfg(feature = "tracing")]
mod on {
    use tracing::{Instrument, Span, debug, field::Empty, info_span, warn};

    use crate::error::OAuthError;

    #[derive(Clone)]
    pub(crate) struct Trace(Span);

    macro_rules! call {
        ($name:literal $(, $field:ident = $value:expr)?) => {
            Trace(info_span!(
                target: "square_oauth",
                $name,
                $($field = $value,)?
                attempt = Empty,
                http_status = Empty,
                error_code = Empty,
                duration_ms = Empty,
            ))
        };
    }

    impl Trace {
        /// Nobody's span, for a sending whose call is made elsewhere.
        pub(crate) fn none() -> Self {
            Self(Span::none())
        }

        pub(in crate::client) fn obtain_token(grant: &'static str) -> Self {
            call!("square_oauth.obtain_token", grant = grant)
        }

        pub(in crate::client) fn revoke_token() -> Self {
            call!("square_oauth.revoke_token")
        }

        pub(in crate::client) fn retrieve_token_status() -> Self {
            call!("square_oauth.retrieve_token_status")
        }

        pub(in crate::client) fn check_application() -> Self {
            call!("square_oauth.check_application")
        }

        pub(in crate::client) fn within<F: Future>(
            &self,
            future: F,
        ) -> tracing::instrument::Instrumented<F> {
            future.instrument(self.0.clone())
        }

        pub(in crate::client) fn attempted(&self, attempt: u32) {
            self.0.record("attempt", attempt);
        }

        pub(in crate::client) fn repeating(&self, attempt: u32, wait_ms: u64) {
            debug!(target: "square_oauth", attempt, wait_ms, "repeating");
        }

        pub(in crate::client) fn answered(&self, status: u16) {
            self.0.record("http_status", status);
        }

        pub(in crate::client) fn ignored(&self, field: &'static str) {
            let _entered = self.0.enter();
            warn!(target: "square_oauth", field, "field ignored");
        }

        pub(in crate::client) fn ended(&self, error: Option<&OAuthError>, duration_ms: u64) {
            self.0.record("duration_ms", duration_ms);
            let _entered = self.0.enter();
            match error {
                None => debug!(target: "square_oauth", duration_ms, "succeeded"),
                Some(error) => {
                    self.0.record("error_code", error.code());
                    warn!(
                        target: "square_oauth",
                        error_code = error.code(),
                        error_kind = error.kind().name(),
                        retryable = error.retryable(),
                        duration_ms,
                        "failed"
                    );
                }
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use crate::error::OAuthError;

    #[derive(Clone)]
    pub(crate) struct Trace;

    impl Trace {
        pub(crate) const fn none() -> Self {
            Self
        }

        pub(in crate::client) const fn obtain_token(_grant: &'static str) -> Self {
            Self
        }

        pub(in crate::client) const fn revoke_token() -> Self {
            Self
        }

        pub(in crate::client) const fn retrieve_token_status() -> Self {
            Self
        }

        pub(in crate::client) const fn check_application() -> Self {
            Self
        }

        pub(in crate::client) const fn within<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in crate::client) const fn attempted(&self, _attempt: u32) {}

        pub(in crate::client) const fn repeating(&self, _attempt: u32, _wait_ms: u64) {}

        pub(in crate::client) const fn answered(&self, _status: u16) {}

        pub(in crate::client) const fn ignored(&self, _field: &'static str) {}

        pub(in crate::client) const fn ended(&self, _error: Option<&OAuthError>, _duration: u64) {}
    }
}
