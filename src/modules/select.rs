//! `select`: waiting for several file descriptors at once, by `select`, `poll` and `epoll`.
//!
//! All of it goes through `minipy_sched::wait_io`: other threads run meanwhile, and a signal is handled before the
//! wait goes on with what is left of its time.

#![allow(unsafe_code)]

use super::native::{class, os_error, this};
use super::time;
use crate::object::{Boxed, Def, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::{exception, float, int};
use crate::vm::safepoint;
use minipy_sched::Wake;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::Error;

type Deadline = Option<u64>;

/// The number of a descriptor, or of an object that has `fileno()`.
pub fn descriptor(v: &Value) -> Result<i32> {
    let n = if v.ty().is_subtype(&int::INT) {
        protocol::index_i64(v)?
    } else {
        match protocol::get_attr_opt(v, &intern("fileno"))? {
            None => return type_error("argument must be an int, or have a fileno() method."),
            Some(method) => {
                let n = protocol::call(&method, &[])?;
                if !n.ty().is_subtype(&int::INT) {
                    return type_error("fileno() returned a non-integer");
                }
                protocol::index_i64(&n)?
            }
        }
    };
    if n < 0 {
        return value_error(format!("file descriptor cannot be a negative integer ({n})"));
    }
    i32::try_from(n).or_else(|_| protocol::overflow_error("signed integer is greater than maximum"))
}

/// When a wait of so many units (nanoseconds each) ends: never for `None`, and with `negative` for numbers below 0.
fn deadline(timeout: &Value, unit: f64, negative: bool) -> Result<Deadline> {
    let Some(t) = timeout.as_bound().filter(|t| !t.is_none()) else { return Ok(None) };
    if !t.ty().is_subtype(&float::FLOAT) && t.ty().slots().index.is_none() {
        return type_error("timeout must be an integer or None");
    }
    let ns = if unit == 1e9 {
        time::timeout(t)?
    } else if t.ty().is_subtype(&float::FLOAT) {
        (float::to_f64(t).unwrap_or(0.0) * unit).ceil().clamp(-1e18, 9e18) as i64
    } else {
        let Some(n) = int::to_i64(&protocol::index(t)?).and_then(|n| n.checked_mul(unit as i64)) else {
            return protocol::overflow_error("timeout is too large");
        };
        n
    };
    match u64::try_from(ns) {
        Ok(ns) => Ok(Some(minipy_sched::now().saturating_add(ns))),
        Err(_) if negative => Ok(None),
        Err(_) => value_error("timeout must be non-negative"),
    }
}

/// Waits by `ppoll` until something has come, handling signals; how many have something.
fn wait(fds: &mut [libc::pollfd], deadline: Deadline) -> Result<usize> {
    loop {
        match minipy_sched::poll(fds, deadline) {
            Ok((Wake::Interrupted, _)) => safepoint::interrupted()?,
            Ok((_, n)) => return Ok(n),
            Err(e) => return os_error(&e),
        }
    }
}

/// `select(rlist, wlist, xlist, timeout)`
fn select(a: &[Value]) -> Result {
    if let Some(t) = arg(a, 3).as_bound().filter(|t| !t.is_none())
        && !t.ty().is_subtype(&float::FLOAT)
        && t.ty().slots().index.is_none()
    {
        return type_error("timeout must be a float or None");
    }
    let mut lists: Vec<Vec<(Value, usize)>> = Vec::new();
    let mut fds: Vec<libc::pollfd> = Vec::new();
    let mut places: BTreeMap<i32, usize> = BTreeMap::new();
    let wanted = [libc::POLLIN, libc::POLLOUT, libc::POLLPRI];
    // What counts for each list, as Linux's own select has it.
    let ready = [
        libc::POLLIN | libc::POLLRDNORM | libc::POLLHUP | libc::POLLERR,
        libc::POLLOUT | libc::POLLWRNORM | libc::POLLERR,
        libc::POLLPRI,
    ];
    for (list, events) in a.iter().zip(wanted) {
        let mut entries = Vec::new();
        if list.ty().slots().iter.is_none() && list.ty().slots().get_item.is_none() {
            return type_error("arguments 1-3 must be sequences");
        }
        for object in protocol::collect(list)? {
            let fd = descriptor(&object)?;
            if fd >= libc::FD_SETSIZE as i32 {
                return value_error("filedescriptor out of range in select()");
            }
            let place = *places.entry(fd).or_insert_with(|| {
                fds.push(libc::pollfd { fd, events: 0, revents: 0 });
                fds.len() - 1
            });
            fds[place].events |= events;
            entries.push((object, place));
        }
        lists.push(entries);
    }
    let until = deadline(arg(a, 3), 1e9, false)?;
    wait(&mut fds, until)?;
    if fds.iter().any(|f| f.revents & libc::POLLNVAL != 0) {
        return os_error(&Error::from_raw_os_error(libc::EBADF));
    }
    let found = lists.into_iter().zip(ready).map(|(list, mask)| {
        let come = list.into_iter().filter(|(_, place)| fds[*place].revents & mask != 0);
        Value::list(come.map(|(object, _)| object).collect())
    });
    Ok(Value::tuple(found.collect()))
}

/// The fields of a poll object: the events of each descriptor.
pub struct PollBody {
    events: RefCell<BTreeMap<i32, i16>>,
    waiting: Cell<bool>,
}

crate::body!(PollBody: Other);

fn event_mask(v: &Value, default: i64) -> Result<i64> {
    let n = v.as_bound().map_or(Ok(default), protocol::index_i64)?;
    if n < 0 {
        return value_error("value must be positive");
    }
    Ok(n)
}

fn short_mask(v: &Value, default: i16) -> Result<i16> {
    match u16::try_from(event_mask(v, default as i64)?) {
        Ok(n) => Ok(n as i16),
        Err(_) => protocol::overflow_error("Python int too large for C unsigned short"),
    }
}

fn no_entry<T>() -> Result<T> {
    os_error(&Error::from_raw_os_error(libc::ENOENT))
}

fn poll(a: &[Value]) -> Result {
    let p = this::<PollBody>(&a[0]);
    let until = deadline(arg(a, 1), 1e6, true)?;
    if p.waiting.replace(true) {
        return protocol::runtime_error("concurrent poll() invocation");
    }
    let events = p.events.borrow();
    let mut fds: Vec<_> =
        events.iter().map(|(&fd, &events)| libc::pollfd { fd, events, revents: 0 }).collect();
    drop(events);
    let result = wait(&mut fds, until);
    p.waiting.set(false);
    result?;
    let come = fds.iter().filter(|f| f.revents != 0);
    Ok(Value::list(come.map(|f| pair(f.fd, f.revents as u16 as u32)).collect()))
}

fn pair(fd: i32, events: u32) -> Value {
    Value::tuple(vec![Value::small(fd), int::from_i64(events as i64)])
}

/// `select.poll`
pub static POLL: Type = Type::builtin::<Boxed<PollBody>>(
    "select.poll",
    Layout::Other,
    "",
    crate::defs! {
        fn "register(fd, eventmask=7, /)" "Wait for these events of a descriptor." => |a| {
            let (fd, mask) = (descriptor(&a[1])?, short_mask(arg(a, 2), libc::POLLIN | libc::POLLPRI | libc::POLLOUT)?);
            this::<PollBody>(&a[0]).events.borrow_mut().insert(fd, mask);
            Ok(Value::NONE)
        };
        fn "modify(fd, eventmask, /)" "Wait for other events of a registered descriptor." => |a| {
            let (fd, mask) = (descriptor(&a[1])?, short_mask(&a[2], 0)?);
            match this::<PollBody>(&a[0]).events.borrow_mut().get_mut(&fd) {
                Some(place) => *place = mask,
                None => return no_entry(),
            }
            Ok(Value::NONE)
        };
        fn "unregister(fd, /)" "Wait no longer for a descriptor." => |a| {
            let fd = descriptor(&a[1])?;
            match this::<PollBody>(&a[0]).events.borrow_mut().remove(&fd) {
                Some(_) => Ok(Value::NONE),
                None => protocol::key_error(&Value::small(fd)),
            }
        };
        fn "poll(timeout=None, /)" "Wait, at most for a number of milliseconds; the descriptors that have something, with their events." => poll;
    },
);

/// The fields of an epoll object.
pub struct EpollBody {
    /// Its descriptor; -1 when it is closed.
    fd: Cell<i32>,
}

crate::body!(EpollBody: Other);

impl EpollBody {
    fn close(&self) {
        let fd = self.fd.replace(-1);
        if fd >= 0 {
            // SAFETY: the descriptor is ours.
            unsafe { libc::close(fd) };
        }
    }
}

impl Drop for EpollBody {
    fn drop(&mut self) {
        self.close();
    }
}

fn epoll_fd(v: &Value) -> Result<i32> {
    match this::<EpollBody>(v).fd.get() {
        fd if fd < 0 => value_error("I/O operation on closed epoll object"),
        fd => Ok(fd),
    }
}

fn epoll_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let bound = protocol::bind_args("epoll", crate::sig!("epoll(sizehint=-1, flags=0)"), args, names)?;
    let hint = bound[0].as_bound().map_or(Ok(-1), protocol::index_i64)?;
    if hint != -1 && hint <= 0 {
        return value_error("negative sizehint");
    }
    let flags = bound[1].as_bound().map_or(Ok(0), protocol::index_i64)?;
    if flags != 0 && flags != libc::EPOLL_CLOEXEC as i64 {
        return os_error(&Error::from_raw_os_error(libc::EINVAL));
    }
    // SAFETY: a plain system call.
    let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
    if fd < 0 {
        return os_error(&Error::last_os_error());
    }
    super::native::make(ty, EpollBody { fd: Cell::new(fd) })
}

