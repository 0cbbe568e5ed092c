//! An emulator to look at, and what the tests ask of it.

use square_oauth_emulator::{Config, Emulator};

pub(crate) async fn emulator() -> Emulator {
    Emulator::start(Config::default()).await.unwrap()
}

/// Where an application sends a seller.
pub(crate) fn authorize_url(emulator: &Emulator) -> String {
    format!(
        "{}/oauth2/authorize?client_id={}&scope=MERCHANT_PROFILE_READ+PAYMENTS_READ&state=a%20b%26c",
        emulator.public_url(),
        emulator.client_id()
    )
}

/// Where the emulator's own page for developers is.
pub(crate) fn control_page(emulator: &Emulator) -> String {
    format!("{}/_emulator/", emulator.public_url())
}
