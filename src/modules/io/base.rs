//! The base classes: what all streams have, in terms of the methods that subclasses define.

use super::fileio::FileBody;
use super::{DEFAULT_BUFFER_SIZE, closed_file, is_closed, method, room, size_arg, unsupported};
use crate::object::{Boxed, Layout, Raised, Result, Slots, Type, Value, arg, intern_static};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::object::InstanceBody;
use crate::types::{bytes, exception, int, list, sequence};
use std::mem::size_of;

/// Where the attributes of plain streams stand.
const ATTRS: usize = size_of::<Boxed<InstanceBody>>();

/// The attribute that says that `close` has run.
const CLOSED: &str = "__IOBase_closed";

/// `_io._IOBase`
pub static IO_BASE: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_io._IOBase",
    Layout::Object,
    "The base of all streams: methods that fail, or do what can be done by others.",
    crate::defs! {
        fn "seek(offset, whence=0, /)" "Move to a position, counted from the start (0), the current one (1) or the end (2)." => |_| unsupported("seek");
        fn "tell()" "Return the current position." => |a| method(&a[0], "seek", &[Value::small(0), Value::small(1)]);
        fn "truncate(pos=None, /)" "Cut at a position, the current one by default." => |_| unsupported("truncate");
        fn "flush()" "Pass on what is buffered." => |a| match has_closed(&a[0])? {
            true => closed_file(),
            false => Ok(Value::NONE),
        };
        fn "close()" "Flush and close. Closing again does nothing." => |a| close(&a[0]).map(|()| Value::NONE);
        fn "seekable()" "Whether seek() works." => |_| Ok(Value::FALSE);
        fn "readable()" "Whether read() works." => |_| Ok(Value::FALSE);
        fn "writable()" "Whether write() works." => |_| Ok(Value::FALSE);
        fn "_checkClosed(msg=None, /)" "" => |a| check_closed(&a[0]).map(|()| Value::NONE);
        fn "_checkSeekable(msg=None, /)" "" => |a| check_able(&a[0], "seekable").map(|()| Value::TRUE);
        fn "_checkReadable(msg=None, /)" "" => |a| check_able(&a[0], "readable").map(|()| Value::TRUE);
        fn "_checkWritable(msg=None, /)" "" => |a| check_able(&a[0], "writable").map(|()| Value::TRUE);
        fn "fileno()" "Return the file descriptor." => |_| unsupported("fileno");
        fn "isatty()" "Whether it is a terminal." => |a| check_closed(&a[0]).map(|()| Value::FALSE);
        fn "__enter__()" "" => |a| {
            check_closed(&a[0])?;
            Ok(a[0].clone())
        };
        fn "__exit__(*args)" "" => |a| method(&a[0], "close", &[]);
        fn "readline(size=-1, /)" "Read one line, or as much of it as fits." => readline;
        fn "readlines(hint=-1, /)" "Return the lines that are left, or as many as hold so many bytes or characters." => readlines;
        fn "writelines(lines, /)" "Write several pieces; no line ends are added." => writelines;
        fn "__del__()" "" => |a| {
            finalize(&a[0]);
            Ok(Value::NONE)
        };
        get "closed()" "Whether it has been closed." => |v| has_closed(v).map(Value::bool);
        get "__dict__()" "" => crate::types::function::dict_of;
    },
)
.with_base_flag()
.with_weakrefs()
.with_attrs(ATTRS)
.with_slots(Slots {
    iter: Some(|v| {
        check_closed(v)?;
        Ok(v.clone())
    }),
    next: Some(next),
    finalize: Some(finalize),
    ..Slots::EMPTY
});

/// `_io._RawIOBase`
pub static RAW_IO_BASE: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_io._RawIOBase",
    Layout::Object,
    "The base of streams without a buffer.",
    crate::defs! {
        fn "read(size=-1, /)" "Read up to so many bytes, by one system call." => raw_read;
        fn "readall()" "Read until the end." => |a| raw_readall(&a[0]);
        fn "readinto(buffer, /)" "Read into a buffer; returns how many bytes." => |_| not_implemented();
        fn "write(b, /)" "Write bytes; returns how many were written." => |_| not_implemented();
    },
)
.with_base(&IO_BASE)
.with_base_flag()
.with_weakrefs();

