//! `sendmsg` and `recvmsg`: several buffers in one call, and what goes beside the bytes, as descriptors.

use super::address::Address;
use super::{SocketBody, body, data_of, number, optional};
use crate::object::{Result, Value, arg};
use crate::protocol::{self, overflow_error, raise, type_error, value_error};
use crate::types::{bytes, exception, int};
use std::mem::size_of;
use std::sync::Mutex;

/// What goes beside the bytes, in memory that is aligned for its heads.
fn room_for(n: usize) -> Vec<u64> {
    vec![0; n.div_ceil(size_of::<u64>())]
}

/// The size of a part with so many bytes, and the room that it takes.
fn part_size(n: usize) -> Option<(usize, usize)> {
    let n = u32::try_from(n).ok().filter(|&n| n <= i32::MAX as u32 - 64)?;
    // SAFETY: arithmetic only.
    Some(unsafe { (libc::CMSG_LEN(n) as usize, libc::CMSG_SPACE(n) as usize) })
}

/// `CMSG_LEN(length)` and `CMSG_SPACE(length)`
pub fn part_length(a: &[Value], space: bool) -> Result {
    match usize::try_from(protocol::index_clipped(&a[0])?).ok().and_then(part_size) {
        Some((len, room)) => Ok(int::from_usize(if space { room } else { len })),
        None => {
            let name = if space { "CMSG_SPACE" } else { "CMSG_LEN" };
            overflow_error(format!("{name}() argument out of range"))
        }
    }
}

fn items(v: &Value, call: &str, i: usize) -> Result<Vec<Value>> {
    match v.ty().slots().iter.is_some() || v.ty().slots().get_item.is_some() {
        true => protocol::collect(v),
        false => type_error(format!("{call}() argument {i} must be an iterable")),
    }
}

/// The parts beside the bytes that `sendmsg` is given: level, type and data of each.
fn parts_to_send(v: &Value) -> Result<Vec<(i32, i32, Vec<u8>)>> {
    let mut parts = Vec::new();
    for item in items(v, "sendmsg", 2)? {
        let Some([level, kind, data]) = item.as_tuple() else {
            let text = match item.as_tuple() {
                Some(t) => {
                    format!("[sendmsg() ancillary data items] must be sequence of length 3, not {}", t.len())
                }
                None => {
                    let ty = item.ty().name();
                    format!("[sendmsg() ancillary data items] must be 3-item sequence, not {ty}")
                }
            };
            return type_error(text);
        };
        parts.push((number(level)?, number(kind)?, data_of(data)?));
    }
    Ok(parts)
}

/// `sendmsg(buffers[, ancdata[, flags[, address]]])`
pub fn send(a: &[Value]) -> Result {
    let s = body(&a[0]);
    let mut data = Vec::new();
    for buffer in items(&a[1], "sendmsg", 1)? {
        data.extend(data_of(&buffer)?);
    }
    let parts = arg(a, 2).as_bound().map_or(Ok(Vec::new()), parts_to_send)?;
    let flags = optional(arg(a, 3), 0)?;
    let address = match arg(a, 4).as_bound().filter(|v| !v.is_none()) {
        Some(v) => Some(Address::of(s.family.get(), v, "sendmsg")?),
        None => None,
    };
    let mut room = 0;
    for (_, _, data) in &parts {
        match part_size(data.len()) {
            Some((_, n)) => room += n,
            None => return Err(raise(&exception::OS_ERROR, "ancillary data item too large")),
        }
    }
    let control = Mutex::new(room_for(room));
    let sent = s.call(libc::POLLOUT, |fd| {
        let Ok(mut control) = control.lock() else { return -1 };
        // SAFETY: the structure refers to buffers that are there for the call; a message of zeros is valid.
        unsafe {
            let mut vector = libc::iovec { iov_base: data.as_ptr().cast_mut().cast(), iov_len: data.len() };
            let mut message: libc::msghdr = std::mem::zeroed();
            message.msg_iov = &raw mut vector;
            message.msg_iovlen = 1;
            if let Some(address) = &address {
                let (place, len) = address.parts();
                message.msg_name = place.cast_mut().cast();
                message.msg_namelen = len;
            }
            if room > 0 {
                message.msg_control = control.as_mut_ptr().cast();
                message.msg_controllen = room as _;
            }
            let mut head = libc::CMSG_FIRSTHDR(&message);
            for (level, kind, data) in &parts {
                if head.is_null() {
                    break;
                }
                (*head).cmsg_level = *level;
                (*head).cmsg_type = *kind;
                (*head).cmsg_len = part_size(data.len()).map_or(0, |p| p.0) as _;
                std::ptr::copy_nonoverlapping(data.as_ptr(), libc::CMSG_DATA(head), data.len());
                head = libc::CMSG_NXTHDR(&message, head);
            }
            libc::sendmsg(fd, &message, flags)
        }
    })?;
    Ok(int::from_usize(sent))
}

