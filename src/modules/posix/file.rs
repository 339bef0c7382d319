//! Open files, and what is known of files by their paths.

use super::path::{Or, PathArg, folder_fd};
use super::{call, done, failed, fd, plain};
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, value_error};
use crate::types::{bytes, exception, int};
use std::io::Error;

fn open(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "open", "path", Or::Nothing)?;
    let flags = fd(&a[1])? | libc::O_CLOEXEC;
    let mode = arg(a, 2).as_bound().map_or(Ok(0o777), fd)? as u32;
    let folder = folder_fd(arg(a, 3))?;
    let c = &path.c;
    let result = loop {
        crate::vm::safepoint::interrupted()?;
        // SAFETY: the name is a string that ends in zero.
        let result =
            minipy_sched::without_gil(|| match unsafe { libc::openat(folder, c.as_ptr(), flags, mode) } {
                -1 => Err(Error::last_os_error()),
                fd => Ok(fd),
            });
        match result {
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    result.map(Value::small).map_err(|e| path.error(&e))
}

/// Reads at most `n` bytes by a function that gets the place and the size.
fn read_by(n: i64, f: impl Fn(*mut libc::c_void, usize) -> isize + Sync) -> Result {
    let Ok(n) = usize::try_from(n) else {
        return Err(exception::from_io_error(&Error::from_raw_os_error(libc::EINVAL), None));
    };
    let mut data: Vec<u8> = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    let place = data.as_mut_ptr() as usize;
    let got = call(None, || f(place as *mut libc::c_void, n) as i64)?;
    // SAFETY: so many bytes have been written.
    unsafe { data.set_len((got as usize).min(n)) };
    Ok(bytes::from_vec(data))
}

fn read(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    // SAFETY: there is room for so many bytes, which nobody else uses meanwhile.
    read_by(protocol::index_i64(&a[1])?, |place, n| unsafe { libc::read(fd, place, n) })
}

fn pread(a: &[Value]) -> Result {
    let (fd, at) = (fd(&a[0])?, protocol::index_i64(&a[2])?);
    // SAFETY: as for `read`.
    read_by(protocol::index_i64(&a[1])?, |place, n| unsafe { libc::pread(fd, place, n, at) })
}

fn write(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    let data = bytes::need(&a[1])?.into_vec();
    // SAFETY: the bytes are there.
    Ok(int::from_i64(call(None, || unsafe { libc::write(fd, data.as_ptr().cast(), data.len()) } as i64)?))
}

fn pwrite(a: &[Value]) -> Result {
    let (fd, at) = (fd(&a[0])?, protocol::index_i64(&a[2])?);
    let data = bytes::need(&a[1])?.into_vec();
    // SAFETY: the bytes are there.
    let written = call(None, || unsafe { libc::pwrite(fd, data.as_ptr().cast(), data.len(), at) } as i64)?;
    Ok(int::from_i64(written))
}

/// The fields of `os.stat_result`: the first seven, then times in nanoseconds and what has only a name.
fn stat_values(s: &libc::stat) -> Value {
    let ns = |s: i64, n: i64| int::from_big((num_bigint::BigInt::from(s) * 1_000_000_000) + n);
    let n = |n: u64| int::from_i64(n as i64);
    Value::tuple(vec![
        n(s.st_mode.into()),
        n(s.st_ino),
        n(s.st_dev),
        int::from_i64(s.st_nlink as i64),
        n(s.st_uid.into()),
        n(s.st_gid.into()),
        int::from_i64(s.st_size),
        ns(s.st_atime, s.st_atime_nsec),
        ns(s.st_mtime, s.st_mtime_nsec),
        ns(s.st_ctime, s.st_ctime_nsec),
        int::from_i64(s.st_blksize),
        int::from_i64(s.st_blocks),
        n(s.st_rdev),
    ])
}

/// `_stat(path, dir_fd, follow)`
fn stat(a: &[Value]) -> Result {
    let follow = protocol::truth(&a[2])?;
    let name = if follow { "stat" } else { "lstat" };
    let path = PathArg::new(&a[0], name, "path", if follow { Or::Descriptor } else { Or::Nothing })?;
    let folder = folder_fd(&a[1])?;
    if path.fd.is_some() && folder != libc::AT_FDCWD {
        return value_error("stat: can't specify dir_fd without matching path");
    }
    // SAFETY: a stat of zeros is valid.
    let mut s: libc::stat = unsafe { std::mem::zeroed() };
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: the result is written to a local; the name ends in zero.
    let result = unsafe {
        match path.fd {
            Some(fd) => libc::fstat(fd, &mut s),
            None => libc::fstatat(folder, path.c.as_ptr(), &mut s, flags),
        }
    };
    if result != 0 { path.failed() } else { Ok(stat_values(&s)) }
}

/// `_fstat(fd)`, whose errors name no file.
fn fstat(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    // SAFETY: a stat of zeros is valid, and the result is written to a local.
    let (mut s, result): (libc::stat, i32) = unsafe { (std::mem::zeroed(), 0) };
    // SAFETY: as above.
    let result = result + unsafe { libc::fstat(fd, &mut s) };
    if result != 0 { failed(None) } else { Ok(stat_values(&s)) }
}

/// The kind of what a path leads to, as the mode's bits; 0 if nothing is there.
fn kind(a: &[Value]) -> Result {
    let follow = protocol::truth(&a[1])?;
    let path = match PathArg::new(&a[0], "stat", "path", Or::Descriptor) {
        Ok(path) => path,
        Err(e) if e.0.ty().is_subtype(&exception::VALUE_ERROR) => return Ok(Value::small(0)),
        Err(e) => return Err(e),
    };
    // SAFETY: a stat of zeros is valid.
    let mut s: libc::stat = unsafe { std::mem::zeroed() };
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: the result is written to a local; the name ends in zero.
    let result = unsafe {
        match path.fd {
            Some(fd) => libc::fstat(fd, &mut s),
            None => libc::fstatat(libc::AT_FDCWD, path.c.as_ptr(), &mut s, flags),
        }
    };
    Ok(Value::small(if result == 0 { (s.st_mode & libc::S_IFMT) as i32 } else { 0 }))
}

fn statvfs(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "statvfs", "path", Or::Descriptor)?;
    // SAFETY: a structure of zeros is valid.
    let mut s: libc::statvfs = unsafe { std::mem::zeroed() };
    // SAFETY: the result is written to a local; the name ends in zero.
    let result = unsafe {
        match path.fd {
            Some(fd) => libc::fstatvfs(fd, &mut s),
            None => libc::statvfs(path.c.as_ptr(), &mut s),
        }
    };
    if result != 0 {
        return path.failed();
    }
    let fields = [
        s.f_bsize,
        s.f_frsize,
        s.f_blocks,
        s.f_bfree,
        s.f_bavail,
        s.f_files,
        s.f_ffree,
        s.f_favail,
        s.f_flag,
        s.f_namemax,
        s.f_fsid,
    ];
    Ok(Value::tuple(fields.iter().map(|&n| int::from_i64(n as i64)).collect()))
}

