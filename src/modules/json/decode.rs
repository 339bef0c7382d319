//! From JSON text to objects. Positions are bytes here, and characters for the program.

use crate::object::{Dict, Raised, Result, Value, arg, intern};
use crate::protocol::{self, call, type_error, value_error};
use crate::types::{exception, float, int, unicode};
use crate::vm::{self, safepoint};

/// How many keys are kept to be found again.
const KEYS: usize = 64;

/// A text and what is made of its parts.
struct Decoder<'a> {
    source: &'a Value,
    text: &'a str,
    /// Whether characters are bytes.
    narrow: bool,
    strict: bool,
    object_hook: Option<&'a Value>,
    pairs_hook: Option<&'a Value>,
    parse_float: Option<&'a Value>,
    parse_int: Option<&'a Value>,
    parse_constant: Option<&'a Value>,
    /// Keys that have been met, each in the place that its length and ends give it.
    keys: Vec<Value>,
    depth: usize,
    max_depth: usize,
}

/// An object, and the place behind its text.
type Parsed = Result<(Value, usize)>;

impl<'a> Decoder<'a> {
    fn new(source: &'a Value, strict: bool) -> Result<Decoder<'a>> {
        let Some(text) = source.as_str() else {
            return type_error(format!("first argument must be a string, not {}", source.ty().name()));
        };
        Ok(Decoder {
            source,
            text,
            narrow: text.is_ascii(),
            strict,
            object_hook: None,
            pairs_hook: None,
            parse_float: None,
            parse_int: None,
            parse_constant: None,
            keys: Vec::new(),
            depth: 0,
            max_depth: safepoint::recursion_limit(),
        })
    }

    /// The byte at which a character begins, or the end of the text.
    fn byte_of(&self, index: usize) -> Option<usize> {
        match self.narrow {
            true => Some(index).filter(|i| *i <= self.text.len()),
            false => self.text.char_indices().map(|c| c.0).chain([self.text.len()]).nth(index),
        }
    }

    /// The number of the character that begins at a byte.
    fn index_of(&self, byte: usize) -> Value {
        int::from_usize(self.count(byte))
    }

    fn count(&self, byte: usize) -> usize {
        if self.narrow { byte } else { self.text[..byte].chars().count() }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// `JSONDecodeError`
    #[cold]
    fn fail<T>(&self, message: &str, at: usize) -> Result<T> {
        self.fail_at(message, self.index_of(at))
    }

    #[cold]
    fn fail_at<T>(&self, message: &str, index: Value) -> Result<T> {
        let module = vm::import::import_absolute("json.decoder")?;
        let class = protocol::get_attr(&module, &intern("JSONDecodeError"))?;
        let e = call(&class, &[Value::str(message), self.source.clone(), index])?;
        Err(Raised(e))
    }

    /// What says that no object begins at a place.
    #[cold]
    fn nothing<T>(&self, at: usize) -> Result<T> {
        Err(protocol::raise_args(&exception::STOP_ITERATION, vec![self.index_of(at)]))
    }

    /// The place of the next character that is no white space.
    fn skip(&self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        at + rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r')).unwrap_or(rest.len())
    }

    fn value(&mut self, at: usize) -> Parsed {
        let rest = &self.text[at..];
        match self.byte(at) {
            Some(b'"') => self.string(at + 1),
            Some(b'{') => {
                self.nested(" while decoding a JSON object from a unicode string", |d| d.object(at + 1))
            }
            Some(b'[') => {
                self.nested(" while decoding a JSON array from a unicode string", |d| d.array(at + 1))
            }
            Some(b'n') if rest.starts_with("null") => Ok((Value::NONE, at + 4)),
            Some(b't') if rest.starts_with("true") => Ok((Value::TRUE, at + 4)),
            Some(b'f') if rest.starts_with("false") => Ok((Value::FALSE, at + 5)),
            Some(b'N') if rest.starts_with("NaN") => self.constant("NaN", f64::NAN, at),
            Some(b'I') if rest.starts_with("Infinity") => self.constant("Infinity", f64::INFINITY, at),
            Some(b'-') if rest.starts_with("-Infinity") => self.constant("-Infinity", f64::NEG_INFINITY, at),
            Some(b'-' | b'0'..=b'9') => self.number(at),
            _ => self.nothing(at),
        }
    }

    fn nested(&mut self, doing: &str, f: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= self.max_depth {
            return Err(safepoint::too_deep(doing));
        }
        self.depth += 1;
        let parsed = vm::guard_native_recursion(doing, || f(self))?;
        self.depth -= 1;
        Ok(parsed)
    }

    fn constant(&self, name: &str, value: f64, at: usize) -> Parsed {
        let value = match self.parse_constant {
            Some(f) => call(f, &[Value::str(name)])?,
            None => float::from_f64(value),
        };
        Ok((value, at + name.len()))
    }

    fn number(&self, start: usize) -> Parsed {
        let digits = |from: usize| {
            let mut at = from;
            while self.byte(at).is_some_and(|b| b.is_ascii_digit()) {
                at += 1;
            }
            at
        };
        let first = start + (self.byte(start) == Some(b'-')) as usize;
        let mut end = digits(first);
        if end == first {
            return self.nothing(start);
        }
        if self.byte(first) == Some(b'0') {
            end = first + 1;
        }
        let whole = end;
        if self.byte(end) == Some(b'.') {
            let behind = digits(end + 1);
            end = if behind > end + 1 { behind } else { end };
        }
        if let Some(b'e' | b'E') = self.byte(end) {
            let first = end + 1 + matches!(self.byte(end + 1), Some(b'+' | b'-')) as usize;
            let behind = digits(first);
            end = if behind > first { behind } else { end };
        }
        let text = &self.text[start..end];
        let hook = if end == whole { self.parse_int } else { self.parse_float };
        let value = match hook {
            Some(f) => call(f, &[Value::str(text)])?,
            None if end > whole => float::from_f64(float::parse::parse(text).unwrap_or(f64::NAN)),
            None => match text.parse() {
                Ok(small) => int::from_i64(small),
                Err(_) => int::parse_text(text, 10)?.unwrap_or(Value::NONE),
            },
        };
        Ok((value, end))
    }

    fn array(&mut self, at: usize) -> Parsed {
        let mut items = Vec::new();
        let mut at = self.skip(at);
        if self.byte(at) == Some(b']') {
            return Ok((Value::list(items), at + 1));
        }
        loop {
            let (item, end) = self.value(at)?;
            items.push(item);
            at = self.skip(end);
            match self.byte(at) {
                Some(b']') => return Ok((Value::list(items), at + 1)),
                Some(b',') => at = self.skip(at + 1),
                _ => return self.fail("Expecting ',' delimiter", at),
            }
        }
    }

    fn object(&mut self, at: usize) -> Parsed {
        let dict = Dict::new();
        let mut pairs = Vec::new();
        let mut at = self.skip(at);
        let mut more = self.byte(at) != Some(b'}');
        while more {
            if self.byte(at) != Some(b'"') {
                return self.fail("Expecting property name enclosed in double quotes", at);
            }
            let (key, end) = self.key(at + 1)?;
            at = self.skip(end);
            if self.byte(at) != Some(b':') {
                return self.fail("Expecting ':' delimiter", at);
            }
            let (value, end) = self.value(self.skip(at + 1))?;
            match (self.pairs_hook, dict.cast::<Dict>()) {
                (None, Some(d)) => d.set(&key, value)?,
                _ => pairs.push(Value::tuple(vec![key, value])),
            }
            at = self.skip(end);
            match self.byte(at) {
                Some(b'}') => more = false,
                Some(b',') => at = self.skip(at + 1),
                _ => return self.fail("Expecting ',' delimiter", at),
            }
        }
        let object = match (self.pairs_hook, self.object_hook) {
            (Some(hook), _) => call(hook, &[Value::list(pairs)])?,
            (None, Some(hook)) => call(hook, &[dict])?,
            (None, None) => dict,
        };
        Ok((object, at + 1))
    }

    /// The string that begins at a place, if it has no escapes and ends properly.
    fn simple(&self, start: usize) -> Option<&'a str> {
        let rest = &self.text.as_bytes()[start..];
        let n = rest.iter().position(|b| matches!(b, b'"' | b'\\' | ..0x20))?;
        (rest[n] == b'"').then(|| &self.text[start..start + n])
    }

    fn plain(&self, text: &str) -> Value {
        if self.narrow { Value::str_counted(text, text.len()) } else { Value::str(text) }
    }

    /// A key: those that are equal are one object.
    fn key(&mut self, start: usize) -> Parsed {
        let Some(text) = self.simple(start) else { return self.string(start) };
        let end = start + text.len() + 1;
        if self.keys.is_empty() {
            self.keys.resize(KEYS, Value::NONE);
        }
        let byte = |i: usize| text.as_bytes().get(i).map_or(0, |b| *b as usize);
        let place =
            (text.len() * 31 + byte(0) * 7 + byte(text.len().saturating_sub(1)) + byte(text.len() / 2))
                % KEYS;
        if self.keys[place].as_str() != Some(text) {
            self.keys[place] = self.plain(text);
        }
        Ok((self.keys[place].clone(), end))
    }

    /// The string whose opening quote ends at a place.
    fn string(&self, start: usize) -> Parsed {
        if let Some(text) = self.simple(start) {
            return Ok((self.plain(text), start + text.len() + 1));
        }
        let unterminated = |d: &Self| {
            // The program may say so where there is no quote, even at the beginning.
            let quote = int::from_i64(d.count(start) as i64 - 1);
            d.fail_at("Unterminated string starting at", quote)
        };
        let (mut out, mut at) = (String::new(), start);
        loop {
            let from = at;
            while self.byte(at).is_some_and(|b| b != b'"' && b != b'\\' && (b >= 0x20 || !self.strict)) {
                at += 1;
            }
            out.push_str(&self.text[from..at]);
            match self.byte(at) {
                None => return unterminated(self),
                Some(b'"') => return Ok((Value::str(&out), at + 1)),
                Some(b'\\') => {}
                Some(_) => return self.fail("Invalid control character at", at),
            }
            let escape = at;
            at += 2;
            out.push(match self.byte(escape + 1) {
                None => return unterminated(self),
                Some(c @ (b'"' | b'\\' | b'/')) => c as char,
                Some(b'b') => '\x08',
                Some(b'f') => '\x0c',
                Some(b'n') => '\n',
                Some(b'r') => '\r',
                Some(b't') => '\t',
                Some(b'u') => {
                    let mut code = self.hex(at)?;
                    at += 4;
                    // Two surrogates are one character.
                    if (0xd800..0xdc00).contains(&code) && self.text[at..].starts_with("\\u") {
                        let low = if self.text.len() > at + 6 { self.hex(at + 2)? } else { 0 };
                        if (0xdc00..0xe000).contains(&low) {
                            code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
                            at += 6;
                        }
                    }
                    unicode::char_of(code).unwrap_or('\u{fffd}')
                }
                Some(_) => return self.fail("Invalid \\escape", escape),
            });
        }
    }

    /// The number of four hexadecimal digits, behind which there must be more.
    fn hex(&self, at: usize) -> Result<u32> {
        let digits = self.text.as_bytes().get(at..at + 4).filter(|_| self.text.len() > at + 4);
        let number = digits.and_then(|digits| {
            digits.iter().try_fold(0, |n, b| (*b as char).to_digit(16).map(|digit| n << 4 | digit))
        });
        match number {
            Some(n) => Ok(n),
            None => self.fail("Invalid \\uXXXX escape", at - 1),
        }
    }
}

/// `_json.scan`
pub fn scan(a: &[Value]) -> Result {
    let hook = |i: usize| Some(&a[i]).filter(|h| !h.is_none());
    let mut d = Decoder::new(&a[0], protocol::truth(&a[2])?)?;
    d.object_hook = hook(3);
    d.pairs_hook = hook(4);
    d.parse_float = hook(5);
    d.parse_int = hook(6);
    d.parse_constant = hook(7);
    let Ok(index) = usize::try_from(protocol::index_i64(&a[1])?) else {
        return value_error("idx cannot be negative");
    };
    let Some(at) = d.byte_of(index) else {
        return Err(protocol::raise_args(&exception::STOP_ITERATION, vec![a[1].clone()]));
    };
    let (value, end) = d.value(at)?;
    Ok(Value::tuple(vec![value, d.index_of(end)]))
}

/// `_json.scanstring`
pub fn scan_string(a: &[Value]) -> Result {
    let strict = arg(a, 2).as_bound().map_or(Ok(true), protocol::truth)?;
    let d = Decoder::new(&a[0], strict)?;
    let index = usize::try_from(protocol::index_i64(&a[1])?).ok();
    let Some(at) = index.and_then(|i| d.byte_of(i)) else { return value_error("end is out of bounds") };
    let (value, end) = d.string(at)?;
    Ok(Value::tuple(vec![value, d.index_of(end)]))
}
