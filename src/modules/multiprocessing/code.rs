//! Type codes of `ctypes`' simple types: how an item is read and written. Integers that are too large lose their
//! upper bits, as in C.

use crate::object::{Result, Value};
use crate::protocol::{self, type_error};
use crate::types::{bytes, float, int};

/// A type code.
#[derive(Clone, Copy, PartialEq)]
pub struct Code(u8);

impl Code {
    /// By its letter.
    pub fn new(text: &str) -> Option<Code> {
        match text.as_bytes() {
            [c] if b"cubBhHiIlLqQfd?".contains(c) => Some(Code(*c)),
            _ => None,
        }
    }

    /// Bytes of an item.
    pub fn size(self) -> usize {
        match self.0 {
            b'h' | b'H' => 2,
            b'u' | b'i' | b'I' | b'f' => 4,
            b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
            _ => 1,
        }
    }

    /// The value of an item, whose bytes come first.
    pub fn read(self, item: [u8; 8]) -> Value {
        let wide = u64::from_ne_bytes(item);
        match self.0 {
            b'c' => bytes::from_slice(&item[..1]),
            b'u' => {
                let c = char::from_u32(wide as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
                Value::str(c.encode_utf8(&mut [0; 4]))
            }
            b'?' => Value::bool(item[0] != 0),
            b'f' => float::from_f64(f32::from_bits(wide as u32) as f64),
            b'd' => float::from_f64(f64::from_bits(wide)),
            b'b' => int::from_i64(wide as i8 as i64),
            b'B' => int::from_i64(wide as u8 as i64),
            b'h' => int::from_i64(wide as i16 as i64),
            b'H' => int::from_i64(wide as u16 as i64),
            b'i' => int::from_i64(wide as i32 as i64),
            b'I' => int::from_i64(wide as u32 as i64),
            b'l' | b'q' => int::from_i64(wide as i64),
            _ => int::from_u64(wide),
        }
    }

    /// The bytes of an item.
    pub fn write(self, v: &Value) -> Result<[u8; 8]> {
        let wide = match self.0 {
            b'c' => match bytes::copy_of(v).as_deref() {
                Some([b]) => *b as u64,
                Some(_) => return type_error("one character bytes, bytearray or integer expected"),
                None => match int::to_i64(v) {
                    Some(n @ 0..=255) => n as u64,
                    _ => return type_error("one character bytes, bytearray or integer expected"),
                },
            },
            b'u' => match v.as_str().map(|s| (s.chars().next(), s.chars().nth(1))) {
                Some((Some(c), None)) => c as u64,
                Some(_) => return type_error("one character unicode string expected"),
                None => {
                    let name = v.ty().name();
                    return type_error(format!("unicode string expected instead of {name} instance"));
                }
            },
            b'?' => protocol::truth(v)? as u64,
            b'f' | b'd' => {
                let Some(x) = number(v)? else {
                    return type_error(format!("must be real number, not {}", v.ty().name()));
                };
                if self.0 == b'f' { (x as f32).to_bits() as u64 } else { x.to_bits() }
            }
            _ if v.ty().slots().index.is_none() => {
                return type_error(format!("'{}' object cannot be interpreted as an integer", v.ty().name()));
            }
            _ => low_bits(&protocol::index(v)?),
        };
        Ok(wide.to_ne_bytes())
    }
}

fn number(v: &Value) -> Result<Option<f64>> {
    match () {
        _ if float::to_f64(v).is_some() => Ok(float::to_f64(v)),
        _ if v.ty().slots().float.is_some() || v.ty().slots().index.is_some() => int::to_float(v).map(Some),
        _ => Ok(None),
    }
}

/// The lowest 64 bits of an integer of any size, in two's complement.
fn low_bits(v: &Value) -> u64 {
    if let Some(n) = int::to_i64(v) {
        return n as u64;
    }
    let mut all = int::to_big(v).unwrap_or_default().to_signed_bytes_le();
    all.resize(all.len().max(8), if int::is_negative(v) { 0xff } else { 0 });
    u64::from_le_bytes(all[..8].try_into().unwrap_or_default())
}

/// Items as Python shows a slice of an array: characters together.
pub fn join(code: Code, items: Vec<Value>) -> Value {
    match code.0 {
        b'c' => bytes::from_vec(items.iter().filter_map(bytes::copy_of).flatten().collect()),
        b'u' => Value::str(&items.iter().filter_map(Value::as_str).collect::<String>()),
        _ => Value::list(items),
    }
}