fn access(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "access", "path", Or::Nothing)?;
    let (mode, folder) = (fd(&a[1])?, folder_fd(arg(a, 2))?);
    let effective = arg(a, 3).as_bound().map_or(Ok(false), protocol::truth)?;
    let follow = arg(a, 4).as_bound().map_or(Ok(true), protocol::truth)?;
    let flags =
        if effective { libc::AT_EACCESS } else { 0 } | if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: the name ends in zero.
    Ok(Value::bool(unsafe { libc::faccessat(folder, path.c.as_ptr(), mode, flags) } == 0))
}

fn chmod(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "chmod", "path", Or::Descriptor)?;
    let (mode, folder) = (fd(&a[1])? as u32, folder_fd(arg(a, 2))?);
    let follow = arg(a, 3).as_bound().map_or(Ok(true), protocol::truth)?;
    if !follow {
        return Err(protocol::raise(
            &exception::NOT_IMPLEMENTED_ERROR,
            "chmod: follow_symlinks unavailable on this platform",
        ));
    }
    let (c, fd) = (&path.c, path.fd);
    // SAFETY: the name ends in zero.
    done(&path, || unsafe {
        match fd {
            Some(fd) => libc::fchmod(fd, mode),
            None => libc::fchmodat(folder, c.as_ptr(), mode, 0),
        }
    })
}

/// An owner: -1 leaves it as it is.
fn id(v: &Value) -> Result<u32> {
    match protocol::index_i64(v)? {
        -1 => Ok(u32::MAX),
        n => match u32::try_from(n) {
            Ok(n) => Ok(n),
            Err(_) if n < 0 => protocol::overflow_error("uid is less than minimum"),
            Err(_) => protocol::overflow_error("uid is greater than maximum"),
        },
    }
}

