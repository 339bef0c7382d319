//! The part of `posix` that is about processes and the flags of descriptors.

#![allow(unsafe_code)]

use super::native::os_error;
use super::posix::{call, failed, fd};
use super::{at_fork, process, spawn};
use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol;
use crate::types::{float, int};
use crate::vm::safepoint;
use std::io::Error;
use std::sync::atomic::{AtomicI32, Ordering};

/// A system call that returns 0, or -1 for an error.
fn done(result: i32) -> Result {
    if result == 0 { Ok(Value::NONE) } else { failed(None) }
}

/// One that returns a number.
fn number(result: i32) -> Result {
    if result >= 0 { Ok(Value::small(result)) } else { failed(None) }
}

/// Sends a signal; if it was for this process, it is handled before the call returns.
fn send(result: i32) -> Result {
    done(result)?;
    safepoint::interrupted()?;
    Ok(Value::NONE)
}

fn wait_for(a: &[Value]) -> Result {
    let (pid, options) = (fd(&a[0])?, fd(&a[1])?);
    let status = AtomicI32::new(0);
    // SAFETY: the status is written to a place that lives on.
    let pid = call(None, || unsafe { libc::waitpid(pid, status.as_ptr(), options) } as i64)?;
    Ok(Value::tuple(vec![int::from_i64(pid), Value::small(status.load(Ordering::Relaxed))]))
}

/// The flags of a descriptor by `fcntl`, with one of them changed if `on` is given.
fn flag(fd: i32, (get, set): (i32, i32), bit: i32, on: Option<bool>) -> Result<bool> {
    // SAFETY: the kernel checks the descriptor.
    let flags = unsafe { libc::fcntl(fd, get) };
    if flags < 0 {
        return failed(None);
    }
    if let Some(on) = on {
        let changed = if on { flags | bit } else { flags & !bit };
        // SAFETY: as above.
        if changed != flags && unsafe { libc::fcntl(fd, set, changed) } < 0 {
            return failed(None);
        }
    }
    Ok(flags & bit != 0)
}

/// Whether a descriptor's calls wait, and changing that.
pub fn nonblocking(fd: i32, on: Option<bool>) -> Result<bool> {
    flag(fd, (libc::F_GETFL, libc::F_SETFL), libc::O_NONBLOCK, on)
}

/// Whether new programs do without a descriptor, and changing that.
fn close_on_exec(fd: i32, on: Option<bool>) -> Result<bool> {
    flag(fd, (libc::F_GETFD, libc::F_SETFD), libc::FD_CLOEXEC, on)
}

fn duplicate_to(a: &[Value]) -> Result {
    let (from, to) = (fd(&a[0])?, fd(&a[1])?);
    let inheritable = arg(a, 2).as_bound().map_or(Ok(true), protocol::truth)?;
    let flags = if inheritable { 0 } else { libc::O_CLOEXEC };
    call(None, || {
        // SAFETY: the kernel checks the descriptors.
        let result = unsafe {
            if from == to || flags == 0 { libc::dup2(from, to) } else { libc::dup3(from, to, flags) }
        };
        result as i64
    })
    .map(int::from_i64)
}

fn pipe_with_flags(flags: i32) -> Result {
    let mut ends = [0; 2];
    // SAFETY: there is room for both ends.
    if unsafe { libc::pipe2(ends.as_mut_ptr(), flags) } != 0 {
        return failed(None);
    }
    Ok(Value::tuple(ends.map(Value::small).to_vec()))
}

fn times(_: &[Value]) -> Result {
    // SAFETY: the result is written to a local; the other calls have no memory.
    let (ticks, t, per_second) = unsafe {
        let mut t: libc::tms = std::mem::zeroed();
        (libc::times(&mut t), t, libc::sysconf(libc::_SC_CLK_TCK).max(1))
    };
    let seconds = |n: libc::clock_t| float::from_f64(n as f64 / per_second as f64);
    let all = [t.tms_utime, t.tms_stime, t.tms_cutime, t.tms_cstime, ticks];
    Ok(Value::tuple(all.map(seconds).to_vec()))
}

