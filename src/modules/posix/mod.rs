//! `posix`: system calls for files. The module `os` is Python on top of it.

#![allow(unsafe_code)]

mod file;
mod folder;
mod identity;
pub mod path;
mod system;
mod transfer;

use crate::object::{Def, Dict, Result, Value, intern};
use crate::protocol::{self, overflow_error};
use crate::types::{exception, int};
use path::PathArg;
use std::io::Error;

pub(super) fn failed<T>(path: Option<&str>) -> Result<T> {
    Err(exception::from_io_error(&Error::last_os_error(), path))
}

/// An argument that is a C `int`, such as a descriptor.
pub(super) fn fd(v: &Value) -> Result<i32> {
    match i32::try_from(protocol::index_i64(v)?) {
        Ok(n) => Ok(n),
        Err(_) if int::to_i64(v).is_some_and(|n| n < 0) => {
            overflow_error("signed integer is less than minimum")
        }
        Err(_) => overflow_error("signed integer is greater than maximum"),
    }
}

/// Runs a system call without the GIL, again after signals; -1 is an error.
pub(super) fn call(path: Option<&PathArg>, f: impl Fn() -> i64 + Sync) -> Result<i64> {
    loop {
        // What has come before the call would not end it.
        crate::vm::safepoint::interrupted()?;
        let n = minipy_sched::without_gil(|| {
            let n = f();
            if n == -1 { Err(Error::last_os_error()) } else { Ok(n) }
        });
        match n {
            Ok(n) => return Ok(n),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => {
                return Err(path.map_or_else(|| exception::from_io_error(&e, None), |p| p.error(&e)));
            }
        }
    }
}

/// A system call on a path, which returns nothing.
fn done(path: &PathArg, f: impl Fn() -> i32 + Sync) -> Result {
    // A path is not `Sync`, and only its pointer is used.
    let result = minipy_sched::without_gil(|| {
        let n = f();
        if n == -1 { Err(Error::last_os_error()) } else { Ok(()) }
    });
    result.map(|()| Value::NONE).map_err(|e| path.error(&e))
}

/// A system call that takes only numbers.
macro_rules! plain {
    ($f:ident($($a:expr),*)) => {{
        // SAFETY: the kernel checks descriptors, processes and positions.
        unsafe { libc::$f($($a),*) }
    }};
}
use plain;

macro_rules! constants {
    ($($name:ident)*) => {
        /// The functions of the other files, and the constants of system calls.
        pub fn init(d: &Dict) {
            for defs in [FILES, FOLDERS, SYSTEM, identity::DEFS, transfer::DEFS, super::posix_process::DEFS] {
                crate::builtins::add_defs(d, defs, "posix");
            }
            super::posix_process::init(d);
            let constants = [$( (stringify!($name), libc::$name as i64) ),*];
            for (name, n) in constants {
                d.set_interned(&intern(name), int::from_i64(n));
            }
            for (name, n) in EXIT_STATUSES {
                d.set_interned(&intern(name), Value::small(*n));
            }
            system::init(d);
        }
    };
}

/// What programs may end with, by the file `sysexits.h`.
static EXIT_STATUSES: &[(&str, i32)] = &[
    ("EX_USAGE", 64),
    ("EX_DATAERR", 65),
    ("EX_NOINPUT", 66),
    ("EX_NOUSER", 67),
    ("EX_NOHOST", 68),
    ("EX_UNAVAILABLE", 69),
    ("EX_SOFTWARE", 70),
    ("EX_OSERR", 71),
    ("EX_OSFILE", 72),
    ("EX_CANTCREAT", 73),
    ("EX_IOERR", 74),
    ("EX_TEMPFAIL", 75),
    ("EX_PROTOCOL", 76),
    ("EX_NOPERM", 77),
    ("EX_CONFIG", 78),
];

static FILES: &[Def] = file::DEFS;
static FOLDERS: &[Def] = folder::DEFS;
static SYSTEM: &[Def] = system::DEFS;

constants!(O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_TRUNC O_APPEND O_NONBLOCK O_NDELAY O_CLOEXEC O_SYNC O_DSYNC
    O_RSYNC O_NOCTTY O_DIRECTORY O_NOFOLLOW O_NOATIME O_ASYNC O_DIRECT O_LARGEFILE O_PATH O_TMPFILE O_ACCMODE WNOHANG
    SEEK_SET SEEK_CUR SEEK_END SEEK_DATA SEEK_HOLE F_OK R_OK W_OK X_OK F_LOCK F_TLOCK F_ULOCK F_TEST GRND_NONBLOCK
    GRND_RANDOM POSIX_FADV_NORMAL POSIX_FADV_SEQUENTIAL POSIX_FADV_RANDOM POSIX_FADV_NOREUSE POSIX_FADV_WILLNEED
    POSIX_FADV_DONTNEED PRIO_PROCESS PRIO_PGRP PRIO_USER ST_RDONLY ST_NOSUID ST_NODEV ST_NOEXEC
    ST_SYNCHRONOUS ST_MANDLOCK ST_WRITE ST_APPEND ST_NOATIME ST_NODIRATIME ST_RELATIME WCONTINUED WUNTRACED WEXITED
    WSTOPPED WNOWAIT P_ALL P_PID P_PGID P_PIDFD CLD_EXITED CLD_KILLED CLD_DUMPED CLD_TRAPPED CLD_STOPPED CLD_CONTINUED
    RTLD_LAZY RTLD_NOW RTLD_GLOBAL RTLD_LOCAL RTLD_NODELETE RTLD_NOLOAD RTLD_DEEPBIND SCHED_OTHER SCHED_FIFO SCHED_RR
    SCHED_BATCH SCHED_IDLE SCHED_RESET_ON_FORK EFD_CLOEXEC EFD_NONBLOCK EFD_SEMAPHORE MFD_CLOEXEC MFD_ALLOW_SEALING
    MFD_HUGETLB);

/// The table; more functions are added by [`init`].
pub static DEFS: &[Def] = crate::defs! {
    fn "fspath(path)" "The path as str or bytes." => |a| path::fspath(&a[0]);
};
