//! What calls run on: one tokio runtime and one pool of connections for each process.
//!
//! The client's logic is polled by the foreign side, on its own executor. Only the exchange of bytes is
//! spawned here, behind a guard that aborts it when the foreign side lets go. Everything that a fork
//! would break belongs to one process and is made anew in the child.

mod gate;
mod local;
mod per_process;
mod timers;
mod transport;

use tokio::runtime::{Builder, Handle, Runtime};

use self::per_process::PerProcess;
use gate::is_left;
pub use gate::leave;
pub(crate) use gate::{enter, gated};
pub(crate) use timers::Timers;
pub(crate) use transport::SpawningTransport;

/// Two: a TLS handshake on one must not keep the other calls waiting.
const WORKERS: usize = 2;

static RUNTIME: PerProcess<Runtime> = PerProcess::new();

/// This process's runtime, started by the first call; none where no thread can be had.
fn handle() -> Option<Handle> {
    let start = || {
        Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .thread_name("square-oauth")
            .enable_all()
            .build()
    };
    let runtime = RUNTIME.get_or_try_init(start).ok()?;
    Some(runtime.handle().clone())
}
