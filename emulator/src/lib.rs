//! Square's OAuth server, local, faithful and scriptable, for testing applications that connect
//! Square sellers.
//!
//! [`Emulator::start`] runs one inside your own tests; the binary of the same name runs one for any
//! language. It keeps real state (applications, sellers, codes, tokens), shows a consent page that
//! a person can use, answers errors the way Square has been seen to, and can be told over HTTP to
//! turn its clock, to fail, and what it has been asked.
//!
//! Where Square's behaviour is documented the emulator follows the documentation; where it is not,
//! what has been seen in the field; where nothing is known, a convention of its own that the
//! [`Switches`] name and can change.
//!
//! It is not affiliated with Square. It is not for production: it hands out every credential to
//! whoever can reach it.
#![forbid(unsafe_code)]

mod clock;
mod config;
mod control;
mod emulator;
mod fault;
mod http;
mod oauth;
mod pages;
mod random;
mod resources;
mod secret;
mod state;
mod timestamp;
mod webhook;

#[cfg(fuzzing)]
pub use self::http::{InMemory, InMemoryReply};
pub use self::{
    config::{
        Application, BrokenAnswers, Config, ConfigError, EarlyRefresh, ErrorShape, ExpiredCode,
        Location, NeverExpires, RateLimit, RefusalKind, Seller, Switches, TokenLimit,
        UnknownScopes, Webhook,
    },
    emulator::{Emulator, StartError},
    secret::Secret,
    timestamp::Timestamp,
};

/// The README's Rust compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
