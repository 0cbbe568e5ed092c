//! A value that belongs to the process that made it.

use std::{mem, process};

/// Dropped by the process that made it, and by no child of it: a child has neither the threads that
/// the value stands on, nor any way to tell whether one of its locks was held at the fork; and its
/// sockets are the parent's still.
pub(crate) struct Local<T> {
    process: u32,
    value: Option<T>,
}

impl<T> Local<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            process: process::id(),
            value: Some(value),
        }
    }

    /// None in another process than the one that made it.
    pub(crate) fn get(&self) -> Option<&T> {
        self.value.as_ref().filter(|_| self.is_here())
    }

    /// None in another process than the one that made it.
    pub(super) fn get_mut(&mut self) -> Option<&mut T> {
        let is_here = self.is_here();
        self.value.as_mut().filter(|_| is_here)
    }

    fn is_here(&self) -> bool {
        self.process == process::id()
    }
}

impl<T> Drop for Local<T> {
    fn drop(&mut self) {
        if !self.is_here() {
            mem::forget(self.value.take());
        }
    }
}
