//! The one door through which every wait goes: how a thread sleeps and how it is woken, exactly once.
//!
//! Whether a wait ended by a wake-up or by itself (deadline, Ctrl-C) is decided under the GIL. A waker holds it;
//! a sleeper whose deadline has passed takes it first and looks then. So there is no race to lose: a thread that
//! a waker has counted as woken returns [`Wake::Woken`], whatever its clock says.
//!
//! Invariant: `Waiting` is set by the thread itself and cleared by it or a waker, always by the holder of the GIL.

use crate::gil::{Gil, Policy, Waiter};
use crate::sync::{AtomicU32, Nanos, Ordering};
use std::sync::Arc;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// By a wake-up.
    Woken,
    /// By its deadline.
    TimedOut,
    /// By Ctrl-C, which is still pending. Main thread only.
    Interrupted,
}

/// What a thread does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum State {
    /// Wants the GIL.
    Ready,
    /// Holds the GIL.
    Running,
    /// Is in a system call, without the GIL.
    Blocked,
    /// Waits to be woken.
    Waiting,
    /// Has ended, or stayed behind in the parent at a fork.
    Gone,
}

/// A thread that waits and is woken.
pub struct Sleeper {
    /// Its place at the lock, and its parker.
    pub waiter: Arc<Waiter>,
    state: AtomicU32,
}

impl Default for Sleeper {
    fn default() -> Self {
        Sleeper { waiter: Arc::default(), state: AtomicU32::new(State::Ready as u32) }
    }
}

impl Sleeper {
    /// What the thread does. Exact for the holder of the GIL as far as `Waiting` and `Gone` are concerned.
    pub fn state(&self) -> State {
        match self.state.load(Ordering::Acquire) {
            0 => State::Ready,
            1 => State::Running,
            2 => State::Blocked,
            3 => State::Waiting,
            _ => State::Gone,
        }
    }

    /// Says what the thread does from now on.
    pub fn set_state(&self, state: State) {
        self.state.store(state as u32, Ordering::Release);
    }

    /// Sleeps until somebody has woken the thread, the deadline has passed or `interrupted` says so. The thread
    /// has set `Waiting` and let go of the GIL, and must take it again before it [settles](Sleeper::settle).
    pub fn sleep(
        &self,
        deadline: Option<Nanos>,
        now: impl Fn() -> Nanos,
        interrupted: impl Fn() -> bool,
    ) -> Wake {
        loop {
            if self.state() != State::Waiting {
                return Wake::Woken;
            }
            if interrupted() {
                return Wake::Interrupted;
            }
            let timeout = match deadline {
                None => None,
                Some(deadline) => match deadline.saturating_sub(now()) {
                    0 => return Wake::TimedOut,
                    left => Some(left),
                },
            };
            // A wake-up puts the thread into the GIL's queue and need not unpark it before its turn is near:
            // then that wait for the GIL is spent here.
            self.waiter.parker.park(timeout);
        }
    }

    /// Decides, under the GIL, how the wait has ended, which looked to [`Sleeper::sleep`] like `seen`.
    pub fn settle(&self, seen: Wake) -> Wake {
        let woken = self.state() != State::Waiting;
        self.set_state(State::Running);
        if woken { Wake::Woken } else { seen }
    }

    /// Wakes the thread if it waits and nobody has woken it. The caller holds the GIL.
    pub fn wake<P: Policy>(&self, gil: &Gil<P>) -> bool {
        if self.state() != State::Waiting {
            return false;
        }
        self.set_state(State::Ready);
        gil.enqueue(&self.waiter);
        true
    }
}