/// Adds, changes or removes what is waited for at a descriptor.
fn control(a: &[Value], operation: i32, default: u32) -> Result {
    let epoll = epoll_fd(&a[0])?;
    let fd = descriptor(&a[1])?;
    let Ok(events) = u32::try_from(event_mask(arg(a, 2), default as i64)?) else {
        return protocol::overflow_error("Python int too large to convert to C unsigned int");
    };
    let mut event = libc::epoll_event { events, u64: fd as u64 };
    // SAFETY: the event is there for the call.
    if unsafe { libc::epoll_ctl(epoll, operation, fd, &mut event) } != 0 {
        return os_error(&Error::last_os_error());
    }
    Ok(Value::NONE)
}

const ALL_EVENTS: u32 = (libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLOUT) as u32;

/// Descriptors and events; waits, at most until the deadline, for at least one.
fn epoll_wait(fd: i32, until: Deadline, most: usize) -> Result<Vec<(i32, u32)>> {
    let mut events: Vec<libc::epoll_event> = vec![libc::epoll_event { events: 0, u64: 0 }; most];
    loop {
        let waited = minipy_sched::wait_io(until, |timeout, mask| {
            // Milliseconds, rounded up.
            let ms = timeout.map_or(-1, |t| {
                let ms = t.tv_sec.saturating_mul(1000).saturating_add((t.tv_nsec + 999_999) / 1_000_000);
                i32::try_from(ms).unwrap_or(i32::MAX)
            });
            // SAFETY: there is room for so many events, and the mask outlives the call.
            unsafe { libc::epoll_pwait(fd, events.as_mut_ptr(), most as i32, ms, mask) }
        });
        match waited {
            Ok((Wake::Interrupted, _)) => safepoint::interrupted()?,
            Ok((_, n)) => return Ok(events[..n].iter().map(|e| (e.u64 as i32, e.events)).collect()),
            Err(e) => return os_error(&e),
        }
    }
}

