//! More ways to move bytes: several buffers at once, from file to file in the kernel, and files that have no name.

use super::path::PathArg;
use super::{call, failed, fd, plain};
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, type_error};
use crate::types::{bytes, int};
use std::ffi::CString;

fn position(v: &Value) -> Result<i64> {
    protocol::index_i64(v)
}

/// The bytes of several buffers.
fn joined(v: &Value) -> Result<Vec<u8>> {
    let mut data = Vec::new();
    for part in protocol::collect(v)? {
        match bytes::copy_of(&part) {
            Some(b) => data.extend(b),
            None => {
                return type_error(format!("a bytes-like object is required, not '{}'", part.ty().name()));
            }
        }
    }
    Ok(data)
}

/// `writev(fd, buffers)`, `pwritev(fd, buffers, offset, flags=0)`: the buffers are joined, which the system cannot tell.
fn write_all(a: &[Value], at: Option<i64>) -> Result {
    let (fd, data) = (fd(&a[0])?, joined(&a[1])?);
    let (place, len) = (data.as_ptr() as usize, data.len());
    let n = call(None, || {
        let place = place as *const libc::c_void;
        // SAFETY: so many bytes are there, and live on.
        unsafe {
            match at {
                None => libc::write(fd, place, len) as i64,
                Some(at) => libc::pwrite(fd, place, len, at) as i64,
            }
        }
    })?;
    Ok(int::from_i64(n))
}

/// `readv(fd, buffers)`, `preadv(fd, buffers, offset, flags=0)`
fn read_into(a: &[Value], at: Option<i64>) -> Result {
    let fd = fd(&a[0])?;
    let mut views = Vec::new();
    let mut room = 0;
    for buffer in protocol::collect(&a[1])? {
        let view = protocol::call(&bytes::memory::MEMORYVIEW.value(), std::slice::from_ref(&buffer))?;
        let view = protocol::call_method(&view, "cast", &[Value::str("B")])?;
        let n = protocol::len(&view)?;
        room += n;
        views.push((view, n));
    }
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, room)?;
    data.resize(room, 0u8);
    let place = data.as_mut_ptr() as usize;
    let n = call(None, || {
        let place = place as *mut libc::c_void;
        // SAFETY: there is room for so many bytes, which nobody else uses meanwhile.
        unsafe {
            match at {
                None => libc::read(fd, place, room) as i64,
                Some(at) => libc::pread(fd, place, room, at) as i64,
            }
        }
    })?;
    let mut rest = &data[..usize::try_from(n).unwrap_or(0).min(room)];
    for (view, size) in views {
        let (part, others) = rest.split_at(size.min(rest.len()));
        rest = others;
        if !part.is_empty() {
            let slice = crate::types::slice::new(Value::NONE, int::from_usize(part.len()), Value::NONE);
            protocol::set_item(&view, &slice, bytes::from_slice(part))?;
        }
    }
    Ok(int::from_i64(n))
}

fn send_file(a: &[Value]) -> Result {
    let (out, input) = (fd(&a[0])?, fd(&a[1])?);
    let offset = if a[2].is_none() { None } else { Some(position(&a[2])?) };
    let count =
        usize::try_from(position(&a[3])?).or_else(|_| protocol::value_error("count cannot be negative"))?;
    let n = call(None, || {
        let mut at = offset.unwrap_or(0);
        let place = if offset.is_some() { &raw mut at } else { std::ptr::null_mut() };
        // SAFETY: the offset is there for the call.
        unsafe { libc::sendfile(out, input, place, count) as i64 }
    })?;
    Ok(int::from_i64(n))
}

fn copy_range(a: &[Value]) -> Result {
    let (from, to) = (fd(&a[0])?, fd(&a[1])?);
    let count = usize::try_from(position(&a[2])?)
        .or_else(|_| protocol::value_error("negative value for 'count' not allowed"))?;
    let offset = |i: usize| arg(a, i).as_bound().filter(|v| !v.is_none()).map(position).transpose();
    let (source, target) = (offset(3)?, offset(4)?);
    let n = call(None, || {
        let (mut source, mut target) = (source, target);
        let place = |p: &mut Option<i64>| p.as_mut().map_or(std::ptr::null_mut(), |p| p as *mut i64);
        // SAFETY: the offsets are there for the call.
        unsafe { libc::copy_file_range(from, place(&mut source), to, place(&mut target), count, 0) as i64 }
    })?;
    Ok(int::from_i64(n))
}

fn memory_file(a: &[Value]) -> Result {
    let Ok(name) = CString::new(PathArg::text(&a[0])?) else {
        return protocol::value_error("embedded null byte");
    };
    let flags = arg(a, 1).as_bound().map_or(Ok(libc::MFD_CLOEXEC as i64), protocol::index_i64)? as u32;
    // SAFETY: the name ends in zero.
    match unsafe { libc::memfd_create(name.as_ptr(), flags) } {
        -1 => failed(None),
        n => Ok(Value::small(n)),
    }
}

fn event_descriptor(a: &[Value]) -> Result {
    let first = u32::try_from(protocol::index_i64(&a[0])?)
        .or_else(|_| protocol::overflow_error("Python int too large to convert to C unsigned int"))?;
    let flags = arg(a, 1).as_bound().map_or(Ok(libc::EFD_CLOEXEC), fd)?;
    match plain!(eventfd(first, flags)) {
        -1 => failed(None),
        n => Ok(Value::small(n)),
    }
}

fn event_read(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    let value = std::sync::atomic::AtomicU64::new(0);
    // SAFETY: the number is written to a place that lives on.
    call(None, || unsafe { libc::read(fd, value.as_ptr().cast(), 8) as i64 })?;
    Ok(int::from_u64(value.into_inner()))
}

fn event_write(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    let Ok(value) = u64::try_from(protocol::index_i64(&a[1])?) else {
        return protocol::overflow_error("can't convert negative int to unsigned");
    };
    // SAFETY: the number is there for the call.
    call(None, || unsafe { libc::write(fd, (&raw const value).cast(), 8) as i64 })?;
    Ok(Value::NONE)
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "writev(fd, buffers, /)" "Write several buffers." => |a| write_all(a, None);
    fn "pwritev(fd, buffers, offset, flags=0, /)" "Write several buffers at an offset." => |a| write_all(a, Some(position(&a[2])?));
    fn "readv(fd, buffers, /)" "Read into several buffers." => |a| read_into(a, None);
    fn "preadv(fd, buffers, offset, flags=0, /)" "Read into several buffers from an offset." => |a| read_into(a, Some(position(&a[2])?));
    fn "sendfile(out_fd, in_fd, offset, count)" "Copy bytes of a file to a descriptor." => send_file;
    fn "copy_file_range(src, dst, count, offset_src=None, offset_dst=None)" "Copy bytes from file to file." => copy_range;
    fn "memfd_create(name, flags=1)" "A file in memory." => memory_file;
    fn "eventfd(initval, flags=524288)" "A descriptor that counts events." => event_descriptor;
    fn "eventfd_read(fd)" "How many events there were." => event_read;
    fn "eventfd_write(fd, value)" "Add events." => event_write;
};
