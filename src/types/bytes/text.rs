//! Bytes as text: `repr`, `hex`, `decode`.

use super::{as_bytes, me};
use crate::object::{Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::{codec, str};

/// The bytes as a literal.
pub(super) fn quote(data: &[u8]) -> String {
    use std::fmt::Write;
    let q = if data.contains(&b'\'') && !data.contains(&b'"') { '"' } else { '\'' };
    let mut out = String::with_capacity(data.len() + 3);
    out.extend(['b', q]);
    for &b in data {
        match b {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            b if b as char == q => out.extend(['\\', q]),
            32..127 => out.push(b as char),
            // Writing to a string cannot fail.
            b => drop(write!(out, "\\x{b:02x}")),
        }
    }
    out.push(q);
    out
}

/// The character that an argument `sep` gives; `ascii`: it must be one of ASCII.
pub fn separator(sep: &Value, ascii: bool) -> Result<Option<char>> {
    let Some(v) = sep.as_bound() else { return Ok(None) };
    if protocol::len(v)? != 1 {
        return value_error("sep must be length 1.");
    }
    let c = match (v.as_str(), as_bytes(v)) {
        (Some(text), _) => text.chars().next(),
        (_, Some(data)) => data.first().map(|&b| b as char),
        _ => return type_error("sep must be str or bytes."),
    };
    match c {
        Some(c) if c.is_ascii() || (!ascii && (c as u32) < 256) => Ok(Some(c)),
        _ => value_error("sep must be ASCII."),
    }
}

/// Two hexadecimal digits for each byte. Groups of bytes are counted from the end, for a negative size from the
/// start.
pub fn hex_digits(data: &[u8], separator: Option<char>, group: i32) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let size = group.unsigned_abs() as usize;
    let mut out = String::with_capacity(data.len() * 3);
    for (i, &b) in data.iter().enumerate() {
        if let Some(c) = separator.filter(|_| i > 0 && size > 0) {
            let place = if group > 0 { data.len() - i } else { i };
            if place % size == 0 {
                out.push(c);
            }
        }
        out.extend([DIGITS[b as usize >> 4] as char, DIGITS[b as usize & 15] as char]);
    }
    out
}

pub(super) fn hex(a: &[Value]) -> Result {
    let group = arg(a, 2).as_bound().map_or(Ok(1), str::c_int)?;
    let separator = separator(arg(a, 1), true)?;
    Ok(Value::str(&hex_digits(&super::need(&a[0])?, separator, group)))
}

pub(super) fn decode(a: &[Value]) -> Result {
    let encoding = str::optional_name(arg(a, 1), "decode() argument 'encoding'")?;
    let errors = str::optional_name(arg(a, 2), "decode() argument 'errors'")?;
    codec::decode(&me(&a[0]), encoding, errors)
}

/// `bytes.__bytes__`
pub(super) fn exact(a: &[Value]) -> Result {
    Ok(if a[0].is_exact(&super::BYTES) { a[0].clone() } else { super::from_slice(&me(&a[0])) })
}
