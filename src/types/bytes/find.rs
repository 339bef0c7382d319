//! Finding and replacing in bytes.

use super::{BYTES, Buffer, buffer, item_byte, like, me, need, part};
use crate::object::{Result, Value, arg};
use crate::protocol::{type_error, value_error};
use crate::types::{int, search};

/// What is looked for: bytes, or one byte as an integer.
fn needle(v: &Value) -> Result<Buffer<'_>> {
    match buffer(v) {
        Some(data) => Ok(data),
        None if v.ty().slots().index.is_some() => {
            Ok(Buffer::Owned(vec![item_byte(v, "byte must be in range(0, 256)")?]))
        }
        None => {
            let ty = v.ty().name();
            type_error(format!("argument should be integer or bytes-like object, not '{ty}'"))
        }
    }
}

fn locate(a: &[Value], how: fn(&[u8], &[u8]) -> Option<usize>) -> Result<Option<usize>> {
    let (start, end) = bounds(a)?;
    let what = needle(&a[1])?.into_vec();
    let data = me(&a[0]);
    Ok(data.get(start..end).and_then(|data| how(data, &what)).map(|i| i + start))
}

/// The second and third argument of a search, as they select a part.
fn bounds(a: &[Value]) -> Result<(usize, usize)> {
    search::bounds(arg(a, 2), arg(a, 3), me(&a[0]).len())
}

pub(super) fn find(a: &[Value]) -> Result {
    Ok(locate(a, search::find)?.map_or(Value::small(-1), int::from_usize))
}

pub(super) fn rfind(a: &[Value]) -> Result {
    Ok(locate(a, search::rfind)?.map_or(Value::small(-1), int::from_usize))
}

pub(super) fn index(a: &[Value]) -> Result {
    locate(a, search::find)?.map_or_else(|| value_error("subsection not found"), |i| Ok(int::from_usize(i)))
}

pub(super) fn rindex(a: &[Value]) -> Result {
    locate(a, search::rfind)?.map_or_else(|| value_error("subsection not found"), |i| Ok(int::from_usize(i)))
}

pub(super) fn count(a: &[Value]) -> Result {
    let (start, end) = bounds(a)?;
    let what = needle(&a[1])?.into_vec();
    let n = match me(&a[0]).get(start..end) {
        Some(data) if what.is_empty() => data.len() + 1,
        Some(data) => search::count(data, &what),
        None => 0,
    };
    Ok(int::from_usize(n))
}

/// `startswith` and `endswith`.
pub(super) fn affix(a: &[Value], name: &str, holds: fn(&[u8], &[u8]) -> bool) -> Result {
    let (start, end) = bounds(a)?;
    let test = |what: &[u8]| me(&a[0]).get(start..end).is_some_and(|data| holds(data, what));
    if let Some(items) = a[1].as_tuple() {
        for item in items {
            if test(&need(item)?.into_vec()) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    let Some(what) = buffer(&a[1]).map(Buffer::into_vec) else {
        let ty = a[1].ty().name();
        return type_error(format!("{name} first arg must be bytes or a tuple of bytes, not {ty}"));
    };
    Ok(Value::bool(test(&what)))
}

pub(super) fn remove_prefix(a: &[Value]) -> Result {
    let (data, prefix) = (me(&a[0]), need(&a[1])?);
    let start = if data.starts_with(&prefix) { prefix.len() } else { 0 };
    Ok(part(&a[0], start..data.len()))
}

pub(super) fn remove_suffix(a: &[Value]) -> Result {
    let (data, suffix) = (me(&a[0]), need(&a[1])?);
    let end = data.len() - if data.ends_with(&suffix) { suffix.len() } else { 0 };
    Ok(part(&a[0], 0..end))
}

pub(super) fn replace(a: &[Value]) -> Result {
    let (old, new) = (need(&a[1])?, need(&a[2])?);
    let max = search::limit(arg(a, 3))?;
    let data = me(&a[0]);
    let mut places = Vec::new();
    if old.is_empty() {
        places.extend((0..=data.len()).take(max));
    } else {
        search::each(&data, &old, max, |at| places.push(at));
    }
    if places.is_empty() && a[0].is_exact(&BYTES) {
        return Ok(a[0].clone());
    }
    let kept = data.len() - places.len() * old.len();
    let Some(total) = places.len().checked_mul(new.len()).and_then(|n| n.checked_add(kept)) else {
        return crate::protocol::overflow_error("replace bytes is too long");
    };
    let mut out = Vec::new();
    super::try_reserve(&mut out, total)?;
    let mut done = 0;
    for at in places {
        out.extend_from_slice(&data[done..at]);
        out.extend_from_slice(&new);
        done = at + old.len();
    }
    out.extend_from_slice(&data[done..]);
    Ok(like(&a[0], out))
}

/// `partition` and `rpartition`.
pub(super) fn partition(a: &[Value], how: fn(&[u8], &[u8]) -> Option<usize>, rest_last: bool) -> Result {
    let sep = need(&a[1])?;
    if sep.is_empty() {
        return value_error("empty separator");
    }
    let data = me(&a[0]);
    let nothing = || like(&a[0], Vec::new());
    let all = || part(&a[0], 0..data.len());
    Ok(Value::tuple(match how(&data, &sep) {
        Some(at) => {
            // A `bytearray` is not shared with the result.
            let middle = if a[0].cast::<super::ByteArray>().is_none() {
                a[1].clone()
            } else {
                like(&a[0], sep.to_vec())
            };
            vec![part(&a[0], 0..at), middle, part(&a[0], at + sep.len()..data.len())]
        }
        None if rest_last => vec![nothing(), nothing(), all()],
        None => vec![all(), nothing(), nothing()],
    }))
}
