//! Who a process is for the system: users and groups, priorities, how its children ended.

use super::{call, failed, fd, plain};
use crate::object::{Def, Result, Value};
use crate::protocol::{self, overflow_error, type_error};
use crate::types::int;
use std::sync::Mutex;

/// A user or a group: -1 stands for none.
fn id(v: &Value, what: &str) -> Result<u32> {
    if v.ty().slots().index.is_none() {
        return type_error(format!("{what} should be integer, not {}", v.ty().name()));
    }
    // What is too large counts as too small, unless it is no `long`.
    match int::to_i64(v) {
        Some(-1) => Ok(u32::MAX),
        Some(n) => u32::try_from(n).or_else(|_| overflow_error(format!("{what} is less than minimum"))),
        None => overflow_error(format!("{what} is greater than maximum")),
    }
}

fn done(result: i32) -> Result {
    if result == 0 { Ok(Value::NONE) } else { failed(None) }
}

macro_rules! set_ids {
    ($f:ident, $what:literal, $($i:literal)*) => {
        |a| {
            let ids = [$( id(&a[$i], $what)? ),*];
            // SAFETY: a plain system call, with numbers.
            done(unsafe { libc::$f($( ids[$i] ),*) })
        }
    };
}

/// The three ids of one kind.
fn triple(f: unsafe extern "C" fn(*mut u32, *mut u32, *mut u32) -> i32) -> Result {
    let (mut real, mut effective, mut saved) = (0, 0, 0);
    // SAFETY: the numbers are written to places that are there.
    if unsafe { f(&mut real, &mut effective, &mut saved) } != 0 {
        return failed(None);
    }
    Ok(Value::tuple([real, effective, saved].map(|n| int::from_i64(n as i64)).to_vec()))
}

fn set_groups(a: &[Value]) -> Result {
    let groups = protocol::collect(&a[0])?;
    let groups = groups.iter().map(|g| id(g, "gid")).collect::<Result<Vec<u32>>>()?;
    // SAFETY: so many numbers are there.
    done(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) })
}

fn get_priority(a: &[Value]) -> Result {
    let (which, who) = (fd(&a[0])?, fd(&a[1])?);
    // A priority may be -1: only the error number tells.
    // SAFETY: the calling thread's own error number.
    unsafe { *libc::__errno_location() = 0 };
    let n = plain!(getpriority(which as _, who as u32));
    // SAFETY: as above.
    if n == -1 && unsafe { *libc::__errno_location() } != 0 { failed(None) } else { Ok(Value::small(n)) }
}

fn set_priority(a: &[Value]) -> Result {
    let (which, who, priority) = (fd(&a[0])?, fd(&a[1])?, fd(&a[2])?);
    done(plain!(setpriority(which as _, who as u32, priority)))
}

/// `_wait4(pid, options)`: the child's number, its status, and its usage.
fn wait4(a: &[Value]) -> Result {
    let (pid, options) = (fd(&a[0])?, fd(&a[1])?);
    // SAFETY: an usage of zeros is valid.
    let filled = Mutex::new((0i32, unsafe { std::mem::zeroed::<libc::rusage>() }));
    let pid = call(None, || {
        let Ok(mut filled) = filled.lock() else { return -1 };
        let (status, usage) = &mut *filled;
        // SAFETY: both are written to places that are there.
        unsafe { libc::wait4(pid, status, options, usage) as i64 }
    })?;
    let (status, u) = filled.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let usage = crate::modules::resource::usage_of(&u);
    Ok(Value::tuple(vec![int::from_i64(pid), Value::small(status), usage]))
}

/// `_waitid(idtype, id, options)`: number, user, signal, status and code of a child, or `None`.
fn waitid(a: &[Value]) -> Result {
    let (kind, who, options) = (fd(&a[0])?, fd(&a[1])?, fd(&a[2])?);
    // SAFETY: an info of zeros is valid.
    let filled = Mutex::new(Info(unsafe { std::mem::zeroed() }));
    call(None, || {
        let Ok(mut filled) = filled.lock() else { return -1 };
        // SAFETY: the info is written to a place that is there.
        unsafe { libc::waitid(kind as _, who as u32, &mut filled.0, options) as i64 }
    })?;
    let info = filled.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).0;
    // SAFETY: `waitid` has filled the fields of a child's end.
    let (pid, uid, status) = unsafe { (info.si_pid(), info.si_uid(), info.si_status()) };
    if pid == 0 {
        return Ok(Value::NONE);
    }
    let numbers = [pid as i64, uid as i64, info.si_signo as i64, status as i64, info.si_code as i64];
    Ok(Value::tuple(numbers.map(int::from_i64).to_vec()))
}

struct Info(libc::siginfo_t);
// SAFETY: the pointers in it are not looked at.
unsafe impl Send for Info {}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "setuid(uid, /)" "Set the user." => set_ids!(setuid, "uid", 0);
    fn "seteuid(euid, /)" "Set the effective user." => set_ids!(seteuid, "uid", 0);
    fn "setreuid(ruid, euid, /)" "Set the real and the effective user." => set_ids!(setreuid, "uid", 0 1);
    fn "setresuid(ruid, euid, suid, /)" "Set the real, the effective and the saved user." => set_ids!(setresuid, "uid", 0 1 2);
    fn "setgid(gid, /)" "Set the group." => set_ids!(setgid, "gid", 0);
    fn "setegid(egid, /)" "Set the effective group." => set_ids!(setegid, "gid", 0);
    fn "setregid(rgid, egid, /)" "Set the real and the effective group." => set_ids!(setregid, "gid", 0 1);
    fn "setresgid(rgid, egid, sgid, /)" "Set the real, the effective and the saved group." => set_ids!(setresgid, "gid", 0 1 2);
    fn "getresuid()" "The real, the effective and the saved user." => |_| triple(libc::getresuid);
    fn "getresgid()" "The real, the effective and the saved group." => |_| triple(libc::getresgid);
    fn "setgroups(groups, /)" "Set the other groups." => set_groups;
    fn "setpgrp()" "Begin a process group." => |_| done(plain!(setpgid(0, 0)));
    fn "getpriority(which, who)" "A priority." => get_priority;
    fn "setpriority(which, who, priority)" "Set a priority." => set_priority;
    fn "tcgetpgrp(fd, /)" "The process group that a terminal belongs to." => |a| {
        let fd = fd(&a[0])?;
        match plain!(tcgetpgrp(fd)) {
            -1 => failed(None),
            n => Ok(Value::small(n)),
        }
    };
    fn "tcsetpgrp(fd, pgid, /)" "Give a terminal to a process group." => |a| {
        let (fd, group) = (fd(&a[0])?, fd(&a[1])?);
        done(plain!(tcsetpgrp(fd, group)))
    };
    fn "_wait4(pid, options, /)" "Wait for a child: its number, status and usage." => wait4;
    fn "_waitid(idtype, id, options, /)" "Wait for a child: what became of it." => waitid;
    fn "pidfd_open(pid, flags=0)" "A descriptor for a process." => |a| {
        let pid = fd(&a[0])?;
        let flags = crate::object::arg(a, 1).as_bound().map_or(Ok(0), fd)?;
        // SAFETY: a plain system call, with numbers.
        match unsafe { libc::syscall(libc::SYS_pidfd_open, pid, flags) } {
            -1 => failed(None),
            n => Ok(Value::small(n as i32)),
        }
    };
};
