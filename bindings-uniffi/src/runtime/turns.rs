//! Doing what there is to do and no more, for whoever must not wait.
//!
//! An event loop can keep the runtime going by itself if it hears when there is something to do. On Linux it
//! can: a runtime waits in an epoll set, and one such set may be watched as any socket is. tokio gives no
//! name to its own, so it is looked for: it is the one in which a descriptor of ours turns up.

use core::{future::poll_fn, pin::Pin, time::Duration};
use std::{
    fs,
    io::{self, PipeReader, Write as _},
    os::{
        fd::{AsRawFd as _, RawFd},
        unix::fs::MetadataExt as _,
    },
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::{
    io::{AsyncRead as _, ReadBuf},
    net::unix::pipe::Receiver,
    runtime::{Builder, Runtime},
    time::timeout,
};

/// After how long a turn goes on to no other task: a server that sends without an end keeps them from ever
/// being done.
const LONGEST: Duration = Duration::from_millis(5);

/// What ends a turn: a byte in a pipe that the runtime watches, put there when all tasks have nothing to
/// do. It is the last thing that is heard of, and the only one that nobody goes on with.
pub(super) struct Turns {
    mark: Receiver,
    is_wanted: Arc<AtomicBool>,
    descriptor: RawFd,
    longest: Duration,
}

impl Turns {
    /// A runtime, and its turns where it can be watched.
    pub(super) fn runtime(builder: &mut Builder) -> io::Result<(Runtime, Option<Self>)> {
        let Ok((mark, writer)) = io::pipe() else {
            return Ok((builder.build()?, None));
        };
        let is_wanted = Arc::new(AtomicBool::new(false));
        let wanted = is_wanted.clone();
        let runtime = builder
            // Events are heard of one by one, so that none comes together with the mark: what it wakes up
            // would be left lying.
            .max_io_events_per_tick(1)
            .on_thread_park(move || {
                if wanted.swap(false, Ordering::Relaxed) {
                    // Both ends are here: there is nothing that could fail.
                    let _ = (&mut &writer).write_all(&[0]);
                }
            })
            .build()?;
        let turns = Self::of(&runtime, mark, is_wanted);
        Ok((runtime, turns))
    }

    fn of(runtime: &Runtime, mark: PipeReader, is_wanted: Arc<AtomicBool>) -> Option<Self> {
        let _entered = runtime.enter();
        let mark = Receiver::from_owned_fd(mark.into()).ok()?;
        let descriptor = watcher_of(mark.as_raw_fd())?;
        Some(Self {
            mark,
            is_wanted,
            descriptor,
            longest: LONGEST,
        })
    }

    /// Readable whenever there is something to do.
    pub(super) fn descriptor(&self) -> RawFd {
        self.descriptor
    }

    /// Lets the tasks do what they can in a moment, without waiting for anything; what is left is heard of
    /// as all else. Nobody else may keep this runtime going meanwhile.
    pub(super) fn take_one(&mut self, runtime: &Runtime) {
        self.is_wanted.store(true, Ordering::Relaxed);
        // Room for more than there is: what was not filled is known to be empty without a second look.
        let mut mark = [0; 2];
        let mut mark = ReadBuf::new(&mut mark);
        let marked = poll_fn(|context| Pin::new(&mut self.mark).poll_read(context, &mut mark));
        // Both ends are here: there is nothing that could fail, but there may be too much to do.
        let _ = runtime.block_on(async { timeout(self.longest, marked).await });
        if self.is_wanted.swap(false, Ordering::Relaxed) {
            runtime.spawn(async {});
        }
    }
}

/// The epoll set that has this descriptor in it.
fn watcher_of(watched: RawFd) -> Option<RawFd> {
    let inode = fs::metadata(format!("/proc/self/fd/{watched}")).ok()?.ino();
    let open = fs::read_dir("/proc/self/fdinfo").ok()?.flatten();
    let mut open: Vec<RawFd> = open
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    // It was opened a moment ago as well, so it is near, however many there are.
    open.sort_by_key(|descriptor| descriptor.abs_diff(watched));
    let (watched, inode) = (watched.to_string(), format!("ino:{inode:x}"));
    let is_it = |line: &str| {
        let mut words = line.split_ascii_whitespace();
        words.next() == Some("tfd:")
            && words.next() == Some(&watched)
            && words.any(|word| word == inode)
    };
    open.into_iter().find(|descriptor| {
        let about = fs::read_to_string(format!("/proc/self/fdinfo/{descriptor}"));
        about.is_ok_and(|about| about.lines().any(is_it))
    })
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::AtomicUsize;

    use tokio::{net::unix::pipe::pipe, task::yield_now};

    use super::*;

    fn runtime() -> (Runtime, Turns) {
        let mut builder = Builder::new_current_thread();
        let (runtime, turns) = Turns::runtime(builder.enable_all()).unwrap();
        // However busy the machine is, nothing here is late but what never ends.
        let longest = Duration::from_secs(3600);
        let turns = turns.map(|turns| Turns { longest, ..turns });
        (runtime, turns.unwrap())
    }

    #[test]
    fn the_set_is_found_that_our_descriptor_is_in_and_no_other() {
        let [(one, of_one), (two, of_two)] = [runtime(), runtime()];
        assert_ne!(of_one.descriptor(), of_two.descriptor());
        for turns in [&of_one, &of_two] {
            let name = fs::read_link(format!("/proc/self/fd/{}", turns.descriptor())).unwrap();
            assert_eq!(name.to_str(), Some("anon_inode:[eventpoll]"));
            assert_eq!(watcher_of(turns.mark.as_raw_fd()), Some(turns.descriptor()));
        }
        let nobodys = io::pipe().unwrap();
        assert_eq!(watcher_of(nobodys.0.as_raw_fd()), None);
        drop((one, two));
    }

    #[test]
    fn what_needs_no_event_is_done_in_one_turn() {
        let (runtime, mut turns) = runtime();
        let done = Arc::new(AtomicUsize::new(0));
        for round in 1..=3 {
            for _ in 0..100 {
                let done = done.clone();
                runtime.spawn(async move {
                    yield_now().await;
                    let inner = tokio::spawn(yield_now());
                    assert!(inner.await.is_ok());
                    done.fetch_add(1, Ordering::Relaxed);
                });
            }
            turns.take_one(&runtime);
            assert_eq!(done.load(Ordering::Relaxed), round * 100);
        }
    }

    #[test]
    fn events_are_heard_of_in_turns_and_none_is_waited_for() {
        let (runtime, mut turns) = runtime();
        let entered = runtime.enter();
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..100).map(|_| pipe().unwrap()).unzip();
        drop(entered);
        let done = Arc::new(AtomicUsize::new(0));
        for receiver in receivers {
            let done = done.clone();
            runtime.spawn(async move {
                assert!(receiver.readable().await.is_ok());
                done.fetch_add(1, Ordering::Relaxed);
            });
        }
        turns.take_one(&runtime);
        assert_eq!(done.load(Ordering::Relaxed), 0);
        for (sender, told) in senders.iter().zip(1..) {
            assert_eq!(sender.try_write(&[0]).unwrap(), 1);
            turns.take_one(&runtime);
            assert_eq!(done.load(Ordering::Relaxed), told);
        }
    }

    #[test]
    fn tasks_that_never_end_are_left_in_time_and_heard_of() {
        let (runtime, mut turns) = runtime();
        turns.longest = LONGEST;
        // Each time asks the kernel for events: all of them together take seconds.
        const TIMES: usize = 10_000_000;
        let done = Arc::new(AtomicUsize::new(0));
        let counted = done.clone();
        runtime.spawn(async move {
            for _ in 0..TIMES {
                yield_now().await;
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut before = 0;
        for _ in 0..3 {
            turns.take_one(&runtime);
            // What is put there from outside wakes up whoever watches.
            assert_eq!(runtime.metrics().global_queue_depth(), 1);
            let now = done.load(Ordering::Relaxed);
            assert!((before + 1..TIMES).contains(&now), "{before}, then {now}");
            before = now;
        }
    }
}
