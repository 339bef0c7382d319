//! Folders, links, and names of files.

use super::path::{Or, PathArg, decode, folder_fd};
use super::{call, done, failed, fd, plain};
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, value_error};
use crate::types::{bytes, exception, int};
use std::ffi::CStr;
use std::io::Error;
use std::os::unix::ffi::OsStrExt;

/// A name in the kind of its folder.
fn name(data: &[u8], as_bytes: bool) -> Value {
    if as_bytes { bytes::from_slice(data) } else { decode(data) }
}

/// The entries of an open folder, which is closed: name, kind and number.
fn read_open_folder(folder: *mut libc::DIR, mut each: impl FnMut(&[u8], u8, u64)) -> Result<()> {
    loop {
        // SAFETY: the folder is open; the entry is used before the next call.
        unsafe {
            *libc::__errno_location() = 0;
            let entry = libc::readdir(folder);
            if entry.is_null() {
                let error = Error::last_os_error();
                libc::closedir(folder);
                return match error.raw_os_error() {
                    Some(0) | None => Ok(()),
                    _ => Err(exception::from_io_error(&error, None)),
                };
            }
            let data = CStr::from_ptr((*entry).d_name.as_ptr()).to_bytes();
            if !matches!(data, b"." | b"..") {
                each(data, (*entry).d_type, (*entry).d_ino);
            }
        }
    }
}

/// Opens a folder and tells its entries.
fn read_folder(a: &[Value], what: &str, each: impl FnMut(&[u8], bool, u8, u64)) -> Result<()> {
    let mut each = each;
    let path =
        PathArg::new(arg(a, 0).as_bound().unwrap_or(&Value::NONE), what, "path", Or::DescriptorOrNone)?;
    let as_bytes = path.is_bytes();
    // SAFETY: the name ends in zero; of a descriptor a copy is closed in the end.
    let folder = unsafe {
        match path.fd {
            None => libc::opendir(path.c.as_ptr()),
            Some(fd) => match libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) {
                -1 => return failed(None),
                copy => {
                    let folder = libc::fdopendir(copy);
                    if folder.is_null() {
                        let error = Error::last_os_error();
                        libc::close(copy);
                        return Err(exception::from_io_error(&error, None));
                    }
                    libc::rewinddir(folder);
                    folder
                }
            },
        }
    };
    if folder.is_null() {
        return path.failed();
    }
    read_open_folder(folder, |data, kind, number| each(data, as_bytes, kind, number))
}

fn list_folder(a: &[Value]) -> Result {
    let mut names = Vec::new();
    read_folder(a, "listdir", |data, as_bytes, _, _| names.push(name(data, as_bytes)))?;
    Ok(Value::list(names))
}

/// `_scandir(path)`: a list of tuples of name, kind as the bits of a mode (0 if it is not known) and number.
fn scan_folder(a: &[Value]) -> Result {
    let mut entries = Vec::new();
    read_folder(a, "scandir", |data, as_bytes, kind, number| {
        let mode = Value::small(i32::from(kind) << 12);
        entries.push(Value::tuple(vec![name(data, as_bytes), mode, int::from_i64(number as i64)]));
    })?;
    Ok(Value::list(entries))
}

fn make_folder(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "mkdir", "path", Or::Nothing)?;
    let mode = arg(a, 1).as_bound().map_or(Ok(0o777), fd)? as u32;
    let folder = folder_fd(arg(a, 2))?;
    let c = &path.c;
    // SAFETY: the name ends in zero.
    done(&path, || unsafe { libc::mkdirat(folder, c.as_ptr(), mode) })
}

fn remove(a: &[Value], name: &str, flags: i32) -> Result {
    let path = PathArg::new(&a[0], name, "path", Or::Nothing)?;
    let folder = folder_fd(arg(a, 1))?;
    let c = &path.c;
    // SAFETY: the name ends in zero.
    done(&path, || unsafe { libc::unlinkat(folder, c.as_ptr(), flags) })
}

/// Does something to two paths; errors name both.
fn two_paths(a: &[Value], name: &str, f: impl Fn(&CStr, &CStr) -> i32 + Sync) -> Result {
    let [from, to] =
        [PathArg::new(&a[0], name, "src", Or::Nothing)?, PathArg::new(&a[1], name, "dst", Or::Nothing)?];
    let (x, y) = (&from.c, &to.c);
    let result =
        minipy_sched::without_gil(|| if f(x, y) == 0 { Ok(()) } else { Err(Error::last_os_error()) });
    result.map(|()| Value::NONE).map_err(|e| {
        let raised = from.error(&e);
        exception::set_field(&raised.0, "filename2", to.object.clone());
        raised
    })
}

fn rename(a: &[Value], name: &str) -> Result {
    let (from, to) = (folder_fd(arg(a, 2))?, folder_fd(arg(a, 3))?);
    // SAFETY: both names end in zero.
    two_paths(a, name, |x, y| unsafe { libc::renameat(from, x.as_ptr(), to, y.as_ptr()) })
}

