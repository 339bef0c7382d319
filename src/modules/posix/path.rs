//! Path arguments of system calls: text, bytes, objects with `__fspath__`, and where that is allowed descriptors.

use crate::object::{Raised, Result, Value, intern};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::unicode::{char_of, has_surrogates};
use crate::types::{bytes, codec, exception};
use std::ffi::CString;
use std::io::Error;

/// Text as the system knows it. Bytes that are no text are surrogates in it.
pub fn encode(v: &Value) -> Result<Vec<u8>> {
    match v.as_str() {
        Some(text) if !has_surrogates(text) => Ok(text.as_bytes().to_vec()),
        _ => codec::encode(v, None, Some("surrogateescape")),
    }
}

/// What the system says as text.
pub fn decode(data: &[u8]) -> Value {
    match std::str::from_utf8(data) {
        Ok(text) => Value::str(text),
        Err(_) => {
            let chunks = data.utf8_chunks().map(|chunk| {
                let escaped = chunk.invalid().iter().filter_map(|&b| char_of(0xdc00 + u32::from(b)));
                chunk.valid().chars().chain(escaped).collect::<String>()
            });
            Value::str(&chunks.collect::<String>())
        }
    }
}

/// What a path argument may be besides a path.
#[derive(Clone, Copy, PartialEq)]
pub enum Or {
    /// Nothing else.
    Nothing,
    /// A descriptor.
    Descriptor,
    /// A descriptor, or `None` for the working folder.
    DescriptorOrNone,
}

/// A path argument.
pub struct PathArg {
    /// The path, if it is no descriptor.
    pub c: CString,
    /// The descriptor.
    pub fd: Option<i32>,
    /// What messages name.
    pub object: Value,
}

impl PathArg {
    /// Argument `v` of the function `name`, which calls it `what`.
    pub fn new(v: &Value, name: &str, what: &str, or: Or) -> Result<PathArg> {
        if v.is_none() && or == Or::DescriptorOrNone {
            return PathArg::from_bytes(b".".to_vec(), Value::NONE);
        }
        if let Some(bytes) = content(v)? {
            return PathArg::from_bytes(bytes, v.clone());
        }
        if or != Or::Nothing && v.ty().slots().index.is_some() {
            let fd = match i32::try_from(protocol::index_i64(v).unwrap_or(i64::MAX)) {
                Ok(fd) => fd,
                Err(_) => return overflow_error("fd is greater than maximum"),
            };
            return Ok(PathArg { c: CString::default(), fd: Some(fd), object: v.clone() });
        }
        if let Some(converted) = from_protocol(v)? {
            let bytes = content(&converted)?.unwrap_or_default();
            return PathArg::from_bytes(bytes, converted);
        }
        let kinds = match or {
            Or::Nothing => "string, bytes or os.PathLike",
            Or::Descriptor => "string, bytes, os.PathLike or integer",
            Or::DescriptorOrNone => "string, bytes, os.PathLike, integer or None",
        };
        type_error(format!("{name}: {what} should be {kinds}, not {}", v.ty().name()))
    }

    /// The bytes of a path.
    pub fn text(v: &Value) -> Result<Vec<u8>> {
        let bytes = content(&fspath(v)?)?.unwrap_or_default();
        Ok(PathArg::from_bytes(bytes, Value::NONE)?.c.into_bytes())
    }

    fn from_bytes(bytes: Vec<u8>, object: Value) -> Result<PathArg> {
        match CString::new(bytes) {
            Ok(c) => Ok(PathArg { c, fd: None, object }),
            Err(_) => value_error("embedded null byte"),
        }
    }

    /// Whether names below it are to be bytes.
    pub fn is_bytes(&self) -> bool {
        bytes::as_bytes(&self.object).is_some()
    }

    /// The exception for an error that has to do with it.
    pub fn error(&self, e: &Error) -> Raised {
        let raised = exception::from_io_error(e, None);
        if !self.object.is_none() {
            exception::set_field(&raised.0, "filename", self.object.clone());
        }
        raised
    }

    /// The exception for the error that a system call has just left.
    pub fn failed<T>(&self) -> Result<T> {
        Err(self.error(&Error::last_os_error()))
    }
}

/// Text or bytes as the system knows it.
fn content(v: &Value) -> Result<Option<Vec<u8>>> {
    match bytes::as_bytes(v) {
        Some(b) => Ok(Some(b.to_vec())),
        None if v.as_str().is_some() => encode(v).map(Some),
        None => Ok(None),
    }
}

/// What `__fspath__` of an object says, if it has one.
fn from_protocol(v: &Value) -> Result<Option<Value>> {
    let Some(method) = protocol::lookup_special(v, &intern("__fspath__"))? else { return Ok(None) };
    let path = protocol::call(&method, &[])?;
    if path.as_str().is_some() || bytes::as_bytes(&path).is_some() {
        return Ok(Some(path));
    }
    let [ty, given] = [v, &path].map(|v| v.ty().name().to_owned());
    type_error(format!("expected {ty}.__fspath__() to return str or bytes, not {given}"))
}

/// `os.fspath`
pub fn fspath(v: &Value) -> Result {
    if v.as_str().is_some() || bytes::as_bytes(v).is_some() {
        return Ok(v.clone());
    }
    match from_protocol(v)? {
        Some(path) => Ok(path),
        None => type_error(format!("expected str, bytes or os.PathLike object, not {}", v.ty().name())),
    }
}

/// The argument `dir_fd`: where relative paths begin.
pub fn folder_fd(v: &Value) -> Result<i32> {
    match v.as_bound().filter(|v| !v.is_none()) {
        None => Ok(libc::AT_FDCWD),
        Some(v) if v.ty().slots().index.is_some() => super::fd(v),
        Some(v) => type_error(format!("argument should be integer or None, not {}", v.ty().name())),
    }
}
