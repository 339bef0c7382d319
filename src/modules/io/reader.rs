//! Reading of bytes through a buffer, and `BufferedReader`.

use super::buffered::{self, BufferedBody, buffered_defs, enter, ready};
use super::{base, fileio, method, room, size_arg};
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, bind_args, value_error};
use crate::types::{bytes, int};

/// `_io.BufferedReader`
pub static BUFFERED_READER: Type = Type::builtin::<Boxed<BufferedBody>>(
    "_io.BufferedReader",
    Layout::Buffered,
    "BufferedReader(raw, buffer_size=8192): reading of bytes through a buffer.",
    buffered_defs! {
        fn "flush()" "Flush the raw stream." => |a| buffered::ask_raw(&a[0], "flush");
        fn "readable()" "Whether read() works." => |a| buffered::ask_raw(&a[0], "readable");
        fn "read(size=-1, /)" "Read so many bytes, all by default." => read;
        fn "read1(size=-1, /)" "Read up to so many bytes by one system call at most." => read1_method;
        fn "peek(size=0, /)" "Return bytes without moving, by one system call at most." => peek;
        fn "readinto(buffer, /)" "Read into a buffer; returns how many bytes." => |a| readinto(&a[0], &a[1], false);
        fn "readinto1(buffer, /)" "The same by one system call at most." => |a| readinto(&a[0], &a[1], true);
        fn "readline(size=-1, /)" "Read one line, or as much of it as fits." => readline;
    },
)
.with_base(&base::BUFFERED_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<BufferedBody>>())
.with_slots(Slots {
    new: Some(buffered::new),
    init: Some(|v, args, names| {
        let bound = bind_args("BufferedReader", crate::sig!("(raw, buffer_size=8192)"), args, names)?;
        base::check_able(&bound[0], "readable")?;
        buffered::init(v, &bound[0], &bound[1], true, false)
    }),
    repr: Some(buffered::repr),
    next: Some(next),
    finalize: Some(buffered::finalize),
    ..Slots::EMPTY
});

/// `read`
pub fn read(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    let n = size_arg(arg(a, 1))?;
    if n < -1 {
        return value_error("read length must be non-negative or -1");
    }
    body.need_open("read of closed file")?;
    let data = match usize::try_from(n) {
        Err(_) => read_all(&a[0], body)?,
        Ok(n) => read_some(&a[0], body, n)?,
    };
    Ok(data.map_or(Value::NONE, bytes::from_vec))
}

/// Reads until the end; `None` if nothing is there for now.
pub fn read_all(v: &Value, body: &BufferedBody) -> Result<Option<Vec<u8>>> {
    let _inside = enter(v, body)?;
    let mut all = {
        let mut window = body.window.borrow_mut();
        let n = window.ahead();
        if n == 0 { Vec::new() } else { window.take(n).to_vec() }
    };
    if body.writable.get() {
        body.flush_and_rewind()?;
    }
    body.window.borrow_mut().forget_read();
    let raw = body.raw();
    if let Some(file) = fileio::exact(&raw).filter(|f| f.fd.get() >= 0 && f.mode.get().readable) {
        body.place.set(None);
        return Ok(match fileio::read_rest(file.fd.get())? {
            None if all.is_empty() => None,
            rest => {
                let rest = rest.unwrap_or_default();
                if all.is_empty() {
                    all = rest;
                } else {
                    all.extend_from_slice(&rest);
                }
                Some(all)
            }
        });
    }
    if let Some(readall) = buffered::raw_has(body, "readall")? {
        let rest = buffered::bytes_or_none(protocol::call(&readall, &[])?, "readall()")?;
        body.place.set(None);
        return Ok(match rest {
            None if all.is_empty() => None,
            rest => {
                all.extend_from_slice(&rest.unwrap_or_default());
                Some(all)
            }
        });
    }
    let mut first = true;
    loop {
        let piece = buffered::bytes_or_none(method(&raw, "read", &[])?, "read()")?;
        match piece {
            Some(data) if !data.is_empty() => all.extend_from_slice(&data),
            None if first && all.is_empty() => return Ok(None),
            _ => return Ok(Some(all)),
        }
        first = false;
        body.place.set(None);
    }
}

