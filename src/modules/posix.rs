//! `posix`: system calls for files and processes. The module `os` is Python on top of it.

#![allow(unsafe_code)]

use crate::object::{Def, Dict, Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::{bytes, exception, int};
use std::ffi::CString;
use std::io::Error;
use std::path::{Path, PathBuf};

pub(super) fn failed<T>(path: Option<&str>) -> Result<T> {
    Err(exception::from_io_error(&Error::last_os_error(), path))
}

/// A path given as `str`, bytes or an object with `__fspath__`.
pub(super) fn path(v: &Value) -> Result<String> {
    if let Some(s) = v.as_str() {
        if s.contains('\0') {
            return value_error("embedded null byte");
        }
        return Ok(s.to_owned());
    }
    if let Some(b) = bytes::copy_of(v) {
        return Ok(String::from_utf8_lossy(&b).into_owned());
    }
    match protocol::lookup_special(v, &crate::object::intern("__fspath__"))? {
        Some(m) => {
            let p = protocol::call(&m, &[])?;
            match p.as_str() {
                Some(s) => Ok(s.to_owned()),
                None => type_error(format!(
                    "expected {}.__fspath__() to return str or bytes, not {}",
                    v.ty().name(),
                    p.ty().name()
                )),
            }
        }
        None => type_error(format!("expected str, bytes or os.PathLike object, not {}", v.ty().name())),
    }
}

fn c_path(text: &str) -> Result<CString> {
    CString::new(text).or_else(|_| value_error("embedded null byte"))
}

pub(super) fn fd(v: &Value) -> Result<i32> {
    Ok(protocol::index_i64(v)? as i32)
}

/// Runs a system call without the GIL, again after signals; -1 is an error.
pub(super) fn call(path: Option<&str>, f: impl Fn() -> i64 + Sync) -> Result<i64> {
    loop {
        let n = minipy_sched::without_gil(|| {
            let n = f();
            if n == -1 { Err(Error::last_os_error()) } else { Ok(n) }
        });
        match n {
            Ok(n) => return Ok(n),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => crate::vm::safepoint::interrupted()?,
            Err(e) => return Err(exception::from_io_error(&e, path)),
        }
    }
}

fn open(a: &[Value]) -> Result {
    let name = path(&a[0])?;
    let c = c_path(&name)?;
    let flags = protocol::index_i64(&a[1])? as i32 | libc::O_CLOEXEC;
    let mode = arg(a, 2).as_bound().map_or(Ok(0o777), protocol::index_i64)? as u32;
    // SAFETY: the name is a string that ends in zero.
    Ok(int::from_i64(call(Some(&name), || unsafe { libc::open(c.as_ptr(), flags, mode) } as i64)?))
}

fn read(a: &[Value]) -> Result {
    let (fd, n) = (fd(&a[0])?, protocol::index_i64(&a[1])?);
    let Ok(n) = usize::try_from(n) else {
        return Err(exception::from_io_error(&Error::from_raw_os_error(libc::EINVAL), None));
    };
    let mut data: Vec<u8> = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    let place = data.as_mut_ptr() as usize;
    // SAFETY: there is room for so many bytes, which nobody else uses meanwhile.
    let got = call(None, || unsafe { libc::read(fd, place as *mut libc::c_void, n) } as i64)?;
    // SAFETY: so many bytes have been written.
    unsafe { data.set_len(got as usize) };
    Ok(bytes::from_vec(data))
}

fn write(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    let Some(data) = bytes::copy_of(&a[1]) else {
        return type_error(format!("a bytes-like object is required, not '{}'", a[1].ty().name()));
    };
    // SAFETY: the bytes are there.
    Ok(int::from_i64(call(None, || unsafe { libc::write(fd, data.as_ptr().cast(), data.len()) } as i64)?))
}

/// The fields of a `stat` result, in the order of `os.stat_result`, then times in nanoseconds.
fn stat_values(s: &libc::stat) -> Value {
    let n = |n: i64| int::from_i64(n);
    let ns = |s: i64, n: i64| int::from_i64(s * 1_000_000_000 + n);
    Value::tuple(vec![
        n(s.st_mode as i64),
        n(s.st_ino as i64),
        n(s.st_dev as i64),
        n(s.st_nlink as i64),
        n(s.st_uid as i64),
        n(s.st_gid as i64),
        n(s.st_size),
        ns(s.st_atime, s.st_atime_nsec),
        ns(s.st_mtime, s.st_mtime_nsec),
        ns(s.st_ctime, s.st_ctime_nsec),
    ])
}

fn stat(v: &Value, follow: bool) -> Result {
    // SAFETY: a stat of zeros is valid.
    let mut s: libc::stat = unsafe { std::mem::zeroed() };
    let (name, result);
    if v.ty().slots().index.is_some() && v.as_str().is_none() {
        name = None;
        let fd = fd(v)?;
        // SAFETY: the result is written to a local.
        result = unsafe { libc::fstat(fd, &mut s) };
    } else {
        let text = path(v)?;
        let c = c_path(&text)?;
        // SAFETY: as above; the name ends in zero.
        result =
            unsafe { if follow { libc::stat(c.as_ptr(), &mut s) } else { libc::lstat(c.as_ptr(), &mut s) } };
        name = Some(text);
    }
    if result != 0 { failed(name.as_deref()) } else { Ok(stat_values(&s)) }
}

fn text(p: PathBuf) -> Value {
    Value::str(&p.into_os_string().to_string_lossy())
}

/// Does something to a path by the standard library.
fn by_path(a: &[Value], f: impl Fn(&Path) -> std::io::Result<()>) -> Result {
    let p = path(&a[0])?;
    f(Path::new(&p)).map_err(|e| exception::from_io_error(&e, Some(&p)))?;
    Ok(Value::NONE)
}

/// Does something to two paths.
fn by_paths(a: &[Value], f: impl Fn(&str, &str) -> std::io::Result<()>) -> Result {
    let (p, q) = (path(&a[0])?, path(&a[1])?);
    match f(&p, &q) {
        Ok(()) => Ok(Value::NONE),
        Err(e) => {
            let raised = exception::from_io_error(&e, Some(&p));
            exception::set_field(&raised.0, "filename2", Value::str(&q));
            Err(raised)
        }
    }
}

fn environment() -> Value {
    let dict = Dict::new();
    if let Some(d) = dict.cast::<Dict>() {
        for (k, v) in std::env::vars_os() {
            // Strings can be hashed.
            let _ = d.set(&Value::str(&k.to_string_lossy()), Value::str(&v.to_string_lossy()));
        }
    }
    dict
}

fn list_directory(a: &[Value]) -> Result {
    let p = arg(a, 0).as_bound().filter(|p| !p.is_none()).map_or(Ok(".".to_owned()), path)?;
    let entries = std::fs::read_dir(&p).map_err(|e| exception::from_io_error(&e, Some(&p)))?;
    let names = entries.flatten().map(|e| Value::str(&e.file_name().to_string_lossy()));
    Ok(Value::list(names.collect()))
}

fn make_directory(a: &[Value]) -> Result {
    let p = path(&a[0])?;
    let c = c_path(&p)?;
    let mode = arg(a, 1).as_bound().map_or(Ok(0o777), protocol::index_i64)? as u32;
    // SAFETY: the name ends in zero.
    if unsafe { libc::mkdir(c.as_ptr(), mode) } != 0 { failed(Some(&p)) } else { Ok(Value::NONE) }
}

fn access(a: &[Value]) -> Result {
    let c = c_path(&path(&a[0])?)?;
    let mode = protocol::index_i64(&a[1])? as i32;
    // SAFETY: the name ends in zero.
    Ok(Value::bool(unsafe { libc::access(c.as_ptr(), mode) } == 0))
}

fn random_bytes(a: &[Value]) -> Result {
    let Ok(n) = usize::try_from(protocol::index_i64(&a[0])?) else {
        return value_error("negative argument not allowed");
    };
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    data.resize(n, 0);
    let read =
        std::fs::File::open("/dev/urandom").and_then(|mut f| std::io::Read::read_exact(&mut f, &mut data));
    read.map_err(|e| exception::from_io_error(&e, None))?;
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
    Ok(Value::tuple(vec![int::from_i64(size.ws_col as i64), int::from_i64(size.ws_row as i64)]))
}

fn system(a: &[Value]) -> Result {
    let c = c_path(&path(&a[0])?)?;
    // SAFETY: the command ends in zero.
    Ok(int::from_i64(minipy_sched::without_gil(|| unsafe { libc::system(c.as_ptr()) }) as i64))
}

fn chmod(a: &[Value]) -> Result {
    let p = path(&a[0])?;
    let c = c_path(&p)?;
    let mode = protocol::index_i64(&a[1])? as u32;
    // SAFETY: the name ends in zero.
    if unsafe { libc::chmod(c.as_ptr(), mode) } != 0 { failed(Some(&p)) } else { Ok(Value::NONE) }
}

fn set_times(a: &[Value]) -> Result {
    let p = path(&a[0])?;
    let c = c_path(&p)?;
    let time = |v: &Value| -> Result<libc::timespec> {
        let ns = protocol::index_i64(v)?;
        Ok(libc::timespec { tv_sec: ns.div_euclid(1_000_000_000), tv_nsec: ns.rem_euclid(1_000_000_000) })
    };
    let times = [time(&a[1])?, time(&a[2])?];
    // SAFETY: the name ends in zero, and there are two times.
    let result = unsafe { libc::utimensat(libc::AT_FDCWD, c.as_ptr(), times.as_ptr(), 0) };
    if result != 0 { failed(Some(&p)) } else { Ok(Value::NONE) }
}

fn pipe(_: &[Value]) -> Result {
    let mut ends = [0; 2];
    // SAFETY: there is room for both ends.
    if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) } != 0 {
        return failed(None);
    }
    Ok(Value::tuple(ends.iter().map(|&e| int::from_i64(e as i64)).collect()))
}

