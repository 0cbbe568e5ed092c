//! The emulator over real HTTP, as any client sees it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where what is not as expected must fail"
)]

mod any_input;
mod authorize;
mod browser;
mod control;
mod control_page;
mod faults;
mod gate;
mod malformed;
mod obtain_token;
mod pkce;
mod receiver;
mod resources;
mod revoke;
mod story;
mod switches;
mod token_status;
