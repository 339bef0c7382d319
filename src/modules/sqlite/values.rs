//! Values of SQL as objects, and back.

use super::errors;
use crate::object::{Result, Value};
use crate::protocol::{overflow_error, raise, type_error, value_error};
use crate::types::bytes::{self, array};
use crate::types::{codec, float, int, str};
use libsqlite3_sys as ffi;
use std::ffi::{CStr, CString, c_int, c_void};

/// What a value of SQL is, borrowed from the library.
pub enum Sql<'a> {
    Null,
    Integer(i64),
    Float(f64),
    Text(&'a [u8]),
    Blob(&'a [u8]),
}

/// # Safety
/// So many bytes are at the place, unless it is null, and they stay for `'a`.
unsafe fn slice<'a>(place: *const c_void, len: c_int) -> &'a [u8] {
    match usize::try_from(len) {
        // SAFETY: as the caller promises.
        Ok(n) if !place.is_null() => unsafe { std::slice::from_raw_parts(place.cast(), n) },
        _ => &[],
    }
}

/// A column of the current row.
///
/// # Safety
/// The statement stands at a row that has the column, and does not move for `'a`.
pub unsafe fn column<'a>(statement: *mut ffi::sqlite3_stmt, i: c_int) -> Sql<'a> {
    // SAFETY: as the caller promises; the length is asked for after the bytes, whose conversion may change it.
    unsafe {
        match ffi::sqlite3_column_type(statement, i) {
            ffi::SQLITE_INTEGER => Sql::Integer(ffi::sqlite3_column_int64(statement, i)),
            ffi::SQLITE_FLOAT => Sql::Float(ffi::sqlite3_column_double(statement, i)),
            ffi::SQLITE_TEXT => {
                let text = ffi::sqlite3_column_text(statement, i);
                Sql::Text(slice(text.cast(), ffi::sqlite3_column_bytes(statement, i)))
            }
            ffi::SQLITE_BLOB => {
                let blob = ffi::sqlite3_column_blob(statement, i);
                Sql::Blob(slice(blob, ffi::sqlite3_column_bytes(statement, i)))
            }
            _ => Sql::Null,
        }
    }
}

/// The arguments of a function.
///
/// # Safety
/// So many values of the library are at the place.
pub unsafe fn arguments(n: c_int, values: *mut *mut ffi::sqlite3_value) -> Result<Vec<Value>> {
    let mut out = Vec::new();
    for i in 0..usize::try_from(n).unwrap_or_default() {
        // SAFETY: as the caller promises.
        let sql = unsafe {
            let v = *values.add(i);
            match ffi::sqlite3_value_type(v) {
                ffi::SQLITE_INTEGER => Sql::Integer(ffi::sqlite3_value_int64(v)),
                ffi::SQLITE_FLOAT => Sql::Float(ffi::sqlite3_value_double(v)),
                ffi::SQLITE_TEXT => {
                    let text = ffi::sqlite3_value_text(v);
                    Sql::Text(slice(text.cast(), ffi::sqlite3_value_bytes(v)))
                }
                ffi::SQLITE_BLOB => {
                    let blob = ffi::sqlite3_value_blob(v);
                    Sql::Blob(slice(blob, ffi::sqlite3_value_bytes(v)))
                }
                _ => Sql::Null,
            }
        };
        out.push(match sql {
            Sql::Text(text) => codec::decode(text, None, None)?,
            other => plain(&other),
        });
    }
    Ok(out)
}

/// The object for a value that is not text; text must be UTF-8.
pub fn plain(sql: &Sql) -> Value {
    match sql {
        Sql::Null => Value::NONE,
        Sql::Integer(n) => int::from_i64(*n),
        Sql::Float(f) => float::from_f64(*f),
        Sql::Text(text) => Value::str(&String::from_utf8_lossy(text)),
        Sql::Blob(data) => bytes::from_slice(data),
    }
}

/// What can be given to the library.
pub enum Given {
    Null,
    Integer(i64),
    Float(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

/// The object as a value of SQL; `None` if it has no type for that.
pub fn given(v: &Value) -> Result<Option<Given>> {
    Ok(Some(if v.is_none() {
        Given::Null
    } else if v.ty().is_subtype(&int::INT) {
        match int::to_i64(v) {
            Some(n) => Given::Integer(n),
            None => return overflow_error("Python int too large to convert to SQLite INTEGER"),
        }
    } else if let Some(f) = float::to_f64(v) {
        Given::Float(f)
    } else if v.as_str().is_some() {
        Given::Text(codec::encode(v, None, None)?)
    } else {
        match bytes::copy_of(v) {
            Some(data) => Given::Blob(data),
            None => return Ok(None),
        }
    }))
}

/// Makes an object the result of a function. False: it has no type for that.
///
/// # Safety
/// The context is that of a function that is running.
pub unsafe fn set_result(context: *mut ffi::sqlite3_context, v: &Value) -> Result<bool> {
    let Some(value) = given(v)? else { return Ok(false) };
    // SAFETY: as the caller promises; texts and blobs are as long as said, and copied.
    unsafe {
        match value {
            Given::Null => ffi::sqlite3_result_null(context),
            Given::Integer(n) => ffi::sqlite3_result_int64(context, n),
            Given::Float(f) => ffi::sqlite3_result_double(context, f),
            Given::Text(text) => ffi::sqlite3_result_text64(
                context,
                text.as_ptr().cast(),
                text.len() as u64,
                ffi::SQLITE_TRANSIENT(),
                ffi::SQLITE_UTF8 as u8,
            ),
            Given::Blob(data) => ffi::sqlite3_result_blob64(
                context,
                data.as_ptr().cast(),
                data.len() as u64,
                ffi::SQLITE_TRANSIENT(),
            ),
        }
    }
    Ok(true)
}

/// The object for a text, by the connection's `text_factory`; `name` is the column's, for messages.
pub fn text(data: &[u8], factory: &Value, name: impl Fn() -> String) -> Result {
    if factory.is(&str::STR.value()) {
        if let Ok(text) = std::str::from_utf8(data) {
            return Ok(Value::str(text));
        }
        let shown = String::from_utf8_lossy(data);
        let message = format!("Could not decode to UTF-8 column '{}' with text '{shown}'", name());
        return Err(raise(&errors::OPERATIONAL_ERROR, message));
    }
    if factory.is(&bytes::BYTES.value()) {
        return Ok(bytes::from_slice(data));
    }
    if factory.is(&bytes::BYTEARRAY.value()) {
        return Ok(array::from_vec(data.to_vec()));
    }
    crate::protocol::call(factory, &[bytes::from_slice(data)])
}

/// A string argument for the library; `what` names it in messages.
pub fn c_text(v: &Value, what: &str) -> Result<CString> {
    let Some(_) = v.as_str() else { return type_error(format!("{what} must be str, not {}", str::given(v))) };
    match CString::new(codec::encode(v, None, None)?) {
        Ok(text) => Ok(text),
        Err(_) => value_error("embedded null character"),
    }
}

/// An object for a text of the library; `None` for a null pointer.
///
/// # Safety
/// It is a null pointer, or bytes that end in zero.
pub unsafe fn optional_text(text: *const std::ffi::c_char) -> Value {
    if text.is_null() {
        return Value::NONE;
    }
    // SAFETY: as the caller promises.
    Value::str(&unsafe { CStr::from_ptr(text) }.to_string_lossy())
}