fn epoll_poll(a: &[Value]) -> Result {
    let fd = epoll_fd(&a[0])?;
    let until = deadline(arg(a, 1), 1e9, true)?;
    let most = arg(a, 2).as_bound().map_or(Ok(-1), protocol::index_i64)?;
    let most = match most {
        -1 => 1023,
        n if n <= 0 => return value_error(format!("maxevents must be greater than 0, got {n}")),
        n => n.min(1 << 20) as usize,
    };
    let found = epoll_wait(fd, until, most)?;
    Ok(Value::list(found.into_iter().map(|(fd, events)| pair(fd, events)).collect()))
}

/// `select.epoll`
pub static EPOLL: Type = Type::builtin::<Boxed<EpollBody>>(
    "select.epoll",
    Layout::Other,
    "epoll(sizehint=-1, flags=0): waits for descriptors whose number does not matter for the time it takes.",
    crate::defs! {
        fn "register(fd, eventmask=7)" "Wait for these events of a descriptor." => |a| control(a, libc::EPOLL_CTL_ADD, ALL_EVENTS);
        fn "modify(fd, eventmask)" "Wait for other events of a registered descriptor." => |a| control(a, libc::EPOLL_CTL_MOD, 0);
        fn "unregister(fd)" "Wait no longer for a descriptor." => |a| control(a, libc::EPOLL_CTL_DEL, 0);
        fn "poll(timeout=None, maxevents=-1)" "Wait, at most for a number of seconds; the descriptors that have something, with their events." => epoll_poll;
        fn "close()" "Close the epoll object." => |a| {
            this::<EpollBody>(&a[0]).close();
            Ok(Value::NONE)
        };
        fn "fileno()" "Its descriptor." => |a| epoll_fd(&a[0]).map(Value::small);
        get "closed()" "Whether it is closed." => |v| Ok(Value::bool(this::<EpollBody>(v).fd.get() < 0));
        fn "__enter__()" "" => |a| epoll_fd(&a[0]).map(|_| a[0].clone());
        fn "__exit__(*args)" "" => |a| {
            this::<EpollBody>(&a[0]).close();
            Ok(Value::NONE)
        };
        class "fromfd(fd, /)" "An epoll object with an open descriptor." => |a| {
            let fd = descriptor(&a[1])?;
            super::native::make(&a[0], EpollBody { fd: Cell::new(fd) })
        };
    },
)
.with_slots(Slots { new: Some(epoll_new), ..Slots::EMPTY });