/// A system call that takes only numbers.
macro_rules! plain {
    ($f:ident($($a:expr),*)) => {{
        // SAFETY: the kernel checks descriptors, processes and positions.
        unsafe { libc::$f($($a),*) }
    }};
}

/// A number that a system call without arguments gives.
macro_rules! number {
    ($f:ident) => {
        // SAFETY: a plain system call.
        |_| Ok(int::from_i64(unsafe { libc::$f() } as i64))
    };
}

/// A system call of one file descriptor.
fn by_fd(a: &[Value], f: impl Fn(i32) -> i32 + Sync) -> Result<i64> {
    let fd = fd(&a[0])?;
    call(None, || f(fd) as i64)
}

macro_rules! constants {
    ($($name:ident)*) => {
        /// The constants of system calls.
        pub fn init(d: &Dict) {
            $( d.set_interned(&crate::object::intern(stringify!($name)), int::from_i64(libc::$name as i64)); )*
            crate::builtins::add_defs(d, super::posix_process::DEFS, "posix");
            super::posix_process::init(d);
            for (name, n) in [("F_OK", libc::F_OK), ("R_OK", libc::R_OK), ("W_OK", libc::W_OK), ("X_OK", libc::X_OK)] {
                d.set_interned(&crate::object::intern(name), int::from_i64(n as i64));
            }
        }
    };
}

