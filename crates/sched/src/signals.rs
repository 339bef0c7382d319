//! Ctrl-C: from the signal to a bit of the breaker, a wake-up and an interrupted system call.
//!
//! Invariant: the handler is async-signal-safe: it touches atomics, a futex and system calls, and keeps `errno`.
//! As in CPython, a signal that comes between the last check and the system call does not end the call.

use crate::policy::{BREAKER, INTERRUPT};
use crate::registry::main_thread;
use crate::run::os_tid;
use crate::sync::Ordering;

/// Makes Ctrl-C set [`INTERRUPT`], end the main thread's wait and make its system call fail with `EINTR`.
pub fn install_sigint() {
    set_handler(on_sigint as *const () as libc::sighandler_t);
}

/// Makes Ctrl-C end the process again, as it does by default.
pub fn restore_sigint() {
    set_handler(libc::SIG_DFL);
}

/// Ends the process as if Ctrl-C had done it, so that a shell sees that (exit code 130).
pub fn die_of_sigint() {
    restore_sigint();
    // SAFETY: plain system calls.
    unsafe { libc::kill(libc::getpid(), libc::SIGINT) };
}

fn set_handler(handler: libc::sighandler_t) {
    // SAFETY: a zeroed sigaction is a valid one. Without SA_RESTART a blocking call returns, so that the
    // interpreter can react.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
    }
}

extern "C" fn on_sigint(signal: libc::c_int) {
    // SAFETY: errno is this thread's.
    let errno = unsafe { *libc::__errno_location() };
    BREAKER.fetch_or(INTERRUPT, Ordering::Relaxed);
    if let Some(main) = main_thread() {
        main.sleeper.waiter.parker.unpark();
        let main_tid = main.os_tid.load(Ordering::Relaxed);
        if main_tid != os_tid() {
            // The signal came to another thread: pass it on, to interrupt the main thread's system call.
            // SAFETY: a plain system call; the main thread handles it in this function and does not pass it on.
            unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), main_tid, signal) };
        }
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno };
}

/// Keeps Ctrl-C from the calling thread while it lives: around a fork, when the child still has its parent's
/// records, and between a look at the breaker and a system call.
pub(crate) struct Held(libc::sigset_t);

impl Held {
    pub(crate) fn new() -> Held {
        // SAFETY: both sets are initialised by the calls before they are read.
        unsafe {
            let mut set: libc::sigset_t = std::mem::zeroed();
            let mut old: libc::sigset_t = std::mem::zeroed();
            libc::sigemptyset(&mut set);
            libc::sigaddset(&mut set, libc::SIGINT);
            libc::pthread_sigmask(libc::SIG_BLOCK, &set, &mut old);
            Held(old)
        }
    }
}

impl Held {
    /// The signals that were blocked before.
    pub(crate) fn before(&self) -> &libc::sigset_t {
        &self.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: the set came from pthread_sigmask.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &self.0, std::ptr::null_mut()) };
    }
}