fn chown_by(a: &[Value], name: &str, follow: bool) -> Result {
    let path = PathArg::new(&a[0], name, "path", if follow { Or::Descriptor } else { Or::Nothing })?;
    let (user, group) = (id(&a[1])?, id(&a[2])?);
    let folder = folder_fd(arg(a, 3))?;
    let follow = follow && arg(a, 4).as_bound().map_or(Ok(true), protocol::truth)?;
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    let (c, fd) = (&path.c, path.fd);
    // SAFETY: the name ends in zero.
    done(&path, || unsafe {
        match fd {
            Some(fd) => libc::fchown(fd, user, group),
            None => libc::fchownat(folder, c.as_ptr(), user, group, flags),
        }
    })
}

/// `_utime(path, atime, mtime, dir_fd, follow)`: times in nanoseconds, `None` for now.
fn set_times(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "utime", "path", Or::Descriptor)?;
    let time = |v: &Value| -> Result<libc::timespec> {
        if v.is_none() {
            return Ok(libc::timespec { tv_sec: 0, tv_nsec: libc::UTIME_NOW });
        }
        let ns = protocol::index_i64(v)?;
        Ok(libc::timespec { tv_sec: ns.div_euclid(1_000_000_000), tv_nsec: ns.rem_euclid(1_000_000_000) })
    };
    let times = [time(&a[1])?, time(&a[2])?];
    let folder = folder_fd(&a[3])?;
    let flags = if protocol::truth(&a[4])? { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: the name ends in zero, and there are two times.
    let result = unsafe {
        match path.fd {
            Some(fd) => libc::futimens(fd, times.as_ptr()),
            None => libc::utimensat(folder, path.c.as_ptr(), times.as_ptr(), flags),
        }
    };
    if result != 0 { failed(None) } else { Ok(Value::NONE) }
}

fn truncate(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "truncate", "path", Or::Descriptor)?;
    let length = protocol::index_i64(&a[1])?;
    let (c, fd) = (&path.c, path.fd);
    // SAFETY: the name ends in zero.
    done(&path, || unsafe {
        match fd {
            Some(fd) => libc::ftruncate(fd, length),
            None => libc::truncate(c.as_ptr(), length),
        }
    })
}

fn open_terminal(_: &[Value]) -> Result {
    let (mut master, mut slave) = (-1, -1);
    let null = std::ptr::null_mut();
    // SAFETY: there is room for both sides, and nothing else is asked for.
    if unsafe { libc::openpty(&mut master, &mut slave, null, null.cast(), null.cast()) } != 0 {
        return failed(None);
    }
    for side in [master, slave] {
        // SAFETY: the descriptor is ours.
        unsafe { libc::fcntl(side, libc::F_SETFD, libc::FD_CLOEXEC) };
    }
    Ok(Value::tuple(vec![Value::small(master), Value::small(slave)]))
}

fn pipe(_: &[Value]) -> Result {
    let mut ends = [0; 2];
    // SAFETY: there is room for both ends.
    if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) } != 0 {
        return failed(None);
    }
    Ok(Value::tuple(ends.iter().map(|&e| Value::small(e)).collect()))
}

fn terminal_name(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    let mut name = [0 as libc::c_char; 256];
    // SAFETY: there is room for so many bytes.
    let code = unsafe { libc::ttyname_r(fd, name.as_mut_ptr(), name.len()) };
    if code != 0 {
        return Err(exception::from_io_error(&Error::from_raw_os_error(code), None));
    }
    // SAFETY: the name ends in zero.
    Ok(super::path::decode(unsafe { std::ffi::CStr::from_ptr(name.as_ptr()) }.to_bytes()))
}

