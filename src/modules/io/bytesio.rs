//! `BytesIO`: a stream in memory. The bytes stand in a `bytearray`, so that views of it work as of any other.

use super::{base, closed_file, room, size_arg};
use crate::modules::native::{make, peek, this};
use crate::object::{Attrs, Boxed, Dict, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, bind_args, type_error, value_error};
use crate::types::bytes::{self, array};
use crate::types::{int, str};
use std::cell::Cell;

/// The fields of a `BytesIO`.
pub struct BytesIoBody {
    /// A `bytearray`; unbound if the stream is closed.
    store: Cell<Value>,
    pos: Cell<usize>,
}

crate::body!(BytesIoBody: BytesIo { store });

/// `_io.BytesIO`
pub static BYTES_IO: Type = Type::builtin::<Boxed<BytesIoBody>>(
    "_io.BytesIO",
    Layout::BytesIo,
    "BytesIO(initial_bytes=b''): a stream of bytes in memory.",
    crate::defs! {
        fn "read(size=-1, /)" "Read up to so many bytes, all by default." => read;
        fn "read1(size=-1, /)" "Read up to so many bytes, all by default." => read;
        fn "readline(size=-1, /)" "Read one line, or as much of it as fits." => |a| {
            let limit = size_arg(arg(a, 1))?;
            line(&a[0], usize::try_from(limit).unwrap_or(usize::MAX))
        };
        fn "readlines(size=None, /)" "Return the lines that are left, or as many as hold so many bytes." => readlines;
        fn "readinto(buffer, /)" "Read into a buffer; returns how many bytes." => readinto;
        fn "write(b, /)" "Write bytes; returns how many." => write;
        fn "writelines(lines, /)" "Write several pieces; no line ends are added." => |a| {
            opened(&a[0])?;
            protocol::for_each(&a[1], |piece| write_value(&a[0], &piece).map(drop))?;
            Ok(Value::NONE)
        };
        fn "getvalue()" "Return all bytes." => |a| {
            let store = opened(&a[0])?;
            Ok(bytes::buffer(&store).map_or(Value::NONE, |b| bytes::from_slice(&b)))
        };
        fn "getbuffer()" "Return a view of the bytes, through which they can be changed." => |a| bytes::over(&opened(&a[0])?);
        fn "seek(pos, whence=0, /)" "Move to a position, counted from the start (0), the current one (1) or the end (2)." => seek;
        fn "tell()" "Return the current position." => |a| opened(&a[0]).map(|_| int::from_usize(this::<BytesIoBody>(&a[0]).pos.get()));
        fn "truncate(size=None, /)" "Cut at a position, the current one by default." => truncate;
        fn "close()" "Forget the bytes." => |a| {
            let body = this::<BytesIoBody>(&a[0]);
            if let Some(store) = peek(&body.store).as_bound() {
                array::change(store, |_| ())?;
            }
            drop(body.store.replace(Value::UNBOUND));
            Ok(Value::NONE)
        };
        fn "flush()" "Nothing is to be done." => |a| opened(&a[0]).map(|_| Value::NONE);
        fn "isatty()" "It is no terminal." => |a| opened(&a[0]).map(|_| Value::FALSE);
        fn "readable()" "read() works." => |a| opened(&a[0]).map(|_| Value::TRUE);
        fn "writable()" "write() works." => |a| opened(&a[0]).map(|_| Value::TRUE);
        fn "seekable()" "seek() works." => |a| opened(&a[0]).map(|_| Value::TRUE);
        fn "__getstate__()" "" => getstate;
        fn "__setstate__(state, /)" "" => setstate;
        fn "__sizeof__()" "Return the size of the object in memory, in bytes." => |a| {
            let n = bytes::buffer(&peek(&this::<BytesIoBody>(&a[0]).store)).map_or(0, |b| b.len());
            Ok(int::from_usize(size_of::<Boxed<BytesIoBody>>() + n))
        };
        get "closed()" "Whether the stream is closed." => |v| Ok(Value::bool(peek(&this::<BytesIoBody>(v).store).is_unbound()));
    },
)
.with_base(&base::BUFFERED_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<BytesIoBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, BytesIoBody { store: Cell::new(array::from_vec(Vec::new())), pos: Cell::new(0) })),
    init: Some(|v, args, names| {
        let bound = bind_args("BytesIO", crate::sig!("(initial_bytes=b'')"), args, names)?;
        let body = this::<BytesIoBody>(v);
        let data = match bound[0].as_bound().filter(|b| !b.is_none()) {
            Some(initial) => super::data(initial)?.into_vec(),
            None => Vec::new(),
        };
        if let Some(old) = peek(&body.store).as_bound() {
            array::change(old, |_| ())?;
        }
        drop(body.store.replace(array::from_vec(data)));
        body.pos.set(0);
        Ok(())
    }),
    iter: Some(|v| opened(v).map(|_| v.clone())),
    next: Some(|v| {
        let line = line(v, usize::MAX)?;
        Ok(bytes::as_bytes(&line).is_some_and(|b| !b.is_empty()).then_some(line))
    }),
    // Nothing is lost with it, unless a subclass has a `close` of its own.
    finalize: Some(|v| {
        if v.ty().is_heap() {
            base::finalize(v);
        }
    }),
    ..Slots::EMPTY
});

