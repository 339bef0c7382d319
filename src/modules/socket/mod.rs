//! `_socket`: sockets. The class that programs see, with files and reprs, is Python on top of this: `socket`.
//!
//! A call that may wait releases the GIL. With a timeout the descriptor is non-blocking, and waiting is `poll` by
//! the scheduler's door, which loses no signal.

#![allow(unsafe_code)]

pub mod address;
pub mod constants;
mod interfaces;
mod messages;
pub mod names;

use super::native::{class, make, os_error, this};
use super::{posix_process, time};
use crate::object::{Boxed, Def, Dict, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::{bytes, exception, float, int};
use crate::vm::safepoint;
use address::Address;
use minipy_sched::Wake;
use std::cell::Cell;
use std::io::{Error, ErrorKind};

/// The fields of a socket.
pub struct SocketBody {
    /// -1 when it is closed.
    fd: Cell<i32>,
    family: Cell<i32>,
    kind: Cell<i32>,
    protocol: Cell<i32>,
    /// In nanoseconds; `None`: calls wait for ever.
    timeout: Cell<Option<u64>>,
}

crate::body!(SocketBody: Other);

impl Drop for SocketBody {
    fn drop(&mut self) {
        close_fd(self.fd.get());
    }
}

fn close_fd(fd: i32) {
    if fd >= 0 {
        // SAFETY: the descriptor is ours.
        unsafe { libc::close(fd) };
    }
}

fn body(v: &Value) -> &SocketBody {
    this::<SocketBody>(v)
}

fn number(v: &Value) -> Result<i32> {
    match i32::try_from(protocol::index_i64(v)?) {
        Ok(n) => Ok(n),
        Err(_) => protocol::overflow_error("Python int too large to convert to C int"),
    }
}

fn optional(v: &Value, default: i32) -> Result<i32> {
    v.as_bound().map_or(Ok(default), number)
}

fn timed_out<T>() -> Result<T> {
    Err(raise(&exception::TIMEOUT_ERROR, "timed out"))
}

impl SocketBody {
    fn deadline(&self) -> Option<u64> {
        self.timeout.get().map(|t| minipy_sched::now().saturating_add(t))
    }

    /// Runs a system call, which returns -1 for an error, waiting for `events` first and again as the timeout says.
    fn call(&self, events: i16, f: impl Fn(i32) -> isize + Sync) -> Result<usize> {
        self.call_until(events, self.deadline(), f)
    }

    fn call_until(
        &self,
        events: i16,
        deadline: Option<u64>,
        f: impl Fn(i32) -> isize + Sync,
    ) -> Result<usize> {
        let waits = self.timeout.get().is_none_or(|t| t > 0);
        let run = |fd| match usize::try_from(f(fd)) {
            Ok(n) => Ok(n),
            Err(_) => Err(Error::last_os_error()),
        };
        loop {
            // What has come before the call would not end it.
            safepoint::interrupted()?;
            let fd = self.fd.get();
            // What does not wait is not worth a change of hands.
            let result = match (waits, deadline) {
                (true, None) => minipy_sched::without_gil(|| run(fd)),
                _ => run(fd),
            };
            match result {
                Ok(n) => return Ok(n),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) if e.kind() == ErrorKind::WouldBlock && waits => self.wait(events, deadline)?,
                Err(e) => return os_error(&e),
            }
        }
    }

    fn wait(&self, events: i16, deadline: Option<u64>) -> Result<()> {
        loop {
            match minipy_sched::wait_for(self.fd.get(), events, deadline) {
                Ok(Wake::Woken) => return Ok(()),
                Ok(Wake::TimedOut) => return timed_out(),
                Ok(Wake::Interrupted) => safepoint::interrupted()?,
                Err(e) => return os_error(&e),
            }
        }
    }

    fn address_of(&self, f: impl FnOnce(i32, *mut libc::sockaddr, *mut libc::socklen_t) -> i32) -> Result {
        let mut address = Address::empty();
        let (place, len) = address.parts_mut();
        if f(self.fd.get(), place, len) != 0 {
            return os_error(&Error::last_os_error());
        }
        address.to_value()
    }
}

