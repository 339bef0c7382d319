//! `_codecs`: the codecs of the interpreter piece by piece, for the library's module `codecs`.

use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, type_error};
use crate::types::codec::{self, Codec};
use crate::types::str::optional_text;
use crate::types::{bytes, int};

/// The codec with a name that the library knows is one.
fn known(v: &Value) -> Result<Codec> {
    let name = v.as_str().unwrap_or_default();
    match codec::find(name)? {
        Some(codec) => Ok(codec),
        None => {
            Err(protocol::raise(&crate::types::exception::LOOKUP_ERROR, format!("unknown encoding: {name}")))
        }
    }
}

/// An optional argument with the name of a handler.
fn errors(a: &[Value], i: usize) -> Result<&str> {
    let given = arg(a, i).as_bound().filter(|v| !v.is_none()).unwrap_or(arg(&[], 0));
    Ok(optional_text(given, "errors")?.unwrap_or("strict"))
}

/// What was made, and of how much.
fn pair(made: Value, used: usize) -> Value {
    Value::tuple(vec![made, int::from_usize(used)])
}

/// The text argument of an encoder, and its length.
fn text<'a>(v: &'a Value, name: &str) -> Result<(&'a Value, usize)> {
    match v.cast::<crate::object::Str>() {
        Some(s) => Ok((v, s.chars())),
        None => type_error(format!("{name} argument 1 must be str, not {}", v.ty().name())),
    }
}

/// The bytes argument of a decoder; some take ASCII text, too.
fn data(v: &Value) -> Result<Vec<u8>> {
    match v.as_str() {
        Some(s) => Ok(s.as_bytes().to_vec()),
        None => Ok(bytes::need(v)?.into_vec()),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "is_known(name, /)" "Whether the interpreter has the codec." => |a| {
        Ok(Value::bool(codec::find(a[0].as_str().unwrap_or_default())?.is_some()))
    };
    fn "encode(name, text, errors=None, /)" "Encode by a codec of the interpreter." => |a| {
        let (v, n) = text(&a[1], "encode()")?;
        Ok(pair(bytes::from_vec(codec::encode_with(known(&a[0])?, v, errors(a, 2)?)?), n))
    };
    fn "decode(name, data, errors=None, final=False, /)" "Decode by a codec of the interpreter." => |a| {
        let data = data(&a[1])?;
        let is_final = arg(a, 3).as_bound().map_or(Ok(false), protocol::truth)?;
        let (text, used) = codec::decode_with(known(&a[0])?, &data, errors(a, 2)?, is_final)?;
        Ok(pair(text, used))
    };
    fn "charmap_build(map, /)" "The table to encode by, from what the bytes mean." => |a| {
        codec::charmap_build(optional_text(&a[0], "charmap_build() argument")?.unwrap_or_default())
    };
    fn "charmap_encode(str, errors=None, mapping=None, /)" "Encode by a table." => |a| {
        let (v, n) = text(&a[0], "charmap_encode()")?;
        let made = match arg(a, 2).as_bound().filter(|m| !m.is_none()) {
            Some(mapping) => codec::charmap_encode(v, errors(a, 1)?, mapping)?,
            None => codec::encode_with(Codec::Latin1, v, errors(a, 1)?)?,
        };
        Ok(pair(bytes::from_vec(made), n))
    };
    fn "charmap_decode(data, errors=None, mapping=None, /)" "Decode by a table." => |a| {
        let data = bytes::need(&a[0])?.into_vec();
        let (text, used) = match arg(a, 2).as_bound().filter(|m| !m.is_none()) {
            Some(mapping) => codec::charmap_decode(&data, errors(a, 1)?, mapping)?,
            None => codec::decode_with(Codec::Latin1, &data, errors(a, 1)?, true)?,
        };
        Ok(pair(text, used))
    };
    fn "escape_decode(data, errors=None, /)" "The bytes that the inside of a bytes literal means." => |a| {
        let data = data(&a[0])?;
        Ok(pair(bytes::from_vec(codec::escape_decode(&data, errors(a, 1)?)?), data.len()))
    };
    fn "escape_encode(data, errors=None, /)" "The inside of a bytes literal." => |a| {
        let Some(data) = bytes::as_bytes(&a[0]) else {
            return type_error(format!("escape_encode() argument 1 must be bytes, not {}", a[0].ty().name()));
        };
        Ok(pair(bytes::from_vec(codec::bytes_literal(data)), data.len()))
    };
};
