//! Safepoints: backward jumps and function entries, where the GIL may change hands and signals are seen.

use super::signals;
use super::thread::{Frame, MAX_DEPTH, Thread};
use crate::object::{Result, Value, gc};
use crate::protocol::raise;
use crate::types::exception;
use minipy_sched::{Reason, WaitQueue, Wake};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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

/// Bit of the breaker: a stress mode is on, so that every safepoint is taken.
const STRESS: u32 = 1 << 8;
static SWITCH_ALWAYS: AtomicBool = AtomicBool::new(false);
/// How many threads are inside [`stress`]: never more than one.
static INSIDE: AtomicUsize = AtomicUsize::new(0);

/// Turns stress modes on, named as in `MINIPY_STRESS`: `inside` checks at every safepoint that no other thread
/// executes Python code, `switch` also offers the GIL to the others there. False: there is no such mode.
pub fn set_stress(mode: &str) -> bool {
    match mode {
        "inside" => {}
        "switch" => SWITCH_ALWAYS.store(true, Ordering::Relaxed),
        _ => return false,
    }
    minipy_sched::BREAKER.fetch_or(STRESS, Ordering::Relaxed);
    true
}

fn stress() {
    if INSIDE.fetch_add(1, Ordering::SeqCst) != 0 {
        eprintln!("minipy: two threads execute Python code at once");
        std::process::abort();
    }
    // Time for another thread to get in, if it could.
    for _ in 0..16 {
        std::hint::spin_loop();
    }
    INSIDE.fetch_sub(1, Ordering::SeqCst);
    if SWITCH_ALWAYS.load(Ordering::Relaxed) {
        minipy_sched::yield_now();
    }
}

/// Collects cycles if that is due, hands the GIL over if that was asked for, and handles signals.
#[cold]
pub fn run(_th: &Thread) -> Result<()> {
    gc::collect_if_due();
    if minipy_sched::BREAKER.load(Ordering::Relaxed) & STRESS != 0 {
        stress();
    }
    match minipy_sched::check() {
        minipy_sched::Check::Interrupt => interrupted(),
        minipy_sched::Check::Continue => Ok(()),
    }
}

/// Handles the signals that have come, if the calling thread is the main one: by default Ctrl-C raises
/// `KeyboardInterrupt`.
pub fn interrupted() -> Result<()> {
    if minipy_sched::take_interrupt() {
        return signals::deliver();
    }
    Ok(())
}

/// How long something may wait: `None` for ever, else until this moment of the monotonic clock, in nanoseconds.
pub type Deadline = Option<u64>;

/// Lets other threads run until somebody wakes the calling one by its place in `queue`: true then. False if
/// the deadline has passed, or for no reason. `object` is what it waits for and `what` the kind of that, for
/// the report on a deadlock. Handles signals, which may raise.
pub fn wait(queue: &WaitQueue, object: &Value, what: &'static str, deadline: Deadline) -> Result<bool> {
    let th = Thread::current();
    let before = th.waits_for.replace(object.clone());
    let wake = minipy_sched::wait(Some(queue), Reason { what, object: object.id() }, deadline);
    drop(th.waits_for.replace(before));
    if wake == Wake::Interrupted {
        interrupted()?;
    }
    Ok(wake == Wake::Woken)
}

/// `RecursionError`
#[cold]
pub fn too_deep(doing: &str) -> crate::object::Raised {
    raise(&exception::RECURSION_ERROR, format!("maximum recursion depth exceeded{doing}"))
}
