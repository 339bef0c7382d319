//! What the buffered streams of bytes share: the object, its lock, and the raw stream below.
//!
//! One thread at a time is inside a stream, since the GIL is released while the raw stream reads or writes. The
//! lock is plain data under the GIL.

use super::window::Window;
use super::{base, fileio, is_closed, method, uninitialized, unsupported};
use crate::modules::native::{make, peek, this};
use crate::object::{Raised, Result, Value, arg, intern_static};
use crate::protocol::{self, raise, runtime_error, type_error, value_error};
use crate::types::{bytes, exception, int, str};
use crate::vm::safepoint;
use minipy_sched::{WaitQueue, current};
use std::cell::{Cell, RefCell};

/// Whether a stream has a raw stream.
#[derive(Clone, Copy, PartialEq)]
pub enum State {
    /// `__init__` has not run.
    New,
    Ready,
    /// `detach` has taken it away.
    Detached,
}

/// A larger buffer is made at once, so that its maker learns that there is no memory for it.
const LARGE: usize = 1 << 26;

/// The fields of a buffered stream.
pub struct BufferedBody {
    raw: Cell<Value>,
    pub state: Cell<State>,
    pub readable: Cell<bool>,
    pub writable: Cell<bool>,
    /// `close` has run.
    closed: Cell<bool>,
    /// How many bytes the window holds.
    pub size: Cell<usize>,
    pub window: RefCell<Window>,
    /// Where the raw stream is, if that is known.
    pub place: Cell<Option<i64>>,
    finalizing: Cell<bool>,
    /// The thread that is inside, or 0.
    owner: Cell<u64>,
    waiting: Cell<usize>,
    queue: WaitQueue,
}

crate::body!(BufferedBody: Buffered { raw });

/// What all three kinds have; more entries may follow.
macro_rules! buffered_defs {
    ($($more:tt)*) => {
        crate::defs! {
            fn "close()" "Write what is to be written and close the raw stream." => |a| buffered::close(&a[0]).map(|()| Value::NONE);
            fn "detach()" "Separate the raw stream from the buffer and return it." => buffered::detach;
            fn "seekable()" "Whether seek() works." => |a| buffered::ask_raw(&a[0], "seekable");
            fn "fileno()" "Return the file descriptor." => |a| buffered::ask_raw(&a[0], "fileno");
            fn "isatty()" "Whether it is a terminal." => |a| buffered::ask_raw(&a[0], "isatty");
            fn "tell()" "Return the current position." => |a| buffered::tell(&a[0]).map(int::from_i64);
            fn "seek(target, whence=0, /)" "Move to a position, counted from the start (0), the current one (1) or the end (2)." => buffered::seek;
            fn "truncate(pos=None, /)" "Cut at a position, the current one by default." => buffered::truncate;
            fn "_dealloc_warn(source, /)" "" => |a| {
                buffered::dealloc_warn(&a[0], &a[1]);
                Ok(Value::NONE)
            };
            fn "__getstate__()" "" => super::no_pickle;
            get "closed()" "Whether the raw stream is closed." => |v| buffered::ready(v)?.below_closed().map(Value::bool);
            get "name()" "The name of the raw stream." => |v| super::get(&buffered::ready(v)?.raw(), "name");
            get "mode()" "The mode of the raw stream." => |v| super::get(&buffered::ready(v)?.raw(), "mode");
            get "raw()" "The raw stream." => |v| Ok(crate::modules::native::this::<BufferedBody>(v).raw().bound().unwrap_or(Value::NONE));
            get "_finalizing()" "" => |v| Ok(Value::bool(crate::modules::native::this::<BufferedBody>(v).is_finalizing())), |v, x| {
                crate::modules::native::this::<BufferedBody>(v).set_finalizing(x.is_some_and(|x| x.is(&Value::TRUE)));
                Ok(())
            };
            $($more)*
        }
    };
}
pub(super) use buffered_defs;

impl BufferedBody {
    /// One without a raw stream.
    pub fn new() -> BufferedBody {
        BufferedBody {
            raw: Cell::new(Value::UNBOUND),
            state: Cell::new(State::New),
            readable: Cell::new(false),
            writable: Cell::new(false),
            closed: Cell::new(false),
            size: Cell::new(super::DEFAULT_BUFFER_SIZE),
            window: RefCell::default(),
            place: Cell::new(None),
            finalizing: Cell::new(false),
            owner: Cell::new(0),
            waiting: Cell::new(0),
            queue: WaitQueue::new(),
        }
    }

