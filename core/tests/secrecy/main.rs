//! A secret planted in every place a secret can be is found in no log line at TRACE (ours or of
//! anything below us), no error, no `Debug` and no panic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod answers;
mod calls;
mod canaries;
mod inputs;
mod leaks;
mod never;
mod screen;
#[path = "../support_server/mod.rs"]
mod support_server;
mod types;

use screen::Screen;

#[tokio::test]
async fn no_planted_secret_is_ever_shown() {
    let mut screen = Screen::start();
    types::all(&mut screen);
    inputs::all(&mut screen);
    calls::answered(&mut screen).await;
    calls::answered_on_the_wire(&mut screen).await;
    calls::unanswered(&mut screen).await;
    calls::through_a_proxy(&mut screen).await;
    screen.check_log();
}
