//! What the system says of itself and of its users, the environment, and random bytes.

use super::path::{decode, encode};
use super::{failed, fd};
use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::{bytes, exception, int};
use std::ffi::{CStr, CString};
use std::io::Error;
use std::os::unix::ffi::OsStrExt;

fn environment() -> Value {
    let dict = Dict::new();
    if let Some(d) = dict.cast::<Dict>() {
        for (k, v) in std::env::vars_os() {
            // Bytes can be hashed.
            let _ = d.set(&bytes::from_slice(k.as_bytes()), bytes::from_slice(v.as_bytes()));
        }
    }
    dict
}

/// A part of the environment as the system knows it.
fn c_text(v: &Value) -> Result<CString> {
    let data = match bytes::as_bytes(v) {
        Some(data) => data.to_vec(),
        None if v.as_str().is_some() => encode(v)?,
        None => {
            return type_error(format!("expected str, bytes or os.PathLike object, not {}", v.ty().name()));
        }
    };
    CString::new(data).or_else(|_| value_error("embedded null byte"))
}

fn variable_name(v: &Value) -> Result<CString> {
    let name = c_text(v)?;
    if name.as_bytes().contains(&b'=') { value_error("illegal environment variable name") } else { Ok(name) }
}

fn set_variable(a: &[Value]) -> Result {
    let (key, value) = (variable_name(&a[0])?, c_text(&a[1])?);
    // SAFETY: only the holder of the GIL touches the environment; both strings end in zero and are copied.
    if unsafe { libc::setenv(key.as_ptr(), value.as_ptr(), 1) } != 0 { failed(None) } else { Ok(Value::NONE) }
}

fn unset_variable(a: &[Value]) -> Result {
    let key = c_text(&a[0])?;
    // SAFETY: as above.
    if unsafe { libc::unsetenv(key.as_ptr()) } != 0 { failed(None) } else { Ok(Value::NONE) }
}

fn random_bytes(n: i64, flags: u32) -> Result {
    let Ok(n) = usize::try_from(n) else {
        return value_error("negative argument not allowed");
    };
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    data.resize(n, 0);
    let mut at = 0;
    while at < n {
        let rest = &mut data[at..];
        // SAFETY: there is room for so many bytes.
        match unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), flags) } {
            -1 => {
                let error = Error::last_os_error();
                if error.kind() != std::io::ErrorKind::Interrupted {
                    return Err(exception::from_io_error(&error, None));
                }
                crate::vm::safepoint::interrupted()?;
            }
            got => at += got as usize,
        }
    }
    Ok(bytes::from_vec(data))
}

fn terminal_size(a: &[Value]) -> Result {
    let fd = arg(a, 0).as_bound().map_or(Ok(1), fd)?;
    // SAFETY: a winsize of zeros is valid, and the call fills it.
    let mut size: libc::winsize = unsafe { std::mem::zeroed() };
    // SAFETY: as above.
    if unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, &mut size) } != 0 {
        return failed(None);
    }
    Ok(Value::tuple(vec![Value::small(size.ws_col.into()), Value::small(size.ws_row.into())]))
}

fn system(a: &[Value]) -> Result {
    let path = super::PathArg::new(&a[0], "system", "command", super::path::Or::Nothing)?;
    let c = &path.c;
    // SAFETY: the command ends in zero.
    Ok(Value::small(minipy_sched::without_gil(|| unsafe { libc::system(c.as_ptr()) })))
}

fn names(_: &[Value]) -> Result {
    // SAFETY: a structure of zeros is valid, and the call fills it with strings that end in zero.
    let mut names: libc::utsname = unsafe { std::mem::zeroed() };
    // SAFETY: as above.
    if unsafe { libc::uname(&mut names) } != 0 {
        return failed(None);
    }
    let fields = [&names.sysname, &names.nodename, &names.release, &names.version, &names.machine];
    // SAFETY: as above.
    let text = |field: &[libc::c_char]| decode(unsafe { CStr::from_ptr(field.as_ptr()) }.to_bytes());
    Ok(Value::tuple(fields.iter().map(|f| text(&f[..])).collect()))
}