/// `_io._BufferedIOBase`
pub static BUFFERED_IO_BASE: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_io._BufferedIOBase",
    Layout::Object,
    "The base of streams of bytes with a buffer.",
    crate::defs! {
        fn "detach()" "Separate the raw stream from the buffer and return it." => |_| unsupported("detach");
        fn "read(size=-1, /)" "Read up to so many bytes, all by default." => |_| unsupported("read");
        fn "read1(size=-1, /)" "Read up to so many bytes by one system call at most." => |_| unsupported("read1");
        fn "readinto(buffer, /)" "Read into a buffer; returns how many bytes." => |a| read_into(&a[0], &a[1], "read");
        fn "readinto1(buffer, /)" "The same by one system call at most." => |a| read_into(&a[0], &a[1], "read1");
        fn "write(b, /)" "Write bytes; returns how many were written." => |_| unsupported("write");
    },
)
.with_base(&IO_BASE)
.with_base_flag()
.with_weakrefs();

/// `_io._TextIOBase`
pub static TEXT_IO_BASE: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_io._TextIOBase",
    Layout::Object,
    "The base of streams of text.",
    crate::defs! {
        fn "detach()" "Separate the stream below from the text and return it." => |_| unsupported("detach");
        fn "read(size=-1, /)" "Read up to so many characters, all by default." => |_| unsupported("read");
        fn "readline(size=-1, /)" "Read one line, or as much of it as fits." => |_| unsupported("readline");
        fn "write(s, /)" "Write a string; returns its length." => |_| unsupported("write");
        get "encoding()" "The encoding of the text." => |_| Ok(Value::NONE);
        get "newlines()" "The line ends that have been seen." => |_| Ok(Value::NONE);
        get "errors()" "What is done about what cannot be encoded." => |_| Ok(Value::NONE);
    },
)
.with_base(&IO_BASE)
.with_base_flag()
.with_weakrefs();

/// What a raw stream must define.
fn not_implemented() -> Result {
    Err(protocol::raise_args(&exception::NOT_IMPLEMENTED_ERROR, Vec::new()))
}

/// Whether `close` of the base class has run.
fn has_closed(v: &Value) -> Result<bool> {
    if let Some(file) = v.cast::<Boxed<FileBody>>() {
        return Ok(file.fd.get() < 0);
    }
    Ok(protocol::get_attr_opt(v, &intern_static(CLOSED))?.is_some())
}

/// Raises `ValueError` for a stream that is closed.
pub fn check_closed(v: &Value) -> Result<()> {
    if is_closed(v)? { closed_file() } else { Ok(()) }
}

/// Raises unless the stream can do what the method `name` asks.
pub fn check_able(v: &Value, name: &'static str) -> Result<()> {
    let able = method(v, name, &[])?;
    if able.is(&Value::TRUE) { Ok(()) } else { unsupported(&format!("File or stream is not {name}.")) }
}

fn close(v: &Value) -> Result<()> {
    if has_closed(v)? {
        return Ok(());
    }
    let flushed = method(v, "flush", &[]).map(drop);
    let marked = protocol::set_attr(v, &intern_static(CLOSED), Some(Value::TRUE));
    super::chain(flushed, marked)
}

/// Closes a stream that nobody refers to any more; what goes wrong is nobody's business.
pub fn finalize(v: &Value) {
    if let Ok(false) = is_closed(v) {
        // The layers below learn from it that nobody has closed them.
        let _ = protocol::set_attr(v, &intern_static("_finalizing"), Some(Value::TRUE));
        let _ = method(v, "close", &[]);
    }
}

/// The next line; `None` at the end.
pub fn next(v: &Value) -> Result<Option<Value>> {
    let line = method(v, "readline", &[])?;
    if protocol::len(&line)? == 0 { Ok(None) } else { Ok(Some(line)) }
}

fn need_bytes(v: &Value, what: &str) -> Result<Vec<u8>> {
    match bytes::as_bytes(v) {
        Some(data) => Ok(data.to_vec()),
        None => Err(raise(
            &exception::OS_ERROR,
            format!("{what} should have returned a bytes object, not '{}'", v.ty().name()),
        )),
    }
}

