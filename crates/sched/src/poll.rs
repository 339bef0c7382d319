//! Waiting for file descriptors: without losing a signal that comes just before the system call, and without
//! falling asleep where the other side answers at once.

use crate::door::Wake;
use crate::policy::{BREAKER, INTERRUPT, now};
use crate::registry::me;
use crate::run::{interrupt_pending, is_main, without_gil};
use crate::signals::Held;
use crate::sync::{Nanos, Ordering};
use std::io;
use std::mem::MaybeUninit;

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

/// `read(2)` without the GIL, of as many bytes as there are or a part of them; looks a moment whether some come before
/// it sleeps, see [`linger`](crate::linger). A signal for the main thread makes it fail with `EINTR`.
///
/// # Errors
/// What the operating system says.
pub fn read(fd: i32, into: &mut [MaybeUninit<u8>]) -> io::Result<usize> {
    let linger = &me().linger;
    without_gil(|| match linger.look(None, || read_now(fd, into)) {
        Some(result) => result,
        None => linger.sleep(|| read_waiting(fd, into)),
    })
}

fn read_waiting(fd: i32, into: &mut [MaybeUninit<u8>]) -> io::Result<usize> {
    // SAFETY: there is room for so many bytes.
    count(unsafe { libc::read(fd, into.as_mut_ptr().cast(), into.len()) })
}

/// `None` if there is nothing to read yet.
fn read_now(fd: i32, into: &mut [MaybeUninit<u8>]) -> Option<io::Result<usize>> {
    if interrupt_pending(me()) {
        return Some(Err(io::Error::from_raw_os_error(libc::EINTR)));
    }
    let part = libc::iovec { iov_base: into.as_mut_ptr().cast(), iov_len: into.len() };
    // SAFETY: there is room for so many bytes.
    let result = count(unsafe { libc::preadv2(fd, &part, 1, -1, libc::RWF_NOWAIT) });
    match result.as_ref().map_err(io::Error::raw_os_error) {
        Err(Some(libc::EAGAIN)) => None,
        // Neither old systems nor all descriptors know how.
        Err(Some(libc::EOPNOTSUPP | libc::ENOSYS | libc::EINVAL | libc::ESPIPE)) => {
            Some(read_waiting(fd, into))
        }
        _ => Some(result),
    }
}

fn count(n: isize) -> io::Result<usize> {
    usize::try_from(n).map_err(|_| io::Error::last_os_error())
}
