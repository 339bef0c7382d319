//! Templates of replacements: `\1`, `\g<name>`, and escapes.

use super::matcher::UNSET;
use super::objects::pat;
use crate::object::{Result, Value};
use crate::protocol::{self, index_error, type_error};
use crate::types::{bytes, int};
use std::sync::Arc;

/// A part of a template.
enum Part {
    Text(Vec<u8>),
    Group(usize),
}

/// A parsed template.
pub struct Template(Vec<Part>);

impl Template {
    /// Appends the replacement for a match; groups that have not matched are empty.
    pub fn fill(&self, text: &[u8], slots: &[usize], out: &mut Vec<u8>) {
        for part in &self.0 {
            match part {
                Part::Text(t) => out.extend_from_slice(t),
                Part::Group(n) => match (slots[n * 2], slots[n * 2 + 1]) {
                    (UNSET, _) | (_, UNSET) => {}
                    (from, to) => out.extend_from_slice(&text[from..to]),
                },
            }
        }
    }
}

/// The bytes of a replacement.
pub fn piece(v: &Value, is_bytes: bool) -> Result<Vec<u8>> {
    match (v.as_str(), bytes::copy_of(v)) {
        (Some(s), _) if !is_bytes => Ok(s.as_bytes().to_vec()),
        (None, Some(b)) if is_bytes => Ok(b),
        _ => {
            let wanted = if is_bytes { "a bytes-like object" } else { "str instance" };
            type_error(format!("sequence item 0: expected {wanted}, {} found", v.ty().name()))
        }
    }
}

/// The template of a replacement for a pattern; that of the last one is kept.
pub fn template(pattern: &Value, text: &Value) -> Result<Arc<Template>> {
    let p = pat(pattern);
    if let Some((last, template)) = &*p.template.borrow()
        && last.is(text)
    {
        return Ok(template.clone());
    }
    let Some((chars, is_bytes)) = super::characters(text) else {
        return type_error(format!("decoding to str: need a bytes-like object, {} found", text.ty().name()));
    };
    if is_bytes != p.is_bytes {
        piece(text, p.is_bytes)?;
    }
    let parts = Parser { chars: &chars, at: 0, is_bytes, pattern }.parts()?;
    let template = Arc::new(Template(parts));
    let old = p.template.replace(Some((text.clone(), template.clone())));
    drop(old);
    Ok(template)
}

struct Parser<'a> {
    chars: &'a [u32],
    at: usize,
    is_bytes: bool,
    pattern: &'a Value,
}

impl Parser<'_> {
    /// Raises `re.error`.
    fn fail<T>(&self, message: &str, position: usize) -> Result<T> {
        let re = crate::vm::import::import_absolute("re")?;
        let class = protocol::get_attr(&re, &crate::object::intern("error"))?;
        let text = match self.is_bytes {
            true => bytes::from_vec(self.chars.iter().map(|&c| c as u8).collect()),
            false => Value::str(&self.chars.iter().filter_map(|&c| char::from_u32(c)).collect::<String>()),
        };
        let e = protocol::call(&class, &[Value::str(message), text, int::from_usize(position)])?;
        Err(crate::object::Raised(e))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).and_then(|&c| char::from_u32(c))
    }

    fn push(&self, c: u32, text: &mut Vec<u8>) {
        match char::from_u32(c) {
            Some(c) if !self.is_bytes => text.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
            _ => text.push(c as u8),
        }
    }

    fn group(&self, n: usize, position: usize) -> Result<Part> {
        if n > pat(self.pattern).program.groups {
            return self.fail(&format!("invalid group reference {n}"), position);
        }
        Ok(Part::Group(n))
    }

    fn parts(mut self) -> Result<Vec<Part>> {
        let (mut parts, mut text) = (Vec::new(), Vec::new());
        while let Some(&c) = self.chars.get(self.at) {
            let start = self.at;
            self.at += 1;
            if c != '\\' as u32 {
                self.push(c, &mut text);
                continue;
            }
            let Some(c) = self.peek() else { return self.fail("bad escape (end of pattern)", start) };
            self.at += 1;
            let part = match c {
                'g' => Some(self.named()?),
                '0' => {
                    let n = self.octal(0, 2);
                    self.push(n, &mut text);
                    None
                }
                '1'..='9' => self.numbered(c, start, &mut text)?,
                _ => {
                    match "abfnrtv\\".find(c) {
                        Some(i) => text.push(b"\x07\x08\x0c\n\r\t\x0b\\"[i]),
                        None if c.is_ascii_alphabetic() => {
                            return self.fail(&format!("bad escape \\{c}"), start);
                        }
                        None => {
                            text.push(b'\\');
                            self.push(c as u32, &mut text);
                        }
                    }
                    None
                }
            };
            if let Some(part) = part {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(part);
            }
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(parts)
    }

    fn octal(&mut self, first: u32, more: usize) -> u32 {
        let mut n = first;
        for _ in 0..more {
            match self.peek().and_then(|c| c.to_digit(8)) {
                Some(d) => {
                    n = n * 8 + d;
                    self.at += 1;
                }
                None => break,
            }
        }
        n & 0xff
    }

    /// A group by one or two digits, or a character by three octal ones.
    fn numbered(&mut self, c: char, start: usize, text: &mut Vec<u8>) -> Result<Option<Part>> {
        let first = c.to_digit(10).unwrap_or(0);
        let Some(second) = self.peek().and_then(|c| c.to_digit(10)) else {
            return self.group(first as usize, start + 1).map(Some);
        };
        let third = self.chars.get(self.at + 1).and_then(|&c| char::from_u32(c)).and_then(|c| c.to_digit(8));
        if let Some(third) = third
            && first < 8
            && second < 8
        {
            self.at += 2;
            let n = first * 64 + second * 8 + third;
            if n > 0o377 {
                let text = format!("octal escape value \\{first}{second}{third} outside of range 0-0o377");
                return self.fail(&text, start);
            }
            self.push(n, text);
            return Ok(None);
        }
        self.at += 1;
        self.group((first * 10 + second) as usize, start + 1).map(Some)
    }

    /// `\g<name>` or `\g<number>`
    fn named(&mut self) -> Result<Part> {
        if self.peek() != Some('<') {
            return self.fail("missing <", self.at);
        }
        self.at += 1;
        let from = self.at;
        while self.peek().is_some_and(|c| c != '>') {
            self.at += 1;
        }
        let name: String = self.chars[from..self.at].iter().filter_map(|&c| char::from_u32(c)).collect();
        if self.peek().is_none() {
            let text = if name.is_empty() { "missing group name" } else { "missing >, unterminated name" };
            return self.fail(text, from);
        }
        self.at += 1;
        if name.is_empty() {
            return self.fail("missing group name", from);
        }
        let shown = crate::types::str::quote(&name);
        if !crate::types::unicode::is_identifier(&name) {
            return match super::group::group_number(&name) {
                Some(n) => self.group(n as usize, from),
                None => self.fail(&format!("bad character in group name {shown}"), from),
            };
        }
        match pat(self.pattern).names.iter().find(|n| n.0 == name) {
            Some(n) => Ok(Part::Group(n.1 as usize)),
            None => index_error(format!("unknown group name {shown}")),
        }
    }
}