constants!(O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_TRUNC O_APPEND O_NONBLOCK O_CLOEXEC O_SYNC WNOHANG SEEK_SET SEEK_CUR SEEK_END);

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "environ()" "" => environment;
    fn "open(path, flags, mode=511)" "Open a file; returns a file descriptor." => open;
    fn "read(fd, length, /)" "Read from a file descriptor." => read;
    fn "write(fd, data, /)" "Write to a file descriptor; returns how many bytes it took." => write;
    fn "close(fd)" "Close a file descriptor." => |a| by_fd(a, |fd| plain!(close(fd))).map(|_| Value::NONE);
    fn "dup(fd, /)" "A copy of a file descriptor." => |a| by_fd(a, |fd| plain!(fcntl(fd, libc::F_DUPFD_CLOEXEC, 0))).map(int::from_i64);
    fn "lseek(fd, position, how, /)" "Move in a file." => |a| {
        let (fd, at, how) = (fd(&a[0])?, protocol::index_i64(&a[1])?, fd(&a[2])?);
        call(None, || plain!(lseek(fd, at, how))).map(int::from_i64)
    };
    fn "ftruncate(fd, length, /)" "Cut a file." => |a| {
        let length = protocol::index_i64(&a[1])?;
        by_fd(a, |fd| plain!(ftruncate(fd, length))).map(|_| Value::NONE)
    };
    fn "fsync(fd)" "Write a file to the disk." => |a| by_fd(a, |fd| plain!(fsync(fd))).map(|_| Value::NONE);
    fn "isatty(fd, /)" "Whether it is a terminal." => |a| Ok(Value::bool(crate::modules::io::is_terminal(fd(&a[0])?)));
    fn "pipe()" "Two ends of a pipe." => pipe;
    fn "_stat(path, follow, /)" "The numbers of a stat result." => |a| stat(&a[0], protocol::truth(&a[1])?);
    fn "_fspath(path, /)" "" => |a| Ok(Value::str(&path(&a[0])?));
    fn "listdir(path=None)" "The names in a folder." => list_directory;
    fn "mkdir(path, mode=511)" "Make a folder." => make_directory;
    fn "rmdir(path)" "Remove an empty folder." => |a| by_path(a, |p| std::fs::remove_dir(p));
    fn "unlink(path)" "Remove a file." => |a| by_path(a, |p| std::fs::remove_file(p));
    fn "remove(path)" "Remove a file." => |a| by_path(a, |p| std::fs::remove_file(p));
    fn "chdir(path)" "Change the working folder." => |a| by_path(a, |p| std::env::set_current_dir(p));
    fn "rename(src, dst)" "Rename a file or folder." => |a| by_paths(a, |p, q| std::fs::rename(p, q));
    fn "replace(src, dst)" "Rename, replacing what is there." => |a| by_paths(a, |p, q| std::fs::rename(p, q));
    fn "link(src, dst)" "Another name for a file." => |a| by_paths(a, |p, q| std::fs::hard_link(p, q));
    fn "symlink(src, dst)" "A symbolic link." => |a| by_paths(a, |p, q| std::os::unix::fs::symlink(p, q));
    fn "readlink(path)" "Where a symbolic link leads." => |a| {
        let p = path(&a[0])?;
        std::fs::read_link(&p).map(text).map_err(|e| exception::from_io_error(&e, Some(&p)))
    };
    fn "getcwd()" "The working folder." => |_| std::env::current_dir().map(text).map_err(|e| exception::from_io_error(&e, None));
    fn "access(path, mode)" "Whether a path may be used." => access;
    fn "chmod(path, mode)" "Change permissions." => chmod;
    fn "_utime(path, atime, mtime, /)" "" => set_times;
    fn "urandom(size, /)" "Random bytes." => random_bytes;
    fn "get_terminal_size(fd=1, /)" "Columns and lines of a terminal." => terminal_size;
    fn "system(command)" "Run a command by the shell; returns its status." => system;
    fn "getpid()" "The number of this process." => number!(getpid);
    fn "getppid()" "The number of the parent process." => number!(getppid);
    fn "getuid()" "The user." => number!(getuid);
    fn "geteuid()" "The effective user." => number!(geteuid);
    fn "getgid()" "The group." => number!(getgid);
    fn "getegid()" "The effective group." => number!(getegid);
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
    fn "_putenv(key, value, /)" "Set or, by None, delete a variable of the environment." => |a| {
        let key = path(&a[0])?;
        let value = if a[1].is_none() { None } else { Some(path(&a[1])?) };
        let c_key = c_path(&key)?;
        let c_value = value.map(|v| c_path(&v)).transpose()?;
        // SAFETY: only the holder of the GIL touches the environment; both strings end in zero and are copied.
        unsafe {
            match &c_value {
                Some(v) => libc::setenv(c_key.as_ptr(), v.as_ptr(), 1),
                None => libc::unsetenv(c_key.as_ptr()),
            };
        }
        Ok(Value::NONE)
    };
    fn "cpu_count()" "How many processors there are." => |_| Ok(std::thread::available_parallelism().map_or(Value::NONE, |n| Value::small(n.get() as i32)));
};
