//! Safepoints: backward jumps and function entries, where the GIL may change hands and signals are seen.

use super::thread::{Frame, MAX_DEPTH, Thread};
use crate::object::Result;
use crate::protocol::raise;
use crate::types::exception;
use std::sync::atomic::{AtomicUsize, Ordering};

static RECURSION_LIMIT: AtomicUsize = AtomicUsize::new(1000);
/// The limit as the bytes of so many frames: what a call compares with.
static FRAME_LIMIT: AtomicUsize = AtomicUsize::new(1000 * size_of::<Frame>());

/// `sys.getrecursionlimit()`
pub fn recursion_limit() -> usize {
    RECURSION_LIMIT.load(Ordering::Relaxed)
}

/// `sys.setrecursionlimit(n)`
pub fn set_recursion_limit(n: usize) {
    RECURSION_LIMIT.store(n, Ordering::Relaxed);
    FRAME_LIMIT.store(n.min(MAX_DEPTH - 2) * size_of::<Frame>(), Ordering::Relaxed);
}

/// The recursion limit in bytes of frames.
#[inline(always)]
pub(super) fn frame_limit() -> usize {
    FRAME_LIMIT.load(Ordering::Relaxed)
}

/// Whether somebody wants something of the running thread: one relaxed load.
#[inline(always)]
pub fn requested() -> bool {
    minipy_sched::BREAKER.load(Ordering::Relaxed) != 0
}

/// Hands the GIL over if that was asked for, and raises `KeyboardInterrupt` if that is due.
#[cold]
pub fn run(_th: &Thread) -> Result<()> {
    match minipy_sched::check() {
        minipy_sched::Check::Interrupt => interrupted(),
        minipy_sched::Check::Continue => Ok(()),
    }
}

/// `KeyboardInterrupt` if Ctrl-C is pending for the calling thread.
pub fn interrupted() -> Result<()> {
    if minipy_sched::take_interrupt() {
        return Err(crate::object::Raised(exception::new(&exception::KEYBOARD_INTERRUPT, Vec::new())));
    }
    Ok(())
}

/// `RecursionError`
#[cold]
pub fn too_deep(doing: &str) -> crate::object::Raised {
    raise(&exception::RECURSION_ERROR, format!("maximum recursion depth exceeded{doing}"))
}
