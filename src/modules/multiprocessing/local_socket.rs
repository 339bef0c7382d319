//! Sockets of this machine, for listeners and for handing descriptors to other processes.

use super::{fd, pipe::call};
use crate::object::{Result, Value, arg};
use crate::protocol::{self, raise, value_error};
use crate::types::{bytes, exception, int};
use std::io;

fn os_error<T>(e: &io::Error, path: Option<&str>) -> Result<T> {
    Err(exception::from_io_error(e, path))
}

/// A socket and the address of a path; one that starts with a zero byte is no file's.
fn address(v: &Value) -> Result<(i32, libc::sockaddr_un, libc::socklen_t, String)> {
    let Some(path) = v.as_str() else { return protocol::type_error("an address is a string") };
    // SAFETY: an address of zeros is valid.
    let mut address: libc::sockaddr_un = unsafe { std::mem::zeroed() };
    address.sun_family = libc::AF_UNIX as libc::sa_family_t;
    if path.len() >= address.sun_path.len() {
        return Err(raise(&exception::OS_ERROR, "AF_UNIX path too long"));
    }
    for (to, from) in address.sun_path.iter_mut().zip(path.as_bytes()) {
        *to = *from as libc::c_char;
    }
    let mut length = std::mem::offset_of!(libc::sockaddr_un, sun_path) + path.len();
    if !path.starts_with('\0') {
        length += 1;
    }
    // SAFETY: a plain system call.
    let socket = unsafe { libc::socket(libc::AF_UNIX, libc::SOCK_STREAM | libc::SOCK_CLOEXEC, 0) };
    if socket < 0 {
        return os_error(&io::Error::last_os_error(), None);
    }
    Ok((socket, address, length as libc::socklen_t, path.to_owned()))
}

fn give(socket: i32, result: io::Result<()>) -> Result {
    match result {
        Ok(()) => Ok(Value::small(socket)),
        Err(e) => {
            // SAFETY: the descriptor is ours.
            unsafe { libc::close(socket) };
            os_error(&e, None)
        }
    }
}

/// `listen(path, backlog)`
pub fn listen(a: &[Value]) -> Result {
    let backlog = protocol::index_i64(&a[1])? as i32;
    let (socket, address, length, _) = address(&a[0])?;
    // SAFETY: the address is there, and as long as that.
    let result =
        unsafe { libc::bind(socket, (&raw const address).cast(), length) | libc::listen(socket, backlog) };
    give(socket, if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) })
}

/// `connect(path)`
pub fn connect(a: &[Value]) -> Result {
    let (socket, address, length, _) = address(&a[0])?;
    let result = minipy_sched::without_gil(|| {
        // SAFETY: the address is there, and as long as that.
        let n = unsafe { libc::connect(socket, (&raw const address).cast(), length) };
        if n == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    });
    give(socket, result)
}

/// `accept(fd)`
pub fn accept(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    let null = std::ptr::null_mut::<libc::sockaddr>() as usize;
    // SAFETY: without room for an address none is written.
    let n = call(|| unsafe {
        libc::accept4(fd, null as *mut libc::sockaddr, std::ptr::null_mut(), libc::SOCK_CLOEXEC)
    } as i64)?;
    Ok(int::from_i64(n))
}

/// Room for the control message of so many descriptors.
const MOST: usize = 64;

fn control() -> [u64; 8 + MOST / 2] {
    [0; 8 + MOST / 2]
}

/// `send_fds(fd, fds, data)`: a few bytes, and descriptors.
pub fn send_fds(a: &[Value]) -> Result {
    let to = fd(&a[0])?;
    let fds = protocol::collect(&a[1])?.iter().map(fd).collect::<Result<Vec<i32>>>()?;
    let data = bytes::need(&a[2])?.into_vec();
    if fds.is_empty() || fds.len() > MOST || data.is_empty() {
        return value_error("a message has bytes and from 1 to 64 descriptors");
    }
    let n = call(|| {
        let mut control = control();
        let mut io = libc::iovec { iov_base: data.as_ptr() as *mut libc::c_void, iov_len: data.len() };
        let size = (fds.len() * 4) as u32;
        // SAFETY: a message of zeros is valid; its parts outlive the call; the control message has room.
        unsafe {
            let mut message: libc::msghdr = std::mem::zeroed();
            message.msg_iov = &raw mut io;
            message.msg_iovlen = 1;
            message.msg_control = control.as_mut_ptr().cast();
            message.msg_controllen = libc::CMSG_SPACE(size) as usize;
            let part = libc::CMSG_FIRSTHDR(&message);
            (*part).cmsg_level = libc::SOL_SOCKET;
            (*part).cmsg_type = libc::SCM_RIGHTS;
            (*part).cmsg_len = libc::CMSG_LEN(size) as usize;
            std::ptr::copy_nonoverlapping(fds.as_ptr().cast::<u8>(), libc::CMSG_DATA(part), size as usize);
            libc::sendmsg(to, &message, libc::MSG_NOSIGNAL) as i64
        }
    })?;
    Ok(int::from_i64(n))
}

/// `recv_fds(fd, size)`: at most so many bytes, and the descriptors that came with them.
pub fn recv_fds(a: &[Value]) -> Result {
    let from = fd(&a[0])?;
    let size = arg(a, 1).as_bound().map_or(Ok(1), protocol::index_i64)?.clamp(1, 1 << 16) as usize;
    let found = std::sync::Mutex::new((Vec::new(), Vec::new()));
    call(|| {
        let mut control = control();
        let mut data = vec![0u8; size];
        let mut io = libc::iovec { iov_base: data.as_mut_ptr().cast(), iov_len: size };
        let mut fds = Vec::new();
        // SAFETY: as above; the kernel says how much it has written.
        let n = unsafe {
            let mut message: libc::msghdr = std::mem::zeroed();
            message.msg_iov = &raw mut io;
            message.msg_iovlen = 1;
            message.msg_control = control.as_mut_ptr().cast();
            message.msg_controllen = size_of_val(&control);
            let n = libc::recvmsg(from, &mut message, libc::MSG_CMSG_CLOEXEC);
            let part = libc::CMSG_FIRSTHDR(&message);
            if n >= 0 && !part.is_null() && (*part).cmsg_type == libc::SCM_RIGHTS {
                let count = ((*part).cmsg_len - libc::CMSG_LEN(0) as usize) / 4;
                for i in 0..count {
                    fds.push(libc::CMSG_DATA(part).cast::<i32>().add(i).read_unaligned());
                }
            }
            n
        };
        if n >= 0 {
            data.truncate(n as usize);
            *found.lock().unwrap_or_else(|e| e.into_inner()) = (data, fds);
        }
        n as i64
    })?;
    let (data, fds) = found.into_inner().unwrap_or_else(|e| e.into_inner());
    let fds = fds.into_iter().map(Value::small).collect();
    Ok(Value::tuple(vec![bytes::from_vec(data), Value::list(fds)]))
}
