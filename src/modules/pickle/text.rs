//! What protocol 0 writes as text.

use super::unpickling_error as fail;
use crate::object::{Result, Value};
use crate::protocol::{self, call, value_error};
use crate::types::{bytes, float, int};

/// Text of bytes in UTF-8; surrogates may stand alone there.
pub fn from_utf8(data: &[u8]) -> Result {
    match std::str::from_utf8(data) {
        Ok(text) => Ok(Value::str(text)),
        Err(_) => {
            let how = [Value::str("utf-8"), Value::str("surrogatepass")];
            protocol::call_method(&bytes::from_slice(data), "decode", &how)
        }
    }
}

fn ascii(line: &[u8]) -> Result {
    protocol::call_method(&bytes::from_slice(line), "decode", &[Value::str("ascii")])
}

/// The number of a memo.
pub fn decimal(line: &[u8]) -> Result<i64> {
    match std::str::from_utf8(line).ok().and_then(|t| t.trim().parse().ok()) {
        Some(n) => Ok(n),
        None => {
            let text = Value::str(&format!("{}\n", String::from_utf8_lossy(line)));
            let shown = protocol::repr_string(&text)?;
            value_error(format!("invalid literal for int() with base 10: {shown}"))
        }
    }
}

/// An integer, as in a program.
pub fn integer(line: &[u8]) -> Result {
    call(&int::INT.value(), &[ascii(line)?, Value::small(0)])
}

/// A float.
pub fn float(line: &[u8]) -> Result {
    call(&float::FLOAT.value(), &[ascii(line)?])
}

/// The bytes of a string literal.
pub fn unquote(line: &[u8]) -> Result<Vec<u8>> {
    match line {
        [open @ (b'"' | b'\''), inside @ .., close] if open == close => unescape(inside),
        _ => fail("the STRING opcode argument must be quoted"),
    }
}

fn unescape(data: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(data.len());
    let mut i = 0;
    while let Some(&c) = data.get(i) {
        i += 1;
        if c != b'\\' {
            out.push(c);
            continue;
        }
        let Some(&escaped) = data.get(i) else { return value_error("Trailing \\ in string") };
        i += 1;
        let byte = match escaped {
            b'x' => {
                let hex = data.get(i..i + 2).and_then(|d| std::str::from_utf8(d).ok());
                let Some(n) = hex.and_then(|d| u8::from_str_radix(d, 16).ok()) else {
                    return value_error(format!("invalid \\x escape at position {}", i - 2));
                };
                i += 2;
                n
            }
            b'0'..=b'7' => {
                i -= 1;
                let mut n = 0u32;
                let end = (i + 3).min(data.len());
                while i < end && (b'0'..=b'7').contains(&data[i]) {
                    n = n * 8 + (data[i] - b'0') as u32;
                    i += 1;
                }
                n as u8
            }
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'v' => 11,
            b'\\' | b'\'' | b'"' => escaped,
            other => {
                out.push(b'\\');
                other
            }
        };
        out.push(byte);
    }
    Ok(out)
}

/// Text in Latin-1 in which characters may be written by their number.
pub fn raw_unescape(line: &[u8]) -> Result {
    let mut out = String::with_capacity(line.len());
    let mut i = 0;
    while let Some(&c) = line.get(i) {
        let size = match (c, line.get(i + 1)) {
            (b'\\', Some(b'u')) => 4,
            (b'\\', Some(b'U')) => 8,
            _ => {
                out.push(char::from(c));
                i += 1;
                continue;
            }
        };
        let digits = line.get(i + 2..i + 2 + size).and_then(|d| std::str::from_utf8(d).ok());
        match digits.and_then(|d| u32::from_str_radix(d, 16).ok()).and_then(char::from_u32) {
            Some(c) => out.push(c),
            None => {
                // Its error is that of the codec.
                let how = [Value::str("raw_unicode_escape")];
                return protocol::call_method(&bytes::from_slice(line), "decode", &how);
            }
        }
        i += 2 + size;
    }
    Ok(Value::str(&out))
}
