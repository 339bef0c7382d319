//! Signals: from the handler to a pending bit, a bit of the breaker, a wake-up and an interrupted system call.
//!
//! A signal that is [caught](set_disposition) is only noted here; the main thread sees [`INTERRUPT`] at its next
//! check, calls [`take_interrupt`](crate::take_interrupt) and then [`take_signals`].
//!
//! Invariant: the handler is async-signal-safe: it touches atomics, a futex and system calls, and keeps `errno`.
//! As in CPython, a signal that comes between the last check and the system call does not end the call; what waits
//! for descriptors ([`crate::poll`]) holds signals back until the call, so that it loses none.

use crate::policy::{BREAKER, INTERRUPT};
use crate::registry::main_thread;
use crate::run::os_tid;
use crate::sync::{AtomicBool, AtomicU64, Ordering};
use std::io;
use std::sync::atomic::AtomicI32;

/// Signals that have come and have not been taken: bit `n - 1` is signal `n`.
static PENDING: AtomicU64 = AtomicU64::new(0);
/// Where the number of each signal is written as a byte; -1 for nowhere.
static WAKEUP_FD: AtomicI32 = AtomicI32::new(-1);
/// A program's own handler may wake a thread that waits: then waiting threads are no deadlock.
static HANDLED: AtomicBool = AtomicBool::new(false);

/// What happens when a signal comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// The operating system's default.
    Default,
    /// Nothing.
    Ignore,
    /// It becomes pending for the main thread.
    Catch,
}

/// Makes Ctrl-C set [`INTERRUPT`], end the main thread's wait and make its system call fail with `EINTR`; but not if
/// it is ignored, as whoever has started the process wants it, such as a shell in the background.
pub fn install_sigint() {
    if matches!(disposition(libc::SIGINT), Ok(Some(Disposition::Ignore))) {
        return;
    }
    let _ = set_disposition(libc::SIGINT, Disposition::Catch);
}

/// Makes Ctrl-C end the process again, as it does by default.
pub fn restore_sigint() {
    let _ = set_disposition(libc::SIGINT, Disposition::Default);
}

/// Ends the process as if Ctrl-C had done it, so that a shell sees that (exit code 130).
pub fn die_of_sigint() {
    restore_sigint();
    // SAFETY: plain system calls.
    unsafe { libc::kill(libc::getpid(), libc::SIGINT) };
}

/// Sets what happens when `signal` comes, in the whole process.
///
/// # Errors
/// What the operating system says, for a number that is no signal or one that cannot be caught.
pub fn set_disposition(signal: i32, what: Disposition) -> io::Result<()> {
    let handler = match what {
        Disposition::Default => libc::SIG_DFL,
        Disposition::Ignore => libc::SIG_IGN,
        Disposition::Catch => on_signal as *const () as libc::sighandler_t,
    };
    // SAFETY: a zeroed sigaction is a valid one. Without SA_RESTART a blocking call returns, so that the
    // interpreter can react.
    let result = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(signal, &action, std::ptr::null_mut())
    };
    if result != 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// What happens when `signal` comes; `None` if something outside the interpreter handles it.
///
/// # Errors
/// What the operating system says, for a number that is no signal.
pub fn disposition(signal: i32) -> io::Result<Option<Disposition>> {
    // SAFETY: a zeroed sigaction is a valid one, and is written to.
    let (result, action) = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        (libc::sigaction(signal, std::ptr::null(), &mut action), action)
    };
    if result != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(match action.sa_sigaction {
        libc::SIG_DFL => Some(Disposition::Default),
        libc::SIG_IGN => Some(Disposition::Ignore),
        h if h == on_signal as *const () as libc::sighandler_t => Some(Disposition::Catch),
        _ => None,
    })
}

/// The signals that have come since the last call, as bits: bit `n - 1` is signal `n`.
pub fn take_signals() -> u64 {
    PENDING.swap(0, Ordering::Acquire)
}

/// Notes that signals are still to be taken, after one of several raised something.
pub fn put_back_signals(signals: u64) {
    if signals != 0 {
        PENDING.fetch_or(signals, Ordering::Release);
        BREAKER.fetch_or(INTERRUPT, Ordering::Relaxed);
    }
}

/// Sets the descriptor to which signals are written (-1: none); returns the one before.
pub fn set_wakeup_fd(fd: i32) -> i32 {
    WAKEUP_FD.swap(fd, Ordering::Relaxed)
}

/// Says that the program handles signals itself: from now on threads that all wait are not taken for a deadlock.
pub fn program_handles_signals() {
    HANDLED.store(true, Ordering::Relaxed);
}

/// Whether a signal may wake threads that all wait.
pub(crate) fn may_wake() -> bool {
    HANDLED.load(Ordering::Relaxed)
}

/// In a forked child: what was pending was for the parent.
pub(crate) fn forget_pending() {
    PENDING.store(0, Ordering::Relaxed);
    BREAKER.fetch_and(!INTERRUPT, Ordering::Relaxed);
}

extern "C" fn on_signal(signal: libc::c_int) {
    // SAFETY: errno is this thread's.
    let errno = unsafe { *libc::__errno_location() };
    let main = main_thread();
    let main_tid = main.map_or(0, |m| m.os_tid.load(Ordering::Relaxed));
    let elsewhere = main.is_some() && main_tid != os_tid();
    PENDING.fetch_or(1 << (signal - 1), Ordering::Release);
    BREAKER.fetch_or(INTERRUPT, Ordering::Release);
    if let Some(main) = main {
        main.sleeper.waiter.parker.unpark();
    }
    if elsewhere {
        // The signal came to another thread: pass it on, to interrupt the main thread's system call.
        // SAFETY: a plain system call; the main thread handles it in this function and does not pass it on.
        unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), main_tid, signal) };
    } else {
        let fd = WAKEUP_FD.load(Ordering::Relaxed);
        if fd >= 0 {
            // SAFETY: one byte of a local is written; what becomes of it does not matter.
            unsafe { libc::write(fd, (&raw const signal).cast(), 1) };
        }
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno };
}

/// Keeps signals from the calling thread while it lives: around a fork, when the child still has its parent's
/// records, and between a look at the breaker and a system call.
pub(crate) struct Held(libc::sigset_t);

impl Held {
    pub(crate) fn new() -> Held {
        // SAFETY: both sets are initialised by the calls before they are read.
        unsafe {
            let mut set: libc::sigset_t = std::mem::zeroed();
            let mut old: libc::sigset_t = std::mem::zeroed();
            libc::sigfillset(&mut set);
            // A fault must not be held back.
            for fault in [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL] {
                libc::sigdelset(&mut set, fault);
            }
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