/// A system call of one file descriptor.
fn by_fd(a: &[Value], f: impl Fn(i32) -> i32 + Sync) -> Result<i64> {
    let fd = fd(&a[0])?;
    call(None, || f(fd) as i64)
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "open(path, flags, mode=511, *, dir_fd=None)" "Open a file; returns a file descriptor." => open;
    fn "read(fd, length, /)" "Read bytes from a descriptor." => read;
    fn "pread(fd, length, offset, /)" "Read from a place in a file." => pread;
    fn "write(fd, data, /)" "Write to a file descriptor; returns how many bytes it took." => write;
    fn "pwrite(fd, buffer, offset, /)" "Write to a place in a file." => pwrite;
    fn "close(fd)" "Close a descriptor." => |a| by_fd(a, |fd| plain!(close(fd))).map(|_| Value::NONE);
    fn "dup(fd, /)" "A copy of a file descriptor." => |a| by_fd(a, |fd| plain!(fcntl(fd, libc::F_DUPFD_CLOEXEC, 0))).map(int::from_i64);
    fn "lseek(fd, position, how, /)" "Move in a file." => |a| {
        let (file, at, how) = (fd(&a[0])?, protocol::index_i64(&a[1])?, fd(&a[2])?);
        call(None, || plain!(lseek(file, at, how))).map(int::from_i64)
    };
    fn "lockf(fd, command, length, /)" "Lock a part of a file, or unlock it." => |a| {
        let (file, command, length) = (fd(&a[0])?, fd(&a[1])?, protocol::index_i64(&a[2])?);
        call(None, || plain!(lockf(file, command, length)) as i64).map(|_| Value::NONE)
    };
    fn "ftruncate(fd, length, /)" "Cut a file." => |a| {
        let length = protocol::index_i64(&a[1])?;
        by_fd(a, |fd| plain!(ftruncate(fd, length))).map(|_| Value::NONE)
    };
    fn "posix_fallocate(fd, offset, length, /)" "Make room for a part of a file." => |a| {
        let (file, offset, length) = (fd(&a[0])?, protocol::index_i64(&a[1])?, protocol::index_i64(&a[2])?);
        match minipy_sched::without_gil(|| plain!(posix_fallocate(file, offset, length))) {
            0 => Ok(Value::NONE),
            code => Err(exception::from_io_error(&Error::from_raw_os_error(code), None)),
        }
    };
    fn "posix_fadvise(fd, offset, length, advice, /)" "Tell how a file is going to be used." => |a| {
        let (file, offset, length) = (fd(&a[0])?, protocol::index_i64(&a[1])?, protocol::index_i64(&a[2])?);
        match plain!(posix_fadvise(file, offset, length, fd(&a[3])?)) {
            0 => Ok(Value::NONE),
            code => Err(exception::from_io_error(&Error::from_raw_os_error(code), None)),
        }
    };
    fn "fsync(fd)" "Write a file to the disk." => |a| by_fd(a, |fd| plain!(fsync(fd))).map(|_| Value::NONE);
    fn "fdatasync(fd)" "Write the content of a file to the disk." => |a| by_fd(a, |fd| plain!(fdatasync(fd))).map(|_| Value::NONE);
    fn "sync()" "Write everything to the disk." => |_| {
        minipy_sched::without_gil(|| plain!(sync()));
        Ok(Value::NONE)
    };
    fn "isatty(fd, /)" "Whether it is a terminal." => |a| Ok(Value::bool(crate::modules::io::is_terminal(fd(&a[0])?)));
    fn "ttyname(fd, /)" "The name of a terminal." => terminal_name;
    fn "pipe()" "Two ends of a pipe." => pipe;
    fn "openpty()" "A new terminal: the side that plays it and the side that uses it." => open_terminal;
    fn "_stat(path, dir_fd, follow, /)" "The numbers of a stat result." => stat;
    fn "_fstat(fd, /)" "The same, of an open file." => fstat;
    fn "_kind(path, follow, /)" "The kind of what a path leads to; 0 for nothing." => kind;
    fn "_statvfs(path, /)" "The numbers of a statvfs result." => statvfs;
    fn "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)" "Whether a path may be used." => access;
    fn "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)" "Change permissions." => chmod;
    fn "fchmod(fd, mode)" "Change the permissions of an open file." => |a| {
        let mode = fd(&a[1])? as u32;
        by_fd(a, |fd| plain!(fchmod(fd, mode))).map(|_| Value::NONE)
    };
    fn "chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)" "Change owner and group." => |a| chown_by(a, "chown", true);
    fn "lchown(path, uid, gid)" "Change owner and group of a symbolic link itself." => |a| chown_by(a, "lchown", false);
    fn "fchown(fd, uid, gid)" "Change owner and group of an open file." => |a| {
        let (user, group) = (id(&a[1])?, id(&a[2])?);
        by_fd(a, |fd| plain!(fchown(fd, user, group))).map(|_| Value::NONE)
    };
    fn "_utime(path, atime, mtime, dir_fd, follow, /)" "" => set_times;
    fn "truncate(path, length)" "Cut a file." => truncate;
};