/// What one call has received.
struct Received {
    data: Vec<u8>,
    control: Vec<u64>,
    used: usize,
    flags: i32,
    peer: Address,
}

fn receive(s: &SocketBody, n: usize, room: &Value, flags: &Value) -> Result<Received> {
    let room = match optional(room, 0)? {
        n @ 0.. => n as usize,
        _ => return value_error("invalid ancillary data buffer length"),
    };
    let flags = optional(flags, 0)?;
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    data.resize(n, 0);
    let control = room_for(room);
    let parcel = Mutex::new(Received { data, control, used: 0, flags: 0, peer: Address::empty() });
    let got = s.call(libc::POLLIN, |fd| {
        let Ok(mut parcel) = parcel.lock() else { return -1 };
        let parcel = &mut *parcel;
        parcel.peer = Address::empty();
        // SAFETY: the structure refers to buffers that are there for the call; a message of zeros is valid.
        unsafe {
            let mut vector = libc::iovec { iov_base: parcel.data.as_mut_ptr().cast(), iov_len: n };
            let mut message: libc::msghdr = std::mem::zeroed();
            let (place, len) = parcel.peer.parts_mut();
            message.msg_name = place.cast();
            message.msg_namelen = *len;
            message.msg_iov = &raw mut vector;
            message.msg_iovlen = 1;
            if room > 0 {
                message.msg_control = parcel.control.as_mut_ptr().cast();
                message.msg_controllen = room as _;
            }
            let got = libc::recvmsg(fd, &mut message, flags);
            if got >= 0 {
                *len = message.msg_namelen;
                parcel.used = message.msg_controllen as usize;
                parcel.flags = message.msg_flags;
            }
            got
        }
    })?;
    let mut parcel = parcel.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    parcel.data.truncate(got);
    Ok(parcel)
}

impl Received {
    /// Level, type and data of each part beside the bytes.
    fn parts(&mut self) -> Vec<Value> {
        let mut parts = Vec::new();
        // SAFETY: the kernel has written so much of the buffer; each head's length is clipped to that.
        unsafe {
            let mut message: libc::msghdr = std::mem::zeroed();
            message.msg_control = self.control.as_mut_ptr().cast();
            message.msg_controllen = self.used as _;
            let end = self.control.as_ptr() as usize + self.used;
            let mut head = libc::CMSG_FIRSTHDR(&message);
            while !head.is_null() {
                let start = libc::CMSG_DATA(head);
                let len = ((*head).cmsg_len as usize).saturating_sub(libc::CMSG_LEN(0) as usize);
                let len = len.min(end.saturating_sub(start as usize));
                let data = bytes::from_slice(std::slice::from_raw_parts(start, len));
                let (level, kind) = ((*head).cmsg_level, (*head).cmsg_type);
                parts.push(Value::tuple(vec![Value::small(level), Value::small(kind), data]));
                head = libc::CMSG_NXTHDR(&message, head);
            }
        }
        parts
    }

    fn into_tuple(mut self, first: Value) -> Result {
        let parts = Value::list(self.parts());
        Ok(Value::tuple(vec![first, parts, Value::small(self.flags), self.peer.to_value()?]))
    }
}

/// `recvmsg(bufsize[, ancbufsize[, flags]])`
pub fn recv(a: &[Value]) -> Result {
    let Ok(n) = usize::try_from(protocol::index_i64(&a[1])?) else {
        return value_error("negative buffer size in recvmsg()");
    };
    let mut got = receive(body(&a[0]), n, arg(a, 2), arg(a, 3))?;
    let data = bytes::from_vec(std::mem::take(&mut got.data));
    got.into_tuple(data)
}

/// `recvmsg_into(buffers[, ancbufsize[, flags]])`
pub fn recv_into(a: &[Value]) -> Result {
    let buffers = items(&a[1], "recvmsg_into", 1)?;
    let mut room = 0;
    for buffer in &buffers {
        match bytes::with_mut(buffer, |b| b.len()) {
            Some(n) => room += n,
            None => {
                return type_error(
                    "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers",
                );
            }
        }
    }
    let mut got = receive(body(&a[0]), room, arg(a, 2), arg(a, 3))?;
    let data = std::mem::take(&mut got.data);
    let mut rest = &data[..];
    for buffer in &buffers {
        let done = bytes::with_mut(buffer, |b| {
            let n = rest.len().min(b.len());
            b[..n].copy_from_slice(&rest[..n]);
            n
        });
        rest = &rest[done.unwrap_or(0)..];
    }
    got.into_tuple(int::from_usize(data.len()))
}
