//! The global interpreter lock and everything that waits: a small library that knows no Python object.
//!
//! **The flow**, which is the order of the modules: `sync` (a futex word, a lock never waited for), `linger`
//! (looking before sleeping) → `gil` (the
//! protocol of the lock) → `door` (sleeping and being woken) → `policy` (when turns end; the clock) → `registry`
//! (who there is) → `queue` (who waits for what) → `run` (what a running thread calls) → `spawn`, `fork`,
//! `signals`, `poll`, `hooks`.
//!
//! **All waiting goes through one door.** Locks, conditions, joins and sleeps of Python are plain data under the
//! GIL plus a [`WaitQueue`] and [`wait`]; system calls go through [`without_gil`]. So the scheduler always knows
//! who runs, who waits for what and until when, and who is in a call. A deadlock (everybody waits, without a
//! deadline) is seen by the thread that completes it; Ctrl-C can end the main thread's wait; a fork finds
//! everything in order.
//!
//! **Who may call what.** Unless it says otherwise a function is for a thread of the interpreter (see
//! [`attach_main`], [`spawn`]) that holds the GIL; other use is a bug of the interpreter and aborts with a
//! message. The lock and the door (`gil`, `door`) are instances, for the model checks; the rest is the process's.
//!
//! Linux only: parkers are futexes.

mod sync;

mod linger;

mod gil;

mod door;

mod policy;

mod registry;

mod queue;

mod run;

mod fork;
mod hooks;
mod poll;
mod signals;
mod spawn;

pub use door::{State, Wake};
pub use fork::{Fork, fork, process_id};
pub use gil::{Policy, Stats};
pub use hooks::{
    DeadlockHook, Event, EventKind, ForkHooks, set_deadlock_hook, set_event_hook, set_fork_hooks,
};
pub use policy::{BREAKER, DEFAULT_SWITCH_INTERVAL, DROP_REQUEST, INTERRUPT, USER_BITS, WallClock, now};
pub use poll::{poll, read, wait_for, wait_io, wait_readable};
pub use queue::WaitQueue;
pub use registry::{Reason, ThreadId, ThreadInfo, holds_gil, threads};
pub use run::{
    Check, attach_main, check, current, end_work, finish, is_finished, is_main, join, main_id,
    set_switch_interval, sleep, stats, switch_interval, take_interrupt, wait, wake, with_gil, without_gil,
    yield_now,
};
pub use signals::{
    Disposition, die_of_sigint, disposition, install_sigint, program_handles_signals, put_back_signals,
    restore_sigint, set_disposition, set_wakeup_fd, take_signals,
};
pub use spawn::{Body, spawn};
pub use sync::Nanos;
