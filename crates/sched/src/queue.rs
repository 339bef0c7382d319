//! Threads that wait for one thing: the plain data inside a `Lock`, a `Condition`, a `Queue` ...
//!
//! Invariant: only the holder of the GIL touches a queue; every method verifies that and aborts otherwise. So an
//! uncontended lock costs no atomic operation, and `fork` finds every queue in order.

use crate::registry::{Thread, ThreadId, assert_held};
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::sync::Arc;

/// Waiting threads, first come first served. Empty, it has allocated nothing.
pub struct WaitQueue(UnsafeCell<VecDeque<Arc<Thread>>>);

// SAFETY: every access goes through `with`, which only the holder of the GIL passes.
unsafe impl Send for WaitQueue {}
// SAFETY: as above.
unsafe impl Sync for WaitQueue {}

impl Default for WaitQueue {
    fn default() -> Self {
        Self::new()
    }
}

impl WaitQueue {
    /// Empty.
    pub const fn new() -> Self {
        WaitQueue(UnsafeCell::new(VecDeque::new()))
    }

    fn with<R>(&self, f: impl FnOnce(&mut VecDeque<Arc<Thread>>) -> R) -> R {
        assert_held();
        // SAFETY: we hold the GIL, and the closures below neither release it nor come back here.
        f(unsafe { &mut *self.0.get() })
    }

    /// Whether nobody waits. After a fork, threads that only the parent has still count.
    pub fn is_empty(&self) -> bool {
        self.with(|q| q.is_empty())
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.with(|q| q.len())
    }

    /// Who waits, first come first.
    pub fn ids(&self) -> Vec<ThreadId> {
        self.with(|q| q.iter().map(|t| t.id).collect())
    }

    /// Wakes the first that still waits. `None` if there is none.
    pub fn wake_one(&self) -> Option<ThreadId> {
        // Those passed over have been woken by `wake`, or stayed behind in the parent at a fork.
        while let Some(thread) = self.with(|q| q.pop_front()) {
            if thread.wake() {
                return Some(thread.id);
            }
        }
        None
    }

    /// Wakes everybody; returns how many.
    pub fn wake_all(&self) -> usize {
        std::iter::from_fn(|| self.wake_one()).count()
    }

    pub(crate) fn push(&self, thread: Arc<Thread>) {
        self.with(|q| q.push_back(thread));
    }

    /// A thread leaves that no wake-up has taken out.
    pub(crate) fn remove(&self, thread: &Thread) {
        self.with(|q| q.retain(|t| t.id != thread.id));
    }
}
