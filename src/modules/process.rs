//! `_process`: fork, wait and signals, for `multiprocessing`.
//!
//! Parent and child hold the two ends of two pipes, their *sentinels*: an end can be read when the other side's
//! process has ended. Invariant: no third process keeps such an end open, for every new process closes those
//! that it inherits.

use super::at_fork;
use super::io as streams;
use super::native::os_error;
use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, index_i64};
use crate::types::int;
use crate::vm::{self, safepoint};
use minipy_sched::{Fork, Wake};
use std::cell::RefCell;
use std::io;

/// The sentinels that this process holds.
struct Sentinels(RefCell<Vec<i32>>);
// SAFETY: used only by the holder of the GIL, which no borrow outlasts.
#[allow(unsafe_code)]
unsafe impl Sync for Sentinels {}
static SENTINELS: Sentinels = Sentinels(RefCell::new(Vec::new()));

/// A new process, which has this thread only: its number, `None` in it. Both processes have what is to be written.
pub fn fork() -> Result<Option<i32>> {
    let threads = super::thread::report::names();
    at_fork::before();
    match minipy_sched::fork() {
        Ok(Fork::Parent(pid)) => {
            at_fork::in_parent();
            Ok(Some(pid))
        }
        Ok(Fork::Child) => {
            vm::thread::forget_other_threads();
            super::thread::report::after_fork(&threads);
            SENTINELS.0.take().into_iter().for_each(close);
            let threading = vm::import::modules()
                .cast::<Dict>()
                .and_then(|m| m.get_interned(&intern("threading")).cloned());
            if let Some(threading) = threading {
                // Raising here would look to the new process as if there were none.
                let _ = protocol::call_method(&threading, "_after_fork", &[]);
            }
            at_fork::in_child();
            Ok(None)
        }
        Err(e) => {
            at_fork::in_parent();
            os_error(&e)
        }
    }
}

#[allow(unsafe_code)]
fn close(fd: i32) {
    // SAFETY: the descriptor is ours.
    unsafe { libc::close(fd) };
}

/// Reading end and writing end.
#[allow(unsafe_code)]
fn pipe() -> io::Result<[i32; 2]> {
    let mut ends = [0; 2];
    // SAFETY: there is room for two descriptors.
    let r = unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) };
    if r < 0 { Err(io::Error::last_os_error()) } else { Ok(ends) }
}

/// A new process with sentinels and without standard input. The process's number, 0 in the new one, the
/// sentinel that tells the end of the other one, and the one that tells ours.
fn fork_child() -> Result {
    let pipes = pipe().and_then(|a| match pipe() {
        Ok(b) => Ok((a, b)),
        Err(e) => {
            a.into_iter().for_each(close);
            Err(e)
        }
    });
    let ([child_ends, child], [parent_ends, parent]) = match pipes {
        Ok(p) => p,
        Err(e) => return os_error(&e),
    };
    let forked = fork();
    let (pid, mine, theirs) = match forked {
        Ok(Some(pid)) => (pid, [child_ends, parent], [parent_ends, child]),
        Ok(None) => (0, [parent_ends, child], [child_ends, parent]),
        Err(e) => {
            [child_ends, child, parent_ends, parent].into_iter().for_each(close);
            return Err(e);
        }
    };
    theirs.into_iter().for_each(close);
    SENTINELS.0.borrow_mut().extend(mine);
    if pid == 0 {
        streams::after_fork_child();
    }
    Ok(Value::tuple(vec![Value::small(pid), Value::small(mine[0]), Value::small(mine[1])]))
}

/// The exit code of a child, negative for a signal; `None` if it runs, or is not ours to wait for.
#[allow(unsafe_code)]
fn wait(pid: i32, options: i32) -> Result {
    loop {
        let r = minipy_sched::without_gil(|| {
            let mut status = 0;
            // SAFETY: the status is written to a local.
            let r = unsafe { libc::waitpid(pid, &mut status, options) };
            if r < 0 { Err(io::Error::last_os_error()) } else { Ok((r, status)) }
        });
        match r {
            Ok((0, _)) => return Ok(Value::NONE),
            Ok((_, status)) if libc::WIFSIGNALED(status) => return Ok(Value::small(-libc::WTERMSIG(status))),
            Ok((_, status)) => return Ok(Value::small(libc::WEXITSTATUS(status))),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => safepoint::interrupted()?,
            Err(e) if e.raw_os_error() == Some(libc::ECHILD) => return Ok(Value::NONE),
            Err(e) => return os_error(&e),
        }
    }
}

/// Waits until a sentinel can be read, at most for a number of seconds; whether it can.
fn wait_sentinel(a: &[Value]) -> Result {
    let fd = index_i64(&a[0])? as i32;
    let deadline = match arg(a, 1).as_bound().filter(|t| !t.is_none()) {
        None => None,
        Some(t) => Some(minipy_sched::now().saturating_add(super::time::timeout(t)?.max(0) as u64)),
    };
    loop {
        match minipy_sched::wait_readable(fd, deadline) {
            Ok(Wake::Woken) => return Ok(Value::TRUE),
            Ok(Wake::TimedOut) => return Ok(Value::FALSE),
            Ok(Wake::Interrupted) => safepoint::interrupted()?,
            Err(e) => return os_error(&e),
        }
    }
}

fn close_sentinel(a: &[Value]) -> Result {
    let fd = index_i64(&a[0])? as i32;
    let mut all = SENTINELS.0.borrow_mut();
    // Unless a fork has closed it already.
    if let Some(i) = all.iter().position(|&s| s == fd) {
        all.swap_remove(i);
        close(fd);
    }
    Ok(Value::NONE)
}

fn kill(a: &[Value]) -> Result {
    let (pid, signal) = (index_i64(&a[0])? as i32, index_i64(&a[1])? as i32);
    #[allow(unsafe_code)]
    // SAFETY: a plain system call.
    let r = unsafe { libc::kill(pid, signal) };
    if r == 0 { Ok(Value::NONE) } else { os_error(&io::Error::last_os_error()) }
}

#[allow(unsafe_code)]
fn exit(a: &[Value]) -> Result {
    let code = index_i64(&a[0])? as i32;
    // A process that has got here ends, whatever becomes of its output.
    streams::try_flush();
    // SAFETY: ends the process.
    unsafe { libc::_exit(code) }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "fork()" "A new process, which has the calling thread only; 0 in it, else its number." => |_| Ok(Value::small(fork()?.unwrap_or(0)));
    fn "fork_child()" "A new process with sentinels: its number (0 in it), the other's sentinel and the own one." => |_| fork_child();
    fn "wait(pid, /)" "Wait for a child; its exit code, negative for a signal." => |a| wait(index_i64(&a[0])? as i32, 0);
    fn "poll(pid, /)" "The exit code of a child, or None while it runs." => |a| wait(index_i64(&a[0])? as i32, libc::WNOHANG);
    fn "wait_sentinel(sentinel, timeout=None, /)" "Wait for the end of the process behind a sentinel, at most for a number of seconds; whether it has ended." => wait_sentinel;
    fn "close_sentinel(sentinel, /)" "Close a sentinel." => close_sentinel;
    fn "kill(pid, signal, /)" "Send a signal." => kill;
    fn "exit(code, /)" "End the process at once, after its output is written." => exit;
    fn "getpid()" "The number of this process." => |_| Ok(int::from_i64(std::process::id() as i64));
};