fn readline(a: &[Value]) -> Result {
    let limit = size_arg(arg(a, 1))?;
    let peek = protocol::get_attr_opt(&a[0], &intern_static("peek"))?;
    let mut line = Vec::new();
    while limit < 0 || (line.len() as i64) < limit {
        let mut wanted = 1;
        if let Some(peek) = &peek {
            let ahead = need_bytes(&protocol::call(peek, &[Value::small(1)])?, "peek()")?;
            if !ahead.is_empty() {
                let left = if limit < 0 { usize::MAX } else { limit as usize - line.len() };
                let end = memchr::memchr(b'\n', &ahead).map_or(ahead.len(), |i| i + 1);
                wanted = end.min(left);
            }
        }
        let piece = need_bytes(&method(&a[0], "read", &[int::from_usize(wanted)])?, "read()")?;
        if piece.is_empty() {
            break;
        }
        line.extend_from_slice(&piece);
        if line.ends_with(b"\n") {
            break;
        }
    }
    Ok(bytes::from_vec(line))
}

/// `readlines`, by iteration.
pub fn readlines(a: &[Value]) -> Result {
    let hint = size_arg(arg(a, 1))?;
    if hint <= 0 {
        return protocol::call(&list::LIST.value(), std::slice::from_ref(&a[0]));
    }
    let (mut lines, mut total) = (Vec::new(), 0);
    let it = protocol::iter(&a[0])?;
    while let Some(line) = protocol::next(&it)? {
        total += protocol::len(&line)? as i64;
        lines.push(line);
        if total > hint {
            break;
        }
    }
    Ok(Value::list(lines))
}

fn writelines(a: &[Value]) -> Result {
    check_closed(&a[0])?;
    protocol::for_each(&a[1], |line| method(&a[0], "write", &[line]).map(drop))?;
    Ok(Value::NONE)
}

fn raw_read(a: &[Value]) -> Result {
    let n = arg(a, 1).as_bound().map_or(Ok(-1), protocol::index_position)?;
    let Ok(n) = usize::try_from(n) else { return method(&a[0], "readall", &[]) };
    let mut zeros = Vec::new();
    bytes::try_reserve(&mut zeros, n)?;
    zeros.resize(n, 0);
    let buffer = protocol::call(&bytes::BYTEARRAY.value(), &[bytes::from_vec(zeros)])?;
    let got = method(&a[0], "readinto", std::slice::from_ref(&buffer))?;
    if got.is_none() {
        return Ok(got);
    }
    let got = protocol::index_position(&got)?.max(0) as usize;
    Ok(bytes::buffer(&buffer).map_or(Value::NONE, |data| bytes::from_slice(&data[..got.min(data.len())])))
}

fn raw_readall(v: &Value) -> Result {
    let mut all: Option<Vec<u8>> = None;
    loop {
        let piece = method(v, "read", &[Value::small(DEFAULT_BUFFER_SIZE as i32)])?;
        if piece.is_none() {
            // Nothing there for now.
            return Ok(all.map_or(Value::NONE, bytes::from_vec));
        }
        let Some(data) = bytes::as_bytes(&piece) else { return type_error("read() should return bytes") };
        if data.is_empty() {
            return Ok(bytes::from_vec(all.unwrap_or_default()));
        }
        all.get_or_insert_default().extend_from_slice(data);
    }
}

fn read_into(v: &Value, buffer: &Value, by: &'static str) -> Result {
    let n = room(buffer)?;
    let got = method(v, by, &[int::from_usize(n)])?;
    let Some(data) = bytes::as_bytes(&got) else { return type_error("read() should return bytes") };
    if data.len() > n {
        let text = format!("read() returned too much data: {n} bytes requested, {} returned", data.len());
        return value_error(text);
    }
    super::fill(buffer, data)?;
    Ok(int::from_usize(data.len()))
}

/// Whether an error is that of a system call interrupted by a signal.
pub fn is_interrupted(e: &Raised) -> bool {
    e.0.ty().is_subtype(&exception::INTERRUPTED_ERROR)
}

/// The `repr` of a stream, with its name if it has one.
pub fn repr_with_name(v: &Value, class: &str, rest: &str) -> Result {
    let name = match protocol::get_attr_opt(v, &intern_static("name")) {
        Ok(name) => name,
        // There is nothing below that could have a name.
        Err(e) if e.0.ty().is_subtype(&exception::VALUE_ERROR) => None,
        Err(e) => return Err(e),
    };
    let Some(name) = name else { return Ok(Value::str(&format!("<{class}{rest}>"))) };
    match sequence::repr_once(v, || protocol::repr_string(&name))? {
        Some(name) => Ok(Value::str(&format!("<{class} name={name}{rest}>"))),
        None => protocol::runtime_error(format!("reentrant call inside {class}.__repr__")),
    }
}