/// The bytes of a stream that is not closed.
#[inline]
fn opened(v: &Value) -> Result {
    match peek(&this::<BytesIoBody>(v).store).bound() {
        Some(store) => Ok(store),
        None => closed_file(),
    }
}

/// Whether `v` is a plain `BytesIO`.
#[inline]
pub fn exact(v: &Value) -> bool {
    super::is_plain(v, &BYTES_IO)
}

/// Whether an exact `BytesIO` is closed.
pub fn is_closed(v: &Value) -> bool {
    peek(&this::<BytesIoBody>(v).store).is_unbound()
}

/// The next bytes, `n` at most.
fn take(v: &Value, n: usize) -> Result {
    let store = opened(v)?;
    let pos = &this::<BytesIoBody>(v).pos;
    let Some(all) = bytes::buffer(&store) else { return closed_file() };
    let start = pos.get().min(all.len());
    let end = start + n.min(all.len() - start);
    if end > start {
        pos.set(end);
    }
    Ok(bytes::from_slice(&all[start..end]))
}

fn read(a: &[Value]) -> Result {
    let n = size_arg(arg(a, 1))?;
    take(&a[0], usize::try_from(n).unwrap_or(usize::MAX))
}

/// The next line, at most `limit` bytes of it.
fn line(v: &Value, limit: usize) -> Result {
    let store = opened(v)?;
    let n = {
        let Some(all) = bytes::buffer(&store) else { return closed_file() };
        let rest = all.get(this::<BytesIoBody>(v).pos.get()..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1).min(limit)
    };
    take(v, n)
}

fn readlines(a: &[Value]) -> Result {
    let hint = size_arg(arg(a, 1))?;
    let (mut lines, mut total) = (Vec::new(), 0);
    loop {
        let line = line(&a[0], usize::MAX)?;
        let n = bytes::as_bytes(&line).map_or(0, <[u8]>::len);
        if n == 0 {
            return Ok(Value::list(lines));
        }
        lines.push(line);
        total += n as i64;
        if hint > 0 && total >= hint {
            return Ok(Value::list(lines));
        }
    }
}

fn readinto(a: &[Value]) -> Result {
    opened(&a[0])?;
    let data = take(&a[0], room(&a[1])?)?;
    let data = bytes::as_bytes(&data).unwrap_or_default();
    super::fill(&a[1], data)?;
    Ok(int::from_usize(data.len()))
}

/// Writes bytes where the stream is.
pub fn write_bytes(v: &Value, data: &[u8]) -> Result<()> {
    let store = opened(v)?;
    let pos = &this::<BytesIoBody>(v).pos;
    array::change(&store, |all| {
        let (start, end) = (pos.get(), pos.get().saturating_add(data.len()));
        if data.is_empty() {
            return Ok(());
        }
        if start == all.len() {
            bytes::try_reserve(all, data.len())?;
            all.extend_from_slice(data);
        } else {
            if end > all.len() {
                let more = end - all.len();
                bytes::try_reserve(all, more)?;
                all.resize(end, 0);
            }
            all[start..end].copy_from_slice(data);
        }
        pos.set(end);
        Ok(())
    })?
}

