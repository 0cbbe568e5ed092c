//! The core as WebAssembly. It adapts and decides nothing: values in, records out, and the ports
//! of the core over what the JavaScript beside it (`npm/src`) brings.

pub mod call;
pub mod callback;
pub mod client;
pub mod clients;
pub mod environment;
pub mod error;
pub mod host;
mod records;
#[cfg(feature = "web")]
pub mod web;
pub mod webhooks;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
