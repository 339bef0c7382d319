//! Finding and replacing: `find`, `count`, `startswith`, `replace`, `partition` and their relatives.

use super::{body, part, text_arg};
use crate::object::{Result, Str, StrWriter, Value, arg};
use crate::protocol::{memory_error, overflow_error, type_error, value_error};
use crate::types::{int, search};

/// The part of the string that the arguments from number `first` on select: the index of its first character
/// and its bytes' range. `None` if the start lies behind the end.
fn window(a: &[Value], first: usize) -> Result<Option<(usize, std::ops::Range<usize>)>> {
    let s = body(&a[0]);
    if a.len() <= first {
        return Ok(Some((0, 0..s.len())));
    }
    let (start, end) = search::bounds(arg(a, first), arg(a, first + 1), s.chars())?;
    Ok(if start > end { None } else { Some((start, s.byte_of(start)..s.byte_of(end))) })
}

fn locate(a: &[Value], how: fn(&[u8], &[u8]) -> Option<usize>) -> Result<Option<usize>> {
    let s = body(&a[0]);
    let window = window(a, 2)?;
    let Some(what) = a[1].as_str() else {
        return type_error(format!("must be str, not {}", a[1].ty().name()));
    };
    let Some((first, range)) = window else { return Ok(None) };
    let begin = range.start;
    let at = how(&s.as_str().as_bytes()[range], what.as_bytes());
    Ok(at.map(|i| first + s.chars_in(begin, begin + i)))
}

fn position(at: Option<usize>) -> Result {
    Ok(at.map_or(Value::small(-1), int::from_usize))
}

pub(super) fn find(a: &[Value]) -> Result {
    position(locate(a, search::find)?)
}

pub(super) fn rfind(a: &[Value]) -> Result {
    position(locate(a, search::rfind)?)
}

pub(super) fn index(a: &[Value]) -> Result {
    locate(a, search::find)?.map_or_else(|| value_error("substring not found"), |i| Ok(int::from_usize(i)))
}

pub(super) fn rindex(a: &[Value]) -> Result {
    locate(a, search::rfind)?.map_or_else(|| value_error("substring not found"), |i| Ok(int::from_usize(i)))
}

pub(super) fn count(a: &[Value]) -> Result {
    let window = window(a, 2)?;
    let Some(what) = a[1].as_str() else {
        return type_error(format!("must be str, not {}", a[1].ty().name()));
    };
    let Some((_, range)) = window else { return Ok(Value::small(0)) };
    let part = &body(&a[0]).as_str()[range];
    Ok(int::from_usize(match what {
        "" => part.chars().count() + 1,
        _ => search::count(part.as_bytes(), what.as_bytes()),
    }))
}

/// `startswith` and `endswith`.
pub(super) fn affix(a: &[Value], name: &str, holds: fn(&str, &str) -> bool) -> Result {
    // The bounds are looked at first, as CPython does.
    let range = window(a, 2)?;
    let test = |what: &str| match &range {
        Some((_, range)) => holds(&body(&a[0]).as_str()[range.clone()], what),
        None => false,
    };
    if let Some(items) = a[1].as_tuple() {
        for item in items {
            let Some(what) = item.as_str() else {
                let ty = item.ty().name();
                return type_error(format!("tuple for {name} must only contain str, not {ty}"));
            };
            if test(what) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    match a[1].as_str() {
        Some(what) => Ok(Value::bool(test(what))),
        None => {
            type_error(format!("{name} first arg must be str or a tuple of str, not {}", a[1].ty().name()))
        }
    }
}

pub(super) fn remove_prefix(a: &[Value]) -> Result {
    let s = body(&a[0]);
    let prefix = text_arg(&a[1], "removeprefix() argument")?;
    Ok(part(&a[0], s.as_str().strip_prefix(prefix).unwrap_or(s.as_str())))
}

pub(super) fn remove_suffix(a: &[Value]) -> Result {
    let s = body(&a[0]);
    let suffix = text_arg(&a[1], "removesuffix() argument")?;
    Ok(part(&a[0], s.as_str().strip_suffix(suffix).unwrap_or(s.as_str())))
}

pub(super) fn replace(a: &[Value]) -> Result {
    text_arg(&a[1], "replace() argument 1")?;
    text_arg(&a[2], "replace() argument 2")?;
    let max = search::limit(arg(a, 3))?;
    let (Some(old), Some(new)) = (a[1].cast::<Str>(), a[2].cast::<Str>()) else { return Ok(a[0].clone()) };
    let s = body(&a[0]);
    if old.len() == 0 {
        return interleave(&a[0], new, max);
    }
    let mut places = Vec::new();
    search::each(s.as_str().as_bytes(), old.as_str().as_bytes(), max, |at| places.push(at));
    if places.is_empty() {
        return Ok(part(&a[0], s.as_str()));
    }
    let n = places.len();
    let (kept, kept_chars) = (s.len() - n * old.len(), s.chars() - n * old.chars());
    let total = n.checked_mul(new.len()).and_then(|more| more.checked_add(kept));
    let Some(total) = total.filter(|&t| t <= isize::MAX as usize) else {
        return overflow_error("replace string is too long");
    };
    let Some(mut out) = StrWriter::new(total, kept_chars + n * new.chars()) else { return memory_error() };
    let mut done = 0;
    for at in places {
        out.push(&s.as_str()[done..at]);
        out.push(new.as_str());
        done = at + old.len();
    }
    out.push(&s.as_str()[done..]);
    Ok(out.finish())
}

/// Replaces the nothing before each character and after the last, at most `max` times.
fn interleave(v: &Value, new: &Str, max: usize) -> Result {
    let s = body(v);
    let n = max.min(s.chars() + 1);
    if n == 0 || new.len() == 0 {
        return Ok(part(v, s.as_str()));
    }
    let total = n.checked_mul(new.len()).and_then(|more| more.checked_add(s.len()));
    let Some(total) = total.filter(|&t| t <= isize::MAX as usize) else {
        return overflow_error("replace string is too long");
    };
    let Some(mut out) = StrWriter::new(total, s.chars() + n * new.chars()) else { return memory_error() };
    let mut rest = s.as_str();
    for _ in 0..n {
        out.push(new.as_str());
        let step = rest.chars().next().map_or(0, char::len_utf8);
        out.push(&rest[..step]);
        rest = &rest[step..];
    }
    out.push(rest);
    Ok(out.finish())
}

/// `partition` and `rpartition`.
pub(super) fn partition(a: &[Value], how: fn(&[u8], &[u8]) -> Option<usize>, rest_last: bool) -> Result {
    let s = body(&a[0]).as_str();
    let Some(sep) = a[1].as_str() else {
        return type_error(format!("must be str, not {}", a[1].ty().name()));
    };
    if sep.is_empty() {
        return value_error("empty separator");
    }
    let nothing = || Value::str("");
    Ok(Value::tuple(match how(s.as_bytes(), sep.as_bytes()) {
        Some(at) => {
            vec![part(&a[0], &s[..at]), a[1].clone(), part(&a[0], &s[at + sep.len()..])]
        }
        None if rest_last => vec![nothing(), nothing(), a[0].clone()],
        None => vec![a[0].clone(), nothing(), nothing()],
    }))
}
