//! What is done about characters that cannot be encoded and bytes that cannot be decoded: the handlers that come
//! with Python here, others by the library's module `codecs`.

use super::{Bad, escape, unicode_error};
use crate::object::{Result, Value, intern};
use crate::protocol::{self, type_error};
use crate::types::unicode::{char_of, code_of};
use crate::types::{bytes, exception};
use crate::vm::import::import_absolute;

/// What is encoded in the place of something that cannot be.
pub(super) enum Replacement {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These characters, encoded.
    Text(String),
}

/// The handler with a name that is not one of Python's own.
fn registered(name: &str) -> Result {
    let find = protocol::get_attr(&import_absolute("codecs")?, &intern("lookup_error"))?;
    protocol::call(&find, &[Value::str(name)])
}

/// Calls a handler; returns what it puts in the place, the position to go on from, and the exception.
fn ask(name: &str, error: Value, complaint: &str) -> Result<(Value, i64, Value)> {
    let result = protocol::call(&registered(name)?, std::slice::from_ref(&error))?;
    match result.as_tuple() {
        Some([v, to]) if to.ty().slots().index.is_some() => Ok((v.clone(), protocol::index_i64(to)?, error)),
        _ => type_error(complaint),
    }
}

/// A position that a handler returned, of `len` possible ones; negative ones count from the end.
fn position(to: i64, len: usize) -> Result<usize> {
    let n = if to < 0 { to.saturating_add(len as i64) } else { to };
    match usize::try_from(n) {
        Ok(n) if n <= len => Ok(n),
        _ => protocol::index_error(format!("position {n} from error handler out of bounds")),
    }
}

/// What is to be encoded in the place of characters of `text`, and where to go on.
pub(super) fn on_encoding(
    errors: &str,
    encoding: &str,
    v: &Value,
    text: &str,
    bad: &Bad,
) -> Result<(Replacement, usize)> {
    let codes = || text.chars().skip(bad.start).take(bad.end - bad.start).map(code_of);
    let strict = || unicode_error(&exception::UNICODE_ENCODE_ERROR, encoding, v.clone(), bad);
    let replacement = match errors {
        "strict" => return Err(strict()),
        "ignore" => Replacement::Text(String::new()),
        "replace" => Replacement::Text("?".repeat(bad.end - bad.start)),
        "xmlcharrefreplace" => Replacement::Text(codes().map(|c| format!("&#{c};")).collect()),
        "backslashreplace" => Replacement::Text(codes().map(escape).collect()),
        "namereplace" => Replacement::Text(codes().map(by_name).collect()),
        "surrogateescape" => {
            // The characters before the first that did not come from a byte are good.
            let escaped: Vec<u8> =
                codes().map_while(|c| c.checked_sub(0xdc00)).map_while(escaped_byte).collect();
            if escaped.is_empty() {
                return Err(strict());
            }
            let to = bad.start + escaped.len();
            return Ok((Replacement::Bytes(escaped), to));
        }
        "surrogatepass" => {
            let mut out = Vec::new();
            for code in codes() {
                if !(0xd800..0xe000).contains(&code) || !put_surrogate(encoding, code as u16, &mut out) {
                    return Err(strict());
                }
            }
            Replacement::Bytes(out)
        }
        name => {
            const COMPLAINT: &str = "encoding error handler must return (str/bytes, int) tuple";
            let (put, to, _) = ask(name, strict().0, COMPLAINT)?;
            let replacement = match (put.as_str(), bytes::as_bytes(&put)) {
                (Some(t), _) => Replacement::Text(t.to_owned()),
                (_, Some(b)) => Replacement::Bytes(b.to_vec()),
                _ => return type_error(COMPLAINT),
            };
            return Ok((replacement, position(to, text.chars().count())?));
        }
    };
    Ok((replacement, bad.end))
}

/// The byte that a surrogate minus 0xdc00 stands for.
fn escaped_byte(low: u32) -> Option<u8> {
    u8::try_from(low).ok().filter(|b| !b.is_ascii())
}