    /// One over `raw`.
    pub fn over(raw: Value, readable: bool, writable: bool) -> BufferedBody {
        let body = BufferedBody::new();
        drop(body.raw.replace(raw));
        body.readable.set(readable);
        body.writable.set(writable);
        body.state.set(State::Ready);
        body
    }

    /// The raw stream.
    #[inline]
    pub fn raw(&self) -> Value {
        peek(&self.raw)
    }

    pub fn is_finalizing(&self) -> bool {
        self.finalizing.get()
    }

    pub fn set_finalizing(&self, yes: bool) {
        self.finalizing.set(yes);
    }

    /// Whether the raw stream is closed.
    pub fn below_closed(&self) -> Result<bool> {
        let raw = self.raw();
        match fileio::exact(&raw) {
            Some(file) => Ok(file.fd.get() < 0),
            None => is_closed(&raw),
        }
    }

    /// Raises `ValueError` if the stream is closed and nothing is left in the window.
    pub fn need_open(&self, message: &str) -> Result<()> {
        if (self.closed.get() || self.below_closed()?) && self.window.borrow().ahead() == 0 {
            return value_error(message);
        }
        Ok(())
    }

    /// Makes sure that the window has its bytes.
    pub fn allocate(&self) -> Result<()> {
        let mut window = self.window.borrow_mut();
        if window.data.is_empty() {
            bytes::try_reserve(&mut window.data, self.size.get())?;
            window.data.resize(self.size.get(), 0);
        }
        Ok(())
    }

    /// Runs `f` with the bytes of the window, which nobody else may use meanwhile: the lock is held.
    fn with_data<R>(&self, f: impl FnOnce(&mut Vec<u8>) -> R) -> R {
        let mut data = std::mem::take(&mut self.window.borrow_mut().data);
        let result = f(&mut data);
        self.window.borrow_mut().data = data;
        result
    }

    /// The raw stream has moved by `n` bytes.
    fn moved(&self, n: usize) {
        self.place.set(self.place.get().map(|at| at + n as i64));
    }

    /// Reads from the raw stream; `None` if it would block.
    pub fn raw_read(&self, buffer: &mut [u8]) -> Result<Option<usize>> {
        let raw = self.raw();
        let n = match fileio::exact(&raw) {
            Some(file) if file.fd.get() >= 0 && file.mode.get().readable => {
                fileio::read_fd(file.fd.get(), buffer)?
            }
            _ => {
                let array = protocol::call(&bytes::BYTEARRAY.value(), &[int::from_usize(buffer.len())])?;
                let view = bytes::over(&array)?;
                let got = retry(|| method(&raw, "readinto", std::slice::from_ref(&view)))?;
                let n = length(&got, buffer.len(), "readinto")?;
                if let (Some(n), Some(data)) = (n, bytes::buffer(&array)) {
                    buffer[..n].copy_from_slice(&data[..n]);
                }
                n
            }
        };
        self.moved(n.unwrap_or(0));
        Ok(n)
    }

    /// Writes to the raw stream; `None` if it would block.
    pub fn raw_write(&self, data: &[u8]) -> Result<Option<usize>> {
        let raw = self.raw();
        let n = match fileio::exact(&raw) {
            Some(file) if file.fd.get() >= 0 && file.mode.get().writable => {
                fileio::write_fd(file.fd.get(), data)?
            }
            _ => {
                let view = bytes::over(&bytes::from_slice(data))?;
                let got = retry(|| method(&raw, "write", std::slice::from_ref(&view)))?;
                length(&got, data.len(), "write")?
            }
        };
        self.moved(n.unwrap_or(0));
        Ok(n)
    }

    /// Moves the raw stream.
    pub fn raw_seek(&self, target: i64, whence: i32) -> Result<i64> {
        let raw = self.raw();
        let at = match fileio::exact(&raw) {
            Some(file) if file.fd.get() >= 0 => fileio::seek_fd(file.fd.get(), target, whence)?,
            _ => {
                let at = method(&raw, "seek", &[int::from_i64(target), Value::small(whence)])?;
                raw_place(&at)?
            }
        };
        self.place.set(Some(at));
        Ok(at)
    }

