//! `marshal`: plain values as bytes in CPython's format, and code objects as minipy's own.
//!
//! A value is a byte for its type and what belongs to it. From version 3 on the highest bit of that byte says that
//! the value may occur again, where only its number is written.

mod read;
mod write;

use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, type_error};
use crate::types::bytes;
use crate::types::str::c_int;

/// The newest version of the format.
const VERSION: i32 = 4;
/// How deep values may be nested.
const MAX_DEPTH: usize = 2000;

/// Types of values.
mod code {
    pub const NULL: u8 = b'0';
    pub const NONE: u8 = b'N';
    pub const FALSE: u8 = b'F';
    pub const TRUE: u8 = b'T';
    pub const STOP_ITERATION: u8 = b'S';
    pub const ELLIPSIS: u8 = b'.';
    pub const INT: u8 = b'i';
    pub const LONG: u8 = b'l';
    pub const FLOAT_TEXT: u8 = b'f';
    pub const FLOAT: u8 = b'g';
    pub const COMPLEX_TEXT: u8 = b'x';
    pub const COMPLEX: u8 = b'y';
    pub const BYTES: u8 = b's';
    pub const INTERNED: u8 = b't';
    pub const REFERENCE: u8 = b'r';
    pub const TUPLE: u8 = b'(';
    pub const SMALL_TUPLE: u8 = b')';
    pub const LIST: u8 = b'[';
    pub const DICT: u8 = b'{';
    pub const CODE: u8 = b'c';
    pub const TEXT: u8 = b'u';
    pub const SET: u8 = b'<';
    pub const FROZENSET: u8 = b'>';
    pub const ASCII: u8 = b'a';
    pub const ASCII_INTERNED: u8 = b'A';
    pub const SHORT_ASCII: u8 = b'z';
    pub const SHORT_ASCII_INTERNED: u8 = b'Z';
    /// The bit for a value that may be referred to.
    pub const MAY_RECUR: u8 = 0x80;
}

fn version(v: &Value) -> Result<i32> {
    v.as_bound().map_or(Ok(VERSION), c_int)
}

fn dump(a: &[Value]) -> Result {
    let data = write::write(&a[0], version(arg(a, 2))?)?;
    protocol::call_method(&a[1], "write", &[bytes::from_vec(data)])
}

fn load(a: &[Value]) -> Result {
    let empty = protocol::call_method(&a[0], "read", &[Value::small(0)])?;
    if bytes::buffer(&empty).is_none() {
        return type_error(format!("file.read() returned not bytes but {}", empty.ty().name()));
    }
    read::read(read::Source::File(a[0].clone()))
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "dump(value, file, version=version, /)" "Writes a value to a file that is open." => dump;
    fn "load(file, /)" "The next value of a file that is open." => load;
    fn "dumps(value, version=version, /)" "A value as bytes." => |a| {
        write::write(&a[0], version(arg(a, 1))?).map(bytes::from_vec)
    };
    fn "loads(bytes, /)" "The value that these bytes begin with." => |a| {
        read::read(read::Source::Bytes { data: bytes::need(&a[0])?.into_vec(), at: 0 })
    };
    val "version()" "" => || Value::small(VERSION);
};