fn login(_: &[Value]) -> Result {
    // SAFETY: the name is copied before the next question, which needs the GIL.
    let name = unsafe { libc::getlogin() };
    if name.is_null() {
        return failed(None);
    }
    // SAFETY: the name ends in zero.
    Ok(decode(unsafe { CStr::from_ptr(name) }.to_bytes()))
}

fn groups(_: &[Value]) -> Result {
    let mut list = vec![0; 65536];
    // SAFETY: there is room for so many numbers.
    match unsafe { libc::getgroups(list.len() as i32, list.as_mut_ptr()) } {
        -1 => failed(None),
        n => Ok(Value::list(list[..n as usize].iter().map(|&g| int::from_i64(g.into())).collect())),
    }
}

/// `getgrouplist`
fn groups_of(a: &[Value]) -> Result {
    let user = super::path::PathArg::text(&a[0])?;
    let Ok(user) = std::ffi::CString::new(user) else { return value_error("embedded null byte") };
    if a[1].ty().slots().index.is_none() {
        return type_error(format!("gid should be integer, not {}", a[1].ty().name()));
    }
    let gid = protocol::index_i64(&a[1])? as libc::gid_t;
    let mut list: Vec<libc::gid_t> = vec![0; 65536];
    let mut n = list.len() as i32;
    // SAFETY: the name ends in zero, and there is room for so many numbers.
    match unsafe { libc::getgrouplist(user.as_ptr(), gid, list.as_mut_ptr(), &mut n) } {
        -1 => failed(None),
        _ => Ok(Value::list(list[..n as usize].iter().map(|&g| int::from_i64(g.into())).collect())),
    }
}

/// The number that a name of the table stands for, or the number itself.
fn named(v: &Value, table: &[(&str, i32)]) -> Result<i32> {
    if let Some(name) = v.as_str() {
        return match table.iter().find(|(n, _)| *n == name) {
            Some((_, n)) => Ok(*n),
            None => value_error("unrecognized configuration name"),
        };
    }
    if v.ty().slots().index.is_none() {
        return type_error("configuration names must be strings or integers");
    }
    fd(v)
}

macro_rules! table {
    ($name:ident $prefix:literal: $($n:ident)*) => {
        static $name: &[(&str, i32)] = &[$( (stringify!($n).split_at($prefix).1, libc::$n) ),*];
    };
}

table!(SYSCONF 1: _SC_ARG_MAX _SC_CHILD_MAX _SC_CLK_TCK _SC_NGROUPS_MAX _SC_OPEN_MAX _SC_STREAM_MAX _SC_TZNAME_MAX
    _SC_JOB_CONTROL _SC_SAVED_IDS _SC_REALTIME_SIGNALS _SC_PRIORITY_SCHEDULING _SC_TIMERS _SC_ASYNCHRONOUS_IO
    _SC_SYNCHRONIZED_IO _SC_FSYNC _SC_MAPPED_FILES _SC_MEMLOCK _SC_MEMORY_PROTECTION _SC_MESSAGE_PASSING
    _SC_SEMAPHORES _SC_SHARED_MEMORY_OBJECTS _SC_AIO_MAX _SC_MQ_OPEN_MAX _SC_VERSION _SC_PAGESIZE _SC_PAGE_SIZE
    _SC_RTSIG_MAX _SC_SEM_NSEMS_MAX _SC_SEM_VALUE_MAX _SC_SIGQUEUE_MAX _SC_TIMER_MAX _SC_BC_BASE_MAX _SC_BC_DIM_MAX
    _SC_BC_SCALE_MAX _SC_BC_STRING_MAX _SC_EXPR_NEST_MAX _SC_LINE_MAX _SC_RE_DUP_MAX _SC_IOV_MAX _SC_THREADS
    _SC_GETGR_R_SIZE_MAX _SC_GETPW_R_SIZE_MAX _SC_LOGIN_NAME_MAX _SC_TTY_NAME_MAX _SC_THREAD_KEYS_MAX
    _SC_THREAD_STACK_MIN _SC_THREAD_THREADS_MAX _SC_NPROCESSORS_CONF _SC_NPROCESSORS_ONLN _SC_PHYS_PAGES
    _SC_AVPHYS_PAGES _SC_ATEXIT_MAX _SC_XOPEN_VERSION _SC_HOST_NAME_MAX _SC_SYMLOOP_MAX);

