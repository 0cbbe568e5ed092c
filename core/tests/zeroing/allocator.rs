//! An allocator that looks at what is given back.
#![allow(
    unsafe_code,
    reason = "an allocator cannot be written without; this one hands everything on to the system's"
)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

/// What every planted secret has in it.
pub(crate) const MARK: &str = "Kanarienvogel";

/// How the mark looks inside base64, at each of the three places in a group of bytes, without the
/// characters that its neighbours have a part in.
const IN_BASE64: [&str; 3] = ["S2FuYXJpZW52b2dl", "thbmFyaWVudm9nZW", "LYW5hcmllbnZvZ2Vs"];

#[global_allocator]
static WATCHFUL: Watchful = Watchful;

thread_local! {
    // Each test runs on a thread of its own, and so does what it watches.
    static WATCHING: Cell<bool> = const { Cell::new(false) };
    static LEAKS: Cell<Leaks> = const { Cell::new(Leaks::NONE) };
}

/// Blocks that were freed with a secret in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Leaks {
    pub(crate) count: usize,
    /// The size of the first of them, to find it by.
    pub(crate) first_size: usize,
}

impl Leaks {
    pub(crate) const NONE: Self = Self {
        count: 0,
        first_size: 0,
    };
}

/// Counts the blocks that are freed with a secret in them while this runs, on this thread.
pub(crate) fn watch(run: impl FnOnce()) -> Leaks {
    LEAKS.set(Leaks::NONE);
    WATCHING.set(true);
    run();
    WATCHING.set(false);
    LEAKS.get()
}

struct Watchful;

// SAFETY: every call goes to the system's allocator with the caller's own arguments. Growing is
// left to the trait's default, which allocates, copies and frees, so that what a block leaves
// behind when it moves is looked at every time and not only when the system happens to move it.
unsafe impl GlobalAlloc for Watchful {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeroed, so that what is found in a block was put there by its owner.
        // SAFETY: the caller's promises are the system's demands.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if WATCHING.get() {
            // SAFETY: the block is the caller's until the next line, and all of it was initialised
            // by `alloc`.
            look(unsafe { std::slice::from_raw_parts(block, layout.size()) });
        }
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}

/// Must not allocate.
fn look(block: &[u8]) {
    let holds = |text: &str| {
        let mut windows = block.windows(text.len());
        windows.any(|window| window == text.as_bytes())
    };
    if !holds(MARK) && !IN_BASE64.into_iter().any(holds) {
        return;
    }
    let mut leaks = LEAKS.get();
    if leaks == Leaks::NONE {
        leaks.first_size = block.len();
    }
    leaks.count += 1;
    LEAKS.set(leaks);
}