macro_rules! constants {
    ($d:ident: $($name:ident)*) => {
        $( $d.set_interned(&intern(stringify!($name)), int::from_i64(libc::$name as u32 as i64)); )*
    };
}

/// The constants and types.
pub fn init(d: &Dict) {
    constants!(d: POLLIN POLLPRI POLLOUT POLLERR POLLHUP POLLNVAL POLLRDNORM POLLRDBAND POLLWRNORM POLLWRBAND POLLRDHUP
        EPOLLIN EPOLLOUT EPOLLPRI EPOLLERR EPOLLHUP EPOLLRDHUP EPOLLET EPOLLONESHOT EPOLLEXCLUSIVE EPOLLRDNORM
        EPOLLRDBAND EPOLLWRNORM EPOLLWRBAND EPOLLMSG EPOLL_CLOEXEC);
    d.set_interned(&intern("POLLMSG"), Value::small(0x400));
    d.set_interned(&intern("PIPE_BUF"), Value::small(libc::PIPE_BUF as i32));
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "select(rlist, wlist, xlist, timeout=None, /)" "Wait until one of some descriptors can be read, can be written, or has an exceptional condition; the three lists of those." => select;
    fn "poll()" "An object that waits for descriptors by poll()." => |_| {
        class(&POLL);
        Ok(Value::new(&POLL, PollBody { events: RefCell::default(), waiting: Cell::new(false) }))
    };
    val "epoll()" "" => || class(&EPOLL);
    val "error()" "" => || exception::OS_ERROR.value();
};
