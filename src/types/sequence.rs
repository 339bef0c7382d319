//! What `list` and `tuple` share: comparison, repetition, representation.

use crate::object::{Compare, Result, Value};
use crate::protocol::{self, raise};
use crate::types::exception;
use std::cell::RefCell;

/// Lexicographic comparison.
pub fn compare(a: &[Value], b: &[Value], op: Compare) -> Result {
    if a.len() != b.len() && matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::bool(op == Compare::Ne));
    }
    for (x, y) in a.iter().zip(b) {
        if !crate::vm::guard_native_recursion(" in comparison", || protocol::equal(x, y))? {
            return match op {
                Compare::Eq => Ok(Value::FALSE),
                Compare::Ne => Ok(Value::TRUE),
                _ => protocol::compare(x, y, op),
            };
        }
    }
    Ok(Value::bool(op.holds(a.len().cmp(&b.len()))))
}

/// How often to repeat: the operand of `*`, at least 0. `None` if it is no integer.
pub fn times(n: &Value, len: usize) -> Result<Option<usize>> {
    if n.ty().slots().index.is_none() && n.as_inline_int().is_none() {
        return Ok(None);
    }
    let n = protocol::index_clipped(n)?.max(0) as usize;
    match n.checked_mul(len.max(1)) {
        Some(total) if total < 1 << 40 => Ok(Some(n)),
        _ if len == 0 => Ok(Some(0)),
        _ => Err(raise(&exception::MEMORY_ERROR, "")),
    }
}

/// The index of an equal item between `from` and `to`.
pub fn find(items: &[Value], wanted: &Value, from: usize, to: usize) -> Result<Option<usize>> {
    for (i, x) in items.iter().enumerate().take(to).skip(from) {
        if protocol::equal(x, wanted)? {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

thread_local! {
    static SHOWN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// The representation of a container, or `again` if it stands within its own.
pub fn repr(v: &Value, again: &str, f: impl FnOnce() -> Result<String>) -> Result {
    let id = v.id();
    if SHOWN.with_borrow(|s| s.contains(&id)) {
        return Ok(Value::str(again));
    }
    SHOWN.with_borrow_mut(|s| s.push(id));
    let r = f();
    SHOWN.with_borrow_mut(|s| s.pop());
    Ok(Value::str(&r?))
}

/// The representations of items, separated by commas.
pub fn join_reprs(items: &[Value]) -> Result<String> {
    let mut out = String::new();
    for (i, x) in items.iter().enumerate() {
        if i > 0 {
            out += ", ";
        }
        out += &protocol::repr_string(x)?;
    }
    Ok(out)
}

/// Sorts by `<`, stably: a merge sort that stops at the first exception.
pub fn sort(items: &mut Vec<(Value, Value)>, reverse: bool) -> Result<()> {
    if reverse {
        items.reverse();
    }
    if items.iter().all(|(k, _)| k.is_inline_int()) {
        items.sort_by_key(|(k, _)| k.as_inline_int());
    } else if items.iter().all(|(k, _)| k.as_str().is_some() && !k.ty().is_heap()) {
        items.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
    } else {
        let taken = std::mem::take(items);
        *items = merge_sort(taken)?;
    }
    if reverse {
        items.reverse();
    }
    Ok(())
}

fn merge_sort(mut items: Vec<(Value, Value)>) -> Result<Vec<(Value, Value)>> {
    if items.len() < 2 {
        return Ok(items);
    }
    let right = items.split_off(items.len() / 2);
    let (left, right) = (merge_sort(items)?, merge_sort(right)?);
    let mut out = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
        let right_first = protocol::compare_bool(&r.0, &l.0, Compare::Lt)?;
        out.extend(if right_first { right.next() } else { left.next() });
    }
    out.extend(left);
    out.extend(right);
    Ok(out)
}
