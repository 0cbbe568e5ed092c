//! No foreign code is entered from our threads once the foreign program is on its way out.
//!
//! An interpreter that is being torn down ends every foreign thread that enters it, in the middle of
//! Rust's frames, which aborts the process. So wake-ups, the one way in, pass through here.

use core::{
    future::Future,
    pin::pin,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    task::{Context, Waker},
    time::Duration,
};
use std::{future::poll_fn, sync::Arc, task::Wake, thread};

static LEFT: AtomicBool = AtomicBool::new(false);
static ENTERED: AtomicUsize = AtomicUsize::new(0);

const TICK: Duration = Duration::from_millis(1);
/// Whoever is inside has to wait for the interpreter's lock at most, so this is plenty.
const MOST_TICKS: u32 = 50;

/// Call this before the interpreter is torn down, without holding its lock: afterwards no thread of this
/// library enters it. Calls on their way never end; new ones are not sent.
#[uniffi::export]
pub fn leave() {
    LEFT.store(true, Ordering::SeqCst);
    for _ in 0..MOST_TICKS {
        if ENTERED.load(Ordering::SeqCst) == 0 {
            return;
        }
        thread::park_timeout(TICK);
    }
}

pub(crate) fn is_left() -> bool {
    LEFT.load(Ordering::SeqCst)
}

/// The same future, whose wake-ups end with [`leave`].
pub(crate) async fn gated<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let waker = Waker::from(Arc::new(Gated(context.waker().clone())));
        future.as_mut().poll(&mut Context::from_waker(&waker))
    })
    .await
}

struct Gated(Waker);

impl Wake for Gated {
    fn wake(self: Arc<Self>) {
        // In this order: whoever sees that nobody has left is seen by whoever leaves.
        ENTERED.fetch_add(1, Ordering::SeqCst);
        if !is_left() {
            self.0.wake_by_ref();
        }
        ENTERED.fetch_sub(1, Ordering::SeqCst);
    }
}
