//! `fcntl`: operations on descriptors, and locks on files.

#![allow(unsafe_code)]

use super::posix::{call, fd};
use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::{bytes, int};

/// A descriptor, or an object with `fileno()`.
fn file(v: &Value) -> Result<i32> {
    if v.ty().slots().index.is_some() {
        return fd(v);
    }
    match protocol::get_attr_opt(v, &intern("fileno"))? {
        Some(method) => {
            let number = protocol::call(&method, &[])?;
            if number.ty().slots().index.is_none() {
                return type_error("fileno() returned a non-integer");
            }
            fd(&number)
        }
        None => type_error("argument must be an int, or have a fileno() method."),
    }
}

/// The most bytes that an operation gets and gives.
const ROOM: usize = 1024;

/// `fcntl` and `ioctl`: the argument is a number, or bytes that are changed. What the call returns, and those bytes.
fn control(a: &[Value], name: &str, f: impl Fn(usize) -> i64 + Sync) -> Result<(i64, Option<Value>)> {
    let given = arg(a, 2).as_bound();
    let text = given.and_then(Value::as_str).map(|text| bytes::from_slice(text.as_bytes()));
    if let Some(data) = text.as_ref().or(given).and_then(bytes::buffer) {
        if data.len() > ROOM {
            return value_error(format!("{name} string arg too long"));
        }
        let n = data.len();
        let mut room = [0_u8; ROOM + 1];
        room[..n].copy_from_slice(&data);
        drop(data);
        let place = room.as_mut_ptr() as usize;
        let result = call(None, || f(place))?;
        return Ok((result, Some(bytes::from_slice(&room[..n]))));
    }
    let number = given.map_or(Ok(0), protocol::index_i64)?;
    Ok((call(None, || f(number as usize))?, None))
}

fn lock_part(a: &[Value]) -> Result {
    let (file, how) = (file(&a[0])?, fd(&a[1])?);
    let number = |i| arg(a, i).as_bound().map_or(Ok(0), protocol::index_i64);
    // SAFETY: a lock of zeros is valid.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = match how & !libc::LOCK_NB {
        libc::LOCK_UN => libc::F_UNLCK,
        libc::LOCK_SH => libc::F_RDLCK,
        libc::LOCK_EX => libc::F_WRLCK,
        _ => return value_error("unrecognized lockf argument"),
    } as libc::c_short;
    (lock.l_len, lock.l_start, lock.l_whence) = (number(2)?, number(3)?, number(4)? as libc::c_short);
    let command = if how & libc::LOCK_NB != 0 { libc::F_SETLK } else { libc::F_SETLKW };
    // SAFETY: the lock is only read.
    call(None, || unsafe { libc::fcntl(file, command, &raw const lock) } as i64)?;
    Ok(Value::NONE)
}

macro_rules! constants {
    ($($name:ident)*) => {
        /// The constants.
        pub fn init(d: &Dict) {
            for (name, n) in [$( (stringify!($name), libc::$name as i64) ),*] {
                d.set_interned(&intern(name), int::from_i64(n));
            }
        }
    };
}

constants!(F_DUPFD F_DUPFD_CLOEXEC F_GETFD F_SETFD F_GETFL F_SETFL F_GETLK F_SETLK F_SETLKW F_GETOWN F_SETOWN
    F_GETLEASE F_SETLEASE F_NOTIFY F_GETPIPE_SZ F_SETPIPE_SZ F_RDLCK F_WRLCK F_UNLCK FD_CLOEXEC LOCK_SH LOCK_EX LOCK_NB
    LOCK_UN F_ADD_SEALS F_GET_SEALS F_SEAL_GROW F_SEAL_SEAL F_SEAL_SHRINK F_SEAL_WRITE);

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "fcntl(fd, cmd, arg=0, /)" "An operation on a descriptor." => |a| {
        let (file, command) = (file(&a[0])?, fd(&a[1])?);
        // SAFETY: the argument is a number, or room for more bytes than any operation gives.
        let (result, changed) = control(a, "fcntl", |x| unsafe { libc::fcntl(file, command, x) } as i64)?;
        Ok(changed.unwrap_or_else(|| int::from_i64(result)))
    };
    fn "ioctl(fd, request, arg=0, mutate_flag=True, /)" "An operation on a device." => |a| {
        let (file, request) = (file(&a[0])?, protocol::index_i64(&a[1])? as libc::Ioctl);
        // SAFETY: as above.
        let (result, changed) = control(a, "ioctl", |x| unsafe { libc::ioctl(file, request, x) } as i64)?;
        let mutates = arg(a, 3).as_bound().map_or(Ok(true), protocol::truth)?;
        let Some(changed) = changed else { return Ok(int::from_i64(result)) };
        // A buffer that can be written to has what the device says afterwards.
        let data = bytes::as_bytes(&changed).filter(|_| mutates);
        match data.and_then(|data| bytes::with_mut(&a[2], |buffer| buffer.copy_from_slice(data))) {
            Some(()) => Ok(int::from_i64(result)),
            None => Ok(changed),
        }
    };
    fn "flock(fd, operation, /)" "Lock a file, or unlock it." => |a| {
        let (file, how) = (file(&a[0])?, fd(&a[1])?);
        // SAFETY: a plain system call.
        call(None, || unsafe { libc::flock(file, how) } as i64).map(|_| Value::NONE)
    };
    fn "lockf(fd, cmd, len=0, start=0, whence=0, /)" "Lock a part of a file, or unlock it." => lock_part;
};
