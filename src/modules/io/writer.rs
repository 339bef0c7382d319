//! Writing of bytes through a buffer: `BufferedWriter`, and `BufferedRandom`, which also reads.

use super::buffered::{self, BufferedBody, buffered_defs, enter, ready, would_block};
use super::{base, reader};
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::bind_args;
use crate::types::{exception, int};
use crate::vm::safepoint;

/// `_io.BufferedWriter`
pub static BUFFERED_WRITER: Type = Type::builtin::<Boxed<BufferedBody>>(
    "_io.BufferedWriter",
    Layout::Buffered,
    "BufferedWriter(raw, buffer_size=8192): writing of bytes through a buffer.",
    buffered_defs! {
        fn "flush()" "Write what is to be written." => |a| buffered::flush(&a[0]).map(|()| Value::NONE);
        fn "writable()" "Whether write() works." => |a| buffered::ask_raw(&a[0], "writable");
        fn "write(buffer, /)" "Write bytes; returns how many." => write;
    },
)
.with_base(&base::BUFFERED_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<BufferedBody>>())
.with_slots(Slots {
    new: Some(buffered::new),
    init: Some(|v, args, names| {
        let bound = bind_args("BufferedWriter", crate::sig!("(raw, buffer_size=8192)"), args, names)?;
        base::check_able(&bound[0], "writable")?;
        buffered::init(v, &bound[0], &bound[1], false, true)
    }),
    repr: Some(buffered::repr),
    finalize: Some(buffered::finalize),
    ..Slots::EMPTY
});

/// `_io.BufferedRandom`
pub static BUFFERED_RANDOM: Type = Type::builtin::<Boxed<BufferedBody>>(
    "_io.BufferedRandom",
    Layout::Buffered,
    "BufferedRandom(raw, buffer_size=8192): reading and writing of bytes through a buffer.",
    buffered_defs! {
        fn "flush()" "Write what is to be written." => |a| buffered::flush(&a[0]).map(|()| Value::NONE);
        fn "readable()" "Whether read() works." => |a| buffered::ask_raw(&a[0], "readable");
        fn "writable()" "Whether write() works." => |a| buffered::ask_raw(&a[0], "writable");
        fn "read(size=-1, /)" "Read so many bytes, all by default." => reader::read;
        fn "read1(size=-1, /)" "Read up to so many bytes by one system call at most." => reader::read1_method;
        fn "peek(size=0, /)" "Return bytes without moving, by one system call at most." => reader::peek;
        fn "readinto(buffer, /)" "Read into a buffer; returns how many bytes." => |a| reader::readinto(&a[0], &a[1], false);
        fn "readinto1(buffer, /)" "The same by one system call at most." => |a| reader::readinto(&a[0], &a[1], true);
        fn "readline(size=-1, /)" "Read one line, or as much of it as fits." => reader::readline;
        fn "write(buffer, /)" "Write bytes; returns how many." => write;
    },
)
.with_base(&base::BUFFERED_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<BufferedBody>>())
.with_slots(Slots {
    new: Some(buffered::new),
    init: Some(|v, args, names| {
        let bound = bind_args("BufferedRandom", crate::sig!("(raw, buffer_size=8192)"), args, names)?;
        for ability in ["seekable", "readable", "writable"] {
            base::check_able(&bound[0], ability)?;
        }
        buffered::init(v, &bound[0], &bound[1], true, true)
    }),
    repr: Some(buffered::repr),
    next: Some(reader::next),
    finalize: Some(buffered::finalize),
    ..Slots::EMPTY
});

fn write(a: &[Value]) -> Result {
    let body = ready(&a[0])?;
    let data = super::data(&a[1])?;
    // What may change while the GIL is released is copied.
    let n = match crate::types::bytes::as_bytes(&a[1]) {
        Some(data) => write_bytes(&a[0], body, data)?,
        None => {
            let copy = data.into_vec();
            write_bytes(&a[0], body, &copy)?
        }
    };
    Ok(int::from_usize(n))
}

/// Writes bytes; how many: all, unless an error is raised.
pub fn write_bytes(v: &Value, body: &BufferedBody, data: &[u8]) -> Result<usize> {
    let _inside = enter(v, body)?;
    body.need_open("write to closed file")?;
    body.allocate()?;
    let size = body.size.get();
    {
        let mut window = body.window.borrow_mut();
        if window.read_end.is_none() && window.dirty.is_none() {
            (window.pos, window.raw) = (0, Some(0));
        }
        if data.len() <= size.saturating_sub(window.pos) {
            window.put(data);
            return Ok(data.len());
        }
    }
    match body.flush_dirty() {
        Err(e) if e.0.ty().is_subtype(&exception::BLOCKING_IO_ERROR) => {
            return keep(body, data).ok_or_else(|| would_block(keep_some(body, data)));
        }
        other => other?,
    }
    let offset = body.window.borrow().raw_offset();
    if offset != 0 {
        body.raw_seek(-offset, libc::SEEK_CUR)?;
        let mut window = body.window.borrow_mut();
        window.raw = window.raw.map(|raw| (raw as i64 - offset).max(0) as usize);
    }
    let mut written = 0;
    while data.len() - written > size {
        match body.raw_write(&data[written..])? {
            Some(n) => {
                written += n;
                safepoint::interrupted()?;
            }
            None if data.len() - written > size => {
                // As much as possible is kept for later.
                let mut window = body.window.borrow_mut();
                window.data.copy_from_slice(&data[written..written + size]);
                window.raw = Some(0);
                window.go(size);
                window.dirty = Some((0, size));
                return Err(would_block(written + size));
            }
            None => break,
        }
    }
    let rest = &data[written..];
    let mut window = body.window.borrow_mut();
    if body.readable.get() {
        window.forget_read();
    }
    window.data[..rest.len()].copy_from_slice(rest);
    window.dirty = Some((0, rest.len()));
    window.go(rest.len());
    window.raw = Some(0);
    Ok(data.len())
}

/// The raw stream takes nothing more for now: moves what waits to the start of the window.
fn compact(body: &BufferedBody) {
    let mut window = body.window.borrow_mut();
    if body.readable.get() {
        window.forget_read();
    }
    if let Some((start, end)) = window.dirty {
        window.data.copy_within(start..end, 0);
        window.pos = window.pos.saturating_sub(start);
        window.raw = window.raw.map(|raw| raw.saturating_sub(start));
        window.dirty = Some((0, end - start));
    }
}

/// Keeps all of `data` for later if there is room.
fn keep(body: &BufferedBody, data: &[u8]) -> Option<usize> {
    compact(body);
    let end = body.window.borrow().dirty.map_or(0, |(_, end)| end);
    if data.len() > body.size.get() - end {
        return None;
    }
    Some(append(body, data, end))
}

/// Keeps as much as there is room for.
fn keep_some(body: &BufferedBody, data: &[u8]) -> usize {
    let end = body.window.borrow().dirty.map_or(0, |(_, end)| end);
    append(body, &data[..body.size.get() - end], end)
}

fn append(body: &BufferedBody, data: &[u8], end: usize) -> usize {
    let mut window = body.window.borrow_mut();
    window.data[end..end + data.len()].copy_from_slice(data);
    window.dirty = Some((0, end + data.len()));
    window.pos += data.len();
    data.len()
}

/// The stream's fields, if `v` is a plain one of this module that writes.
#[inline]
pub fn exact(v: &Value) -> Option<&BufferedBody> {
    if super::is_plain(v, &BUFFERED_WRITER) || super::is_plain(v, &BUFFERED_RANDOM) {
        Some(this::<BufferedBody>(v))
    } else {
        None
    }
}
