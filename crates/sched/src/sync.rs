//! The few primitives that everything else is made of: atomics, a lock that is never waited for in the kernel,
//! and a parker that is one futex word.
//!
//! Why so thin: `tests/model.rs` compiles `gil.rs` and `door.rs` a second time against a twin of this module
//! made of shuttle's types, so that a model checker runs the very same protocol.
//!
//! Invariant, for the sake of `fork`: nothing here keeps a process-wide table of waiters. parking_lot has one,
//! with entries that point into threads' stacks; a child would inherit it half-changed. Its mutex is therefore
//! only ever tried, so that nobody is queued there.

use crate::linger::Linger;
use crate::policy::now;
pub use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

/// Nanoseconds: of a duration, or of the monotonic clock.
pub type Nanos = u64;

/// A mutex held for a few instructions at a time; contenders spin, then yield their processor.
pub struct SpinLock<T>(parking_lot::Mutex<T>);

/// Access to what a [`SpinLock`] guards.
pub type Guard<'a, T> = parking_lot::MutexGuard<'a, T>;

/// Tries before a contender yields its processor: more than an edit of the queue takes, if its owner runs.
const SPINS: u32 = 64;

impl<T> SpinLock<T> {
    /// Unlocked.
    pub const fn new(value: T) -> Self {
        SpinLock(parking_lot::const_mutex(value))
    }

    /// Takes it.
    pub fn lock(&self) -> Guard<'_, T> {
        let mut spins = 0;
        loop {
            if let Some(guard) = self.0.try_lock() {
                return guard;
            }
            if spins < SPINS {
                spins += 1;
                std::hint::spin_loop();
            } else {
                // The owner has probably lost its processor.
                std::thread::yield_now();
            }
        }
    }
}

/// Looks at a parker's word between two at the clock.
const LOOKS: u32 = 8;

const EMPTY: u32 = 0;
const NOTIFIED: u32 = 1;
const PARKED: u32 = 2;

/// Where one thread sleeps: a word that remembers one wake-up. Only its owner parks; anybody, a signal handler
/// too, may unpark.
pub struct Parker {
    word: AtomicU32,
    linger: Linger,
    /// What is known of wake-ups that are expected soon.
    soon: Linger,
}

impl Parker {
    /// Without a wake-up.
    pub const fn new() -> Self {
        Parker { word: AtomicU32::new(EMPTY), linger: Linger::new(), soon: Linger::new() }
    }

    /// Sleeps until [`Parker::unpark`], for at most `timeout` nanoseconds; at once if the wake-up came before.
    /// May return early: callers look again for what they wait for.
    pub fn park(&self, timeout: Option<Nanos>) {
        let deadline = timeout.map(|left| now().saturating_add(left));
        if !self.is_notified() && self.linger.look(timeout, || self.look()).is_none() {
            let left = deadline.map(|deadline| deadline.saturating_sub(now()));
            self.linger.sleep(|| self.sleep(left));
        }
        self.take_notice();
    }

    /// As [`Parker::park`] without a timeout, where the wake-up has been asked for and mostly comes at once.
    pub fn park_soon(&self) {
        if !self.is_notified() && self.soon.look_soon(None, || self.look()).is_none() {
            self.sleep(None);
        }
        self.take_notice();
    }

    fn look(&self) -> Option<()> {
        (0..LOOKS).find_map(|_| self.is_notified().then_some(()))
    }

    /// Sleeps unless there has been a wake-up.
    fn sleep(&self, timeout: Option<Nanos>) {
        if self.word.compare_exchange(EMPTY, PARKED, Ordering::Acquire, Ordering::Acquire).is_ok() {
            self.futex_wait(timeout);
        }
    }

    fn take_notice(&self) {
        // An exchange, so that what the waker wrote before it notified is seen.
        self.word.swap(EMPTY, Ordering::Acquire);
    }

    fn is_notified(&self) -> bool {
        std::hint::spin_loop();
        self.word.load(Ordering::Relaxed) == NOTIFIED
    }

    /// Wakes the owner, now or at its next park. Async-signal-safe; no system call if nobody sleeps.
    pub fn unpark(&self) {
        if self.word.swap(NOTIFIED, Ordering::Release) == PARKED {
            // SAFETY: FUTEX_WAKE only uses the address as a key; `self` is alive.
            unsafe {
                libc::syscall(
                    libc::SYS_futex,
                    self.word.as_ptr(),
                    libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG,
                    1 as libc::c_int,
                );
            }
        }
    }

    /// Whether the owner sleeps, so that to wake it takes a system call.
    pub fn is_parked(&self) -> bool {
        self.word.load(Ordering::Relaxed) == PARKED
    }

    fn futex_wait(&self, timeout: Option<Nanos>) {
        let timeout = timeout.map(|ns| libc::timespec {
            tv_sec: libc::time_t::try_from(ns / 1_000_000_000).unwrap_or(libc::time_t::MAX),
            tv_nsec: (ns % 1_000_000_000) as libc::c_long,
        });
        let pointer = timeout.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
        // SAFETY: the word and the timespec outlive the call. The kernel compares the word with PARKED
        // atomically, so a wake-up between our exchange and the sleep is not lost.
        unsafe {
            libc::syscall(
                libc::SYS_futex,
                self.word.as_ptr(),
                libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG,
                PARKED,
                pointer,
            );
        }
    }
}

impl Default for Parker {
    fn default() -> Self {
        Self::new()
    }
}
