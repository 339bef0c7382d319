//! Values to bytes.

use super::{MAX_DEPTH, code};
use crate::object::{Dict, List, Result, Str, Value};
use crate::protocol::{self, value_error};
use crate::types::{bytes, codec, complex, dict, exception, float, int, list, set, str, tuple};
use crate::vm;
use crate::vm::code::CodeObject;
use minipy_bytecode::store;
use num_bigint::Sign;
use std::collections::HashMap;

/// Bits in a digit of a large integer.
const DIGIT: u64 = 15;

struct Writer {
    out: Vec<u8>,
    version: i32,
    depth: usize,
    /// The numbers of values that may recur, by their identity.
    numbers: HashMap<u64, u32>,
    /// What the identities belong to.
    kept: Vec<Value>,
}

/// The bytes of a value.
pub fn write(v: &Value, version: i32) -> Result<Vec<u8>> {
    let mut w = Writer { out: Vec::new(), version, depth: 0, numbers: HashMap::new(), kept: Vec::new() };
    w.value(v)?;
    Ok(w.out)
}

fn unmarshallable<T>() -> Result<T> {
    value_error("unmarshallable object")
}

impl Writer {
    fn length(&mut self, n: usize) -> Result<()> {
        match i32::try_from(n) {
            Ok(n) => self.out.extend_from_slice(&n.to_le_bytes()),
            Err(_) => return unmarshallable(),
        }
        Ok(())
    }

    fn sized(&mut self, data: &[u8]) -> Result<()> {
        self.length(data.len())?;
        self.out.extend_from_slice(data);
        Ok(())
    }

    /// Writes the number of a value that was written before; else the bit for its type, and it has a number.
    fn refer(&mut self, v: &Value) -> Option<u8> {
        if self.version < 3 || !may_recur(v) {
            return Some(0);
        }
        if let Some(&n) = self.numbers.get(&v.id()) {
            self.out.push(code::REFERENCE);
            self.out.extend_from_slice(&n.to_le_bytes());
            return None;
        }
        self.numbers.insert(v.id(), self.kept.len() as u32);
        self.kept.push(v.clone());
        Some(code::MAY_RECUR)
    }

    fn value(&mut self, v: &Value) -> Result<()> {
        if self.depth >= MAX_DEPTH {
            return value_error("object too deeply nested to marshal");
        }
        let single = match () {
            _ if v.is_none() => Some(code::NONE),
            _ if v.is(&Value::TRUE) => Some(code::TRUE),
            _ if v.is(&Value::FALSE) => Some(code::FALSE),
            _ if v.is(&Value::ELLIPSIS) => Some(code::ELLIPSIS),
            _ if v.is(&exception::STOP_ITERATION.value()) => Some(code::STOP_ITERATION),
            _ => None,
        };
        if let Some(single) = single {
            self.out.push(single);
            return Ok(());
        }
        let Some(bit) = self.refer(v) else { return Ok(()) };
        self.depth += 1;
        let done = vm::guard_native_recursion("", || self.whole(v, bit));
        self.depth -= 1;
        done
    }

    fn whole(&mut self, v: &Value, bit: u8) -> Result<()> {
        if v.is_exact(&int::INT) {
            self.int(v, bit);
        } else if v.is_exact(&float::FLOAT) {
            let f = float::to_f64(v).unwrap_or_default();
            self.floats(bit, (code::FLOAT, code::FLOAT_TEXT), &[f])?;
        } else if let Some((re, im)) = complex::parts(v).filter(|_| v.is_exact(&complex::COMPLEX)) {
            self.floats(bit, (code::COMPLEX, code::COMPLEX_TEXT), &[re, im])?;
        } else if v.is_exact(&bytes::BYTES) {
            self.out.push(code::BYTES | bit);
            self.sized(bytes::as_bytes(v).unwrap_or_default())?;
        } else if v.is_exact(&str::STR) {
            self.text(v, bit)?;
        } else if let Some(items) = v.as_tuple().filter(|_| v.is_exact(&tuple::TUPLE)) {
            if self.version >= 4 && items.len() < 256 {
                self.out.extend_from_slice(&[code::SMALL_TUPLE | bit, items.len() as u8]);
            } else {
                self.out.push(code::TUPLE | bit);
                self.length(items.len())?;
            }
            for item in items {
                self.value(item)?;
            }
        } else if let Some(items) = v.cast::<List>().filter(|_| v.is_exact(&list::LIST)) {
            self.out.push(code::LIST | bit);
            self.length(items.len())?;
            for i in 0..items.len() {
                self.value(&items.get(i).unwrap_or(Value::NONE))?;
            }
        } else if let Some(items) = v.cast::<Dict>().filter(|_| v.is_exact(&dict::DICT)) {
            self.out.push(code::DICT | bit);
            for (key, value) in items.items() {
                self.value(&key)?;
                self.value(&value)?;
            }
            self.out.push(code::NULL);
        } else if v.is_exact(&set::SET) || v.is_exact(&set::FROZENSET) {
            self.set(v, bit)?;
        } else if let Some(object) = v.cast::<CodeObject>() {
            self.code(object, bit)?;
        } else if let Some(data) = bytes::copy_of(v) {
            self.out.push(code::BYTES | bit);
            self.sized(&data)?;
        } else {
            return unmarshallable();
        }
        Ok(())
    }

