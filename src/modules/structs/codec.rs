//! Packing values into bytes and back.

use super::format::{Content, Format};
use super::{ERROR, fail};
use crate::object::{Result, Value};
use crate::protocol::{self, overflow_error, raise};
use crate::types::bytes::{self, item::Item, item::Kind};
use crate::types::{exception, float, int};

/// The bytes of the values.
pub fn pack(format: &Format, values: &[Value]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    bytes::try_reserve(&mut out, format.size)?;
    out.resize(format.size, 0);
    for ((field, at), v) in format.places().zip(values) {
        let place = &mut out[at..at + field.size];
        match field.content {
            Content::Item(item) => {
                let word = match encode(format, item, v) {
                    Err(e) if e.0.ty().is_subtype(&exception::OVERFLOW_ERROR) && int::view(v).is_some() => {
                        return fail("int too large to convert");
                    }
                    word => word?,
                };
                place.copy_from_slice(&word[..item.size]);
                if format.big_endian {
                    place.reverse();
                }
            }
            Content::Bytes => {
                let data = text(v, 's')?;
                let n = data.len().min(place.len());
                place[..n].copy_from_slice(&data[..n]);
            }
            Content::Pascal => {
                let data = text(v, 'p')?;
                if let [len, rest @ ..] = place {
                    let n = data.len().min(rest.len());
                    rest[..n].copy_from_slice(&data[..n]);
                    *len = n.min(255) as u8;
                }
            }
        }
    }
    Ok(out)
}

fn text(v: &Value, letter: char) -> Result<Vec<u8>> {
    match bytes::copy_of(v).filter(|_| bytes::is_sequence(v)) {
        Some(data) => Ok(data),
        None => fail(format!("argument for '{letter}' must be a bytes object")),
    }
}

/// The bytes of an item in the first places of a word.
fn encode(format: &Format, item: Item, v: &Value) -> Result<[u8; 8]> {
    match item.kind {
        Kind::Signed | Kind::Unsigned => integer(format, item, v),
        Kind::Float => real(format, item, v),
        Kind::Bool => Ok((protocol::truth(v)? as u64).to_le_bytes()),
        Kind::Char | Kind::Text => match bytes::as_bytes(v) {
            Some(&[b]) => Ok(u64::from(b).to_le_bytes()),
            _ => fail("char format requires a bytes object of length 1"),
        },
    }
}

fn integer(format: &Format, item: Item, v: &Value) -> Result<[u8; 8]> {
    let v = match int::view(v) {
        Some(_) => v.clone(),
        None if v.ty().slots().index.is_some() => protocol::index(v)?,
        None => return fail("required argument is not an integer"),
    };
    if let Some(word) = item.integer(&v) {
        return Ok(word);
    }
    let letter = item.letter as char;
    // What CPython converts to a word of C first fails there.
    let unsigned = matches!(letter, 'I' | 'L') || (letter == 'H' && format.big_endian);
    let wide = Item { kind: if unsigned { Kind::Unsigned } else { Kind::Signed }, size: 8, ..item };
    if letter == 'P' || (item.size == 8 && format.big_endian) {
        return overflow_error("int too large to convert");
    }
    if item.size == 8 || wide.integer(&v).is_none() {
        return fail("argument out of range");
    }
    let (low, high) = item.range();
    let name = match letter {
        'b' => "byte",
        'B' => "ubyte",
        'h' if !format.big_endian => "short",
        'H' if !format.big_endian => "ushort",
        _ => return fail(format!("'{letter}' format requires {low} <= number <= {high}")),
    };
    fail(format!("{name} format requires {low} <= number <= {high}"))
}

fn real(format: &Format, item: Item, v: &Value) -> Result<[u8; 8]> {
    let Ok(f) = float::coerce(v) else { return fail("required argument is not a float") };
    let too_large = item.size == 4 && !format.native && (f as f32).is_infinite() && f.is_finite();
    match item.float(f).filter(|_| !too_large) {
        Some(word) => Ok(word),
        None => overflow_error(format!("float too large to pack with {} format", item.letter as char)),
    }
}

/// The values in as many bytes as the format describes.
pub fn unpack(format: &Format, data: &[u8]) -> Value {
    let value = |(field, at): (&super::format::Field, usize)| {
        let part = &data[at..at + field.size];
        match field.content {
            Content::Item(item) if format.big_endian && item.size > 1 => {
                let mut turned = [0; 8];
                turned[..item.size].copy_from_slice(part);
                turned[..item.size].reverse();
                item.read(&turned[..item.size])
            }
            Content::Item(item) => item.read(part),
            Content::Bytes => bytes::from_slice(part),
            Content::Pascal => match part {
                [] => bytes::from_slice(&[]),
                [len, rest @ ..] => bytes::from_slice(&rest[..rest.len().min((*len).into())]),
            },
        }
    };
    Value::tuple(format.places().map(value).collect())
}

/// Where in a buffer of `len` bytes a structure begins that is said to stand at `offset`.
pub fn place(format: &Format, offset: i64, len: usize, packing: bool) -> Result<usize> {
    let size = format.size;
    let error = |message: String| Err(raise(&ERROR, message));
    let mut at = i128::from(offset);
    if at < 0 {
        if at + size as i128 > 0 {
            return error(match packing {
                true => format!("no space to pack {size} bytes at offset {offset}"),
                false => format!("not enough data to unpack {size} bytes at offset {offset}"),
            });
        }
        at += len as i128;
        if at < 0 {
            return error(format!("offset {offset} out of range for {len}-byte buffer"));
        }
    }
    if at + size as i128 > len as i128 {
        let (name, verb) = if packing { ("pack_into", "packing") } else { ("unpack_from", "unpacking") };
        return error(format!(
            "{name} requires a buffer of at least {} bytes for {verb} {size} bytes at offset {at} (actual buffer size is {len})",
            at + size as i128
        ));
    }
    Ok(at as usize)
}
