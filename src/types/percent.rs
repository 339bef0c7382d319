//! `format % values` for `str` and `bytes`: one engine, which works on bytes (UTF-8 for `str`).

use super::float::{self, Flags};
use super::{bytes, exception, format, int};
use crate::object::{Result, Value, intern};
use crate::protocol::{self, memory_error, overflow_error, type_error, value_error};
use std::borrow::Cow;

/// `text % values`
///
/// # Errors
/// `TypeError` and `ValueError` as CPython words them.
pub fn format_text(text: &str, values: &Value) -> Result {
    let out = Engine::new(text.as_bytes(), values, false).run()?;
    match String::from_utf8(out) {
        Ok(text) => Ok(Value::str(&text)),
        Err(_) => value_error("incomplete format"),
    }
}

/// `data % values` of `bytes` and `bytearray`.
///
/// # Errors
/// As [`format_text`].
pub fn format_bytes(data: &[u8], values: &Value) -> Result<Vec<u8>> {
    Engine::new(data, values, true).run()
}

struct Engine<'a> {
    format: &'a [u8],
    at: usize,
    /// Whether it formats `bytes`.
    binary: bool,
    /// The right operand, if it can be asked for keys.
    mapping: Option<&'a Value>,
    /// What `%s` takes its values from: a tuple's items, or one value alone.
    values: Cow<'a, [Value]>,
    next: usize,
    out: Vec<u8>,
}

