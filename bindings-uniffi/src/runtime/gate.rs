//! No foreign code is entered from our threads once the foreign program is on its way out.
//!
//! An interpreter that is being torn down ends every thread that enters it, in the middle of Rust's
//! frames, which aborts the process. So what is logged, the one way in, passes through here.

use core::{
    convert::Infallible,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};
use std::thread;

use super::per_process::PerProcess;

/// One for each process: whoever was inside at a fork is not inside in the child.
static GATE: PerProcess<Gate> = PerProcess::new();

#[derive(Default)]
struct Gate {
    is_left: AtomicBool,
    entered: AtomicUsize,
}

const TICK: Duration = Duration::from_millis(1);
/// Whoever is inside waits for the interpreter's lock and little else; on a busy machine that takes its
/// time, and to end the process under it is worse than to be late.
const MOST_TICKS: u32 = 1000;

/// Call this before the interpreter is torn down, without holding its lock: afterwards no thread of this
/// library enters it. Calls on their way never end; new ones are not sent.
#[uniffi::export]
pub fn leave() {
    let Some(gate) = gate() else { return };
    gate.is_left.store(true, Ordering::SeqCst);
    for _ in 0..MOST_TICKS {
        if gate.entered.load(Ordering::SeqCst) == 0 {
            return;
        }
        thread::park_timeout(TICK);
    }
}

pub(crate) fn is_left() -> bool {
    gate().is_none_or(|gate| gate.is_left.load(Ordering::SeqCst))
}

/// Enters foreign code, unless the program is on its way out.
pub(crate) fn enter(foreign: impl FnOnce()) {
    let Some(gate) = gate() else { return };
    // In this order: whoever sees that nobody has left is seen by whoever leaves.
    gate.entered.fetch_add(1, Ordering::SeqCst);
    if !gate.is_left.load(Ordering::SeqCst) {
        foreign();
    }
    gate.entered.fetch_sub(1, Ordering::SeqCst);
}

fn gate() -> Option<&'static Gate> {
    let make = || Ok::<_, Infallible>(Gate::default());
    GATE.get_or_try_init(make).ok()
}
