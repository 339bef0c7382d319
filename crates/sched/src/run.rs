//! What a running thread calls: to attach, to check the breaker, to leave the GIL for a system call, to wait
//! and to wake.
//!
//! Invariant: `HOLDS` of the calling thread is true exactly while it holds the GIL, so that code which needs the
//! GIL can verify that it has it.

use crate::door::{State, Wake};
use crate::gil::Stats;
use crate::hooks::{self, EventKind};
use crate::policy::{BREAKER, DROP_REQUEST, INTERRUPT, NUDGE, now};
use crate::queue::WaitQueue;
use crate::registry::{
    GIL, Reason, Thread, ThreadId, assert_held, broken, holds_gil, is_main_thread, main_thread, me, me_arc,
    set_holds, set_main, set_me, threads, with_table,
};
use crate::signals::may_wake;
use crate::sync::{AtomicBool, Nanos, Ordering};

/// Set by [`finish`]: the thread that holds the GIL keeps it for good.
pub(crate) static CLOSED: AtomicBool = AtomicBool::new(false);

/// What [`check`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Check {
    /// Nothing more to do.
    Continue,
    /// Ctrl-C is pending for the calling thread, until [`take_interrupt`].
    Interrupt,
}

/// Makes the calling thread the main thread; it holds the GIL from now on. Called once.
pub fn attach_main() {
    if main_thread().is_some() {
        broken("attach_main was called twice");
    }
    let thread = Thread::new("MainThread");
    thread.os_tid.store(os_tid(), Ordering::Relaxed);
    set_main(thread.clone());
    set_me(std::sync::Arc::as_ptr(&thread));
    take_gil(&thread);
    with_table(|t| t.add(thread));
}

/// Takes the GIL for the calling thread.
pub(crate) fn take_gil(me: &Thread) {
    GIL.acquire(&me.sleeper.waiter);
    set_holds(true);
    me.sleeper.set_state(State::Running);
}

/// Lets go of the GIL.
pub(crate) fn drop_gil(me: &Thread) {
    set_holds(false);
    GIL.release(&me.sleeper.waiter);
}

pub(crate) fn os_tid() -> i32 {
    // SAFETY: no arguments.
    unsafe { libc::syscall(libc::SYS_gettid) as i32 }
}

/// The calling thread.
#[inline]
pub fn current() -> ThreadId {
    me().id
}

/// Whether the calling thread is the main thread, the one that gets Ctrl-C.
pub fn is_main() -> bool {
    is_main_thread(me())
}

/// The main thread, which ends the interpreter when it ends.
pub fn main_id() -> ThreadId {
    main_thread().map_or_else(|| me().id, |t| t.id)
}

/// Called when [`BREAKER`] is not zero: hands the GIL over if a waiter has asked for it, and says whether Ctrl-C
/// is pending for the calling thread.
#[cold]
pub fn check() -> Check {
    if BREAKER.load(Ordering::Relaxed) & DROP_REQUEST != 0 {
        yield_now();
    } else if BREAKER.load(Ordering::Relaxed) & NUDGE != 0 {
        GIL.nudge();
    }
    if interrupt_pending(me()) { Check::Interrupt } else { Check::Continue }
}

/// Lets the first thread that waits for the GIL run, if there is one, and waits for the next turn.
pub fn yield_now() {
    assert_held();
    let me = me();
    if CLOSED.load(Ordering::Relaxed) {
        // The request of somebody who will not get it.
        BREAKER.fetch_and(!(DROP_REQUEST | NUDGE), Ordering::Relaxed);
        return;
    }
    hooks::note(me.id, EventKind::Dropping);
    me.sleeper.set_state(State::Ready);
    set_holds(false);
    GIL.switch(&me.sleeper.waiter);
    set_holds(true);
    me.sleeper.set_state(State::Running);
    hooks::note(me.id, EventKind::Resumed);
}

pub(crate) fn interrupt_pending(me: &Thread) -> bool {
    BREAKER.load(Ordering::Relaxed) & INTERRUPT != 0 && is_main_thread(me)
}

/// Whether Ctrl-C is pending for the calling thread; it is no longer pending then.
pub fn take_interrupt() -> bool {
    interrupt_pending(me()) && BREAKER.fetch_and(!INTERRUPT, Ordering::Relaxed) & INTERRUPT != 0
}

/// Takes the GIL back when dropped, so that a panic in the closure unwinds with it.
struct Back<'a>(&'a Thread);

impl Drop for Back<'_> {
    fn drop(&mut self) {
        let me = self.0;
        hooks::note(me.id, EventKind::Unblocked);
        me.sleeper.set_state(State::Ready);
        take_gil(me);
        hooks::note(me.id, EventKind::Reacquired);
    }
}

/// Runs `f`, a system call that may block, without the GIL. `f` is `Send`: that is what keeps it from touching a
/// Python value. Ctrl-C makes the main thread's call fail with `EINTR`.
pub fn without_gil<R: Send>(f: impl FnOnce() -> R + Send) -> R {
    assert_held();
    if CLOSED.load(Ordering::Relaxed) {
        return f();
    }
    let me = me();
    hooks::note(me.id, EventKind::Blocking);
    me.sleeper.set_state(State::Blocked);
    drop_gil(me);
    let _back = Back(me);
    f()
}

