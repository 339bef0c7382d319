//! What the interpreter hangs into the scheduler: the deadlock report, what surrounds a fork, and a trace.
//!
//! They are plain function pointers, so that an unused one costs a load and a comparison. Invariant: hooks are
//! called by a thread that holds the GIL, except for [`EventKind::Unblocked`].

use crate::registry::{ThreadId, ThreadInfo};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Called when every thread waits and none will wake by itself: prints a report and ends the process. Should it
/// return, the threads wait on.
pub type DeadlockHook = fn(&[ThreadInfo]);

/// What is called around a fork, by the forking thread. The interpreter's own process-wide locks (standard
/// output's) are taken in `before` and released or made anew after it.
#[derive(Clone, Copy)]
pub struct ForkHooks {
    /// Before it.
    pub before: fn(),
    /// After it, in the parent; also if it failed.
    pub parent: fn(),
    /// After it, in the child, where the scheduler is ready for use.
    pub child: fn(),
}

/// Something that has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// To whom.
    pub thread: ThreadId,
    /// What.
    pub kind: EventKind,
}

/// Kinds of [`Event`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Has started another thread.
    Spawned(ThreadId),
    /// Runs for the first time.
    Started,
    /// Offers the GIL to the next thread: it was asked to, or yields.
    Dropping,
    /// Has the GIL back after [`EventKind::Dropping`].
    Resumed,
    /// Begins a system call.
    Blocking,
    /// Is back from a system call and wants the GIL.
    Unblocked,
    /// Has the GIL back after [`EventKind::Unblocked`].
    Reacquired,
    /// Begins to wait for a thing of this kind.
    Waiting(&'static str),
    /// Has waited, and has the GIL back.
    Waited,
    /// Has ended.
    Finished,
}

static EVENT: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());
static DEADLOCK: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());
static FORK: OnceLock<ForkHooks> = OnceLock::new();

/// Sets what is called on every event; `None` for nothing.
pub fn set_event_hook(hook: Option<fn(Event)>) {
    EVENT.store(hook.map_or(std::ptr::null_mut(), |h| h as *mut ()), Ordering::Release);
}

/// Sets what is called on a deadlock.
pub fn set_deadlock_hook(hook: DeadlockHook) {
    DEADLOCK.store(hook as *mut (), Ordering::Release);
}

/// Sets what is called around forks. The first call counts.
pub fn set_fork_hooks(hooks: ForkHooks) {
    let _ = FORK.set(hooks);
}

#[inline]
pub(crate) fn note(thread: ThreadId, kind: EventKind) {
    let hook = EVENT.load(Ordering::Acquire);
    if !hook.is_null() {
        // SAFETY: only `set_event_hook` stores there, function pointers of this type.
        let hook = unsafe { std::mem::transmute::<*mut (), fn(Event)>(hook) };
        hook(Event { thread, kind });
    }
}

pub(crate) fn deadlock(threads: &[ThreadInfo]) {
    let hook = DEADLOCK.load(Ordering::Acquire);
    if !hook.is_null() {
        // SAFETY: only `set_deadlock_hook` stores there, function pointers of this type.
        let hook = unsafe { std::mem::transmute::<*mut (), DeadlockHook>(hook) };
        hook(threads);
    }
}

pub(crate) fn fork_hooks() -> Option<&'static ForkHooks> {
    FORK.get()
}
