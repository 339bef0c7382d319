//! `resource`: limits of what a process may use, and what it has used.

#![allow(unsafe_code)]

use super::posix::{failed, fd};
use crate::object::{Def, Dict, Result, Value, intern};
use crate::protocol::{self, value_error};
use crate::types::{exception, float, int};
use std::io::Error;

crate::structure!(RUSAGE: "resource.struct_rusage" "What processes have used." {
    0 "ru_utime()" "Time in the program.";
    1 "ru_stime()" "Time in the system.";
    2 "ru_maxrss()" "The most memory at a time.";
    3 "ru_ixrss()" "Shared memory.";
    4 "ru_idrss()" "Unshared data.";
    5 "ru_isrss()" "Unshared stack.";
    6 "ru_minflt()" "Page faults without reading.";
    7 "ru_majflt()" "Page faults with reading.";
    8 "ru_nswap()" "How often it was swapped out.";
    9 "ru_inblock()" "Blocks read.";
    10 "ru_oublock()" "Blocks written.";
    11 "ru_msgsnd()" "Messages sent.";
    12 "ru_msgrcv()" "Messages received.";
    13 "ru_nsignals()" "Signals received.";
    14 "ru_nvcsw()" "How often it waited.";
    15 "ru_nivcsw()" "How often it had to.";
});

fn usage(a: &[Value]) -> Result {
    let who = fd(&a[0])?;
    // SAFETY: a structure of zeros is valid, and the call fills it.
    let mut u: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: as above.
    if unsafe { libc::getrusage(who, &mut u) } != 0 {
        return match Error::last_os_error().raw_os_error() {
            Some(libc::EINVAL) => value_error("invalid who parameter"),
            _ => failed(None),
        };
    }
    Ok(usage_of(&u))
}

/// `resource.struct_rusage` of what the system says.
pub(super) fn usage_of(u: &libc::rusage) -> Value {
    let time = |t: libc::timeval| float::from_f64(t.tv_sec as f64 + t.tv_usec as f64 * 1e-6);
    let counts = [
        u.ru_maxrss,
        u.ru_ixrss,
        u.ru_idrss,
        u.ru_isrss,
        u.ru_minflt,
        u.ru_majflt,
        u.ru_nswap,
        u.ru_inblock,
        u.ru_oublock,
        u.ru_msgsnd,
        u.ru_msgrcv,
        u.ru_nsignals,
        u.ru_nvcsw,
        u.ru_nivcsw,
    ];
    let mut fields = vec![time(u.ru_utime), time(u.ru_stime)];
    fields.extend(counts.iter().map(|&n| int::from_i64(n)));
    Value::tuple_of(&RUSAGE, fields)
}

/// The number of a resource.
fn resource(v: &Value) -> Result<u32> {
    match u32::try_from(fd(v)?) {
        Ok(n) if n < 16 => Ok(n),
        _ => value_error("invalid resource specified"),
    }
}

/// A limit: -1 for none.
fn limit(v: &Value) -> Result<u64> {
    Ok(protocol::index_i64(v)? as u64)
}

fn pair(l: &libc::rlimit) -> Value {
    Value::tuple([l.rlim_cur, l.rlim_max].iter().map(|&n| int::from_i64(n as i64)).collect())
}

/// The limits of a process, which are changed if new ones are given.
fn limits(pid: i32, v: &Value, new: Option<&Value>) -> Result {
    let resource = resource(v)?;
    let new = match new {
        None => None,
        Some(v) => match protocol::collect(v)?.as_slice() {
            [soft, hard] => Some(libc::rlimit { rlim_cur: limit(soft)?, rlim_max: limit(hard)? }),
            _ => return value_error("expected a tuple of 2 integers"),
        },
    };
    let mut old = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    let place = new.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: the new limits are there or absent, and the old ones are written to a local.
    if unsafe { libc::prlimit(pid, resource, place, &mut old) } == 0 {
        return Ok(pair(&old));
    }
    let error = Error::last_os_error();
    match error.raw_os_error() {
        Some(libc::EINVAL) => value_error("current limit exceeds maximum limit"),
        Some(libc::EPERM) if pid == 0 => value_error("not allowed to raise maximum limit"),
        _ => Err(exception::from_io_error(&error, None)),
    }
}

macro_rules! constants {
    ($($name:ident)*) => {
        /// The constants.
        pub fn init(d: &Dict) {
            for (name, n) in [$( (stringify!($name), libc::$name as i64) ),*] {
                d.set_interned(&intern(name), int::from_i64(n));
            }
            d.set_interned(&intern("error"), exception::OS_ERROR.value());
        }
    };
}

constants!(RLIMIT_AS RLIMIT_CORE RLIMIT_CPU RLIMIT_DATA RLIMIT_FSIZE RLIMIT_MEMLOCK RLIMIT_MSGQUEUE RLIMIT_NICE
    RLIMIT_NOFILE RLIMIT_NPROC RLIMIT_RSS RLIMIT_RTPRIO RLIMIT_RTTIME RLIMIT_SIGPENDING RLIMIT_STACK RLIM_INFINITY
    RUSAGE_SELF RUSAGE_CHILDREN RUSAGE_THREAD);

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "struct_rusage()" "" => || super::native::class(&RUSAGE);
    fn "getrusage(who, /)" "What this process or its children have used." => usage;
    fn "getrlimit(resource, /)" "The soft and the hard limit of a resource." => |a| limits(0, &a[0], None);
    fn "setrlimit(resource, limits, /)" "Set the limits of a resource." => |a| limits(0, &a[0], Some(&a[1])).map(|_| Value::NONE);
    fn "prlimit(pid, resource, limits=None, /)" "The limits of a process, which may be set." => |a| {
        limits(fd(&a[0])?, &a[1], a.get(2).and_then(Value::as_bound).filter(|v| !v.is_none()))
    };
    fn "getpagesize()" "Bytes of a page." => |_| {
        // SAFETY: a plain question.
        Ok(int::from_i64(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }))
    };
};
