//! `split`, `rsplit`, `splitlines` and `join`.

use super::{body, part};
use crate::object::{List, Result, Str, StrWriter, Value, arg};
use crate::protocol::{self, memory_error, overflow_error, type_error, value_error};
use crate::types::unicode::is_space;
use crate::types::{list::LIST, search, tuple::TUPLE};

/// The separator of `split`: `None` for whitespace.
fn separator(v: &Value) -> Result<Option<&str>> {
    let Some(v) = v.as_bound().filter(|v| !v.is_none()) else { return Ok(None) };
    match v.as_str() {
        Some("") => value_error("empty separator"),
        Some(sep) => Ok(Some(sep)),
        None => type_error(format!("must be str or None, not {}", v.ty().name())),
    }
}

pub(super) fn split(a: &[Value]) -> Result {
    let max = search::limit(arg(a, 2))?;
    let (v, s) = (&a[0], body(&a[0]).as_str());
    let mut parts = Vec::with_capacity((s.len() / 2).clamp(2, 12));
    match separator(arg(a, 1))? {
        Some(sep) => {
            let mut done = 0;
            search::each(s.as_bytes(), sep.as_bytes(), max, |at| {
                parts.push(part(v, &s[done..at]));
                done = at + sep.len();
            });
            parts.push(part(v, &s[done..]));
        }
        None if body(v).is_ascii() => split_ascii(s, max, &mut parts),
        None => {
            let mut rest = s.trim_start_matches(is_space);
            while !rest.is_empty() && parts.len() < max {
                let at = rest.find(is_space).unwrap_or(rest.len());
                parts.push(part(v, &rest[..at]));
                rest = rest[at..].trim_start_matches(is_space);
            }
            if !rest.is_empty() {
                parts.push(part(v, rest));
            }
        }
    }
    Ok(Value::list(parts))
}

fn is_ascii_space(b: u8) -> bool {
    matches!(b, b' ' | 9..=13 | 28..=31)
}

fn split_ascii(s: &str, max: usize, parts: &mut Vec<Value>) {
    let bytes = s.as_bytes();
    let mut i = 0;
    loop {
        while i < bytes.len() && is_ascii_space(bytes[i]) {
            i += 1;
        }
        if i == bytes.len() {
            return;
        }
        if parts.len() == max {
            return parts.push(Value::str_counted(&s[i..], s.len() - i));
        }
        let start = i;
        while i < bytes.len() && !is_ascii_space(bytes[i]) {
            i += 1;
        }
        parts.push(Value::str_counted(&s[start..i], i - start));
    }
}

pub(super) fn rsplit(a: &[Value]) -> Result {
    let max = search::limit(arg(a, 2))?;
    let (v, s) = (&a[0], body(&a[0]).as_str());
    let mut parts = Vec::new();
    let mut rest = s;
    match separator(arg(a, 1))? {
        Some(sep) => {
            while parts.len() < max
                && let Some(at) = search::rfind(rest.as_bytes(), sep.as_bytes())
            {
                parts.push(part(v, &rest[at + sep.len()..]));
                rest = &rest[..at];
            }
            parts.push(part(v, rest));
        }
        None => {
            rest = rest.trim_end_matches(is_space);
            while !rest.is_empty() && parts.len() < max {
                let word = rest.char_indices().rev().find(|&(_, c)| is_space(c));
                let at = word.map_or(0, |(i, c)| i + c.len_utf8());
                parts.push(part(v, &rest[at..]));
                rest = rest[..at].trim_end_matches(is_space);
            }
            if !rest.is_empty() {
                parts.push(part(v, rest));
            }
        }
    }
    parts.reverse();
    Ok(Value::list(parts))
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

pub(super) fn splitlines(a: &[Value]) -> Result {
    let keep = arg(a, 1).as_bound().map_or(Ok(0), super::c_int)? != 0;
    let (v, mut rest) = (&a[0], body(&a[0]).as_str());
    let mut lines = Vec::new();
    while !rest.is_empty() {
        let at = rest.find(ends_line).unwrap_or(rest.len());
        let end = match rest[at..].chars().next() {
            Some('\r') if rest[at + 1..].starts_with('\n') => at + 2,
            Some(c) => at + c.len_utf8(),
            None => at,
        };
        lines.push(part(v, &rest[..if keep { end } else { at }]));
        rest = &rest[end..];
    }
    Ok(Value::list(lines))
}

pub(super) fn join(a: &[Value]) -> Result {
    let (separator, v) = (body(&a[0]), &a[1]);
    if v.is_exact(&LIST)
        && let Some(list) = v.cast::<List>()
    {
        // No code of the program runs while the list is borrowed.
        return join_items(separator, &list.items.borrow());
    }
    if v.is_exact(&TUPLE)
        && let Some(items) = v.as_tuple()
    {
        return join_items(separator, items);
    }
    if v.ty().slots().iter.is_none() && v.ty().slots().get_item.is_none() {
        return type_error("can only join an iterable");
    }
    join_items(separator, &protocol::collect_from_iter(v)?)
}

fn join_items(separator: &Str, items: &[Value]) -> Result {
    if let [only] = items
        && only.is_exact(&super::STR)
    {
        return Ok(only.clone());
    }
    let gaps = items.len().saturating_sub(1);
    let (mut len, mut chars) = (separator.len().saturating_mul(gaps), separator.chars().saturating_mul(gaps));
    for (i, item) in items.iter().enumerate() {
        let Some(s) = item.cast::<Str>() else {
            let ty = item.ty().name();
            return type_error(format!("sequence item {i}: expected str instance, {ty} found"));
        };
        len = len.saturating_add(s.len());
        chars = chars.saturating_add(s.chars());
    }
    if len > isize::MAX as usize {
        return overflow_error("join() result is too long for a Python string");
    }
    let Some(mut out) = StrWriter::new(len, chars) else { return memory_error() };
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(separator.as_str());
        }
        out.push(item.as_str().unwrap_or_default());
    }
    Ok(out.finish())
}
