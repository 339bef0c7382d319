//! When turns end, as the running threads see it: the breaker that they poll, the clock, and the default policy.
//!
//! Other schedules (seeded, replayed) and a virtual clock are to be further implementations of [`Policy`].
//! Invariant: only a policy sets or clears the breaker's drop request and nudge, and only when the lock tells it to.

use crate::gil::Policy;
use crate::sync::{AtomicU32, AtomicU64, Nanos, Ordering};

/// What the running thread should look at, a set of bits. The interpreter's loop reads it with one relaxed load
/// and calls [`check`](crate::check) if it is not zero.
pub static BREAKER: AtomicU32 = AtomicU32::new(0);
/// Bit of [`BREAKER`]: a waiter wants the GIL.
pub const DROP_REQUEST: u32 = 1;
/// Bit of [`BREAKER`]: Ctrl-C is pending. Only the main thread takes it.
pub const INTERRUPT: u32 = 2;
/// Bit of [`BREAKER`]: the holder of the GIL has woken a thread that still sleeps.
pub(crate) const NUDGE: u32 = 4;
/// Bits of [`BREAKER`] that are the interpreter's own; the scheduler leaves them alone.
pub const USER_BITS: u32 = !0xff;

/// CPython's default switch interval: 5 ms.
pub const DEFAULT_SWITCH_INTERVAL: Nanos = 5_000_000;

/// Longer than a thread takes that wakes another and then waits itself, shorter than one takes to wake up.
const MOMENT: Nanos = 20_000;

/// The monotonic clock, in nanoseconds since some moment before the process began.
pub fn now() -> Nanos {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is valid for writes. The call fails for no other reason.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut time) };
    (time.tv_sec as u64).saturating_mul(1_000_000_000).saturating_add(time.tv_nsec as u64)
}

/// Real time: a waiter asks when it has waited for the switch interval.
pub struct WallClock {
    interval: AtomicU64,
}

impl WallClock {
    /// With the default switch interval.
    pub const fn new() -> Self {
        WallClock { interval: AtomicU64::new(DEFAULT_SWITCH_INTERVAL) }
    }

    /// The switch interval.
    pub fn interval(&self) -> Nanos {
        self.interval.load(Ordering::Relaxed)
    }

    /// Sets the switch interval; zero makes waiters ask at once.
    pub fn set_interval(&self, interval: Nanos) {
        self.interval.store(interval, Ordering::Relaxed);
    }
}

impl Default for WallClock {
    fn default() -> Self {
        Self::new()
    }
}

fn set_breaker(bit: u32, on: bool) {
    if on {
        BREAKER.fetch_or(bit, Ordering::Relaxed);
    } else {
        BREAKER.fetch_and(!bit, Ordering::Relaxed);
    }
}

impl Policy for WallClock {
    fn now(&self) -> Nanos {
        now()
    }

    fn patience(&self) -> Option<Nanos> {
        Some(self.interval())
    }

    fn turn(&self) -> Nanos {
        // Not the interval: a very short one would make differences of no importance decide, a very long one
        // would let those wait for long that compute.
        DEFAULT_SWITCH_INTERVAL
    }

    fn moment(&self) -> Nanos {
        MOMENT
    }

    fn set_request(&self, requested: bool) {
        set_breaker(DROP_REQUEST, requested);
    }

    fn set_asleep(&self, asleep: bool) {
        set_breaker(NUDGE, asleep);
    }
}
