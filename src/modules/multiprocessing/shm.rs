//! Named segments of shared memory.

use super::fd;
use super::pipe::call;
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::{exception, int};
use std::ffi::CString;
use std::io;

fn name(v: &Value) -> Result<(String, CString)> {
    let Some(name) = v.as_str() else {
        return type_error(format!("shm_open() argument 'path' must be str, not {}", v.ty().name()));
    };
    match CString::new(name) {
        Ok(c) => Ok((name.to_owned(), c)),
        Err(_) => value_error("embedded null byte"),
    }
}

/// `shm_open(name, flags, mode)`
pub fn open(a: &[Value]) -> Result {
    let (name, c) = name(&a[0])?;
    let (flags, mode) = (fd(&a[1])? | libc::O_CLOEXEC, fd(&a[2])? as libc::mode_t);
    // SAFETY: the name ends in zero.
    match unsafe { libc::shm_open(c.as_ptr(), flags, mode) } {
        -1 => Err(exception::from_io_error(&io::Error::last_os_error(), Some(&name))),
        fd => Ok(Value::small(fd)),
    }
}

/// `shm_unlink(name)`
pub fn unlink(a: &[Value]) -> Result {
    let (name, c) = name(&a[0])?;
    // SAFETY: the name ends in zero.
    match unsafe { libc::shm_unlink(c.as_ptr()) } {
        0 => Ok(Value::NONE),
        _ => Err(exception::from_io_error(&io::Error::last_os_error(), Some(&name))),
    }
}

/// `file_size(fd)`
pub fn file_size(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    // SAFETY: a stat of zeros is valid, and the call fills it.
    let (result, stat) = unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        (libc::fstat(fd, &mut stat), stat)
    };
    match result {
        0 => Ok(int::from_i64(stat.st_size)),
        _ => Err(exception::from_io_error(&io::Error::last_os_error(), None)),
    }
}

/// `truncate(fd, size)`
pub fn truncate(a: &[Value]) -> Result {
    let (fd, size) = (fd(&a[0])?, protocol::index_i64(&a[1])?);
    // SAFETY: the kernel checks the descriptor.
    call(|| unsafe { libc::ftruncate(fd, size) } as i64)?;
    Ok(Value::NONE)
}

/// The table of `_posixshmem`.
pub static DEFS: &[Def] = crate::defs! {
    fn "shm_open(path, flags, mode=511)" "A descriptor of named memory that processes share." => |a| {
        let mode = arg(a, 2).as_bound().cloned().unwrap_or(Value::small(0o777));
        open(&[a[0].clone(), a[1].clone(), mode])
    };
    fn "shm_unlink(path)" "Takes the name from such memory." => unlink;
};
