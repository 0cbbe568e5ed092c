//! The client of this crate as the judge knows a library: the same contract as over HTTP, in one process.

use serde_json::to_value;
use square_oauth::host::Host;
use square_oauth_conformance::{Call, Library, Outcome};

/// Answers over the host that it is given for the time of a call.
pub(crate) struct InProcess<F>(pub(crate) F);

impl<F: Fn(i64) -> Host> Library for InProcess<F> {
    async fn call(&self, call: Call) -> Result<Outcome, String> {
        let call = to_value(call).map_err(|why| why.to_string())?;
        let call = square_oauth_subject::Call::read(call)?;
        let host = (self.0)(call.now_ms);
        Outcome::read(call.answer(host).await?)
    }
}

/// The native ports, but for the clock, which stands where a call says.
#[cfg(feature = "native")]
pub(crate) fn native() -> InProcess<impl Fn(i64) -> Host> {
    use square_oauth::{Timestamp, host::ManualClock, native::NativeOptions};

    let host = Host::native(&NativeOptions::default()).unwrap();
    InProcess(move |now_ms| Host {
        clock: std::sync::Arc::new(ManualClock::at(Timestamp::from_unix_ms(now_ms))),
        ..host.clone()
    })
}
