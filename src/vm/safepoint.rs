//! Safepoints: backward jumps and function entries, where the GIL may change hands and signals are seen.

use super::signals;
use super::thread::{Frame, MAX_DEPTH, Thread};
use crate::object::breaker::{STRESS, TRACE};
use crate::object::{Result, Value, gc};
use crate::protocol::raise;
use crate::types::exception;
use minipy_sched::{Reason, WaitQueue, Wake};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

static RECURSION_LIMIT: AtomicUsize = AtomicUsize::new(1000);
/// The limit as the bytes of so many frames: what a call compares with. Zero while a thread is traced.
static FRAME_LIMIT: AtomicUsize = AtomicUsize::new(1000 * size_of::<Frame>());

/// `sys.getrecursionlimit()`
pub fn recursion_limit() -> usize {
    RECURSION_LIMIT.load(Ordering::Relaxed)
}

/// `sys.setrecursionlimit(n)`
pub fn set_recursion_limit(n: usize) {
    RECURSION_LIMIT.store(n, Ordering::Relaxed);
    publish_limit();
}

fn publish_limit() {
    let limit = if TRACED.load(Ordering::Relaxed) == 0 { true_limit() } else { 0 };
    FRAME_LIMIT.store(limit, Ordering::Relaxed);
}

/// The recursion limit in bytes of frames, whether a thread is traced or not.
pub(super) fn true_limit() -> usize {
    recursion_limit().min(MAX_DEPTH - 2) * size_of::<Frame>()
}

/// One more thread is traced, or one less: see `vm::trace`.
pub(super) fn count_traced(change: isize) {
    let others = TRACED.load(Ordering::Relaxed);
    TRACED.store(others.wrapping_add_signed(change), Ordering::Relaxed);
    if TRACED.load(Ordering::Relaxed) == 0 {
        minipy_sched::BREAKER.fetch_and(!TRACE, Ordering::Relaxed);
    } else {
        minipy_sched::BREAKER.fetch_or(TRACE, Ordering::Relaxed);
    }
    publish_limit();
}

/// After a fork: of the traced threads at most one is left.
pub(super) fn recount_traced(left: bool) {
    TRACED.store(0, Ordering::Relaxed);
    count_traced(left as isize);
}

/// What a call compares the bytes of the frames with.
#[inline(always)]
pub(super) fn frame_limit() -> usize {
    FRAME_LIMIT.load(Ordering::Relaxed)
}

/// Whether somebody wants something of the running thread: one relaxed load.
#[inline(always)]
pub fn requested() -> bool {
    minipy_sched::BREAKER.load(Ordering::Relaxed) != 0
}

/// How many threads are traced; changed with the GIL.
static TRACED: AtomicUsize = AtomicUsize::new(0);
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
