//! Encodings of one byte for each character: those with a table here, written by `scripts/charmaps`, and those
//! whose table a program gives.

use super::{Bad, Encoding, decode_steps, each};
use crate::object::{Dict, Raised, Result, Value};
use crate::protocol::{self, type_error};
use crate::types::unicode::{char_of, code_of};
use crate::types::{bytes, exception, int};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Mutex;

/// How the encoders of this file tell their errors.
pub(super) static ENCODING: Encoding =
    Encoding { name: "charmap", reason: "character maps to <undefined>", single: false };

/// Stands in a table for a byte that means nothing.
const UNDEFINED: char = '\u{fffe}';

/// What a table is written in: see `scripts/charmaps`.
static TABLES: &str = include_str!("charmaps.txt");

/// An encoding: what its bytes mean, and the other way.
pub struct Charmap {
    name: &'static str,
    chars: [char; 256],
    bytes: HashMap<u32, u8>,
}

impl Charmap {
    /// The byte for a code point.
    pub(super) fn byte(&self, code: u32) -> Option<u8> {
        self.bytes.get(&code).copied()
    }

    /// Reads a line of the tables.
    fn parse(name: &'static str, runs: &str) -> Charmap {
        let mut chars: [char; 256] = std::array::from_fn(|i| i as u8 as char);
        for (first, text) in runs.split(' ').filter_map(|run| run.split_once(':')) {
            let mut places = chars.iter_mut().skip(usize::from_str_radix(first, 16).unwrap_or(256));
            let mut text = text.chars();
            while let (Some(c), Some(place)) = (text.next(), places.next()) {
                *place = c;
                if c == '\\' {
                    let rest = text.as_str();
                    let (digits, rest) = rest.split_at(rest.len().min(4));
                    *place =
                        u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).unwrap_or(UNDEFINED);
                    text = rest.chars();
                }
            }
        }
        let good = chars.iter().enumerate().filter(|(_, c)| **c != UNDEFINED);
        let bytes = good.map(|(i, &c)| (c as u32, i as u8)).collect();
        Charmap { name, chars, bytes }
    }
}

/// The tables that have been used.
static USED: Mutex<Vec<&'static Charmap>> = Mutex::new(Vec::new());

/// The encoding with this name, in the spelling of the library.
pub(super) fn find(name: &str) -> Option<&'static Charmap> {
    let (name, runs) = TABLES.lines().filter_map(|line| line.split_once(' ')).find(|(n, _)| *n == name)?;
    let mut used = USED.lock().ok()?;
    if let Some(&map) = used.iter().find(|map| map.name == name) {
        return Some(map);
    }
    let map: &'static Charmap = Box::leak(Box::new(Charmap::parse(name, runs)));
    used.push(map);
    Some(map)
}

/// Decodes by a table of this file.
pub(super) fn decode_table(map: &Charmap, data: &[u8], errors: &str) -> Result<(Value, usize)> {
    decode_by(data, errors, |byte, out| {
        let c = map.chars[byte as usize];
        let good = c != UNDEFINED;
        if good {
            out.push(c);
        }
        Ok(good)
    })
}

/// Decodes byte by byte. `put` appends what a byte means; false if it means nothing.
fn decode_by(
    data: &[u8],
    errors: &str,
    put: impl Fn(u8, &mut String) -> Result<bool>,
) -> Result<(Value, usize)> {
    let failed: RefCell<Option<Raised>> = RefCell::new(None);
    let result = decode_steps(ENCODING.name, data, 0, errors, true, |data, at, out| {
        for (i, &byte) in data.iter().enumerate().skip(at) {
            match put(byte, out) {
                Ok(true) => {}
                Ok(false) => return Err(Bad::new(i, i + 1, ENCODING.reason)),
                Err(e) => {
                    *failed.borrow_mut() = Some(e);
                    return Ok(());
                }
            }
        }
        Ok(())
    });
    match failed.into_inner() {
        Some(e) => Err(e),
        None => result,
    }
}

/// What a program's table says of a number; `None` for nothing.
fn entry(mapping: &Value, n: u32) -> Result<Option<Value>> {
    match protocol::get_item(mapping, &int::from_i64(n.into())) {
        Ok(v) => Ok(Some(v).filter(|v| !v.is_none())),
        Err(e) if e.0.ty().is_subtype(&exception::LOOKUP_ERROR) => Ok(None),
        Err(e) => Err(e),
    }
}

/// `codecs.charmap_decode` with a table: a string, or a mapping from bytes to code points or strings.
pub fn decode(data: &[u8], errors: &str, mapping: &Value) -> Result<(Value, usize)> {
    if let Some(text) = mapping.as_str() {
        let chars: Vec<char> = text.chars().collect();
        return decode_by(data, errors, |byte, out| {
            let c = chars.get(byte as usize).copied().filter(|&c| c != UNDEFINED);
            out.extend(c);
            Ok(c.is_some())
        });
    }
    decode_by(data, errors, |byte, out| {
        let Some(v) = entry(mapping, byte.into())? else { return Ok(false) };
        if let Some(text) = v.as_str() {
            out.push_str(text);
            return Ok(!text.starts_with(UNDEFINED));
        }
        if int::view(&v).is_none() {
            return type_error("character mapping must return integer, None or str");
        }
        match int::to_i64(&v).and_then(|n| u32::try_from(n).ok()).and_then(char_of) {
            Some(UNDEFINED) => Ok(false),
            Some(c) => {
                out.push(c);
                Ok(true)
            }
            None => type_error("character mapping must be in range(0x110000)"),
        }
    })
}

/// `codecs.charmap_encode` with a table: a mapping from code points to bytes or numbers.
pub fn encode(v: &Value, errors: &str, mapping: &Value) -> Result<Vec<u8>> {
    let failed: RefCell<Option<Raised>> = RefCell::new(None);
    let put = |code: u32, out: &mut Vec<u8>| -> Result<bool> {
        let Some(v) = entry(mapping, code)? else { return Ok(false) };
        if let Some(data) = bytes::as_bytes(&v) {
            out.extend(data);
        } else if int::view(&v).is_none() {
            return type_error(format!(
                "character mapping must return integer, bytes or None, not {}",
                v.ty().name()
            ));
        } else if let Some(byte) = int::to_i64(&v).and_then(|n| u8::try_from(n).ok()) {
            out.push(byte);
        } else {
            return type_error("character mapping must be in range(256)");
        }
        Ok(true)
    };
    let result = each(&ENCODING, v, v.as_str().unwrap_or_default(), errors, |code, out| {
        failed.borrow().is_some()
            || put(code, out).unwrap_or_else(|e| {
                *failed.borrow_mut() = Some(e);
                true
            })
    });
    match failed.into_inner() {
        Some(e) => Err(e),
        None => result,
    }
}

/// `codecs.charmap_build`: from what bytes mean, as a string, the table to encode by.
pub fn build(text: &str) -> Result {
    let table = Dict::new();
    if let Some(dict) = table.cast::<Dict>() {
        for (i, c) in text.chars().enumerate().filter(|(_, c)| *c != UNDEFINED) {
            dict.set(&int::from_i64(code_of(c).into()), int::from_usize(i))?;
        }
    }
    Ok(table)
}
