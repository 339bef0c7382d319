//! What adds or takes away at the ends of bytes, and questions and changes of ASCII letters.

use super::{like, me, need, part, split::is_space};
use crate::object::{Result, Value, arg};
use crate::protocol::{self, memory_error, overflow_error, type_error, value_error};
use crate::types::str;

pub(super) fn strip(a: &[Value], left: bool, right: bool) -> Result {
    let given = arg(a, 1).as_bound().filter(|v| !v.is_none());
    let chars = given.map(need).transpose()?;
    let gone = |b: &u8| chars.as_ref().map_or_else(|| is_space(b), |chars| chars.contains(b));
    let data = me(&a[0]);
    let start = if left { data.iter().take_while(|b| gone(b)).count() } else { 0 };
    let tail = if right { data[start..].iter().rev().take_while(|b| gone(b)).count() } else { 0 };
    Ok(part(&a[0], start..data.len() - tail))
}

/// `ljust`, `rjust` and `center`: `place` tells how much of what is missing goes to the left.
pub(super) fn justify(a: &[Value], name: &str, place: fn(usize, usize) -> usize) -> Result {
    let width = protocol::index_i64(&a[1])?;
    let fill = match arg(a, 2).as_bound() {
        None => b' ',
        Some(v) => match super::buffer(v).as_deref() {
            Some([b]) if super::is_sequence(v) => *b,
            _ => {
                let ty = str::given(v);
                let message = format!("{name}() argument 2 must be a byte string of length 1, not {ty}");
                return type_error(message);
            }
        },
    };
    let data = me(&a[0]);
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(data.len());
    if missing == 0 {
        return Ok(part(&a[0], 0..data.len()));
    }
    let left = place(missing, data.len() + missing);
    let mut out = Vec::new();
    if out.try_reserve(data.len() + missing).is_err() {
        return memory_error();
    }
    out.resize(left, fill);
    out.extend_from_slice(&data);
    out.resize(data.len() + missing, fill);
    Ok(like(&a[0], out))
}

pub(super) fn zfill(a: &[Value]) -> Result {
    let width = protocol::index_i64(&a[1])?;
    let data = me(&a[0]);
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(data.len());
    if missing == 0 {
        return Ok(part(&a[0], 0..data.len()));
    }
    let mut out = Vec::new();
    super::try_reserve(&mut out, data.len() + missing)?;
    let sign = matches!(data.first(), Some(b'+' | b'-')) as usize;
    out.extend_from_slice(&data[..sign]);
    out.resize(sign + missing, b'0');
    out.extend_from_slice(&data[sign..]);
    Ok(like(&a[0], out))
}

pub(super) fn expand_tabs(a: &[Value]) -> Result {
    let size = arg(a, 1).as_bound().map_or(Ok(8), str::c_int)?;
    let size = usize::try_from(size).unwrap_or(0);
    let (mut out, mut column) = (Vec::new(), 0usize);
    for &b in me(&a[0]).iter() {
        if b == b'\t' {
            if size > 0 {
                let n = size - column % size;
                let Some(len) = out.len().checked_add(n).filter(|&n| n <= isize::MAX as usize) else {
                    return overflow_error("result too long");
                };
                super::try_reserve(&mut out, n)?;
                out.resize(len, b' ');
                column += n;
            }
        } else {
            out.push(b);
            column = if matches!(b, b'\n' | b'\r') { 0 } else { column + 1 };
        }
    }
    Ok(like(&a[0], out))
}

/// A new object with each byte mapped.
pub(super) fn map(a: &[Value], f: fn(u8) -> u8) -> Result {
    let data = me(&a[0]).iter().map(|&b| f(b)).collect();
    Ok(like(&a[0], data))
}

pub(super) fn swap_case(b: u8) -> u8 {
    if b.is_ascii_alphabetic() { b ^ 0x20 } else { b }
}

pub(super) fn capitalize(a: &[Value]) -> Result {
    let mut data = me(&a[0]).to_ascii_lowercase();
    if let Some(first) = data.first_mut() {
        first.make_ascii_uppercase();
    }
    Ok(like(&a[0], data))
}

pub(super) fn title(a: &[Value]) -> Result {
    let mut inside = false;
    let mut data = me(&a[0]).to_vec();
    for b in &mut data {
        *b = if inside { b.to_ascii_lowercase() } else { b.to_ascii_uppercase() };
        inside = b.is_ascii_alphabetic();
    }
    Ok(like(&a[0], data))
}

/// Whether there are bytes, and `f` holds for all.
pub(super) fn all(a: &[Value], f: fn(&u8) -> bool) -> Result {
    let data = me(&a[0]);
    Ok(Value::bool(!data.is_empty() && data.iter().all(f)))
}

pub(super) fn all_spaces(a: &[Value]) -> Result {
    all(a, is_space)
}

/// Whether a letter of the case `good` is there and none of the other.
pub(super) fn only_case(a: &[Value], good: fn(&u8) -> bool, bad: fn(&u8) -> bool) -> Result {
    let data = me(&a[0]);
    Ok(Value::bool(data.iter().any(good) && !data.iter().any(bad)))
}

pub(super) fn is_title(a: &[Value]) -> Result {
    let (mut found, mut inside) = (false, false);
    for b in me(&a[0]).iter() {
        if (b.is_ascii_uppercase() && inside) || (b.is_ascii_lowercase() && !inside) {
            return Ok(Value::FALSE);
        }
        inside = b.is_ascii_alphabetic();
        found |= inside;
    }
    Ok(Value::bool(found))
}

pub(super) fn translate(a: &[Value]) -> Result {
    let table = if a[1].is_none() { None } else { Some(need(&a[1])?) };
    if table.as_ref().is_some_and(|t| t.len() != 256) {
        return value_error("translation table must be 256 characters long");
    }
    let gone = arg(a, 2).as_bound().map(need).transpose()?;
    let gone = gone.as_deref().unwrap_or_default();
    let data = me(&a[0]);
    let kept = data.iter().filter(|b| !gone.contains(b));
    let out = kept.map(|&b| table.as_ref().map_or(b, |t| t[b as usize])).collect();
    Ok(like(&a[0], out))
}

pub(super) fn maketrans(a: &[Value]) -> Result {
    let (from, to) = (need(&a[0])?, need(&a[1])?);
    if from.len() != to.len() {
        return value_error("maketrans arguments must have same length");
    }
    let mut table: Vec<u8> = (0..=255).collect();
    from.iter().zip(to.iter()).for_each(|(&f, &t)| table[f as usize] = t);
    Ok(super::from_vec(table))
}
