//! `_io`: files and streams, raw (descriptors), buffered (bytes) and text, and the standard streams.
//!
//! The three layers are separate objects as in CPython, since programs subclass and combine them. Where a layer
//! stands on another one of this module itself, and not on a subclass, it calls the Rust function instead of the
//! method: nobody can tell, and it is many times as fast.
//!
//! No borrow of a stream's state is held while Python code runs or the GIL is released: buffers are taken out of
//! their cells meanwhile.

mod base;
mod buffered;
mod bytesio;
mod decoder;
mod encoder;
mod fileio;
mod newline;
mod open;
mod pair;
mod reader;
mod std_streams;
mod stringio;
mod text;
mod text_place;
mod text_read;
mod text_write;
pub mod warn;
mod window;
mod writer;

pub use open::open;
pub use std_streams::*;
pub use text_write::{Printer, printer};

use super::native::class;
use crate::object::{Attrs, Def, Dict, Layout, Raised, Result, Type, Value, intern_static};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::exception::{self, Exception, OS_ERROR, VALUE_ERROR};
use crate::types::{bytes, int, slice};
use crate::vm;
use std::ffi::CString;

/// How many bytes a buffer holds unless told otherwise.
pub const DEFAULT_BUFFER_SIZE: usize = 8192;

/// `io.UnsupportedOperation`
pub static UNSUPPORTED: Type =
    Type::builtin::<Exception>("io.UnsupportedOperation", Layout::Exception, "", &[])
        .with_base(&OS_ERROR)
        .with_second_base(&VALUE_ERROR)
        .with_base_flag()
        .with_attrs(size_of::<Exception>());

/// The table of `_io`.
pub static DEFS: &[Def] = crate::defs! {
    val "DEFAULT_BUFFER_SIZE()" "" => || Value::small(DEFAULT_BUFFER_SIZE as i32);
    val "UnsupportedOperation()" "" => || class(&UNSUPPORTED);
    val "BlockingIOError()" "" => || exception::BLOCKING_IO_ERROR.value();
    val "_IOBase()" "" => || class(&base::IO_BASE);
    val "_RawIOBase()" "" => || class(&base::RAW_IO_BASE);
    val "_BufferedIOBase()" "" => || class(&base::BUFFERED_IO_BASE);
    val "_TextIOBase()" "" => || class(&base::TEXT_IO_BASE);
    val "FileIO()" "" => || class(&fileio::FILE_IO);
    val "BytesIO()" "" => || class(&bytesio::BYTES_IO);
    val "StringIO()" "" => || class(&stringio::STRING_IO);
    val "BufferedReader()" "" => || class(&reader::BUFFERED_READER);
    val "BufferedWriter()" "" => || class(&writer::BUFFERED_WRITER);
    val "BufferedRandom()" "" => || class(&writer::BUFFERED_RANDOM);
    val "BufferedRWPair()" "" => || class(&pair::BUFFERED_RW_PAIR);
    val "TextIOWrapper()" "" => || class(&text::TEXT_IO_WRAPPER);
    val "IncrementalNewlineDecoder()" "" => || class(&newline::NEWLINE_DECODER);
    val "open()" "" => || vm::state().builtins.cast::<Dict>().and_then(|b| b.get_interned(&intern_static("open")).cloned()).unwrap_or(Value::NONE);
    fn "open_code(path)" "Open a file that holds code, for reading bytes." => open::open_code;
    fn "text_encoding(encoding, stacklevel=2, /)" "The encoding, or the name that stands for the usual one." => |a| {
        Ok(if a[0].is_none() { Value::str("locale") } else { a[0].clone() })
    };
};

/// Makes the types ready that the standard streams are made of.
fn ready_standard_types() {
    for ty in [
        &base::IO_BASE,
        &base::RAW_IO_BASE,
        &base::BUFFERED_IO_BASE,
        &base::TEXT_IO_BASE,
        &fileio::FILE_IO,
        &reader::BUFFERED_READER,
        &writer::BUFFERED_WRITER,
        &text::TEXT_IO_WRAPPER,
    ] {
        class(ty);
    }
}

/// `io.UnsupportedOperation` with this message.
#[cold]
fn unsupported<T>(message: &str) -> Result<T> {
    class(&UNSUPPORTED);
    Err(raise(&UNSUPPORTED, message))
}

/// The error of a stream that is closed.
#[cold]
fn closed_file<T>() -> Result<T> {
    value_error("I/O operation on closed file.")
}

/// The error of an object whose `__init__` has not run, or has failed.
#[cold]
fn uninitialized<T>() -> Result<T> {
    value_error("I/O operation on uninitialized object")
}

/// Streams cannot be pickled: the copy would share the descriptor.
fn no_pickle(a: &[Value]) -> Result {
    type_error(format!("cannot pickle '{}' object", a[0].ty().name()))
}