    /// Asks the raw stream where it is.
    pub fn raw_tell(&self) -> Result<i64> {
        let raw = self.raw();
        self.place.set(None);
        let at = match fileio::exact(&raw) {
            Some(file) if file.fd.get() >= 0 => fileio::seek_fd(file.fd.get(), 0, libc::SEEK_CUR)?,
            _ => raw_place(&method(&raw, "tell", &[])?)?,
        };
        self.place.set(Some(at));
        Ok(at)
    }

    /// Reads once into the rest of the window.
    pub fn fill(&self) -> Result<Option<usize>> {
        self.allocate()?;
        let start = self.window.borrow().read_end.unwrap_or(0);
        let n = self.with_data(|data| self.raw_read(&mut data[start..]))?;
        if let Some(n) = n.filter(|&n| n > 0) {
            let mut window = self.window.borrow_mut();
            window.read_end = Some(start + n);
            window.raw = Some(start + n);
        }
        Ok(n)
    }

    /// Writes what is to be written.
    pub fn flush_dirty(&self) -> Result<()> {
        let Some((start, _)) = self.window.borrow().dirty.filter(|(start, end)| start < end) else {
            self.window.borrow_mut().dirty = None;
            return Ok(());
        };
        let back = {
            let window = self.window.borrow();
            window.raw_offset() + (window.pos as i64 - start as i64)
        };
        if back != 0 {
            self.raw_seek(-back, libc::SEEK_CUR)?;
            let mut window = self.window.borrow_mut();
            window.raw = window.raw.map(|raw| (raw as i64 - back).max(0) as usize);
        }
        loop {
            let Some((start, end)) = self.window.borrow().dirty.filter(|(start, end)| start < end) else {
                break;
            };
            let written = self.with_data(|data| self.raw_write(&data[start..end]))?;
            let Some(n) = written else { return Err(would_block(0)) };
            let mut window = self.window.borrow_mut();
            window.dirty = Some((start + n, end));
            window.raw = Some(start + n);
        }
        self.window.borrow_mut().dirty = None;
        Ok(())
    }

    /// Writes what is to be written and puts the raw stream where the program is.
    pub fn flush_and_rewind(&self) -> Result<()> {
        self.flush_dirty()?;
        if self.readable.get() {
            let offset = self.window.borrow().raw_offset();
            self.window.borrow_mut().forget_read();
            if offset != 0 {
                self.raw_seek(-offset, libc::SEEK_CUR)?;
            }
        }
        Ok(())
    }
}

/// Calls again what a signal has interrupted.
fn retry(f: impl Fn() -> Result) -> Result {
    loop {
        match f() {
            Err(e) if base::is_interrupted(&e) => safepoint::interrupted()?,
            result => return result,
        }
    }
}

/// The result of a raw stream's `readinto` or `write`; `None` if it would block.
fn length(v: &Value, max: usize, name: &str) -> Result<Option<usize>> {
    if v.is_none() {
        return Ok(None);
    }
    let n = protocol::index_position(v).map_err(|e| {
        let failed = raise(&exception::OS_ERROR, format!("raw {name}() failed"));
        exception::set_cause(&failed.0, &e.0);
        exception::set_context(&failed.0, &e.0, false);
        failed
    })?;
    match usize::try_from(n) {
        Ok(n) if n <= max => Ok(Some(n)),
        _ => {
            let text =
                format!("raw {name}() returned invalid length {n} (should have been between 0 and {max})");
            Err(raise(&exception::OS_ERROR, text))
        }
    }
}

fn raw_place(v: &Value) -> Result<i64> {
    match protocol::index_i64(v)? {
        at if at < 0 => {
            let text = format!("Raw stream returned invalid position {at}");
            Err(raise(&exception::OS_ERROR, text))
        }
        at => Ok(at),
    }
}

/// `BlockingIOError` after so many bytes have been taken.
pub fn would_block(written: usize) -> Raised {
    let text = Value::str("write could not complete without blocking");
    let args = vec![Value::small(libc::EAGAIN), text, int::from_usize(written)];
    let e = exception::new(&exception::BLOCKING_IO_ERROR, args);
    exception::set_field(&e, "characters_written", int::from_usize(written));
    Raised(e)
}

