//! Who keeps the runtime going: a thread that waits for a call, or one of its own.
//!
//! To hand a call to another thread, and its answer back, takes longer than all else that is done for it.
//! So a thread that waits does the work itself: for its own call, and for those of all who wait
//! meanwhile. An event loop must not wait; its first call starts a thread that does the work from then
//! on, for everybody.

use core::{
    future::{Future, pending},
    time::Duration,
};
use std::{io, sync::OnceLock, thread};

use tokio::{
    runtime::{Builder, Handle, Runtime},
    task::yield_now,
    time::timeout,
};

use super::per_process::PerProcess;

pub(super) struct Shared {
    pub(super) runtime: Runtime,
    /// Set once there is a thread that does nothing else than to keep it going.
    has_thread: OnceLock<()>,
}

const NAME: &str = "square-oauth";

static SHARED: PerProcess<Shared> = PerProcess::new();

pub(super) fn shared() -> Option<&'static Shared> {
    let make = || {
        let runtime = Builder::new_current_thread()
            .thread_name(NAME)
            .enable_all()
            .build()?;
        let has_thread = OnceLock::new();
        Ok::<_, io::Error>(Shared {
            runtime,
            has_thread,
        })
    };
    SHARED.get_or_try_init(make).ok()
}

/// Keeps the runtime going on this thread until there is something to do for it, and no longer than this.
pub(crate) fn drive(until: impl Future<Output = ()>, at_most: Duration) {
    match shared().filter(|_| is_outside()) {
        Some(shared) => {
            // Whatever ends this: whoever waits comes back.
            let _ = shared
                .runtime
                .block_on(async { timeout(at_most, until).await });
        }
        None => thread::park_timeout(at_most),
    }
}

/// Sees to it that the runtime is kept going from now on; false where no thread can be had.
pub(crate) fn keep_going() -> bool {
    let Some(shared) = shared() else { return false };
    if shared.has_thread.get().is_some() {
        return true;
    }
    // Two threads may both start one, of which the second waits for the first to end.
    let thread = thread::Builder::new().name(NAME.to_owned());
    let started = thread.spawn(|| shared.runtime.block_on(pending::<()>()));
    if started.is_ok() {
        shared.has_thread.get_or_init(|| ());
    }
    started.is_ok()
}

/// Lets what was let go of come to its end: tasks close connections, and run only while somebody waits.
pub(crate) fn settle() {
    let existing = SHARED.get_or_try_init(|| Err(()));
    if let Some(shared) = existing.ok().filter(|_| is_outside())
        && shared.has_thread.get().is_none()
    {
        shared.runtime.block_on(async {
            // What a task leaves to the next one is done in the second turn.
            yield_now().await;
            yield_now().await;
        });
    }
}

/// Whether this thread may keep a runtime going: it must not be doing so already, as it is where a panic is
/// being logged.
fn is_outside() -> bool {
    Handle::try_current().is_err()
}
