//! How an event loop hears of its calls.
//!
//! A call goes on when a thread of ours has something for it. That thread could enter the foreign program
//! to say so; but it would wait there for the interpreter's lock, once for each call, and die in it when
//! the interpreter ends. So it leaves a number, and the first one to do so writes to a pipe that the loop
//! watches as it watches any socket: however many calls go on at once, the loop wakes up once.

use core::fmt;
use std::{
    io::{self, PipeReader, PipeWriter, Read as _, Write as _},
    mem,
    sync::{Arc, Mutex, PoisonError},
    task::{Wake, Waker},
};

use crate::runtime::Local;

/// Tells one event loop which of its calls have something to do.
#[derive(uniffi::Object)]
pub struct Bell(Arc<Local<Inner>>);

struct Inner {
    rung: Mutex<Vec<u64>>,
    /// None where the machine has none to give.
    pipe: Option<(PipeReader, PipeWriter)>,
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
        })))
    }

    /// Give the file descriptor that can be read from when the bell has rung; none where there is none
    /// to watch. It is this object's, and only for watching.
    pub fn descriptor(&self) -> Option<i32> {
        descriptor(&self.0.get()?.pipe.as_ref()?.0)
    }

    /// Take the numbers that it has rung with since the last time. Never waits.
    pub fn rung(&self) -> Vec<u64> {
        self.0.get().map(Inner::take).unwrap_or_default()
    }
}

impl Bell {
    pub(crate) fn waker(&self, number: u64) -> Waker {
        let bell = self.0.clone();
        Waker::from(Arc::new(Ring { bell, number }))
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
    fn ring(&self, number: u64) {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        // One byte is in the pipe for as long as there are numbers, so neither end ever waits.
        if let (true, Some((_, writer))) = (rung.is_empty(), &self.pipe) {
            // Both ends are here: there is nothing that could fail.
            let _ = (&mut &*writer).write_all(&[0]);
        }
        rung.push(number);
    }

    fn take(&self) -> Vec<u64> {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        if let (false, Some((reader, _))) = (rung.is_empty(), &self.pipe) {
            let _ = (&mut &*reader).read_exact(&mut [0]);
        }
        mem::take(&mut rung)
    }
}

struct Ring {
    bell: Arc<Local<Inner>>,
    number: u64,
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
