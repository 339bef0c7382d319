//! Bytes to values.

use super::{MAX_DEPTH, code};
use crate::object::{List, Raised, Result, Value, intern};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::{bytes, codec, complex, exception, float, int, set};
use crate::vm;
use minipy_bytecode::{Source as CodeSource, store};
use minipy_syntax::LineIndex;
use num_bigint::{BigInt, BigUint, Sign};
use std::sync::Arc;

/// Where the bytes come from.
pub enum Source {
    /// They are there.
    Bytes { data: Vec<u8>, at: usize },
    /// A file is asked for them.
    File(Value),
}

struct Reader {
    source: Source,
    depth: usize,
    /// The values that may recur; those that are not complete yet are unbound.
    kept: Vec<Value>,
}

/// The checksum of a stored code object.
pub fn checksum(parts: &[&[u8]]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize()
}

/// Reads one value.
pub fn read(source: Source) -> Result {
    let mut reader = Reader { source, depth: 0, kept: Vec::new() };
    match reader.value()? {
        Some(v) => Ok(v),
        None => missing("object"),
    }
}

fn missing<T>(place: &str) -> Result<T> {
    type_error(format!("NULL object in marshal data for {place}"))
}

fn bad<T>(what: &str) -> Result<T> {
    value_error(format!("bad marshal data ({what})"))
}

fn at_end(message: &str) -> Raised {
    raise(&exception::EOF_ERROR, message)
}

