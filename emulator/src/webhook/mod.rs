//! Webhooks: events, their signatures, the deliveries that were tried, and the sending itself.

mod deliveries;
mod event;
mod sender;
mod signature;

pub(crate) use self::{
    deliveries::{Deliveries, Delivery, Progress},
    event::Event,
    sender::send,
};
