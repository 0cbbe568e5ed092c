//! One value for each process, made by its first use there.

use std::sync::OnceLock;

use super::local::Local;

/// Holds no lock while a value is made: a lock that another thread holds at a fork stays locked in the
/// child for ever. So it is a list that only grows, one entry for each generation of forks.
pub(super) struct PerProcess<T> {
    first: OnceLock<Box<Entry<T>>>,
}

struct Entry<T> {
    value: Local<T>,
    next: OnceLock<Box<Self>>,
}

impl<T> PerProcess<T> {
    pub(super) const fn new() -> Self {
        Self {
            first: OnceLock::new(),
        }
    }

    /// This process's value. Two threads may both make one; the first to finish is kept.
    pub(super) fn get_or_try_init<E>(&self, make: impl Fn() -> Result<T, E>) -> Result<&T, E> {
        let mut slot = &self.first;
        loop {
            let Some(entry) = slot.get() else {
                // Made before it is put there, so that the slot is busy for no longer than a move takes.
                let _ = slot.set(Box::new(Entry {
                    value: Local::new(make()?),
                    next: OnceLock::new(),
                }));
                continue;
            };
            match entry.value.get() {
                Some(value) => return Ok(value),
                None => slot = &entry.next,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn a_process_makes_its_value_once_and_a_failure_is_not_kept() {
        let values = PerProcess::new();
        assert_eq!(values.get_or_try_init(|| Err::<u8, _>("no")), Err("no"));
        assert_eq!(values.get_or_try_init(|| Ok::<_, Infallible>(1)), Ok(&1));
        assert_eq!(values.get_or_try_init(|| Ok::<_, Infallible>(2)), Ok(&1));
    }
}
