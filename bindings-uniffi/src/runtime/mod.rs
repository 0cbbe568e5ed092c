//! What calls run on: one tokio runtime and one pool of connections for each process.
//!
//! The client's logic is polled by whoever waits for a call. Only the exchange of bytes is spawned here,
//! behind a guard that aborts it when they let go. Everything that a fork would break belongs to one
//! process and is made anew in the child.

mod drive;
mod gate;
mod local;
mod per_process;
mod timers;
mod transport;
#[cfg_attr(not(target_os = "linux"), path = "no_turns.rs")]
mod turns;
mod waiting;

use tokio::runtime::Handle;

pub(crate) use drive::{descriptor, drive, keep_going, settle, turn};
pub(crate) use gate::enter;
use gate::is_left;
pub use gate::leave;
pub(crate) use local::Local;
pub(crate) use timers::Timers;
pub(crate) use transport::SpawningTransport;
pub(crate) use waiting::{Waiting, is_alone};

/// This process's runtime, made by the first call; none where the machine has nothing to make it of.
fn handle() -> Option<Handle> {
    Some(drive::shared()?.runtime.handle().clone())
}
