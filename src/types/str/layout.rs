//! What adds or takes away at the ends: `strip`, `center`, `zfill`, `expandtabs`.

use super::{body, part};
use crate::object::{Result, StrWriter, Value, arg};
use crate::protocol::{self, memory_error, overflow_error, type_error};
use crate::types::unicode::is_space;

pub(super) fn strip(a: &[Value], name: &str, left: bool, right: bool) -> Result {
    let text = body(&a[0]).as_str();
    let Some(chars) = arg(a, 1).as_bound().filter(|c| !c.is_none()) else {
        return Ok(part(&a[0], trim(text, is_space, left, right)));
    };
    match chars.as_str() {
        Some(chars) => Ok(part(&a[0], trim(text, |c| chars.contains(c), left, right))),
        None => type_error(format!("{name} arg must be None or str")),
    }
}

fn trim(mut text: &str, gone: impl Fn(char) -> bool, left: bool, right: bool) -> &str {
    if left {
        text = text.trim_start_matches(&gone);
    }
    if right {
        text = text.trim_end_matches(&gone);
    }
    text
}

/// The fill argument of `center` and its relatives.
fn fill(v: &Value) -> Result<&str> {
    let Some(v) = v.as_bound() else { return Ok(" ") };
    match v.as_str() {
        Some(s) if s.chars().count() == 1 => Ok(s),
        Some(_) => type_error("The fill character must be exactly one character long"),
        None => type_error(format!("The fill character must be a unicode character, not {}", v.ty().name())),
    }
}

/// `ljust`, `rjust` and `center`: `place` tells how much of what is missing goes to the left.
pub(super) fn justify(a: &[Value], place: fn(usize, usize) -> usize) -> Result {
    let width = protocol::index_i64(&a[1])?;
    let fill = fill(arg(a, 2))?;
    let s = body(&a[0]);
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(s.chars());
    if missing == 0 {
        return Ok(part(&a[0], s.as_str()));
    }
    let left = place(missing, s.chars() + missing);
    let total = missing.checked_mul(fill.len()).and_then(|n| n.checked_add(s.len()));
    let out = total.and_then(|total| StrWriter::new(total, s.chars() + missing));
    let Some(mut out) = out else { return memory_error() };
    out.repeat(fill, left);
    out.push(s.as_str());
    out.repeat(fill, missing - left);
    Ok(out.finish())
}

/// How much goes to the left of a centred text: what is left over goes left only if the width is odd.
pub fn centre(missing: usize, width: usize) -> usize {
    missing / 2 + (missing & width & 1)
}

pub(super) fn zfill(a: &[Value]) -> Result {
    let s = body(&a[0]);
    let width = protocol::index_i64(&a[1])?;
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(s.chars());
    if missing == 0 {
        return Ok(part(&a[0], s.as_str()));
    }
    let total = missing.checked_add(s.len());
    let Some(mut out) = total.and_then(|total| StrWriter::new(total, s.chars() + missing)) else {
        return memory_error();
    };
    let (sign, rest) = s.as_str().split_at(s.as_str().starts_with(['+', '-']) as usize);
    out.push(sign);
    out.repeat("0", missing);
    out.push(rest);
    Ok(out.finish())
}

/// Replaces tabs by spaces up to the next multiple of the tab size.
pub(super) fn expand_tabs(a: &[Value]) -> Result {
    let size = match arg(a, 1).as_bound() {
        Some(n) => super::c_int(n)?.max(0) as usize,
        None => 8,
    };
    let s = body(&a[0]);
    let text = s.as_str();
    if !text.contains('\t') {
        return Ok(part(&a[0], text));
    }
    // Once to measure, once to write.
    let (mut total, mut chars) = (0usize, 0usize);
    let mut fits = true;
    expand(text, size, |kept, spaces| {
        let more = (kept.len(), kept.chars().count());
        match total.checked_add(more.0).and_then(|t| t.checked_add(spaces)) {
            Some(t) if t <= isize::MAX as usize => (total, chars) = (t, chars + more.1 + spaces),
            _ => fits = false,
        }
    });
    if !fits {
        return overflow_error("new string is too long");
    }
    let Some(mut out) = StrWriter::new(total, chars) else { return memory_error() };
    expand(text, size, |kept, spaces| {
        out.push(kept);
        out.repeat(" ", spaces);
    });
    Ok(out.finish())
}

/// Calls `f` with each piece between tabs and how many spaces follow it.
fn expand<'a>(text: &'a str, size: usize, mut f: impl FnMut(&'a str, usize)) {
    let mut column = 0;
    let mut pieces = text.split('\t').peekable();
    while let Some(piece) = pieces.next() {
        let line = piece.rfind(['\n', '\r']).map(|i| &piece[i + 1..]);
        column = line.map_or(column, |_| 0) + line.unwrap_or(piece).chars().count();
        let spaces = match pieces.peek() {
            Some(_) if size > 0 => size - column % size,
            _ => 0,
        };
        column += spaces;
        f(piece, spaces);
    }
}