/// The calling thread is inside a stream until this is dropped.
pub struct Inside<'a>(&'a BufferedBody);

impl Drop for Inside<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.owner.set(0);
        if self.0.waiting.get() > 0 {
            self.0.queue.wake_one();
        }
    }
}

/// Goes inside, waiting until nobody else is.
#[inline]
pub fn enter<'a>(v: &Value, body: &'a BufferedBody) -> Result<Inside<'a>> {
    if body.owner.get() != 0 {
        wait_for_turn(v, body)?;
    }
    body.owner.set(current().0);
    Ok(Inside(body))
}

#[cold]
fn wait_for_turn(v: &Value, body: &BufferedBody) -> Result<()> {
    loop {
        match body.owner.get() {
            0 => return Ok(()),
            me if me == current().0 => {
                return runtime_error(format!("reentrant call inside {}", protocol::repr_string(v)?));
            }
            // In a forked child: the thread that was inside does not exist here.
            other if minipy_sched::threads().iter().all(|t| t.id.0 != other) => return Ok(()),
            _ => {
                body.waiting.set(body.waiting.get() + 1);
                let woken = safepoint::wait(&body.queue, v, "turn at a buffered stream", None);
                body.waiting.set(body.waiting.get() - 1);
                woken?;
            }
        }
    }
}

/// The fields of a stream that has a raw stream.
#[inline]
pub fn ready(v: &Value) -> Result<&BufferedBody> {
    let body = this::<BufferedBody>(v);
    match body.state.get() {
        State::Ready => Ok(body),
        State::Detached => value_error("raw stream has been detached"),
        State::New => uninitialized(),
    }
}

/// The `new` slot.
pub fn new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    make(ty, BufferedBody::new())
}

/// Sets how many bytes the window holds, and empties it.
///
/// # Errors
/// `ValueError` unless the number is positive, `MemoryError` if it is too large.
pub fn set_size(body: &BufferedBody, size: i64) -> Result<()> {
    let Some(size) = usize::try_from(size).ok().filter(|&n| n > 0) else {
        return value_error("buffer size must be strictly positive");
    };
    body.size.set(size);
    body.window.take();
    if size > LARGE { body.allocate() } else { Ok(()) }
}

/// What `__init__` of all kinds does with the raw stream and the buffer size.
pub fn init(v: &Value, raw: &Value, size: &Value, readable: bool, writable: bool) -> Result<()> {
    let body = this::<BufferedBody>(v);
    body.state.set(State::New);
    let size = size.as_bound().map_or(Ok(super::DEFAULT_BUFFER_SIZE as i64), protocol::index_i64)?;
    drop(body.raw.replace(raw.clone()));
    body.readable.set(readable);
    body.writable.set(writable);
    set_size(body, size)?;
    body.closed.set(false);
    // A stream without a position has none.
    match body.raw_tell() {
        Err(e) if e.0.ty().is_subtype(&exception::EXCEPTION) => {}
        other => drop(other?),
    }
    body.state.set(State::Ready);
    Ok(())
}

/// What a method of the raw stream without arguments returns.
pub fn ask_raw(v: &Value, name: &'static str) -> Result {
    method(&ready(v)?.raw(), name, &[])
}

/// Tells the raw stream that nobody has closed the stream `source`.
pub fn dealloc_warn(v: &Value, source: &Value) {
    let body = this::<BufferedBody>(v);
    if body.state.get() == State::Ready {
        // A raw stream written in Python may know nothing of this.
        let _ = method(&body.raw(), "_dealloc_warn", std::slice::from_ref(source));
    }
}

/// `flush` of a stream that writes.
pub fn flush(v: &Value) -> Result<()> {
    let body = ready(v)?;
    body.need_open("flush of closed file")?;
    let _inside = enter(v, body)?;
    body.flush_and_rewind()
}

/// `close`
pub fn close(v: &Value) -> Result<()> {
    let body = ready(v)?;
    {
        let _inside = enter(v, body)?;
        if body.below_closed()? {
            return Ok(());
        }
        if body.finalizing.get() {
            dealloc_warn(v, v);
        }
    }
    let flushed = match super::has_plain_methods(v) {
        true if body.writable.get() => flush(v),
        true if fileio::exact(&body.raw()).is_some() => Ok(()),
        _ => method(v, "flush", &[]).map(drop),
    };
    let _inside = enter(v, body)?;
    let raw = body.raw();
    let closed = match fileio::exact(&raw) {
        Some(_) => fileio::close(&raw),
        None => method(&raw, "close", &[]).map(drop),
    };
    body.closed.set(true);
    body.window.take();
    super::chain(flushed, closed)
}

