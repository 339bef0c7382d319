//! Searching bytes for bytes; also for text, since UTF-8 finds whole characters only.

use crate::object::{Result, Value};
use crate::protocol::{self, type_error};
use memchr::{memchr, memmem, memrchr};

/// Where `needle` first stands.
#[inline]
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [byte] => memchr(*byte, haystack),
        _ => memmem::find(haystack, needle),
    }
}

/// Where `needle` last stands.
#[inline]
pub fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [byte] => memrchr(*byte, haystack),
        _ => memmem::rfind(haystack, needle),
    }
}

/// In fewer bytes than this, looking for the first one of several is quicker than what prepares a search for all.
const SHORT: usize = 128;

/// Calls `f` with the places of `needle`, which is not empty, from the left and without overlaps, at most
/// `max` times.
#[inline]
pub fn each(haystack: &[u8], needle: &[u8], max: usize, mut f: impl FnMut(usize)) {
    match needle {
        [byte] => memchr::memchr_iter(*byte, haystack).take(max).for_each(f),
        [first, rest @ ..] if haystack.len() < SHORT => {
            let (mut at, mut left) = (0, max);
            while left > 0
                && let Some(i) = memchr(*first, &haystack[at..])
            {
                at += i + 1;
                if haystack[at..].starts_with(rest) {
                    f(at - 1);
                    (at, left) = (at + rest.len(), left - 1);
                }
            }
        }
        _ => memmem::find_iter(haystack, needle).take(max).for_each(f),
    }
}

/// How often `needle`, which is not empty, occurs without overlaps.
pub fn count(haystack: &[u8], needle: &[u8]) -> usize {
    match needle {
        [byte] => memchr::memchr_iter(*byte, haystack).count(),
        _ => memmem::find_iter(haystack, needle).count(),
    }
}

/// The optional start and end arguments of a search in a sequence of `len` items, as slices clip them. The
/// start may lie behind the end, even behind `len`: then nothing is found.
pub fn bounds(start: &Value, end: &Value, len: usize) -> Result<(usize, usize)> {
    let clip = |v: &Value, default: usize| -> Result<usize> {
        let Some(v) = v.as_bound().filter(|v| !v.is_none()) else { return Ok(default) };
        if !v.is_inline_int() && v.ty().slots().index.is_none() {
            return type_error("slice indices must be integers or None or have an __index__ method");
        }
        let i = protocol::index_clipped(v)?;
        Ok(if i < 0 { i.saturating_add(len as i64).max(0) as usize } else { i as usize })
    };
    let start = clip(start, 0)?;
    Ok((start, clip(end, len)?.min(len)))
}

/// The argument that limits how often something is done; negative: no limit.
pub fn limit(v: &Value) -> Result<usize> {
    match v.as_bound() {
        None => Ok(usize::MAX),
        Some(v) => {
            let n = protocol::index_i64(v)?;
            Ok(usize::try_from(n).unwrap_or(usize::MAX))
        }
    }
}