/// What stands between `%` and the letter.
#[derive(Default)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl<'a> Engine<'a> {
    fn new(format: &'a [u8], values: &'a Value, binary: bool) -> Engine<'a> {
        let tuple = values.as_tuple();
        let is_text = values.as_str().is_some() || (binary && bytes::is_sequence(values));
        let is_mapping = tuple.is_none() && !is_text && values.ty().slots().get_item.is_some();
        Engine {
            format,
            at: 0,
            binary,
            mapping: if is_mapping { Some(values) } else { None },
            values: Cow::Borrowed(tuple.unwrap_or(std::slice::from_ref(values))),
            next: 0,
            out: Vec::new(),
        }
    }

    fn run(mut self) -> Result<Vec<u8>> {
        while let Some(n) = memchr::memchr(b'%', &self.format[self.at..]) {
            let format = self.format;
            self.out.extend_from_slice(&format[self.at..self.at + n]);
            self.at += n + 1;
            self.conversion()?;
        }
        let format = self.format;
        self.out.extend_from_slice(&format[self.at..]);
        if self.next < self.values.len() && self.mapping.is_none() {
            let kind = if self.binary { "bytes" } else { "string" };
            return type_error(format!("not all arguments converted during {kind} formatting"));
        }
        Ok(self.out)
    }

    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn next_value(&mut self) -> Result<Value> {
        match self.values.get(self.next) {
            Some(v) => {
                self.next += 1;
                Ok(v.clone())
            }
            None => type_error("not enough arguments for format string"),
        }
    }

    /// Handles what follows a `%`.
    fn conversion(&mut self) -> Result<()> {
        if self.peek() == Some(b'%') {
            self.at += 1;
            self.out.push(b'%');
            return Ok(());
        }
        if self.peek() == Some(b'(') {
            self.key()?;
        }
        let spec = self.spec()?;
        let Some(kind) = self.peek() else { return value_error("incomplete format") };
        self.at += 1;
        let v = self.next_value()?;
        match kind {
            b's' | b'r' | b'a' => self.text(&spec, kind, &v),
            b'b' if self.binary => self.text(&spec, kind, &v),
            b'c' => self.character(&spec, &v),
            b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => self.integer(&spec, kind, &v),
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => self.float(&spec, kind, &v),
            _ => self.unsupported(),
        }
    }

    fn unsupported(&self) -> Result<()> {
        let before = &self.format[..self.at - 1];
        let (code, index) = match std::str::from_utf8(self.format).ok().filter(|_| !self.binary) {
            Some(text) => (
                text[before.len()..].chars().next().map_or(0, super::unicode::code_of),
                text[..before.len()].chars().count(),
            ),
            None => (self.format[self.at - 1].into(), before.len()),
        };
        let shown = match super::unicode::char_of(code) {
            Some(c @ ' '..='\x7f') => c,
            Some(c) if self.binary => c,
            _ => '?',
        };
        value_error(format!("unsupported format character '{shown}' (0x{code:x}) at index {index}"))
    }

    /// `(key)`: the value that it stands for is the only one from now on.
    fn key(&mut self) -> Result<()> {
        let Some(mapping) = self.mapping else { return type_error("format requires a mapping") };
        let start = self.at + 1;
        let mut depth = 0;
        let end = self.format[self.at..].iter().position(|&b| {
            depth += (b == b'(') as i32 - (b == b')') as i32;
            depth == 0
        });
        let Some(end) = end.map(|n| self.at + n) else { return value_error("incomplete format key") };
        let key = &self.format[start..end];
        let key = match std::str::from_utf8(key) {
            Ok(text) if !self.binary => Value::str(text),
            _ => bytes::from_slice(key),
        };
        self.at = end + 1;
        self.values = Cow::Owned(vec![protocol::get_item(mapping, &key)?]);
        self.next = 0;
        Ok(())
    }

    fn spec(&mut self) -> Result<Spec> {
        let mut spec = Spec::default();
        while let Some(flag) = self.peek() {
            match flag {
                b'-' => spec.left = true,
                b'+' => spec.plus = true,
                b' ' => spec.space = true,
                b'#' => spec.alternate = true,
                b'0' => spec.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        match self.number(i64::MAX, "width too big")? {
            Some(n) if n < 0 => (spec.left, spec.width) = (true, n.unsigned_abs() as usize),
            n => spec.width = n.unwrap_or(0) as usize,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            let n = self.number(i32::MAX.into(), "precision too big")?;
            spec.precision = Some(n.unwrap_or(0).max(0) as usize);
        }
        if let Some(b'h' | b'l' | b'L') = self.peek() {
            self.at += 1;
        }
        Ok(spec)
    }

    /// A width or precision: digits, or `*` for the next value.
    fn number(&mut self, max: i64, too_big: &str) -> Result<Option<i64>> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            let v = self.next_value()?;
            if int::view(&v).is_none() {
                return type_error("* wants int");
            }
            return match int::to_i64(&v) {
                Some(n) if n.unsigned_abs() <= max.unsigned_abs() => Ok(Some(n)),
                _ if max == i64::MAX => overflow_error("Python int too large to convert to C ssize_t"),
                _ => overflow_error("Python int too large to convert to C int"),
            };
        }
        let mut n = None;
        while let Some(d @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            let next = n.unwrap_or(0i64).checked_mul(10).and_then(|n| n.checked_add((d - b'0').into()));
            match next.filter(|&n| n <= max) {
                Some(next) => n = Some(next),
                None => return value_error(too_big),
            }
        }
        Ok(n)
    }

    /// Writes `head`, zeros or spaces up to the width, and `rest`, which together have `chars` characters.
    fn write(&mut self, spec: &Spec, zeros: bool, head: &str, rest: &[u8], chars: usize) -> Result<()> {
        let missing = spec.width.saturating_sub(chars);
        let room = missing.checked_add(head.len() + rest.len());
        if room.is_none_or(|room| self.out.try_reserve(room).is_err()) {
            return memory_error();
        }
        let pad = |out: &mut Vec<u8>, fill| out.resize(out.len() + missing, fill);
        if !spec.left && !zeros {
            pad(&mut self.out, b' ');
        }
        self.out.extend_from_slice(head.as_bytes());
        if !spec.left && zeros {
            pad(&mut self.out, b'0');
        }
        self.out.extend_from_slice(rest);
        if spec.left {
            pad(&mut self.out, b' ');
        }
        Ok(())
    }

    fn text(&mut self, spec: &Spec, kind: u8, v: &Value) -> Result<()> {
        if self.binary {
            let data = match kind {
                b's' | b'b' => bytes_of(v)?,
                _ => protocol::ascii(v)?.into_bytes(),
            };
            let n = spec.precision.map_or(data.len(), |n| n.min(data.len()));
            return self.write(spec, false, "", &data[..n], n);
        }
        let text = match kind {
            b's' => protocol::str(v)?,
            b'r' => protocol::repr(v)?,
            _ => Value::str(&protocol::ascii(v)?),
        };
        let text = text.as_str().unwrap_or_default();
        let chars = if spec.width == 0 && spec.precision.is_none() { 0 } else { text.chars().count() };
        match spec.precision {
            Some(n) if n < chars => {
                let end = text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
                self.write(spec, false, "", &text.as_bytes()[..end], n)
            }
            _ => self.write(spec, false, "", text.as_bytes(), chars),
        }
    }

    fn character(&mut self, spec: &Spec, v: &Value) -> Result<()> {
        if self.binary {
            return match bytes::byte_of(v)? {
                Some(b) => self.write(spec, false, "", &[b], 1),
                None => type_error("%c requires an integer in range(256) or a single byte"),
            };
        }
        if let Some(s) = v.as_str() {
            return match s.chars().count() {
                1 => self.write(spec, false, "", s.as_bytes(), 1),
                _ => type_error("%c requires int or char"),
            };
        }
        if v.ty().slots().index.is_none() {
            return type_error("%c requires int or char");
        }
        let code = int::to_big(&protocol::index(v)?).unwrap_or_default();
        match format::char_of(&code) {
            Some(c) => self.write(spec, false, "", c.encode_utf8(&mut [0; 4]).as_bytes(), 1),
            None => overflow_error("%c arg not in range(0x110000)"),
        }
    }

    fn integer(&mut self, spec: &Spec, kind: u8, v: &Value) -> Result<()> {
        let slots = v.ty().slots();
        let (need, converted) = match kind {
            b'd' | b'i' | b'u' => ("a real number is required", {
                let is_number = slots.index.is_some() || slots.int.is_some() || slots.float.is_some();
                if is_number {
                    protocol::call(&int::INT.value(), std::slice::from_ref(v)).map(Some)
                } else {
                    Ok(None)
                }
            }),
            _ => ("an integer is required", {
                if slots.index.is_some() { protocol::index(v).map(Some) } else { Ok(None) }
            }),
        };
        let whole = match converted {
            Ok(Some(whole)) => whole,
            Err(e) if !e.0.ty().is_subtype(&exception::TYPE_ERROR) => return Err(e),
            _ => {
                let ty = v.ty().name();
                // What formats bytes does not tell the two apart.
                let kind = if self.binary && kind == b'i' { 'd' } else { kind as char };
                return type_error(format!("%{kind} format: {need}, not {ty}"));
            }
        };
        let (mut digits, prefix) = match kind {
            b'd' | b'i' | b'u' => (int::to_decimal(&whole)?.trim_start_matches('-').to_owned(), ""),
            _ => format::radix_digits(&int::to_big(&whole).unwrap_or_default(), kind as char),
        };
        if let Some(n) = spec.precision.filter(|&n| n > digits.len()) {
            let mut longer = String::new();
            bytes::reserve_text(&mut longer, 0, n, '0')?;
            longer.extend(std::iter::repeat_n('0', n - digits.len()));
            digits = longer + &digits;
        }
        self.number_text(spec, int::is_negative(&whole), if spec.alternate { prefix } else { "" }, &digits)
    }

    fn number_text(&mut self, spec: &Spec, negative: bool, prefix: &str, digits: &str) -> Result<()> {
        let sign = match () {
            _ if negative => "-",
            _ if spec.plus => "+",
            _ if spec.space => " ",
            _ => "",
        };
        let head = format!("{sign}{prefix}");
        let chars = head.len() + digits.len();
        self.write(spec, spec.zero, &head, digits.as_bytes(), chars)
    }

    fn float(&mut self, spec: &Spec, kind: u8, v: &Value) -> Result<()> {
        let f = match float::coerce(v) {
            Err(e) if self.binary && e.0.ty().is_subtype(&exception::TYPE_ERROR) => {
                return type_error(format!("float argument required, not {}", v.ty().name()));
            }
            f => f?,
        };
        let flags = Flags { alternate: spec.alternate, ..Flags::default() };
        let precision = spec.precision.unwrap_or(6);
        bytes::reserve_text(&mut String::new(), 0, precision, '0')?;
        let text = float::to_text(f, kind as char, precision, flags);
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, &text[..]),
        };
        self.number_text(spec, negative, "", digits)
    }
}

/// What `%b` shows: a bytes-like object, or what its `__bytes__` gives.
fn bytes_of(v: &Value) -> Result<Vec<u8>> {
    if let Some(data) = bytes::copy_of(v) {
        return Ok(data);
    }
    match protocol::lookup_special(v, &intern("__bytes__"))? {
        Some(f) => bytes::checked_result(&protocol::call(&f, &[])?),
        None => type_error(format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
            v.ty().name()
        )),
    }
}
