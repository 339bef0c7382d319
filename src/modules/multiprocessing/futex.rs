//! Waiting for a word in shared memory to change, without the GIL.
//!
//! Whoever was to wake a sleeper may have been killed before it could: so nobody sleeps for long without a look.

use crate::object::Result;
use crate::vm::safepoint::{self, Deadline};
use std::sync::atomic::AtomicU32;

/// Longest sleep without a look, in nanoseconds.
const LOOK: u64 = 100_000_000;

/// How a sleep has ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Slept {
    /// Perhaps by a change.
    Awake,
    /// Nobody has woken it for a while.
    Long,
    /// The deadline has passed.
    TimedOut,
}

/// Sleeps while the word is `seen`, at most until the deadline. Signals are handled, and may raise.
pub fn sleep(word: &AtomicU32, seen: u32, deadline: Deadline) -> Result<Slept> {
    let left = match deadline {
        None => LOOK,
        Some(deadline) => match deadline.saturating_sub(minipy_sched::now()) {
            0 => return Ok(Slept::TimedOut),
            left => left.min(LOOK),
        },
    };
    // What has come before the call would not end it.
    safepoint::interrupted()?;
    let result = minipy_sched::without_gil(|| {
        let time = libc::timespec {
            tv_sec: (left / 1_000_000_000) as libc::time_t,
            tv_nsec: (left % 1_000_000_000) as libc::c_long,
        };
        // SAFETY: word and time outlive the call; the kernel compares the word before it sleeps.
        unsafe {
            let r = libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAIT, seen, &raw const time);
            if r == 0 { 0 } else { *libc::__errno_location() }
        }
    });
    safepoint::interrupted()?;
    Ok(if result == libc::ETIMEDOUT { Slept::Long } else { Slept::Awake })
}

/// Wakes `n` that sleep on the word, in whatever process.
pub fn wake(word: &AtomicU32, n: i32) {
    // SAFETY: the address is only a key.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAKE, n) };
}

/// Whether a process has ended, even if nobody has waited for it yet.
pub fn is_dead(pid: u32) -> bool {
    match std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(text) => text.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with(['Z', 'X'])),
        Err(e) => e.kind() == std::io::ErrorKind::NotFound,
    }
}
