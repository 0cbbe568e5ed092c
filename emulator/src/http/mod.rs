//! The HTTP side: connections, requests and replies as plain values, and which path leads where.

mod body;
pub(crate) mod call;
mod gate;
pub(crate) mod reply;
mod router;
mod server;

pub(crate) use self::{
    gate::Gate,
    server::{Server, Shared, bind, deliver},
};
