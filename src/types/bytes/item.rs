//! Items of memory: what the letters of `struct`, `array` and `memoryview` stand for, and how such an item becomes
//! an object and back. Bytes are in little-endian order here, which is that of the machines supported.

use crate::object::{Result, Value};
use crate::protocol;
use crate::types::{float, int};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A byte as a `bytes` object.
    Char,
    /// A truth value.
    Bool,
    /// An integer with a sign.
    Signed,
    /// An integer without one.
    Unsigned,
    /// A number of IEEE 754, as wide as the item.
    Float,
    /// A character of text.
    Text,
}

/// A letter with its meaning and its width in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The letter.
    pub letter: u8,
    /// Its meaning.
    pub kind: Kind,
    /// The width.
    pub size: usize,
}

/// Why a value cannot be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It is of a wrong type.
    Type,
    /// It is of the right type and out of range.
    Range,
}

impl Item {
    /// A byte without a sign, of which `bytes` consist.
    pub const BYTE: Item = Item { letter: b'B', kind: Kind::Unsigned, size: 1 };

    /// The item that a letter stands for, in the widths of C on a 64-bit machine.
    pub const fn native(letter: u8) -> Option<Item> {
        let (kind, size) = match letter {
            b'c' => (Kind::Char, 1),
            b'?' => (Kind::Bool, 1),
            b'b' => (Kind::Signed, 1),
            b'h' => (Kind::Signed, 2),
            b'i' => (Kind::Signed, 4),
            b'l' | b'q' | b'n' => (Kind::Signed, 8),
            b'B' => (Kind::Unsigned, 1),
            b'H' => (Kind::Unsigned, 2),
            b'I' => (Kind::Unsigned, 4),
            b'L' | b'Q' | b'N' | b'P' => (Kind::Unsigned, 8),
            b'e' => (Kind::Float, 2),
            b'f' => (Kind::Float, 4),
            b'd' => (Kind::Float, 8),
            b'w' => (Kind::Text, 4),
            _ => return None,
        };
        Some(Item { letter, kind, size })
    }

    /// The same in the widths that do not depend on the machine.
    pub const fn standard(letter: u8) -> Option<Item> {
        match (Item::native(letter), letter) {
            (_, b'n' | b'N' | b'P' | b'w') => None,
            (Some(item), b'l' | b'L') => Some(Item { size: 4, ..item }),
            (item, _) => item,
        }
    }

