//! Waiting for file descriptors, without losing a signal that comes just before the system call.

use crate::door::Wake;
use crate::policy::{BREAKER, INTERRUPT, now};
use crate::run::{is_main, without_gil};
use crate::signals::Held;
use crate::sync::{Nanos, Ordering};
use std::io;

/// Runs `wait`, a system call that waits for descriptors, without the GIL, again and again until it finds some
/// (more than 0: [`Wake::Woken`] and how many), the deadline on the monotonic clock has passed, or a signal has
/// come, which stays pending (main thread only). `wait` is given the time that is left and the signals to block
/// meanwhile, and returns what the system call does.
///
/// # Errors
/// What the operating system says.
pub fn wait_io(
    deadline: Option<Nanos>,
    mut wait: impl FnMut(Option<libc::timespec>, &libc::sigset_t) -> i32 + Send,
) -> io::Result<(Wake, usize)> {
    let main = is_main();
    without_gil(move || {
        loop {
            // Blocked here and let through by the call, so that a signal comes either before we look or in the call.
            let held = Held::new();
            if main && BREAKER.load(Ordering::Relaxed) & INTERRUPT != 0 {
                return Ok((Wake::Interrupted, 0));
            }
            let left = deadline.map(|d| d.saturating_sub(now()));
            let timeout = left.map(|left| libc::timespec {
                tv_sec: (left / 1_000_000_000) as libc::time_t,
                tv_nsec: (left % 1_000_000_000) as libc::c_long,
            });
            let n = wait(timeout, held.before());
            let error = io::Error::last_os_error();
            drop(held);
            match usize::try_from(n) {
                // A call may round its timeout down.
                Ok(0) if deadline.is_some_and(|d| now() < d) => {}
                Ok(0) => return Ok((Wake::TimedOut, 0)),
                Ok(n) => return Ok((Wake::Woken, n)),
                Err(_) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(error),
            }
        }
    })
}

/// `poll(2)` by [`wait_io`]: what has come is in `fds`.
///
/// # Errors
/// What the operating system says, as for `poll(2)`.
pub fn poll(fds: &mut [libc::pollfd], deadline: Option<Nanos>) -> io::Result<(Wake, usize)> {
    wait_io(deadline, |timeout, mask| {
        let timeout = timeout.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
        // SAFETY: descriptors, timeout and mask outlive the call.
        unsafe { libc::ppoll(fds.as_mut_ptr(), fds.len() as libc::nfds_t, timeout, mask) }
    })
}

/// Waits, without the GIL, until `fd` can be read or is at its end ([`Wake::Woken`]), until the deadline on the
/// monotonic clock, or until a signal, which stays pending (main thread only).
///
/// # Errors
/// What the operating system says, as for `poll(2)`.
pub fn wait_readable(fd: i32, deadline: Option<Nanos>) -> io::Result<Wake> {
    wait_for(fd, libc::POLLIN, deadline)
}

/// The same for any of the events of `poll(2)`.
///
/// # Errors
/// What the operating system says, as for `poll(2)`.
pub fn wait_for(fd: i32, events: i16, deadline: Option<Nanos>) -> io::Result<Wake> {
    let mut fds = [libc::pollfd { fd, events, revents: 0 }];
    let (wake, _) = poll(&mut fds, deadline)?;
    if fds[0].revents & libc::POLLNVAL != 0 {
        return Err(io::Error::from_raw_os_error(libc::EBADF));
    }
    Ok(wake)
}