impl Reader {
    fn take(&mut self, n: usize) -> Result<Vec<u8>> {
        match &mut self.source {
            Source::Bytes { data, at } => match at.checked_add(n).and_then(|end| data.get(*at..end)) {
                Some(part) => {
                    *at += n;
                    Ok(part.to_vec())
                }
                None => Err(at_end("marshal data too short")),
            },
            Source::File(file) => {
                let part = protocol::call_method(file, "read", &[int::from_usize(n)])?;
                let Some(part) = bytes::copy_of(&part) else {
                    return type_error(format!("file.read() returned not bytes but {}", part.ty().name()));
                };
                if part.len() > n {
                    return value_error(format!(
                        "read() returned too much data: {n} bytes requested, {} returned",
                        part.len()
                    ));
                }
                if part.len() < n {
                    return Err(at_end("EOF read where not expected"));
                }
                Ok(part)
            }
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        Ok(self.take(N)?.try_into().unwrap_or([0; N]))
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn number(&mut self) -> Result<i32> {
        Ok(i32::from_le_bytes(self.array()?))
    }

    /// A length; `what` names what it is of.
    fn length(&mut self, what: &str) -> Result<usize> {
        match usize::try_from(self.number()?) {
            Ok(n) => Ok(n),
            Err(_) => bad(&format!("{what} size out of range")),
        }
    }

    fn sized(&mut self, what: &str) -> Result<Vec<u8>> {
        let n = self.length(what)?;
        self.take(n)
    }

    /// A value; `None` for the end mark.
    fn value(&mut self) -> Result<Option<Value>> {
        if self.depth >= MAX_DEPTH {
            return value_error("recursion limit exceeded");
        }
        let first = match self.byte() {
            Err(e) if e.0.ty().is_subtype(&exception::EOF_ERROR) => {
                return Err(at_end("EOF read where object expected"));
            }
            first => first?,
        };
        self.depth += 1;
        let done = vm::guard_native_recursion("", || {
            self.whole(first & !code::MAY_RECUR, first & code::MAY_RECUR != 0)
        });
        self.depth -= 1;
        done
    }

    /// A value that must be there, as part of another one.
    fn part(&mut self, of: &str) -> Result {
        match self.value()? {
            Some(v) => Ok(v),
            None => missing(of),
        }
    }

    fn parts(&mut self, n: usize, of: &str) -> Result<Vec<Value>> {
        let mut items = Vec::new();
        for _ in 0..n {
            items.push(self.part(of)?);
        }
        Ok(items)
    }

    /// A place for a value that is not complete yet.
    fn reserve(&mut self, keep: bool) -> Option<usize> {
        keep.then(|| {
            self.kept.push(Value::UNBOUND);
            self.kept.len() - 1
        })
    }

    fn whole(&mut self, kind: u8, keep: bool) -> Result<Option<Value>> {
        let place = match kind {
            // These can hold themselves, or a number comes first.
            code::TUPLE | code::SMALL_TUPLE | code::FROZENSET | code::CODE => self.reserve(keep),
            _ => None,
        };
        let v = match kind {
            code::NULL => return Ok(None),
            code::NONE => return Ok(Some(Value::NONE)),
            code::TRUE => return Ok(Some(Value::TRUE)),
            code::FALSE => return Ok(Some(Value::FALSE)),
            code::ELLIPSIS => return Ok(Some(Value::ELLIPSIS)),
            code::STOP_ITERATION => return Ok(Some(exception::STOP_ITERATION.value())),
            code::REFERENCE => {
                let n = self.number()?;
                return match usize::try_from(n).ok().and_then(|n| self.kept.get(n)) {
                    Some(v) if !v.is_unbound() => Ok(Some(v.clone())),
                    _ => bad("invalid reference"),
                };
            }
            code::INT => int::from_i64(self.number()?.into()),
            code::LONG => self.long()?,
            code::FLOAT => float::from_f64(f64::from_le_bytes(self.array()?)),
            code::FLOAT_TEXT => float::from_f64(self.float_text()?),
            code::COMPLEX => {
                complex::new(f64::from_le_bytes(self.array()?), f64::from_le_bytes(self.array()?))
            }
            code::COMPLEX_TEXT => complex::new(self.float_text()?, self.float_text()?),
            code::BYTES => bytes::from_vec(self.sized("bytes object")?),
            code::TEXT | code::INTERNED => {
                let data = self.sized("string")?;
                let text = codec::decode(&data, None, Some("surrogatepass"))?;
                self.interned(text, kind == code::INTERNED)
            }
            code::ASCII | code::ASCII_INTERNED => {
                let data = self.sized("string")?;
                self.ascii(&data, kind == code::ASCII_INTERNED)
            }
            code::SHORT_ASCII | code::SHORT_ASCII_INTERNED => {
                let n = self.byte()?;
                let data = self.take(n.into())?;
                self.ascii(&data, kind == code::SHORT_ASCII_INTERNED)
            }
            code::SMALL_TUPLE => {
                let n = self.byte()?;
                Value::tuple(self.parts(n.into(), "tuple")?)
            }
            code::TUPLE => {
                let n = self.length("tuple")?;
                Value::tuple(self.parts(n, "tuple")?)
            }
            code::LIST => return self.list(keep).map(Some),
            code::DICT => return self.dict(keep).map(Some),
            code::SET => {
                let n = self.length("set")?;
                let made = set::new_empty();
                if keep {
                    self.kept.push(made.clone());
                }
                for _ in 0..n {
                    set::add(&made, &self.part("set")?)?;
                }
                return Ok(Some(made));
            }
            code::FROZENSET => {
                let n = self.length("set")?;
                let members = self.parts(n, "set")?;
                protocol::call(&set::FROZENSET.value(), &[Value::list(members)])?
            }
            code::CODE => self.code()?,
            _ => return bad("unknown type code"),
        };
        match place {
            Some(place) => self.kept[place] = v.clone(),
            None if keep => self.kept.push(v.clone()),
            None => {}
        }
        Ok(Some(v))
    }

    fn interned(&self, text: Value, interned: bool) -> Value {
        match text.as_str() {
            Some(s) if interned => intern(s),
            _ => text,
        }
    }

    /// A text whose bytes are its characters.
    fn ascii(&self, data: &[u8], interned: bool) -> Value {
        let text: String = data.iter().map(|&b| char::from(b)).collect();
        if interned { intern(&text) } else { Value::str(&text) }
    }

    fn float_text(&mut self) -> Result<f64> {
        let n = self.byte()?;
        let data = self.take(n.into())?;
        let text = Value::str(&String::from_utf8_lossy(&data));
        float::coerce(&protocol::call(&float::FLOAT.value(), &[text])?)
    }

    fn long(&mut self) -> Result {
        let size = self.number()?;
        let n = size.unsigned_abs() as usize;
        let data = self.take(match n.checked_mul(2) {
            Some(bytes) if size != i32::MIN => bytes,
            _ => return bad("long size out of range"),
        })?;
        let digits: Vec<u8> = data
            .chunks_exact(2)
            .flat_map(|pair| {
                let digit = u16::from_le_bytes([pair[0], pair[1]]);
                // As binary digits, the lowest first; a bit too many makes the number invalid.
                (0..16).map(move |i| (digit >> i & 1) as u8).take(if digit > 0x7fff { 16 } else { 15 })
            })
            .collect();
        if digits.len() > n * 15 {
            return bad("digit out of range in long");
        }
        if n > 0 && data[data.len() - 2..] == [0, 0] {
            return bad("unnormalized long data");
        }
        let magnitude = BigUint::from_radix_le(&digits, 2).unwrap_or_default();
        let sign = if size < 0 { Sign::Minus } else { Sign::Plus };
        Ok(int::from_big(BigInt::from_biguint(sign, magnitude)))
    }

    fn list(&mut self, keep: bool) -> Result {
        let n = self.length("list")?;
        let made = Value::list(Vec::new());
        if keep {
            self.kept.push(made.clone());
        }
        for _ in 0..n {
            let item = self.part("list")?;
            if let Some(list) = made.cast::<List>() {
                list.push(item);
            }
        }
        Ok(made)
    }

    fn dict(&mut self, keep: bool) -> Result {
        let made = crate::object::Dict::new();
        if keep {
            self.kept.push(made.clone());
        }
        while let Some(key) = self.value()? {
            match self.value()? {
                Some(value) => protocol::set_item(&made, &key, value)?,
                None => break,
            }
        }
        Ok(made)
    }

    fn code(&mut self) -> Result {
        let sum = u32::from_le_bytes(self.array()?);
        let (filename, text, stored) = (self.sized("string")?, self.sized("string")?, self.sized("code")?);
        // What was not written by minipy, or damaged since, is not code.
        if checksum(&[&filename, &text, &stored]) != sum {
            return bad("invalid code object");
        }
        let (Ok(filename), Ok(text)) = (String::from_utf8(filename), String::from_utf8(text)) else {
            return bad("invalid code object");
        };
        let source = CodeSource { filename: filename.into(), lines: LineIndex::new(text) };
        match store::read(&stored, Arc::new(source)) {
            Some(code) => Ok(vm::code::from_code(Arc::new(code))),
            None => bad("invalid code object"),
        }
    }
}