fn load(_: &[Value]) -> Result {
    let mut averages = [0f64; 3];
    // SAFETY: there is room for three.
    if unsafe { libc::getloadavg(averages.as_mut_ptr(), 3) } != 3 {
        return os_error(&Error::from_raw_os_error(libc::ENOENT));
    }
    Ok(Value::tuple(averages.map(float::from_f64).to_vec()))
}

macro_rules! plain {
    ($f:ident($($a:expr),*)) => {{
        $( let _: i32 = $a; )*
        // SAFETY: a system call that takes only numbers.
        unsafe { libc::$f($($a),*) }
    }};
}

/// The constants.
pub fn init(d: &Dict) {
    let all = [
        ("WUNTRACED", libc::WUNTRACED),
        ("WCONTINUED", libc::WCONTINUED),
        ("EX_OK", 0),
        ("P_NOWAIT", 1),
        ("P_NOWAITO", 1),
        ("P_WAIT", 0),
    ];
    for (name, n) in all {
        d.set_interned(&intern(name), Value::small(n));
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "fork()" "A new process, which has the calling thread only; 0 in it, else its number." => |_| Ok(Value::small(process::fork()?.unwrap_or(0)));
    fn "register_at_fork(*, before=None, after_in_child=None, after_in_parent=None)" "Call functions around each fork." => at_fork::register;
    fn "execv(path, argv, /)" "Become another program." => spawn::execute;
    fn "execve(path, argv, env)" "Become another program, with an environment." => spawn::execute;
    fn "kill(pid, signal, /)" "Send a signal." => |a| {
        let (pid, signal) = (fd(&a[0])?, fd(&a[1])?);
        send(plain!(kill(pid, signal)))
    };
    fn "killpg(pgid, signal, /)" "Send a signal to a process group." => |a| {
        let (group, signal) = (fd(&a[0])?, fd(&a[1])?);
        send(plain!(killpg(group, signal)))
    };
    fn "waitpid(pid, options, /)" "Wait for a child: its number and status." => wait_for;
    fn "wait()" "Wait for any child: its number and status." => |_| wait_for(&[Value::small(-1), Value::small(0)]);
    fn "getpgrp()" "The process group." => |_| number(plain!(getpgrp()));
    fn "getpgid(pid)" "The process group of a process." => |a| { let pid = fd(&a[0])?; number(plain!(getpgid(pid))) };
    fn "setpgid(pid, pgrp, /)" "Put a process into a process group." => |a| {
        let (pid, group) = (fd(&a[0])?, fd(&a[1])?);
        done(plain!(setpgid(pid, group)))
    };
    fn "getsid(pid, /)" "The session of a process." => |a| { let pid = fd(&a[0])?; number(plain!(getsid(pid))) };
    fn "setsid()" "Begin a session." => |_| if plain!(setsid()) < 0 { failed(None) } else { Ok(Value::NONE) };
    fn "nice(increment, /)" "Change the priority; returns it." => |a| { let n = fd(&a[0])?; Ok(Value::small(plain!(nice(n)))) };
    fn "pipe2(flags, /)" "Two ends of a pipe, with flags." => |a| pipe_with_flags(fd(&a[0])?);
    fn "dup2(fd, fd2, inheritable=True)" "Make fd2 a copy of fd." => duplicate_to;
    fn "get_blocking(fd, /)" "Whether calls wait." => |a| Ok(Value::bool(!nonblocking(fd(&a[0])?, None)?));
    fn "set_blocking(fd, blocking, /)" "Say whether calls wait." => |a| {
        let on = protocol::truth(&a[1])?;
        nonblocking(fd(&a[0])?, Some(!on)).map(|_| Value::NONE)
    };
    fn "get_inheritable(fd, /)" "Whether new programs get the descriptor." => |a| Ok(Value::bool(!close_on_exec(fd(&a[0])?, None)?));
    fn "set_inheritable(fd, inheritable, /)" "Say whether new programs get the descriptor." => |a| {
        let on = protocol::truth(&a[1])?;
        close_on_exec(fd(&a[0])?, Some(!on)).map(|_| Value::NONE)
    };
    fn "times()" "Processor times of the process and its children, and the time." => times;
    fn "getloadavg()" "How many processes wanted to run in the last 1, 5 and 15 minutes." => load;
};