table!(PATHCONF 1: _PC_LINK_MAX _PC_MAX_CANON _PC_MAX_INPUT _PC_NAME_MAX _PC_PATH_MAX _PC_PIPE_BUF
    _PC_CHOWN_RESTRICTED _PC_NO_TRUNC _PC_VDISABLE _PC_SYNC_IO _PC_ASYNC_IO _PC_PRIO_IO _PC_FILESIZEBITS);

static CONFSTR: &[(&str, i32)] =
    &[("CS_PATH", libc::_CS_PATH), ("CS_GNU_LIBC_VERSION", 2), ("CS_GNU_LIBPTHREAD_VERSION", 3)];

fn as_dict(table: &[(&str, i32)]) -> Value {
    let dict = Dict::new();
    if let Some(d) = dict.cast::<Dict>() {
        for (name, n) in table {
            d.set_interned(&intern(name), Value::small(*n));
        }
    }
    dict
}

/// The tables of names.
pub fn init(d: &Dict) {
    let tables = [("sysconf_names", SYSCONF), ("pathconf_names", PATHCONF), ("confstr_names", CONFSTR)];
    for (name, table) in tables {
        d.set_interned(&intern(name), as_dict(table));
    }
}

/// The result of a question whose answer may be -1 without an error.
fn answered(f: impl FnOnce() -> i64) -> Result {
    // SAFETY: the error number belongs to this thread.
    unsafe { *libc::__errno_location() = 0 };
    match f() {
        -1 if Error::last_os_error().raw_os_error() != Some(0) => failed(None),
        n => Ok(int::from_i64(n)),
    }
}

fn configuration_text(a: &[Value]) -> Result {
    let name = named(&a[0], CONFSTR)?;
    let mut text = vec![0_u8; 1024];
    // SAFETY: there is room for so many bytes.
    let n = unsafe { libc::confstr(name, text.as_mut_ptr().cast(), text.len()) };
    match n {
        0 => match Error::last_os_error().raw_os_error() {
            Some(libc::EINVAL) => failed(None),
            _ => Ok(Value::NONE),
        },
        n => Ok(decode(&text[..n.min(text.len()) - 1])),
    }
}

fn processors(a: &[Value]) -> Result {
    let pid = fd(&a[0])?;
    // SAFETY: a set of zeros is valid, and the call fills it.
    let mut set: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    // SAFETY: as above.
    if unsafe { libc::sched_getaffinity(pid, size_of::<libc::cpu_set_t>(), &mut set) } != 0 {
        return failed(None);
    }
    // SAFETY: the numbers are below the size of the set.
    let there = (0..libc::CPU_SETSIZE as usize).filter(|&i| unsafe { libc::CPU_ISSET(i, &set) });
    Ok(Value::list(there.map(int::from_usize).collect()))
}

fn set_processors(a: &[Value]) -> Result {
    let pid = fd(&a[0])?;
    // SAFETY: a set of zeros is valid.
    let mut set: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    protocol::for_each(&a[1], |item| {
        if !item.ty().is_subtype(&int::INT) {
            let given = protocol::repr_string(&item.ty().value())?;
            return type_error(format!("expected an iterator of ints, but iterator yielded {given}"));
        }
        match i32::try_from(protocol::index_i64(&item)?) {
            Ok(n) if n < 0 => return value_error("negative CPU number"),
            // There is no such processor: the system ignores it.
            Ok(n) if n >= libc::CPU_SETSIZE => {}
            // SAFETY: the number is below the size of the set.
            Ok(n) => unsafe { libc::CPU_SET(n as usize, &mut set) },
            Err(_) => return overflow_error("CPU number too large"),
        }
        Ok(())
    })?;
    // SAFETY: the set outlives the call.
    match unsafe { libc::sched_setaffinity(pid, size_of::<libc::cpu_set_t>(), &set) } {
        0 => Ok(Value::NONE),
        _ => failed(None),
    }
}