/// The largest piece that is read at once.
const PIECE: usize = 1 << 20;

/// Reads `n` bytes, fewer only at the end or if the raw stream would block; `None` if it would block at once.
pub fn read_some(v: &Value, body: &BufferedBody, n: usize) -> Result<Option<Vec<u8>>> {
    let _inside = enter(v, body)?;
    {
        let mut window = body.window.borrow_mut();
        if n <= window.ahead() {
            return Ok(Some(if n == 0 { Vec::new() } else { window.take(n).to_vec() }));
        }
    }
    let mut out = Vec::new();
    bytes::try_reserve(&mut out, n.min(PIECE))?;
    {
        let mut window = body.window.borrow_mut();
        let ahead = window.ahead();
        if ahead > 0 {
            out.extend_from_slice(window.take(ahead));
        }
        window.forget_read();
    }
    if body.writable.get() {
        body.flush_and_rewind()?;
    }
    let size = body.size.get();
    // Whole blocks need not go through the window.
    while n - out.len() >= size {
        let start = out.len();
        let step = ((n - start) / size * size).min((PIECE / size).max(1).saturating_mul(size));
        bytes::try_reserve(&mut out, step)?;
        out.resize(start + step, 0);
        let got = body.raw_read(&mut out[start..]);
        out.truncate(start + got.as_ref().map_or(0, |n| n.unwrap_or(0)));
        match got? {
            None if start == 0 => return Ok(None),
            None | Some(0) => return Ok(Some(out)),
            Some(_) => {}
        }
    }
    {
        let mut window = body.window.borrow_mut();
        (window.pos, window.raw, window.read_end) = (0, Some(0), Some(0));
    }
    // No more is read than needed: it could block for ever.
    while out.len() < n && body.window.borrow().read_end.unwrap_or(0) < size {
        match body.fill()? {
            None if out.is_empty() => return Ok(None),
            None | Some(0) => break,
            Some(_) => {
                let mut window = body.window.borrow_mut();
                let take = window.ahead().min(n - out.len());
                out.extend_from_slice(window.take(take));
            }
        }
    }
    Ok(Some(out))
}

/// Reads up to `n` bytes, by one system call at most.
pub fn read1(v: &Value, body: &BufferedBody, n: usize) -> Result<Vec<u8>> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let _inside = enter(v, body)?;
    {
        let mut window = body.window.borrow_mut();
        let ahead = window.ahead();
        if ahead > 0 {
            return Ok(window.take(ahead.min(n)).to_vec());
        }
    }
    if body.writable.get() {
        body.flush_and_rewind()?;
    }
    body.window.borrow_mut().forget_read();
    let mut out = Vec::new();
    bytes::try_reserve(&mut out, n)?;
    out.resize(n, 0);
    let got = body.raw_read(&mut out)?.unwrap_or(0);
    out.truncate(got);
    Ok(out)
}

/// `read1`
pub fn read1_method(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    let n = arg(a, 1).as_bound().map_or(Ok(-1), protocol::index_position)?;
    body.need_open("read of closed file")?;
    let n = usize::try_from(n).unwrap_or(body.size.get());
    read1(&a[0], body, n).map(bytes::from_vec)
}

/// `peek`
pub fn peek(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    body.need_open("peek of closed file")?;
    let _inside = enter(&a[0], body)?;
    if body.writable.get() {
        body.flush_and_rewind()?;
    }
    if body.window.borrow().ahead() == 0 {
        refill(body)?;
    }
    let window = body.window.borrow();
    Ok(bytes::from_slice(if window.ahead() == 0 { &[] } else { window.readable() }))
}

/// Reads once into the empty window.
fn refill(body: &BufferedBody) -> Result<Option<usize>> {
    {
        let mut window = body.window.borrow_mut();
        window.forget_read();
        window.pos = 0;
    }
    body.fill()
}