fn by_name(code: u32) -> String {
    match char::from_u32(code).and_then(crate::types::unicode::name) {
        Some(name) => format!("\\N{{{name}}}"),
        None => escape(code),
    }
}

/// Appends a surrogate as if it were a character; false if the encoding has no place for it.
fn put_surrogate(encoding: &str, code: u16, out: &mut Vec<u8>) -> bool {
    let wide = u32::from(code);
    match encoding {
        "utf-8" => out.extend([0xed, 0x80 | (code >> 6 & 0x3f) as u8, 0x80 | (code & 0x3f) as u8]),
        "utf-16" | "utf-16-le" => out.extend(code.to_le_bytes()),
        "utf-16-be" => out.extend(code.to_be_bytes()),
        "utf-32" | "utf-32-le" => out.extend(wide.to_le_bytes()),
        "utf-32-be" => out.extend(wide.to_be_bytes()),
        _ => return false,
    }
    true
}

/// The surrogate that stands at the start of `data`, and its length.
fn take_surrogate(encoding: &str, data: &[u8]) -> Option<(char, usize)> {
    let (code, len) = match (encoding, data) {
        ("utf-8", &[0xed, b @ 0xa0..0xc0, c @ 0x80..0xc0, ..]) => {
            (0xd000 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f), 3)
        }
        ("utf-16-le", &[a, b, ..]) => (u16::from_le_bytes([a, b]).into(), 2),
        ("utf-16-be", &[a, b, ..]) => (u16::from_be_bytes([a, b]).into(), 2),
        ("utf-32-le", &[a, b, c, d, ..]) => (u32::from_le_bytes([a, b, c, d]), 4),
        ("utf-32-be", &[a, b, c, d, ..]) => (u32::from_be_bytes([a, b, c, d]), 4),
        _ => return None,
    };
    Some((char_of(code).filter(|_| (0xd800..0xe000).contains(&code))?, len))
}

/// Appends what stands for bytes that cannot be decoded; returns where to go on, and other bytes if a handler put
/// them in the place of `data`.
pub(super) fn on_decoding(
    errors: &str,
    encoding: &str,
    data: &[u8],
    bad: &Bad,
    out: &mut String,
) -> Result<(usize, Option<Vec<u8>>)> {
    let object = || bytes::from_slice(data);
    let strict = || unicode_error(&exception::UNICODE_DECODE_ERROR, encoding, object(), bad);
    let range = &data[bad.start.min(data.len())..bad.end.min(data.len())];
    match errors {
        "strict" => return Err(strict()),
        "ignore" => {}
        "replace" => out.push(char::REPLACEMENT_CHARACTER),
        "backslashreplace" => range.iter().for_each(|&b| *out += &escape(b.into())),
        "surrogateescape" => {
            let n = range.iter().take(4).take_while(|b| !b.is_ascii()).count();
            if n == 0 {
                return Err(strict());
            }
            out.extend(range[..n].iter().filter_map(|&b| char_of(0xdc00 + u32::from(b))));
            return Ok((bad.start + n, None));
        }
        "surrogatepass" => match take_surrogate(encoding, &data[bad.start..]) {
            Some((c, len)) => {
                out.push(c);
                return Ok((bad.start + len, None));
            }
            None => return Err(strict()),
        },
        "xmlcharrefreplace" | "namereplace" => {
            return type_error("don't know how to handle UnicodeDecodeError in error callback");
        }
        name => {
            const COMPLAINT: &str = "decoding error handler must return (str, int) tuple";
            let (put, to, error) = ask(name, strict().0, COMPLAINT)?;
            let Some(text) = put.as_str() else { return type_error(COMPLAINT) };
            let now = exception::get_field(&error, "object");
            let new = now.as_ref().and_then(bytes::as_bytes).filter(|&b| b != data).map(<[u8]>::to_vec);
            let to = position(to, new.as_ref().map_or(data.len(), Vec::len))?;
            out.push_str(text);
            return Ok((to, new));
        }
    }
    Ok((bad.end, None))
}