/// A number that a system call without arguments gives.
macro_rules! number {
    ($f:ident) => {
        // SAFETY: a plain system call.
        |_| Ok(int::from_i64(unsafe { libc::$f() } as i64))
    };
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "environ()" "" => environment;
    fn "putenv(name, value, /)" "Set a variable for processes that are started." => set_variable;
    fn "unsetenv(name, /)" "Delete a variable for processes that are started." => unset_variable;
    fn "urandom(size, /)" "Random bytes." => |a| random_bytes(protocol::index_i64(&a[0])?, 0);
    fn "getrandom(size, flags=0)" "Random bytes of the system." => |a| {
        random_bytes(protocol::index_i64(&a[0])?, arg(a, 1).as_bound().map_or(Ok(0), fd)? as u32)
    };
    fn "get_terminal_size(fd=1, /)" "Columns and lines of a terminal." => terminal_size;
    fn "system(command)" "Run a command by the shell; returns its status." => system;
    fn "getpid()" "The number of this process." => number!(getpid);
    fn "getppid()" "The number of the parent process." => number!(getppid);
    fn "getuid()" "The user." => number!(getuid);
    fn "geteuid()" "The effective user." => number!(geteuid);
    fn "getgid()" "The group." => number!(getgid);
    fn "getegid()" "The effective group." => number!(getegid);
    fn "getgroups()" "The other groups." => groups;
    fn "getgrouplist(user, group, /)" "The groups that a user is in, and another one." => groups_of;
    fn "getlogin()" "The name of the user at the terminal." => login;
    fn "_uname()" "The names of the system." => names;
    fn "sysconf(name, /)" "A number of the system's configuration." => |a| {
        let name = named(&a[0], SYSCONF)?;
        // SAFETY: a plain question.
        answered(|| unsafe { libc::sysconf(name) })
    };
    fn "pathconf(path, name)" "A limit of the file system at a path." => |a| {
        let path = super::PathArg::new(&a[0], "pathconf", "path", super::path::Or::Descriptor)?;
        let name = named(&a[1], PATHCONF)?;
        // SAFETY: the path ends in zero.
        answered(|| unsafe {
            match path.fd {
                Some(fd) => libc::fpathconf(fd, name),
                None => libc::pathconf(path.c.as_ptr(), name),
            }
        })
    };
    fn "confstr(name, /)" "A text of the system's configuration." => configuration_text;
    fn "_getaffinity(pid, /)" "The numbers of the processors that may be used." => processors;
    fn "sched_setaffinity(pid, mask, /)" "Which processors may be used, by their numbers." => set_processors;
    fn "sched_yield()" "Let others run." => |_| {
        // SAFETY: a plain system call.
        minipy_sched::without_gil(|| unsafe { libc::sched_yield() });
        Ok(Value::NONE)
    };
    fn "_exit(status)" "End the process at once." => |a| {
        let status = fd(&a[0])?;
        // SAFETY: ends the process.
        unsafe { libc::_exit(status) }
    };
    fn "umask(mask, /)" "Set the permissions that new files lack; returns the old ones." => |a| {
        let mask = fd(&a[0])? as u32;
        // SAFETY: a plain system call.
        Ok(int::from_i64(unsafe { libc::umask(mask) } as i64))
    };
    fn "strerror(code, /)" "The text of an error number." => |a| {
        let text = Error::from_raw_os_error(fd(&a[0])?).to_string();
        Ok(Value::str(text.split(" (os error").next().unwrap_or_default()))
    };
    fn "ctermid()" "The name of the controlling terminal." => |_| Ok(Value::str("/dev/tty"));
    fn "cpu_count()" "How many processors there are." => |_| {
        // SAFETY: a plain question.
        match unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) } {
            n @ 1.. => Ok(int::from_i64(n)),
            _ => Ok(Value::NONE),
        }
    };
};