/// `readinto` and, with `once`, `readinto1`
pub fn readinto(v: &Value, buffer: &Value, once: bool) -> Result {
    let body = ready(v)?;
    body.need_open("readinto of closed file")?;
    let n = room(buffer)?;
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    data.resize(n, 0);
    let Some(got) = read_into(v, body, &mut data, once)? else { return Ok(Value::NONE) };
    super::fill(buffer, &data[..got])?;
    Ok(int::from_usize(got))
}

/// Fills a buffer as far as possible, with `once` by one system call at most; `None` if it would block at once.
fn read_into(v: &Value, body: &BufferedBody, out: &mut [u8], once: bool) -> Result<Option<usize>> {
    let _inside = enter(v, body)?;
    let mut done = take_ahead(body, out);
    if done == out.len() {
        return Ok(Some(done));
    }
    if body.writable.get() {
        body.flush_and_rewind()?;
    }
    body.window.borrow_mut().forget_read();
    while done < out.len() {
        let got = if out.len() - done > body.size.get() {
            let got = body.raw_read(&mut out[done..])?;
            done += got.unwrap_or(0);
            got
        } else if once && done > 0 {
            break;
        } else {
            let got = refill(body)?;
            done += take_ahead(body, &mut out[done..]);
            got
        };
        match got {
            None if done == 0 => return Ok(None),
            None | Some(0) => break,
            Some(_) if once => break,
            Some(_) => {}
        }
    }
    Ok(Some(done))
}

/// Takes what has been read ahead; how much.
fn take_ahead(body: &BufferedBody, out: &mut [u8]) -> usize {
    let mut window = body.window.borrow_mut();
    let n = window.ahead().min(out.len());
    if n > 0 {
        out[..n].copy_from_slice(window.take(n));
    }
    n
}

/// `readline`
pub fn readline(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    let limit = size_arg(arg(a, 1))?;
    body.need_open("readline of closed file")?;
    line(&a[0], body, usize::try_from(limit).unwrap_or(usize::MAX))
}

/// A line of at most `limit` bytes.
fn line(v: &Value, body: &BufferedBody, limit: usize) -> Result {
    let _inside = enter(v, body)?;
    {
        let mut window = body.window.borrow_mut();
        let ahead = window.ahead().min(limit);
        if ahead > 0 || limit == 0 {
            let start = window.pos;
            let found = memchr::memchr(b'\n', &window.data[start..start + ahead]);
            if found.is_some() || ahead == limit {
                return Ok(bytes::from_slice(window.take(found.map_or(ahead, |i| i + 1))));
            }
        }
    }
    let mut out = Vec::new();
    {
        let mut window = body.window.borrow_mut();
        let ahead = window.ahead();
        if ahead > 0 {
            out.extend_from_slice(window.take(ahead));
        }
    }
    if body.writable.get() {
        body.flush_and_rewind()?;
    }
    loop {
        if refill(body)?.unwrap_or(0) == 0 {
            break;
        }
        let mut window = body.window.borrow_mut();
        let most = window.ahead().min(limit - out.len());
        let found = memchr::memchr(b'\n', &window.readable()[..most]);
        let take = found.map_or(most, |i| i + 1);
        out.extend_from_slice(window.take(take));
        if found.is_some() || out.len() == limit {
            break;
        }
    }
    Ok(bytes::from_vec(out))
}

/// The `next` slot: the next line.
pub fn next(v: &Value) -> Result<Option<Value>> {
    if !super::has_plain_methods(v) {
        return base::next(v);
    }
    let body = ready(v)?;
    body.need_open("readline of closed file")?;
    let line = line(v, body, usize::MAX)?;
    Ok(bytes::as_bytes(&line).is_some_and(|b| !b.is_empty()).then_some(line))
}

/// The stream's fields, if `v` is a plain one of this module that reads.
#[inline]
pub fn exact(v: &Value) -> Option<&BufferedBody> {
    if super::is_plain(v, &BUFFERED_READER) || super::is_plain(v, &super::writer::BUFFERED_RANDOM) {
        Some(this::<BufferedBody>(v))
    } else {
        None
    }
}
