//! What all targets share: an application, its secrets, a moment.

use square_oauth::{Application, ClientOptions, Environment, Timestamp, protocol::Setup};

/// 2026-01-15T12:00:00Z, which the vectors' pending values are good at.
pub(crate) const NOW: Timestamp = Timestamp::from_unix_ms(1_768_478_400_000);
/// The vectors' application.
pub(crate) const ID: &str = "sandbox-sq0idb-uaPHILoPzWZk3tlJqlML0g";
pub(crate) const SECRET: &str = "sandbox-sq0csb-30a-4C_tVOnTh14Piza2BfTPBXyLafLPWSzY1qAjeBfM";

pub(crate) fn confidential() -> Setup {
    setup(Application::confidential(ID, SECRET))
}

pub(crate) fn public() -> Setup {
    setup(Application::public(ID))
}

fn setup(application: Application) -> Setup {
    let options = ClientOptions::default();
    let setup = Setup::new(Environment::Sandbox, application, &options, "fuzz");
    setup.expect("the application is a valid one")
}

/// The input as text, each byte that is none replaced.
pub(crate) fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// The first line, and what follows it.
pub(crate) fn line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}
