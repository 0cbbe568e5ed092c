//! The rules of `docs/web-handlers.md`, one test for each, by a real browser's requests against the
//! real server and the emulator.

mod callback;
mod connect;
mod disconnect;
mod refresh;
mod status;
mod webhook;
mod world;
