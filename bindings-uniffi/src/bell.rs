//! How an event loop hears of its calls.
//!
//! A call goes on when a thread has something for it. If that is the loop's own, as it is where the loop
//! watches the runtime and does its work, it leaves a number, and the loop looks when it has finished.
//! Another thread could enter the foreign program to say so; but it would wait there for the interpreter's
//! lock, once for each call, and die in it when the interpreter ends. So the first one to leave a number
//! writes to a pipe that the loop watches as it watches any socket: however many calls go on at once, the
//! loop wakes up once.

use core::{
    fmt,
    sync::atomic::{AtomicBool, Ordering},
};
use std::{
    io::{self, PipeReader, PipeWriter, Read as _, Write as _},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Wake, Waker},
};

use crate::runtime::{self, Local, Waiting};

/// Tells one event loop which of its calls have something to do.
#[derive(uniffi::Object)]
pub struct Bell(Arc<Local<Inner>>);

struct Inner {
    rung: Mutex<Rung>,
    /// None where the machine has none to give.
    pipe: Option<(PipeReader, PipeWriter)>,
    /// Whether the loop does the runtime's work, rather than a thread.
    works: AtomicBool,
}

#[derive(Default)]
struct Rung {
    numbers: Vec<u64>,
    /// Whether a byte is in the pipe.
    is_told: bool,
    /// Whether the loop is at work, and looks when it has finished.
    is_here: bool,
}

#[uniffi::export]
impl Bell {
    /// Make one, for this process alone: a forked child's loops have theirs.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "to make one opens a pipe")]
    pub fn new() -> Self {
        Self(Arc::new(Local::new(Inner {
            rung: Mutex::default(),
            pipe: io::pipe().ok(),
            works: AtomicBool::new(false),
        })))
    }

    /// Give the file descriptor that can be read from when the bell has rung; none where there is none
    /// to watch. It is this object's, and only for watching.
    pub fn descriptor(&self) -> Option<i32> {
        descriptor(&self.0.get()?.pipe.as_ref()?.0)
    }

    /// Give the file descriptor that can be read from when there is work that the loop could do; none
    /// where a thread has to. It is the runtime's, and only for watching.
    pub fn work_descriptor(&self) -> Option<i32> {
        runtime::descriptor()
    }

    /// Say that the loop watches for work as well, and asks for numbers at least as often as a timer may
    /// be late; until then a thread does the work.
    pub fn will_work(&self) {
        if let Some(inner) = self.0.get() {
            inner.works.store(true, Ordering::Relaxed);
        }
    }

    /// Take the numbers that it has rung with since the last time, after the work, if that is the loop's.
    /// Never waits.
    pub fn rung(&self) -> Vec<u64> {
        self.work_and(Inner::take).unwrap_or_default()
    }
}

impl Bell {
    pub(crate) fn waker(&self, number: u64) -> Waker {
        Waker::from(Arc::new(Ring {
            bell: self.0.clone(),
            number,
            _waiting: Waiting::new(),
        }))
    }

    /// Sees to it that the work is done from now on; false where nobody can be had for it.
    pub(crate) fn is_served(&self) -> bool {
        let works = |inner: &Inner| inner.works.load(Ordering::Relaxed);
        self.0.get().is_some_and(works) || runtime::keep_going()
    }

    /// Does the work, if it is this loop's.
    pub(crate) fn work(&self) {
        self.work_and(Inner::tell);
    }

    fn work_and<T>(&self, then: impl FnOnce(&Inner, &mut Rung) -> T) -> Option<T> {
        let inner = self.0.get()?;
        if inner.works.load(Ordering::Relaxed) {
            inner.rung().is_here = true;
            runtime::turn();
        }
        let mut rung = inner.rung();
        rung.is_here = false;
        Some(then(inner, &mut rung))
    }
}

#[cfg(unix)]
fn descriptor(reader: &PipeReader) -> Option<i32> {
    use std::os::fd::AsRawFd as _;
    Some(reader.as_raw_fd())
}

#[cfg(not(unix))]
fn descriptor(_: &PipeReader) -> Option<i32> {
    None
}

impl Inner {
    fn rung(&self) -> MutexGuard<'_, Rung> {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self, number: u64) {
        let mut rung = self.rung();
        rung.numbers.push(number);
        self.tell(&mut rung);
    }

    /// At most one byte is in the pipe, so neither end ever waits.
    fn tell(&self, rung: &mut Rung) {
        if rung.is_here || rung.is_told || rung.numbers.is_empty() {
            return;
        }
        if let Some((_, writer)) = &self.pipe {
            // Both ends are here: there is nothing that could fail.
            let _ = (&mut &*writer).write_all(&[0]);
        }
        rung.is_told = true;
    }

    fn take(&self, rung: &mut Rung) -> Vec<u64> {
        if let (true, Some((reader, _))) = (rung.is_told, &self.pipe) {
            let _ = (&mut &*reader).read_exact(&mut [0]);
        }
        rung.is_told = false;
        mem::take(&mut rung.numbers)
    }
}

struct Ring {
    bell: Arc<Local<Inner>>,
    number: u64,
    _waiting: Waiting,
}

impl Wake for Ring {
    fn wake(self: Arc<Self>) {
        if let Some(bell) = self.bell.get() {
            bell.ring(self.number);
        }
    }
}

impl fmt::Debug for Bell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bell")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_every_number_once_and_has_a_byte_in_its_pipe_meanwhile() {
        let bell = Bell::new();
        assert!(bell.rung().is_empty());
        for round in 0..3 {
            let [one, two] = [bell.waker(round), bell.waker(round + 10)];
            one.wake_by_ref();
            two.wake();
            one.wake();
            assert_eq!(bell.rung(), [round, round + 10, round]);
            assert!(bell.rung().is_empty());
        }
    }

    #[test]
    fn a_wake_up_that_comes_when_nobody_listens_any_more_is_none() {
        let bell = Bell::new();
        let late = bell.waker(1);
        drop(bell);
        late.wake();
    }
}