fn link(a: &[Value]) -> Result {
    let (from, to) = (folder_fd(arg(a, 2))?, folder_fd(arg(a, 3))?);
    let follow = arg(a, 4).as_bound().map_or(Ok(true), protocol::truth)?;
    let flags = if follow { libc::AT_SYMLINK_FOLLOW } else { 0 };
    // SAFETY: both names end in zero.
    two_paths(a, "link", |x, y| unsafe { libc::linkat(from, x.as_ptr(), to, y.as_ptr(), flags) })
}

fn symbolic_link(a: &[Value]) -> Result {
    let folder = folder_fd(arg(a, 3))?;
    // SAFETY: both names end in zero.
    two_paths(a, "symlink", |x, y| unsafe { libc::symlinkat(x.as_ptr(), folder, y.as_ptr()) })
}

fn read_link(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "readlink", "path", Or::Nothing)?;
    let folder = folder_fd(arg(a, 1))?;
    let mut target = vec![0_u8; libc::PATH_MAX as usize + 1];
    // SAFETY: the name ends in zero, and there is room for so many bytes.
    let n = unsafe { libc::readlinkat(folder, path.c.as_ptr(), target.as_mut_ptr().cast(), target.len()) };
    match usize::try_from(n) {
        Ok(n) => Ok(name(&target[..n], path.is_bytes())),
        Err(_) => path.failed(),
    }
}

fn change_folder(a: &[Value]) -> Result {
    let path = PathArg::new(&a[0], "chdir", "path", Or::Descriptor)?;
    let (c, fd) = (&path.c, path.fd);
    // SAFETY: the name ends in zero.
    done(&path, || unsafe {
        match fd {
            Some(fd) => libc::fchdir(fd),
            None => libc::chdir(c.as_ptr()),
        }
    })
}

fn working_folder(as_bytes: bool) -> Result {
    match std::env::current_dir() {
        Ok(folder) => Ok(name(folder.as_os_str().as_bytes(), as_bytes)),
        Err(e) => Err(exception::from_io_error(&e, None)),
    }
}

fn make_node(a: &[Value], name: &str, mode: u32, device: u64) -> Result {
    let path = PathArg::new(&a[0], name, "path", Or::Nothing)?;
    let folder = folder_fd(arg(a, if name == "mkfifo" { 2 } else { 3 }))?;
    let c = &path.c;
    // SAFETY: the name ends in zero.
    done(&path, || unsafe { libc::mknodat(folder, c.as_ptr(), mode, device) })
}

/// An argument that is a number of a device.
fn device(v: &Value) -> Result<u64> {
    match u64::try_from(protocol::index_i64(v)?) {
        Ok(n) => Ok(n),
        Err(_) => value_error("device numbers are not negative"),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "listdir(path=None)" "The names in a folder." => list_folder;
    fn "_scandir(path, /)" "Name, kind and number of what is in a folder." => scan_folder;
    fn "mkdir(path, mode=511, *, dir_fd=None)" "Make a folder." => make_folder;
    fn "rmdir(path, *, dir_fd=None)" "Remove an empty folder." => |a| remove(a, "rmdir", libc::AT_REMOVEDIR);
    fn "unlink(path, *, dir_fd=None)" "Remove a file." => |a| remove(a, "unlink", 0);
    fn "remove(path, *, dir_fd=None)" "Remove a file." => |a| remove(a, "remove", 0);
    fn "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)" "Rename a file or folder." => |a| rename(a, "rename");
    fn "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)" "Rename, replacing what is there." => |a| rename(a, "replace");
    fn "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)" "Another name for a file." => link;
    fn "symlink(src, dst, target_is_directory=False, *, dir_fd=None)" "A symbolic link." => symbolic_link;
    fn "readlink(path, *, dir_fd=None)" "Where a symbolic link leads." => read_link;
    fn "chdir(path)" "Change the working folder." => change_folder;
    fn "fchdir(fd)" "Change the working folder to one that is open." => |a| {
        let folder = fd(&a[0])?;
        call(None, || plain!(fchdir(folder)) as i64).map(|_| Value::NONE)
    };
    fn "getcwd()" "The working folder." => |_| working_folder(false);
    fn "getcwdb()" "The working folder, as bytes." => |_| working_folder(true);
    fn "mkfifo(path, mode=438, *, dir_fd=None)" "Make a named pipe." => |a| {
        let mode = arg(a, 1).as_bound().map_or(Ok(0o666), fd)? as u32;
        make_node(a, "mkfifo", libc::S_IFIFO | (mode & 0o7777), 0)
    };
    fn "mknod(path, mode=384, device=0, *, dir_fd=None)" "Make a file, a device or a pipe." => |a| {
        let mode = arg(a, 1).as_bound().map_or(Ok(0o600), fd)? as u32;
        make_node(a, "mknod", mode, arg(a, 2).as_bound().map_or(Ok(0), device)?)
    };
    fn "major(device, /)" "The major number of a device." => |a| Ok(int::from_i64(libc::major(device(&a[0])?).into()));
    fn "minor(device, /)" "The minor number of a device." => |a| Ok(int::from_i64(libc::minor(device(&a[0])?).into()));
    fn "makedev(major, minor, /)" "The number of a device." => |a| {
        Ok(int::from_i64(libc::makedev(fd(&a[0])? as u32, fd(&a[1])? as u32) as i64))
    };
};
