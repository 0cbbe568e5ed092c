//! How many wake-ups are owed to event loops: whoever stops keeping the runtime going leaves them the rest.

use core::sync::atomic::{AtomicUsize, Ordering};

static WAITING: AtomicUsize = AtomicUsize::new(0);

/// Counts for as long as it lives.
pub(crate) struct Waiting(());

impl Waiting {
    pub(crate) fn new() -> Self {
        WAITING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

/// Whether there is one at most.
pub(crate) fn is_alone() -> bool {
    WAITING.load(Ordering::SeqCst) < 2
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(super) fn is_any() -> bool {
    WAITING.load(Ordering::SeqCst) > 0
}
