//! Case: `upper`, `lower`, `title`, ... and the questions about the characters of a string.

use super::body;
use crate::object::{Result, StrWriter, Value};
use crate::types::unicode::{self, push_folded, push_lower, push_title, push_upper};

/// A new string with each byte mapped, if it is ASCII only.
#[inline]
fn map_ascii(v: &Value, f: impl Fn(u8) -> u8) -> Option<Value> {
    let s = body(v);
    let mut out = StrWriter::new(s.len(), s.chars()).filter(|_| s.is_ascii())?;
    out.push_ascii(s.as_str().bytes().map(f));
    Some(out.finish())
}

/// Appends the small form of `c`, which stands at byte `at` of `text`: a capital sigma that ends a word has
/// a form of its own.
fn push_lower_at(text: &str, at: usize, c: char, out: &mut String) {
    if c != '\u{3a3}' {
        return push_lower(c, out);
    }
    let is_cased = |c: &char| unicode::is_cased(*c);
    let before = text[..at].chars().rev().find(|&c| !unicode::is_case_ignorable(c));
    let after = text[at + c.len_utf8()..].chars().find(|&c| !unicode::is_case_ignorable(c));
    let last = before.as_ref().is_some_and(is_cased) && !after.as_ref().is_some_and(is_cased);
    out.push(if last { '\u{3c2}' } else { '\u{3c3}' });
}

pub(super) fn upper(a: &[Value]) -> Result {
    if let Some(v) = map_ascii(&a[0], |b| b.to_ascii_uppercase()) {
        return Ok(v);
    }
    let mut out = String::new();
    body(&a[0]).as_str().chars().for_each(|c| push_upper(c, &mut out));
    Ok(Value::str(&out))
}

pub(super) fn lower(a: &[Value]) -> Result {
    if let Some(v) = map_ascii(&a[0], |b| b.to_ascii_lowercase()) {
        return Ok(v);
    }
    let text = body(&a[0]).as_str();
    let mut out = String::new();
    text.char_indices().for_each(|(i, c)| push_lower_at(text, i, c, &mut out));
    Ok(Value::str(&out))
}

pub(super) fn casefold(a: &[Value]) -> Result {
    if let Some(v) = map_ascii(&a[0], |b| b.to_ascii_lowercase()) {
        return Ok(v);
    }
    let mut out = String::new();
    body(&a[0]).as_str().chars().for_each(|c| push_folded(c, &mut out));
    Ok(Value::str(&out))
}

pub(super) fn swapcase(a: &[Value]) -> Result {
    let text = body(&a[0]).as_str();
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        if unicode::is_upper(c) {
            push_lower_at(text, i, c, &mut out);
        } else if unicode::is_lower(c) {
            push_upper(c, &mut out);
        } else {
            out.push(c);
        }
    }
    Ok(Value::str(&out))
}

pub(super) fn title(a: &[Value]) -> Result {
    let text = body(&a[0]).as_str();
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for (i, c) in text.char_indices() {
        if inside {
            push_lower_at(text, i, c, &mut out);
        } else {
            push_title(c, &mut out);
        }
        inside = unicode::is_cased(c);
    }
    Ok(Value::str(&out))
}

pub(super) fn capitalize(a: &[Value]) -> Result {
    let text = body(&a[0]).as_str();
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        if i == 0 {
            push_title(c, &mut out);
        } else {
            push_lower_at(text, i, c, &mut out);
        }
    }
    Ok(Value::str(&out))
}

/// Whether there are characters, and `f` holds for all.
pub(super) fn all(a: &[Value], f: fn(char) -> bool) -> Result {
    let text = body(&a[0]).as_str();
    Ok(Value::bool(!text.is_empty() && text.chars().all(f)))
}

/// Whether a character of the case `good` is there and none of the others.
pub(super) fn only_case(a: &[Value], good: fn(char) -> bool, bad: fn(char) -> bool) -> Result {
    let text = body(&a[0]).as_str();
    Ok(Value::bool(text.chars().any(good) && !text.chars().any(|c| bad(c) || unicode::is_title(c))))
}

pub(super) fn is_title(a: &[Value]) -> Result {
    let (mut found, mut inside) = (false, false);
    for c in body(&a[0]).as_str().chars() {
        if unicode::is_upper(c) || unicode::is_title(c) {
            if inside {
                return Ok(Value::FALSE);
            }
            (found, inside) = (true, true);
        } else if unicode::is_lower(c) {
            if !inside {
                return Ok(Value::FALSE);
            }
            found = true;
        } else {
            inside = false;
        }
    }
    Ok(Value::bool(found))
}

pub(super) fn is_printable(a: &[Value]) -> Result {
    Ok(Value::bool(body(&a[0]).as_str().chars().all(unicode::is_printable)))
}
