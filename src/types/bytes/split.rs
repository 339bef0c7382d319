//! `split`, `rsplit`, `splitlines` and `join` of bytes.

use super::{Buffer, buffer, like, me, need, part};
use crate::object::{Result, Value, arg};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::{search, str};
use std::ops::Range;

/// What `split` without a separator and `strip` without an argument take for whitespace.
pub(super) fn is_space(b: &u8) -> bool {
    matches!(b, b' ' | 9..=13)
}

/// The separator; `None` for whitespace.
fn separator(v: &Value) -> Result<Option<Buffer<'_>>> {
    let Some(v) = v.as_bound().filter(|v| !v.is_none()) else { return Ok(None) };
    let sep = need(v)?;
    if sep.is_empty() { value_error("empty separator") } else { Ok(Some(sep)) }
}

fn list(v: &Value, parts: Vec<Range<usize>>) -> Result {
    Ok(Value::list(parts.into_iter().map(|range| part(v, range)).collect()))
}

pub(super) fn split(a: &[Value]) -> Result {
    let max = search::limit(arg(a, 2))?;
    let (sep, data) = (separator(arg(a, 1))?, me(&a[0]));
    let (mut parts, mut at) = (Vec::new(), 0);
    match sep {
        Some(sep) => {
            search::each(&data, &sep, max, |found| {
                parts.push(at..found);
                at = found + sep.len();
            });
            parts.push(at..data.len());
        }
        None => loop {
            at += data[at..].iter().take_while(|b| is_space(b)).count();
            if at == data.len() {
                break;
            }
            if parts.len() == max {
                parts.push(at..data.len());
                break;
            }
            let end = data[at..].iter().position(is_space).map_or(data.len(), |n| at + n);
            parts.push(at..end);
            at = end;
        },
    }
    list(&a[0], parts)
}

pub(super) fn rsplit(a: &[Value]) -> Result {
    let max = search::limit(arg(a, 2))?;
    let (sep, data) = (separator(arg(a, 1))?, me(&a[0]));
    let (mut parts, mut end) = (Vec::new(), data.len());
    match sep {
        Some(sep) => {
            while parts.len() < max
                && let Some(at) = search::rfind(&data[..end], &sep)
            {
                parts.push(at + sep.len()..end);
                end = at;
            }
            parts.push(0..end);
        }
        None => loop {
            end -= data[..end].iter().rev().take_while(|b| is_space(b)).count();
            if end == 0 {
                break;
            }
            if parts.len() == max {
                parts.push(0..end);
                break;
            }
            let start = data[..end].iter().rposition(is_space).map_or(0, |n| n + 1);
            parts.push(start..end);
            end = start;
        },
    }
    parts.reverse();
    list(&a[0], parts)
}

pub(super) fn splitlines(a: &[Value]) -> Result {
    let keep = arg(a, 1).as_bound().map_or(Ok(0), str::c_int)? != 0;
    let data = me(&a[0]);
    let (mut parts, mut at) = (Vec::new(), 0);
    while at < data.len() {
        let text = data[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(data.len(), |n| at + n);
        let end = match data[text..] {
            [b'\r', b'\n', ..] => text + 2,
            [] => text,
            _ => text + 1,
        };
        parts.push(at..if keep { end } else { text });
        at = end;
    }
    list(&a[0], parts)
}

pub(super) fn join(a: &[Value]) -> Result {
    let v = &a[1];
    if v.ty().slots().iter.is_none() && v.ty().slots().get_item.is_none() {
        return type_error("can only join an iterable");
    }
    let items = protocol::collect_from_iter(v)?;
    if let [only] = &items[..]
        && only.is_exact(&super::BYTES)
        && a[0].cast::<super::ByteArray>().is_none()
    {
        return Ok(only.clone());
    }
    let separator = me(&a[0]);
    let mut total = separator.len().saturating_mul(items.len().saturating_sub(1));
    let mut parts = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let Some(data) = buffer(item) else {
            let ty = item.ty().name();
            return type_error(format!("sequence item {i}: expected a bytes-like object, {ty} found"));
        };
        total = total.saturating_add(data.len());
        parts.push(data);
    }
    if total > isize::MAX as usize {
        return overflow_error("join() result is too long");
    }
    let mut out = Vec::new();
    super::try_reserve(&mut out, total)?;
    for (i, data) in parts.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(&separator);
        }
        out.extend_from_slice(data);
    }
    Ok(like(&a[0], out))
}