fn new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    let n = |n| Cell::new(n);
    make(
        ty,
        SocketBody {
            fd: n(-1),
            family: n(-1),
            kind: n(-1),
            protocol: n(-1),
            timeout: Cell::new(default_timeout()),
        },
    )
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let a = protocol::bind_args(
        "socket",
        crate::sig!("socket(family=-1, type=-1, proto=-1, fileno=None)"),
        args,
        names,
    )?;
    let (family, kind, proto) =
        (optional(arg(&a, 0), -1)?, optional(arg(&a, 1), -1)?, optional(arg(&a, 2), -1)?);
    let s = body(v);
    match arg(&a, 3).as_bound().filter(|f| !f.is_none()) {
        Some(given) => {
            let fd = number(given)?;
            if fd < 0 {
                return value_error("negative file descriptor");
            }
            let option = |name, given: i32| if given >= 0 { Ok(given) } else { get_int(fd, name) };
            s.family.set(option(libc::SO_DOMAIN, family)?);
            s.kind.set(option(libc::SO_TYPE, kind)?);
            s.protocol.set(option(libc::SO_PROTOCOL, proto)?);
            s.fd.set(fd);
        }
        None => {
            let family = if family < 0 { libc::AF_INET } else { family };
            let kind = if kind < 0 { libc::SOCK_STREAM } else { kind };
            let proto = proto.max(0);
            // SAFETY: a plain system call.
            let fd = unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, proto) };
            if fd < 0 {
                return os_error(&Error::last_os_error());
            }
            close_fd(s.fd.replace(fd));
            s.family.set(family);
            s.kind.set(kind & !(libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK));
            s.protocol.set(proto);
            if kind & libc::SOCK_NONBLOCK != 0 {
                s.timeout.set(Some(0));
            }
        }
    }
    if let Some(t) = s.timeout.get() {
        posix_process::nonblocking(s.fd.get(), Some(true))?;
        s.timeout.set(Some(t));
    }
    Ok(())
}

fn get_int(fd: i32, option: i32) -> Result<i32> {
    let (mut value, mut len) = (0i32, size_of::<i32>() as libc::socklen_t);
    // SAFETY: there is room for the number.
    let result = unsafe { libc::getsockopt(fd, libc::SOL_SOCKET, option, (&raw mut value).cast(), &mut len) };
    if result != 0 { os_error(&Error::last_os_error()) } else { Ok(value) }
}

/// The timeout that new sockets have, as the number of nanoseconds plus one; 0: none.
static DEFAULT_TIMEOUT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

fn default_timeout() -> Option<u64> {
    DEFAULT_TIMEOUT.load(std::sync::atomic::Ordering::Relaxed).checked_sub(1)
}

/// `None`, or a number of seconds.
fn timeout_of(v: &Value) -> Result<Option<u64>> {
    if v.is_none() {
        return Ok(None);
    }
    if !v.ty().is_subtype(&float::FLOAT) && v.ty().slots().index.is_none() {
        return type_error(format!("'{}' object cannot be interpreted as an integer", v.ty().name()));
    }
    match u64::try_from(time::timeout(v)?) {
        Ok(t) => Ok(Some(t)),
        Err(_) => value_error("Timeout value out of range"),
    }
}

fn timeout_value(t: Option<u64>) -> Value {
    t.map_or(Value::NONE, |t| float::from_f64(t as f64 / 1e9))
}

fn set_timeout(v: &Value, t: Option<u64>) -> Result {
    let s = body(v);
    posix_process::nonblocking(s.fd.get(), Some(t.is_some()))?;
    s.timeout.set(t);
    Ok(Value::NONE)
}

fn accept(a: &[Value]) -> Result {
    let s = body(&a[0]);
    let peer = std::sync::Mutex::new(Address::empty());
    let fd = s.call(libc::POLLIN, |fd| {
        let Ok(mut peer) = peer.lock() else { return -1 };
        *peer = Address::empty();
        let (place, len) = peer.parts_mut();
        // SAFETY: there is room for any address.
        unsafe { libc::accept4(fd, place, len, libc::SOCK_CLOEXEC) as isize }
    })?;
    let peer = peer.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok(Value::tuple(vec![Value::small(fd as i32), peer.to_value()?]))
}

