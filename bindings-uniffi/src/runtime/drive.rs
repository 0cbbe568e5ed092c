//! Who keeps the runtime going: a thread that waits for a call, an event loop in turns, or a thread of its
//! own.
//!
//! To hand a call to another thread, and its answer back, takes longer than all else that is done for it.
//! So a thread that waits does the work itself: for its own call, and for those of all who wait
//! meanwhile. An event loop must not wait: it watches for work, and does what there is in turns. Where it
//! cannot watch, its first call starts a thread that does the work from then on, for everybody.

use core::{
    future::{Future, pending},
    time::Duration,
};
use std::{
    io,
    sync::{OnceLock, PoisonError, RwLock, TryLockError},
    thread,
};

use tokio::{
    runtime::{Builder, Handle, Runtime},
    task::yield_now,
    time::timeout,
};

use super::{per_process::PerProcess, turns::Turns, waiting};

pub(super) struct Shared {
    pub(super) runtime: Runtime,
    /// Readable whenever there is something to do, where turns can be taken.
    descriptor: Option<i32>,
    /// Whoever takes a turn is alone with the runtime, and so never waits for another to be done with it.
    turns: RwLock<Option<Turns>>,
    /// Set once there is a thread that does nothing else than to keep it going.
    has_thread: OnceLock<()>,
}

const NAME: &str = "square-oauth";

static SHARED: PerProcess<Shared> = PerProcess::new();

pub(super) fn shared() -> Option<&'static Shared> {
    let make = || {
        let mut builder = Builder::new_current_thread();
        let (runtime, turns) = Turns::runtime(builder.thread_name(NAME).enable_all())?;
        Ok::<_, io::Error>(Shared {
            runtime,
            descriptor: turns.as_ref().map(Turns::descriptor),
            turns: RwLock::new(turns),
            has_thread: OnceLock::new(),
        })
    };
    SHARED.get_or_try_init(make).ok()
}

impl Shared {
    /// Keeps the runtime going on this thread, as one of many.
    fn block_on(&self, future: impl Future) {
        let turns = self.turns.read().unwrap_or_else(PoisonError::into_inner);
        // Whatever came of it: whoever waits comes back.
        let _ = self.runtime.block_on(future);
        drop(turns);
        if waiting::is_any() {
            // What is left to do shall be heard of.
            self.runtime.spawn(async {});
        }
    }

    /// Does what there is to do, without waiting for anything; if somebody is there already, they do it.
    fn turn(&self) {
        let mut turns = match self.turns.try_write() {
            Ok(turns) => turns,
            Err(TryLockError::Poisoned(turns)) => turns.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        if let Some(turns) = turns.as_mut() {
            turns.take_one(&self.runtime);
        }
    }
}

/// Keeps the runtime going on this thread until there is something to do for it, and no longer than this.
pub(crate) fn drive(until: impl Future<Output = ()>, at_most: Duration) {
    match shared().filter(|_| is_outside()) {
        Some(shared) => shared.block_on(async { timeout(at_most, until).await }),
        None => thread::park_timeout(at_most),
    }
}

/// Readable whenever there is something to do; none where it takes a thread to hear of it.
pub(crate) fn descriptor() -> Option<i32> {
    shared()?.descriptor
}

/// Does what there is to do, without waiting for anything.
pub(crate) fn turn() {
    if let Some(shared) = existing() {
        shared.turn();
    }
}

/// Sees to it that a thread keeps the runtime going from now on; false where no thread can be had.
pub(crate) fn keep_going() -> bool {
    let Some(shared) = shared() else { return false };
    if shared.has_thread.get().is_some() {
        return true;
    }
    // Two threads may both start one, of which the second waits for the first to end.
    let thread = thread::Builder::new().name(NAME.to_owned());
    let started = thread.spawn(|| shared.block_on(pending::<()>()));
    if started.is_ok() {
        shared.has_thread.get_or_init(|| ());
    }
    started.is_ok()
}

/// Lets what was let go of come to its end: tasks close connections, and run only while somebody waits.
pub(crate) fn settle() {
    let Some(shared) = existing() else { return };
    if shared.has_thread.get().is_some() {
        return;
    }
    if shared.descriptor.is_some() {
        shared.turn();
    } else {
        shared.block_on(async {
            // What a task leaves to the next one is done in the second turn.
            yield_now().await;
            yield_now().await;
        });
    }
}

/// The one that there is, where this thread may keep it going: it must not be doing so already, as it is
/// where a panic is being logged.
fn existing() -> Option<&'static Shared> {
    let existing = SHARED.get_or_try_init(|| Err(()));
    existing.ok().filter(|_| is_outside())
}

fn is_outside() -> bool {
    Handle::try_current().is_err()
}