    fn int(&mut self, v: &Value, bit: u8) {
        if let Some(n) = int::to_i64(v).and_then(|n| i32::try_from(n).ok()) {
            self.out.push(code::INT | bit);
            self.out.extend_from_slice(&n.to_le_bytes());
            return;
        }
        let n = int::to_big(v).unwrap_or_default();
        let size = n.bits().div_ceil(DIGIT) as i32;
        self.out.push(code::LONG | bit);
        let signed = if n.sign() == Sign::Minus { -size } else { size };
        self.out.extend_from_slice(&signed.to_le_bytes());
        // Digits of 15 bits, from those of 32.
        let (mut held, mut bits, mut left) = (0u64, 0, size);
        for digit in n.magnitude().iter_u32_digits().chain([0]) {
            held |= u64::from(digit) << bits;
            bits += 32;
            while bits >= DIGIT && left > 0 {
                self.out.extend_from_slice(&((held & 0x7fff) as u16).to_le_bytes());
                held >>= DIGIT;
                bits -= DIGIT;
                left -= 1;
            }
        }
    }

    fn floats(&mut self, bit: u8, (binary, text): (u8, u8), numbers: &[f64]) -> Result<()> {
        self.out.push(bit | if self.version > 1 { binary } else { text });
        for f in numbers {
            if self.version > 1 {
                self.out.extend_from_slice(&f.to_le_bytes());
            } else {
                let shown = protocol::format(&float::from_f64(*f), ".17g")?;
                let shown = shown.as_str().unwrap_or_default();
                self.out.push(shown.len() as u8);
                self.out.extend_from_slice(shown.as_bytes());
            }
        }
        Ok(())
    }

    fn text(&mut self, v: &Value, bit: u8) -> Result<()> {
        let text = v.as_str().unwrap_or_default();
        let interned = v.cast::<Str>().is_some_and(Str::is_interned);
        if self.version >= 4 && text.is_ascii() {
            if text.len() < 256 {
                let short = if interned { code::SHORT_ASCII_INTERNED } else { code::SHORT_ASCII };
                self.out.extend_from_slice(&[short | bit, text.len() as u8]);
                self.out.extend_from_slice(text.as_bytes());
                return Ok(());
            }
            self.out.push(bit | if interned { code::ASCII_INTERNED } else { code::ASCII });
            return self.sized(text.as_bytes());
        }
        self.out.push(bit | if self.version >= 3 && interned { code::INTERNED } else { code::TEXT });
        self.sized(&codec::encode(v, None, Some("surrogatepass"))?)
    }

    /// The members in the order of their bytes, so that equal sets are written alike.
    fn set(&mut self, v: &Value, bit: u8) -> Result<()> {
        self.out.push(bit | if v.is_exact(&set::SET) { code::SET } else { code::FROZENSET });
        let mut members = Vec::new();
        for member in protocol::collect(v)? {
            members.push((write(&member, self.version)?, member));
        }
        members.sort_by(|a, b| a.0.cmp(&b.0));
        self.length(members.len())?;
        for (_, member) in &members {
            self.value(member)?;
        }
        Ok(())
    }

    /// A code object with its source, so that tracebacks find their lines; a checksum comes first.
    fn code(&mut self, object: &CodeObject, bit: u8) -> Result<()> {
        let source = &object.code.source;
        let parts =
            [source.filename.as_bytes(), source.lines.source().as_bytes(), &store::write(&object.code)];
        self.out.push(code::CODE | bit);
        self.out.extend_from_slice(&super::read::checksum(&parts).to_le_bytes());
        parts.iter().try_for_each(|part| self.sized(part))
    }
}

/// Whether a value is, or may be, the same object somewhere else. Integers have no identity here, apart from the
/// small ones, which are the same object everywhere in CPython.
fn may_recur(v: &Value) -> bool {
    if let Some(n) = v.as_inline_int() {
        return (-5..=256).contains(&n);
    }
    v.is_inline_float() || v.is_pointer() && v.refcount() > 1
}