/// Whether `v` is exactly of a type of this module and has no attributes of its own, such as another `write`: its
/// methods are what they are, and need not be called as methods.
#[inline]
fn is_plain(v: &Value, ty: &Type) -> bool {
    v.is_exact(ty) && Attrs::of(v).is_none_or(|attrs| attrs.dict().is_none_or(|d| d.len() == 0))
}

/// Whether that holds for an object of one of this module's types.
fn has_plain_methods(v: &Value) -> bool {
    !v.ty().is_heap() && is_plain(v, v.ty())
}

/// `v.name`
fn get(v: &Value, name: &'static str) -> Result {
    protocol::get_attr(v, &intern_static(name))
}

/// `v.name(*args)`
fn method(v: &Value, name: &'static str, args: &[Value]) -> Result {
    protocol::call(&get(v, name)?, args)
}

/// Whether `v.name()` is true.
fn asks(v: &Value, name: &'static str) -> Result<bool> {
    protocol::truth(&method(v, name, &[])?)
}

/// Whether the attribute `closed` of a stream is true.
fn is_closed(v: &Value) -> Result<bool> {
    protocol::truth(&get(v, "closed")?)
}

/// An argument that is an integer or `None`, which stands for -1 as its absence does.
fn size_arg(v: &Value) -> Result<i64> {
    match v.as_bound() {
        None => Ok(-1),
        Some(v) if v.is_none() => Ok(-1),
        Some(v) if v.ty().slots().index.is_some() => protocol::index_position(v),
        Some(v) => type_error(format!("argument should be integer or None, not '{}'", v.ty().name())),
    }
}

/// The bytes of a bytes-like object, for writing.
fn data(v: &Value) -> Result<bytes::Buffer<'_>> {
    bytes::need(v)
}

/// How many bytes the buffer that is to be read into holds.
fn room(v: &Value) -> Result<usize> {
    match bytes::buffer(v) {
        Some(b) if bytes::as_bytes(v).is_none() => Ok(b.len()),
        _ => type_error(format!(
            "readinto() argument must be read-write bytes-like object, not {}",
            v.ty().name()
        )),
    }
}

/// Puts bytes at the start of a buffer that is to be read into.
fn fill(v: &Value, data: &[u8]) -> Result<()> {
    let all = protocol::call_method(&bytes::over(v)?, "cast", &[Value::str("B")])?;
    let start = slice::new(Value::NONE, int::from_usize(data.len()), Value::NONE);
    protocol::set_item(&all, &start, bytes::from_slice(data))
}

/// The errors `first`, then `second`, which was raised while the first was handled.
fn chain(first: Result<()>, second: Result<()>) -> Result<()> {
    match (first, second) {
        (Err(first), Err(second)) => {
            if !first.0.is(&second.0) {
                exception::set_context(&second.0, &first.0, false);
            }
            Err(second)
        }
        (first, second) => first.and(second),
    }
}

/// A path as a program gives it: what is its name, and what the system is told.
fn path(v: &Value) -> Result<(Value, CString)> {
    let name = if v.as_str().is_some() || bytes::as_bytes(v).is_some() {
        v.clone()
    } else {
        match protocol::lookup_special(v, &intern_static("__fspath__"))? {
            Some(m) => {
                let name = protocol::call(&m, &[])?;
                if name.as_str().is_none() && bytes::as_bytes(&name).is_none() {
                    return type_error(format!(
                        "expected {}.__fspath__() to return str or bytes, not {}",
                        v.ty().name(),
                        name.ty().name()
                    ));
                }
                name
            }
            None => {
                return type_error(format!(
                    "expected str, bytes or os.PathLike object, not {}",
                    v.ty().name()
                ));
            }
        }
    };
    let text = match bytes::as_bytes(&name) {
        Some(bytes) => bytes.to_vec(),
        None => crate::modules::posix::path::encode(&name)?,
    };
    match CString::new(text) {
        Ok(text) => Ok((name, text)),
        Err(_) => value_error("embedded null byte"),
    }
}

/// The `OSError` of a failed system call, with the name of the file.
#[cold]
fn os_error(e: &std::io::Error, name: Option<&Value>) -> Raised {
    let raised = exception::from_io_error(e, None);
    if let Some(name) = name {
        exception::set_field(&raised.0, "filename", name.clone());
    }
    raised
}

/// Runs a system call without the GIL, once more after signals that raise nothing. -1 is an error.
fn system_call(f: impl Fn() -> i64 + Sync) -> Result<std::io::Result<i64>> {
    loop {
        // What has come before the call would not end it.
        vm::safepoint::interrupted()?;
        let n = minipy_sched::without_gil(|| match f() {
            -1 => Err(std::io::Error::last_os_error()),
            n => Ok(n),
        });
        match n {
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            n => return Ok(n),
        }
    }
}