fn write_value(v: &Value, piece: &Value) -> Result<usize> {
    opened(v)?;
    if let Some(data) = bytes::as_bytes(piece) {
        write_bytes(v, data)?;
        return Ok(data.len());
    }
    // It may be a view of this very stream.
    let copy = super::data(piece)?.into_vec();
    write_bytes(v, &copy)?;
    Ok(copy.len())
}

fn write(a: &[Value]) -> Result {
    write_value(&a[0], &a[1]).map(int::from_usize)
}

fn seek(a: &[Value]) -> Result {
    let store = opened(&a[0])?;
    let target = protocol::index_i64(&a[1])?;
    let whence = arg(a, 2).as_bound().map_or(Ok(0), str::c_int)?;
    let pos = &this::<BytesIoBody>(&a[0]).pos;
    let base = match whence {
        0 if target < 0 => return value_error(format!("negative seek value {target}")),
        0 => 0,
        1 => pos.get() as i64,
        2 => bytes::buffer(&store).map_or(0, |b| b.len()) as i64,
        _ => return value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)")),
    };
    let Some(at) = base.checked_add(target) else {
        return protocol::overflow_error("new position too large");
    };
    pos.set(at.max(0) as usize);
    Ok(int::from_usize(pos.get()))
}

fn truncate(a: &[Value]) -> Result {
    let store = opened(&a[0])?;
    let size = match arg(a, 1).as_bound().filter(|s| !s.is_none()) {
        None => this::<BytesIoBody>(&a[0]).pos.get() as i64,
        Some(size) if size.ty().slots().index.is_some() => protocol::index_i64(size)?,
        Some(size) => {
            return type_error(format!("argument should be integer or None, not '{}'", size.ty().name()));
        }
    };
    let Ok(n) = usize::try_from(size) else { return value_error(format!("negative size value {size}")) };
    array::change(&store, |all| all.truncate(n))?;
    Ok(int::from_i64(size))
}

fn getstate(a: &[Value]) -> Result {
    let store = opened(&a[0])?;
    let value = bytes::buffer(&store).map_or(Value::NONE, |b| bytes::from_slice(&b));
    let attributes = match Attrs::of(&a[0]) {
        Some(attrs) if !attrs.items().is_empty() => {
            protocol::call_method(&crate::types::function::dict_of(&a[0])?, "copy", &[])?
        }
        _ => Value::NONE,
    };
    Ok(Value::tuple(vec![value, int::from_usize(this::<BytesIoBody>(&a[0]).pos.get()), attributes]))
}

fn setstate(a: &[Value]) -> Result {
    let Some([value, pos, attributes, ..]) = a[1].as_tuple() else {
        let given = a[1].ty().name();
        return type_error(format!(
            "{}.__setstate__ argument should be 3-tuple, got {given}",
            a[0].ty().name()
        ));
    };
    opened(&a[0])?;
    let body = this::<BytesIoBody>(&a[0]);
    let data = super::data(value)?.into_vec();
    let n = position(pos, "second")?;
    if let Some(old) = peek(&body.store).as_bound() {
        array::change(old, |_| ())?;
    }
    drop(body.store.replace(array::from_vec(data)));
    body.pos.set(n);
    restore_attributes(&a[0], attributes)
}

/// The position in the state of a pickled stream, its item `place`.
pub fn position(v: &Value, place: &str) -> Result<usize> {
    if v.ty().slots().index.is_none() {
        return type_error(format!("{place} item of state must be an integer, not {}", v.ty().name()));
    }
    match usize::try_from(protocol::index_i64(v)?) {
        Ok(n) => Ok(n),
        Err(_) => value_error("position value cannot be negative"),
    }
}

/// Sets the attributes that a pickled stream had.
pub fn restore_attributes(v: &Value, attributes: &Value) -> Result {
    if attributes.is_none() {
        return Ok(Value::NONE);
    }
    let Some(dict) = attributes.cast::<Dict>() else {
        let given = attributes.ty().name();
        return type_error(format!("third item of state should be a dict, got a {given}"));
    };
    for (name, value) in dict.items() {
        protocol::set_attr(v, &crate::types::type_::attr_name(&name)?, Some(value))?;
    }
    Ok(Value::NONE)
}
