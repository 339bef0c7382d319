//! Waiting for a file descriptor, without losing a Ctrl-C that comes just before the system call.

use crate::door::Wake;
use crate::policy::{BREAKER, INTERRUPT, now};
use crate::run::{is_main, without_gil};
use crate::signals::Held;
use crate::sync::{Nanos, Ordering};
use std::io;

/// Waits, without the GIL, until `fd` can be read or is at its end ([`Wake::Woken`]), until the deadline on the
/// monotonic clock, or until Ctrl-C, which stays pending (main thread only).
///
/// # Errors
/// What the operating system says, as for `poll(2)`.
pub fn wait_readable(fd: i32, deadline: Option<Nanos>) -> io::Result<Wake> {
    let main = is_main();
    without_gil(|| {
        loop {
            // Blocked here and let through by ppoll, so that the signal comes either before we look or in the call.
            let held = Held::new();
            if main && BREAKER.load(Ordering::Relaxed) & INTERRUPT != 0 {
                return Ok(Wake::Interrupted);
            }
            let left = deadline.map(|d| d.saturating_sub(now()));
            let timeout = left.map(|left| libc::timespec {
                tv_sec: (left / 1_000_000_000) as libc::time_t,
                tv_nsec: (left % 1_000_000_000) as libc::c_long,
            });
            let mut poll = libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
            let pointer = timeout.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
            // SAFETY: all three outlive the call.
            let n = unsafe { libc::ppoll(&mut poll, 1, pointer, held.before()) };
            let error = io::Error::last_os_error();
            drop(held);
            match n {
                0 => return Ok(Wake::TimedOut),
                1 if poll.revents & libc::POLLNVAL != 0 => {
                    return Err(io::Error::from_raw_os_error(libc::EBADF));
                }
                1 => return Ok(Wake::Woken),
                _ if error.kind() == io::ErrorKind::Interrupted => {}
                _ => return Err(error),
            }
        }
    })
}