/// `detach`
pub fn detach(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    method(&a[0], "flush", &[])?;
    let raw = body.raw.replace(Value::UNBOUND);
    body.state.set(State::Detached);
    Ok(raw)
}

/// `tell`
pub fn tell(v: &Value) -> Result<i64> {
    let body = ready(v)?;
    let at = body.raw_tell()?;
    Ok((at - body.window.borrow().raw_offset()).max(0))
}

/// `seek`
pub fn seek(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    let whence = arg(a, 2).as_bound().map_or(Ok(0), str::c_int)?;
    if !(0..=4).contains(&whence) {
        return value_error(format!("whence value {whence} unsupported"));
    }
    body.need_open("seek of closed file")?;
    check_seekable(&body.raw())?;
    let target = protocol::index_i64(&a[1])?;
    seek_to(&a[0], body, target, whence).map(int::from_i64)
}

fn check_seekable(raw: &Value) -> Result<()> {
    match fileio::exact(raw) {
        Some(file) if file.fd.get() >= 0 => {
            if file.can_seek(file.fd.get())? {
                Ok(())
            } else {
                unsupported("File or stream is not seekable.")
            }
        }
        _ => base::check_able(raw, "seekable"),
    }
}

/// Moves to a position.
pub fn seek_to(v: &Value, body: &BufferedBody, target: i64, whence: i32) -> Result<i64> {
    let mut target = target;
    if whence < 2 && body.readable.get() {
        // Within the window nothing needs to be read again.
        let at = match body.place.get() {
            Some(at) => at,
            None => body.raw_tell()?,
        };
        let mut window = body.window.borrow_mut();
        let ahead = window.ahead() as i64;
        if ahead > 0 {
            let offset = if whence == 0 { target - (at - window.raw_offset()) } else { target };
            if offset >= -(window.pos as i64) && offset <= ahead {
                window.pos = (window.pos as i64 + offset) as usize;
                return Ok(at - (ahead - offset));
            }
        }
    }
    let _inside = enter(v, body)?;
    if body.writable.get() {
        body.flush_dirty()?;
    }
    if whence == 1 {
        target -= body.window.borrow().raw_offset();
    }
    let at = body.raw_seek(target, whence)?;
    let mut window = body.window.borrow_mut();
    window.raw = None;
    if body.readable.get() {
        window.forget_read();
    }
    Ok(at)
}

/// `truncate`
pub fn truncate(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    body.need_open("truncate of closed file")?;
    if !body.writable.get() {
        return unsupported("truncate");
    }
    let _inside = enter(&a[0], body)?;
    body.flush_and_rewind()?;
    let size = match arg(a, 1).as_bound() {
        Some(size) if !size.is_none() => size.clone(),
        _ => method(&body.raw(), "tell", &[])?,
    };
    let result = method(&body.raw(), "truncate", &[size]);
    body.place.set(None);
    result
}

/// The `repr` slot.
pub fn repr(v: &Value) -> Result {
    base::repr_with_name(v, v.ty().name(), "")
}

/// The `finalize` slot.
pub fn finalize(v: &Value) {
    let body = this::<BufferedBody>(v);
    if v.ty().is_heap() || (body.state.get() == State::Ready && !body.below_closed().unwrap_or(false)) {
        base::finalize(v);
    }
}

/// Whether the raw stream has a method.
pub fn raw_has(body: &BufferedBody, name: &'static str) -> Result<Option<Value>> {
    protocol::get_attr_opt(&body.raw(), &intern_static(name))
}

/// Raises `TypeError` unless `v` is bytes or `None`.
pub fn bytes_or_none(v: Value, what: &str) -> Result<Option<Vec<u8>>> {
    if v.is_none() {
        return Ok(None);
    }
    match bytes::as_bytes(&v) {
        Some(data) => Ok(Some(data.to_vec())),
        None => type_error(format!("{what} should return bytes")),
    }
}