/// Runs `f` with the GIL inside of [`without_gil`]: what a library calls back that was called there. Where the GIL is
/// held already, it only calls `f`.
pub fn with_gil<R>(f: impl FnOnce() -> R) -> R {
    struct Leave<'a>(&'a Thread);
    impl Drop for Leave<'_> {
        fn drop(&mut self) {
            hooks::note(self.0.id, EventKind::Blocking);
            self.0.sleeper.set_state(State::Blocked);
            drop_gil(self.0);
        }
    }
    if holds_gil() {
        return f();
    }
    let me = me();
    drop(Back(me));
    let _leave = Leave(me);
    f()
}

/// Lets others run until somebody wakes the calling thread (by its place in `queue`, or by [`wake`]), until the
/// deadline (monotonic clock, see [`now`]), or until Ctrl-C. The thread has left `queue` when this returns.
///
/// A deadline that has passed already lets the next thread run all the same: `sleep(0)` yields.
/// [`Wake::Interrupted`] leaves Ctrl-C pending: call [`take_interrupt`], or the next wait ends at once.
pub fn wait(queue: Option<&WaitQueue>, reason: Reason, deadline: Option<Nanos>) -> Wake {
    assert_held();
    let me = me();
    if interrupt_pending(me) {
        return Wake::Interrupted;
    }
    if deadline.is_some_and(|d| d <= now()) {
        yield_now();
        return Wake::TimedOut;
    }
    if let Some(queue) = queue {
        queue.push(me_arc());
    }
    hooks::note(me.id, EventKind::Waiting(reason.what));
    me.set_waiting(reason, deadline);
    if deadline.is_none() {
        with_table(|t| t.awake -= 1);
        report_deadlock();
    }
    // After `finish` nobody else will ever run.
    let closed = CLOSED.load(Ordering::Relaxed);
    if !closed {
        drop_gil(me);
    }
    let seen = me.sleeper.sleep(deadline, now, || interrupt_pending(me));
    if !closed {
        GIL.acquire(&me.sleeper.waiter);
        set_holds(true);
    }
    let wake = me.sleeper.settle(seen);
    if wake != Wake::Woken && deadline.is_none() {
        with_table(|t| t.awake += 1);
    }
    // `WaitQueue::wake_one` has taken the thread out, unless the wait ended by itself or by `wake`.
    if let Some(queue) = queue.filter(|q| !q.is_empty()) {
        queue.remove(me);
    }
    hooks::note(me.id, EventKind::Waited);
    wake
}

/// Calls the deadlock hook if nobody is left to wake anybody. Needs the GIL.
pub(crate) fn report_deadlock() {
    // After `finish` the other threads can do nothing, whatever they are in.
    let closed = CLOSED.load(Ordering::Relaxed);
    let asleep = closed || with_table(|t| t.all_asleep());
    if asleep && BREAKER.load(Ordering::Relaxed) & INTERRUPT == 0 && !may_wake() {
        hooks::deadlock(&threads());
    }
}

/// Wakes a thread that waits, whatever it waits for. False if it does not wait. Needs the GIL.
pub fn wake(id: ThreadId) -> bool {
    with_table(|t| t.find(id)).is_some_and(|t| t.wake())
}

/// Lets others run for `time` nanoseconds. Never [`Wake::Woken`] but by [`wake`].
pub fn sleep(time: Nanos) -> Wake {
    let deadline = now().saturating_add(time);
    wait(None, Reason { what: "sleep", object: 0 }, Some(deadline))
}

/// Whether the thread has ended, or counts as ended by [`end_work`]. Needs the GIL.
pub fn is_finished(id: ThreadId) -> bool {
    with_table(|t| t.find(id)).is_none_or(|thread| thread.over.load(Ordering::Relaxed))
}

/// From now on the calling thread counts as ended for those who wait for that: the program's main thread, which
/// waits for the others in its turn. Needs the GIL.
pub fn end_work() {
    assert_held();
    let me = me();
    me.over.store(true, Ordering::Relaxed);
    me.joiners.wake_all();
}

/// Waits until the thread has ended: [`Wake::Woken`] then. Deadline as for [`wait`].
pub fn join(id: ThreadId, deadline: Option<Nanos>) -> Wake {
    match with_table(|t| t.find(id)) {
        Some(thread) if !thread.over.load(Ordering::Relaxed) => {
            wait(Some(&thread.joiners), Reason { what: "join", object: id.0 }, deadline)
        }
        _ => Wake::Woken,
    }
}

/// The interpreter ends: from now on the calling thread keeps the GIL, and every other thread sleeps for good
/// when it next wants it. Its own waits and system calls go on to work.
pub fn finish() {
    assert_held();
    CLOSED.store(true, Ordering::Relaxed);
}

/// `sys.setswitchinterval`, in nanoseconds; also for threads that wait already.
pub fn set_switch_interval(interval: Nanos) {
    GIL.policy.set_interval(interval);
    GIL.reconsider();
}

/// `sys.getswitchinterval`, in nanoseconds.
pub fn switch_interval() -> Nanos {
    GIL.policy.interval()
}

/// What has happened to the GIL in this process so far.
pub fn stats() -> Stats {
    GIL.stats()
}
