//! The HTTP side: connections, requests and replies as plain values, and which path leads where.

mod body;
pub(crate) mod call;
mod gate;
#[cfg(fuzzing)]
mod in_memory;
pub(crate) mod reply;
mod router;
mod server;

#[cfg(fuzzing)]
pub use self::in_memory::{InMemory, InMemoryReply};
pub(crate) use self::{
    gate::Gate,
    server::{Server, Shared, bind, deliver},
};