/// The error number of connecting, 0 if it has worked.
fn connect_errno(v: &Value, address: &Address) -> Result<i32> {
    let s = body(v);
    let (fd, deadline) = (s.fd.get(), s.deadline());
    let waits = s.timeout.get().is_none_or(|t| t > 0);
    let run = || {
        let (place, len) = address.parts();
        // SAFETY: the address is there for the call.
        if unsafe { libc::connect(fd, place, len) } == 0 { 0 } else { errno() }
    };
    let error = if waits && deadline.is_none() { minipy_sched::without_gil(run) } else { run() };
    let pending = matches!(error, libc::EINPROGRESS | libc::EINTR)
        || error == libc::EAGAIN && s.family.get() != libc::AF_UNIX;
    if error == libc::EINTR {
        safepoint::interrupted()?;
    }
    if !pending || !waits {
        return Ok(error);
    }
    s.wait(libc::POLLOUT, deadline)?;
    get_int(fd, libc::SO_ERROR)
}

fn errno() -> i32 {
    Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn connect(a: &[Value]) -> Result {
    let address = Address::of(body(&a[0]).family.get(), &a[1], "connect")?;
    match connect_errno(&a[0], &address)? {
        0 => Ok(Value::NONE),
        e => os_error(&Error::from_raw_os_error(e)),
    }
}

fn connect_ex(a: &[Value]) -> Result {
    let address = Address::of(body(&a[0]).family.get(), &a[1], "connect_ex")?;
    match connect_errno(&a[0], &address) {
        Ok(e) => Ok(Value::small(e)),
        Err(e) if e.0.ty().is_subtype(&exception::TIMEOUT_ERROR) => Ok(Value::small(libc::EAGAIN)),
        Err(e) => match exception::get_field(&e.0, "errno") {
            Some(n) if n.as_str().is_none() && !n.is_none() => Ok(n),
            _ => Err(e),
        },
    }
}

fn bind(a: &[Value]) -> Result {
    let s = body(&a[0]);
    let address = Address::of(s.family.get(), &a[1], "bind")?;
    let (place, len) = address.parts();
    // SAFETY: the address is there for the call.
    done(unsafe { libc::bind(s.fd.get(), place, len) })
}

fn done(result: i32) -> Result {
    if result == 0 { Ok(Value::NONE) } else { os_error(&Error::last_os_error()) }
}

fn size(v: &Value, what: &str) -> Result<usize> {
    usize::try_from(protocol::index_i64(v)?)
        .or_else(|_| value_error(format!("negative buffersize in {what}")))
}

/// Receives up to `n` bytes; with the sender's address if `from`.
fn receive(s: &SocketBody, n: usize, flags: i32, from: bool) -> Result<(Vec<u8>, Address)> {
    let mut data: Vec<u8> = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    let place = data.as_mut_ptr() as usize;
    let peer = std::sync::Mutex::new(Address::empty());
    let got = s.call(libc::POLLIN, |fd| {
        // SAFETY: there is room for so many bytes, which nobody else uses meanwhile, and for any address.
        unsafe {
            if !from {
                return libc::recv(fd, place as *mut libc::c_void, n, flags);
            }
            let Ok(mut peer) = peer.lock() else { return -1 };
            *peer = Address::empty();
            let (at, len) = peer.parts_mut();
            libc::recvfrom(fd, place as *mut libc::c_void, n, flags, at, len)
        }
    })?;
    // SAFETY: so many bytes have been written; with MSG_TRUNC the number may be greater than the room.
    unsafe { data.set_len(got.min(n)) };
    let peer = peer.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok((data, peer))
}

/// Receives into a buffer.
fn receive_into(a: &[Value], from: bool) -> Result {
    let what = if from { "recvfrom_into" } else { "recv_into" };
    let room = protocol::len(&protocol::call(&crate::types::bytes::memory::MEMORYVIEW.value(), &a[1..2])?)?;
    let wanted = arg(a, 2).as_bound().map_or(Ok(0), |n| size(n, what))?;
    if wanted > room {
        return value_error("nbytes is greater than the length of the buffer");
    }
    let n = if wanted == 0 { room } else { wanted };
    let (data, peer) = receive(body(&a[0]), n, optional(arg(a, 3), 0)?, from)?;
    let got = data.len();
    let view = protocol::call(&crate::types::bytes::memory::MEMORYVIEW.value(), &a[1..2])?;
    let part = protocol::call(
        &crate::types::slice::SLICE.value(),
        &[Value::small(0), int::from_usize(got), Value::NONE],
    )?;
    protocol::set_item(&view, &part, bytes::from_vec(data))?;
    let got = int::from_usize(got);
    Ok(if from { Value::tuple(vec![got, peer.to_value()?]) } else { got })
}

fn data_of(v: &Value) -> Result<Vec<u8>> {
    match bytes::copy_of(v) {
        Some(data) => Ok(data),
        None => type_error(format!("a bytes-like object is required, not '{}'", v.ty().name())),
    }
}

fn send(a: &[Value]) -> Result {
    let (data, flags) = (data_of(&a[1])?, optional(arg(a, 2), 0)?);
    let sent = body(&a[0]).call(libc::POLLOUT, |fd| {
        // SAFETY: the bytes are there.
        unsafe { libc::send(fd, data.as_ptr().cast(), data.len(), flags) }
    })?;
    Ok(int::from_usize(sent))
}

fn send_all(a: &[Value]) -> Result {
    let (data, flags) = (data_of(&a[1])?, optional(arg(a, 2), 0)?);
    let s = body(&a[0]);
    let deadline = s.deadline();
    let mut sent = 0;
    while sent < data.len() {
        let rest = &data[sent..];
        // SAFETY: the bytes are there.
        sent += s.call_until(libc::POLLOUT, deadline, |fd| unsafe {
            libc::send(fd, rest.as_ptr().cast(), rest.len(), flags)
        })?;
        safepoint::interrupted()?;
    }
    Ok(Value::NONE)
}

fn send_to(a: &[Value]) -> Result {
    let data = data_of(&a[1])?;
    let rest = a[2].as_tuple().unwrap_or_default();
    let (flags, address) = match rest {
        [address] => (0, address),
        [flags, address] => (number(flags)?, address),
        _ => {
            return type_error(format!("sendto() takes 2 or 3 arguments ({} given)", rest.len() + 1));
        }
    };
    let s = body(&a[0]);
    let address = Address::of(s.family.get(), address, "sendto")?;
    let sent = s.call(libc::POLLOUT, |fd| {
        let (at, len) = address.parts();
        // SAFETY: bytes and address are there.
        unsafe { libc::sendto(fd, data.as_ptr().cast(), data.len(), flags, at, len) }
    })?;
    Ok(int::from_usize(sent))
}

fn get_option(a: &[Value]) -> Result {
    let fd = body(&a[0]).fd.get();
    let (level, option, room) = (number(&a[1])?, number(&a[2])?, optional(arg(a, 3), 0)?);
    if !(0..=1024).contains(&room) {
        return Err(raise(&exception::OS_ERROR, "getsockopt buflen out of range"));
    }
    let mut data = vec![0u8; if room == 0 { size_of::<i32>() } else { room as usize }];
    let mut len = data.len() as libc::socklen_t;
    // SAFETY: there is room for so many bytes.
    if unsafe { libc::getsockopt(fd, level, option, data.as_mut_ptr().cast(), &mut len) } != 0 {
        return os_error(&Error::last_os_error());
    }
    if room == 0 {
        return Ok(Value::small(i32::from_ne_bytes([data[0], data[1], data[2], data[3]])));
    }
    data.truncate(len as usize);
    Ok(bytes::from_vec(data))
}

fn set_option(a: &[Value]) -> Result {
    let fd = body(&a[0]).fd.get();
    let (level, option) = (number(&a[1])?, number(&a[2])?);
    let (data, len) = match arg(a, 4).as_bound() {
        Some(len) => (Vec::new(), number(len)? as usize),
        None if a[3].ty().slots().index.is_some() => (number(&a[3])?.to_ne_bytes().to_vec(), 4),
        None => {
            let data = data_of(&a[3])?;
            let len = data.len();
            (data, len)
        }
    };
    let place = if data.is_empty() { std::ptr::null() } else { data.as_ptr() };
    // SAFETY: the bytes are there; a null pointer goes with a length that is only a number.
    done(unsafe { libc::setsockopt(fd, level, option, place.cast(), len as libc::socklen_t) })
}

fn close(v: &Value) -> Result {
    let fd = body(v).fd.replace(-1);
    // SAFETY: the descriptor is ours.
    if fd >= 0 && unsafe { libc::close(fd) } != 0 && errno() != libc::ECONNRESET {
        return os_error(&Error::last_os_error());
    }
    Ok(Value::NONE)
}

/// `_socket.socket`
pub static SOCKET: Type = Type::builtin::<Boxed<SocketBody>>(
    "_socket.socket",
    Layout::Other,
    "socket(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None): one end of a connection, or what waits for some.",
    crate::defs! {
        fn "_accept()" "A connection that has come: its descriptor and the peer's address." => accept;
        fn "bind(address, /)" "Take an address." => bind;
        fn "connect(address, /)" "Connect to an address." => connect;
        fn "connect_ex(address, /)" "The same; returns the error number, 0 for none." => connect_ex;
        fn "listen(backlog=128, /)" "Wait for connections." => |a| {
            let backlog = optional(arg(a, 1), 128)?.max(0);
            // SAFETY: a plain system call.
            done(unsafe { libc::listen(body(&a[0]).fd.get(), backlog) })
        };
        fn "recv(bufsize, flags=0, /)" "Receive bytes, at most so many; none at the end." => |a| {
            let n = size(&a[1], "recv")?;
            Ok(bytes::from_vec(receive(body(&a[0]), n, optional(arg(a, 2), 0)?, false)?.0))
        };
        fn "recvfrom(bufsize, flags=0, /)" "Receive bytes, and the address of their sender." => |a| {
            let n = size(&a[1], "recvfrom")?;
            let (data, peer) = receive(body(&a[0]), n, optional(arg(a, 2), 0)?, true)?;
            Ok(Value::tuple(vec![bytes::from_vec(data), peer.to_value()?]))
        };
        fn "recv_into(buffer, nbytes=0, flags=0)" "Receive bytes into a buffer; how many." => |a| receive_into(a, false);
        fn "recvfrom_into(buffer, nbytes=0, flags=0)" "The same, and the address of their sender." => |a| receive_into(a, true);
        fn "send(data, flags=0, /)" "Send bytes; how many were taken." => send;
        fn "sendall(data, flags=0, /)" "Send all bytes." => send_all;
        fn "sendto(data, /, *args)" "Send bytes to an address: sendto(data, address) or sendto(data, flags, address)." => send_to;
        fn "sendmsg(buffers, ancdata=<unrepresentable>, flags=0, address=None, /)" "Send bytes, and what goes beside them." => messages::send;
        fn "recvmsg(bufsize, ancbufsize=0, flags=0, /)" "Receive bytes, what came beside them, flags, and the address of the sender." => messages::recv;
        fn "recvmsg_into(buffers, ancbufsize=0, flags=0, /)" "The same into buffers; the number of bytes comes first." => messages::recv_into;
        fn "shutdown(how, /)" "End one direction or both." => |a| {
            let how = number(&a[1])?;
            // SAFETY: a plain system call.
            done(unsafe { libc::shutdown(body(&a[0]).fd.get(), how) })
        };
        fn "getsockname()" "Its own address." => |a| body(&a[0]).address_of(|fd, place, len| {
            // SAFETY: there is room for any address.
            unsafe { libc::getsockname(fd, place, len) }
        });
        fn "getpeername()" "The peer's address." => |a| body(&a[0]).address_of(|fd, place, len| {
            // SAFETY: there is room for any address.
            unsafe { libc::getpeername(fd, place, len) }
        });
        fn "getsockopt(level, option, buflen=0, /)" "An option: a number, or bytes if a length is given." => get_option;
        fn "setsockopt(level, option, value, optlen=<unrepresentable>, /)" "Set an option to a number or bytes." => set_option;
        fn "setblocking(flag, /)" "Wait for ever, or not at all." => |a| {
            let wait = protocol::truth(&a[1])?;
            set_timeout(&a[0], if wait { None } else { Some(0) })
        };
        fn "getblocking()" "Whether calls wait." => |a| Ok(Value::bool(body(&a[0]).timeout.get() != Some(0)));
        fn "settimeout(timeout, /)" "Wait at most for a number of seconds; None for ever." => |a| set_timeout(&a[0], timeout_of(&a[1])?);
        fn "gettimeout()" "For how many seconds calls wait, or None." => |a| Ok(timeout_value(body(&a[0]).timeout.get()));
        fn "fileno()" "Its descriptor; -1 when it is closed." => |a| Ok(Value::small(body(&a[0]).fd.get()));
        fn "detach()" "Close the object and not the descriptor, which is returned." => |a| Ok(Value::small(body(&a[0]).fd.replace(-1)));
        fn "close()" "Close it." => |a| close(&a[0]);
        get "family()" "" => |v| Ok(Value::small(body(v).family.get()));
        get "type()" "" => |v| Ok(Value::small(body(v).kind.get()));
        get "proto()" "" => |v| Ok(Value::small(body(v).protocol.get()));
        get "timeout()" "" => |v| Ok(timeout_value(body(v).timeout.get()));
    },
)
.with_base_flag()
.with_weakrefs()
.with_slots(Slots {
    new: Some(new),
    init: Some(init),
    repr: Some(|v| {
        let s = body(v);
        let (fd, family, kind, protocol) = (s.fd.get(), s.family.get(), s.kind.get(), s.protocol.get());
        Ok(Value::str(&format!("<socket object, fd={fd}, family={family}, type={kind}, proto={protocol}>")))
    }),
    finalize: Some(|v| {
        if body(v).fd.get() >= 0 {
            crate::modules::io::warn::unclosed("", v);
        }
        close_fd(body(v).fd.replace(-1));
    }),
    ..Slots::EMPTY
});

fn socket_pair(a: &[Value]) -> Result {
    let (family, kind, protocol) = (
        optional(arg(a, 0), libc::AF_UNIX)?,
        optional(arg(a, 1), libc::SOCK_STREAM)?,
        optional(arg(a, 2), 0)?,
    );
    let mut ends = [0; 2];
    // SAFETY: there is room for both.
    if unsafe { libc::socketpair(family, kind | libc::SOCK_CLOEXEC, protocol, ends.as_mut_ptr()) } != 0 {
        return os_error(&Error::last_os_error());
    }
    Ok(Value::tuple(ends.map(Value::small).to_vec()))
}

/// The constants.
pub fn init_module(d: &Dict) {
    constants::add(d);
    crate::builtins::add_defs(d, names::DEFS, "_socket");
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "socket()" "" => || class(&SOCKET);
    fn "_socketpair(family=1, type=1, proto=0, /)" "Two descriptors that are connected." => socket_pair;
    fn "getdefaulttimeout()" "The timeout that new sockets have." => |_| Ok(timeout_value(default_timeout()));
    fn "setdefaulttimeout(timeout, /)" "Set the timeout that new sockets have." => |a| {
        let t = timeout_of(&a[0])?.map_or(0, |t| t.saturating_add(1));
        DEFAULT_TIMEOUT.store(t, std::sync::atomic::Ordering::Relaxed);
        Ok(Value::NONE)
    };
    fn "close(fd, /)" "Close a descriptor." => |a| {
        let fd = number(&a[0])?;
        // SAFETY: the kernel checks the descriptor.
        done(unsafe { libc::close(fd) })
    };
    fn "CMSG_LEN(length, /)" "The size of a part beside the bytes, with so many of its own." => |a| messages::part_length(a, false);
    fn "CMSG_SPACE(length, /)" "The room that such a part takes." => |a| messages::part_length(a, true);
    fn "if_nameindex()" "Numbers and names of the network interfaces." => interfaces::all;
    fn "if_nametoindex(oname, /)" "The number of an interface." => interfaces::number;
    fn "if_indextoname(if_index, /)" "The name of an interface." => interfaces::name;
    fn "dup(fd, /)" "A copy of a descriptor." => |a| {
        let fd = number(&a[0])?;
        // SAFETY: the kernel checks the descriptor.
        match unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) } {
            -1 => os_error(&Error::last_os_error()),
            fd => Ok(Value::small(fd)),
        }
    };
};