    /// The object for the bytes of an item. (Fewer bytes are as good as zeros.)
    #[inline]
    pub fn read(self, bytes: &[u8]) -> Value {
        match self.kind {
            Kind::Char => super::from_slice(bytes),
            Kind::Bool => Value::bool(bytes.iter().any(|&b| b != 0)),
            Kind::Signed => {
                let shift = 64 - 8 * bytes.len().clamp(1, 8) as u32;
                int::from_i64((word(bytes) << shift) as i64 >> shift)
            }
            Kind::Unsigned => int::from_u64(word(bytes)),
            Kind::Float => float::from_f64(read_float(bytes)),
            Kind::Text => {
                let c = char::from_u32(word(bytes) as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
                Value::str(c.encode_utf8(&mut [0; 4]))
            }
        }
    }

    /// The least and the largest integer that fit.
    pub const fn range(self) -> (i128, i128) {
        let bits = 8 * self.size as u32;
        match self.kind {
            // An address may be given as a negative number.
            _ if self.letter == b'P' => (i64::MIN as i128, u64::MAX as i128),
            Kind::Signed => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
            _ => (0, (1 << bits) - 1),
        }
    }

    /// The bytes of an integer in the first places of a word; `None` if it is out of range.
    #[inline]
    pub fn integer(self, v: &Value) -> Option<[u8; 8]> {
        let n = match int::view(v)? {
            int::Int::Small(n) => i128::from(n),
            int::Int::Big(big) => i128::try_from(big).ok()?,
        };
        let (low, high) = self.range();
        if n < low || n > high { None } else { Some((n as u64).to_le_bytes()) }
    }

    /// The bytes of an object in the first places of a word, as a view stores it: an integer must have
    /// `__index__`, and a float too large for single precision becomes infinite.
    pub fn write(self, v: &Value) -> Result<std::result::Result<[u8; 8], Misfit>> {
        Ok(match self.kind {
            Kind::Char => match super::as_bytes(v) {
                Some(&[b]) => Ok((b as u64).to_le_bytes()),
                Some(_) => Err(Misfit::Range),
                None => Err(Misfit::Type),
            },
            Kind::Bool => Ok((protocol::truth(v)? as u64).to_le_bytes()),
            Kind::Signed | Kind::Unsigned => {
                if v.ty().slots().index.is_none() {
                    return Ok(Err(Misfit::Type));
                }
                self.integer(&protocol::index(v)?).ok_or(Misfit::Range)
            }
            Kind::Float => {
                if float::to_f64(v).is_none()
                    && v.ty().slots().float.is_none()
                    && v.ty().slots().index.is_none()
                {
                    return Ok(Err(Misfit::Type));
                }
                match float::coerce(v) {
                    Ok(f) => Ok(self.float(f).unwrap_or_default()),
                    Err(_) if int::view(v).is_some() => Err(Misfit::Range),
                    Err(e) => return Err(e),
                }
            }
            Kind::Text => Err(Misfit::Type),
        })
    }

    /// The bytes of a float in the first places of a word. `None`: half precision cannot hold it.
    pub fn float(self, f: f64) -> Option<[u8; 8]> {
        Some(match self.size {
            8 => f.to_bits().to_le_bytes(),
            4 => u64::from((f as f32).to_bits()).to_le_bytes(),
            _ => u64::from(to_half(f)?).to_le_bytes(),
        })
    }
}

/// Up to eight bytes as a number.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    let mut all = [0; 8];
    let n = bytes.len().min(8);
    all[..n].copy_from_slice(&bytes[..n]);
    u64::from_le_bytes(all)
}

fn read_float(bytes: &[u8]) -> f64 {
    match bytes.len() {
        8 => f64::from_bits(word(bytes)),
        4 => f32::from_bits(word(bytes) as u32).into(),
        _ => from_half(word(bytes) as u16),
    }
}

/// The value of a number of half precision.
fn from_half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let size = match exponent {
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        0 => fraction * 2f64.powi(-24),
        e => (1.0 + fraction / 1024.0) * 2f64.powi(e - 15),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// The number of half precision nearest to `f`, even in case of doubt; `None` if that is too large.
fn to_half(f: f64) -> Option<u16> {
    let sign = if f.is_sign_negative() { 0x8000 } else { 0 };
    if f.is_nan() {
        return Some(sign | 0x7e00);
    }
    if f.is_infinite() {
        return Some(sign | 0x7c00);
    }
    let size = f.abs();
    let exponent = (((size.to_bits() >> 52) as i32) - 1023).max(-14);
    if exponent > 15 {
        return None;
    }
    // In units of the last place; adding it to the shifted exponent carries where it rounds up to a power of two.
    let units = (size * 2f64.powi(10 - exponent)).round_ties_even() as u32;
    let bits = (((exponent + 14) as u32) << 10) + units;
    if bits >= 0x7c00 { None } else { Some(sign | bits as u16) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision() {
        for (f, bits) in [(0.0, 0), (1.0, 0x3c00), (-2.0, 0xc000), (65504.0, 0x7bff), (6e-8, 1), (2e-8, 0)] {
            assert_eq!(to_half(f), Some(bits), "{f}");
        }
        assert_eq!(to_half(65519.9), Some(0x7bff));
        assert_eq!(to_half(65520.0), None);
        assert_eq!(to_half(f64::from_bits(1)), Some(0));
        for bits in (0..0x7c00u16).chain(0x8000..0xfc00) {
            assert_eq!(to_half(from_half(bits)), Some(bits));
        }
    }
}
