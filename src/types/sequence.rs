//! What lists and tuples share: comparing, repeating, searching, printing.

use crate::object::{Compare, ListBody, Result, Value};
use crate::protocol::{self, index_clipped, memory_error};
use crate::types::exception;
use crate::types::str::STR;
use std::cell::RefCell;

thread_local! {
    /// The containers whose `repr` is being computed, innermost last.
    static IN_REPR: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Runs `f` unless the `repr` of `v` is already under way (`v` contains itself); then `None`.
pub fn repr_once(v: &Value, f: impl FnOnce() -> Result<String>) -> Result<Option<String>> {
    let id = v.id();
    if IN_REPR.with_borrow(|active| active.contains(&id)) {
        return Ok(None);
    }
    IN_REPR.with_borrow_mut(|active| active.push(id));
    let text = f();
    IN_REPR.with_borrow_mut(|active| active.pop());
    text.map(Some)
}

/// The `repr`s of the items that `item` gives from 0 on, until `None`, separated by commas.
pub fn repr_items(item: impl Fn(usize) -> Option<Value>) -> Result<String> {
    let mut out = String::new();
    let mut i = 0;
    while let Some(v) = item(i) {
        if i > 0 {
            out += ", ";
        }
        out += protocol::repr(&v)?.as_str().unwrap_or_default();
        i += 1;
    }
    Ok(out)
}

/// Compares two sequences item by item. The sequences may change meanwhile: items are asked for one by one.
pub fn compare(
    op: Compare,
    lens: impl Fn() -> (usize, usize),
    item: impl Fn(usize) -> (Option<Value>, Option<Value>),
) -> Result {
    let (n, m) = lens();
    if n != m && matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::bool(op == Compare::Ne));
    }
    let mut i = 0;
    while let (Some(a), Some(b)) = item(i) {
        if let (Some(a), Some(b)) = (a.as_inline_int(), b.as_inline_int())
            && a != b
        {
            return Ok(Value::bool(op.holds(a.cmp(&b))));
        }
        if !protocol::equal(&a, &b)? {
            return match op {
                Compare::Eq => Ok(Value::FALSE),
                Compare::Ne => Ok(Value::TRUE),
                _ => protocol::compare(&a, &b, op),
            };
        }
        i += 1;
    }
    let (n, m) = lens();
    Ok(Value::bool(op.holds(n.cmp(&m))))
}

/// A vector with room for `n` values; `MemoryError` if there is no such room.
pub fn vec_with_room(n: usize) -> Result<Vec<Value>> {
    let mut out = Vec::new();
    match out.try_reserve_exact(n) {
        Ok(()) => Ok(out),
        Err(_) => memory_error(),
    }
}

/// For `a * b`: the operand that is the sequence, and how often it is repeated. `None`: not a number.
pub fn repeat_operands<'a>(
    a: &'a Value,
    b: &'a Value,
    is_sequence: impl Fn(&Value) -> bool,
) -> Result<Option<(&'a Value, usize)>> {
    let (sequence, n) = if is_sequence(a) { (a, b) } else { (b, a) };
    if !n.is_inline_int() && n.ty().slots().index.is_none() {
        return Ok(None);
    }
    let count = protocol::index(n)?;
    match crate::types::int::to_i64(&count) {
        Some(count) => Ok(Some((sequence, count.max(0) as usize))),
        None => {
            protocol::overflow_error(format!("cannot fit '{}' into an index-sized integer", n.ty().name()))
        }
    }
}

/// How often a sequence of `len` items is to be repeated, at least 0; `None` if `n` is not a number.
pub fn times(n: &Value, len: usize) -> Result<Option<usize>> {
    if !n.is_inline_int() && n.ty().slots().index.is_none() {
        return Ok(None);
    }
    let n = index_clipped(n)?.max(0) as usize;
    // More than fits any memory: say so before it is tried.
    match n.checked_mul(len) {
        Some(total) if total < 1 << 40 => Ok(Some(if len == 0 { 0 } else { n })),
        _ => memory_error(),
    }
}

/// `items * n`
pub fn repeat(items: &[Value], n: usize) -> Result<Vec<Value>> {
    let Some(total) = items.len().checked_mul(n) else { return memory_error() };
    let mut out = vec_with_room(total)?;
    if let [item] = items {
        out.resize(n, item.clone());
    } else {
        for _ in 0..n {
            out.extend_from_slice(items);
        }
    }
    Ok(out)
}

/// A start or stop argument of `index()`: clipped to `0..=len`, negative ones counted from the end.
pub fn search_bound(v: &Value, len: usize, default: usize) -> Result<usize> {
    if v.is_unbound() {
        return Ok(default);
    }
    if !v.is_inline_int() && v.ty().slots().index.is_none() {
        return protocol::type_error("slice indices must be integers or have an __index__ method");
    }
    let i = index_clipped(v)?;
    Ok(if i < 0 { i.saturating_add(len as i64).max(0) as usize } else { i as usize })
}

/// The position in `start..stop` of the first item equal to `x`.
pub fn position_of(
    x: &Value,
    start: usize,
    stop: usize,
    item: impl Fn(usize) -> Option<Value>,
) -> Result<Option<usize>> {
    for i in start..stop {
        match item(i) {
            Some(v) if protocol::equal(&v, x)? => return Ok(Some(i)),
            Some(_) => {}
            None => break,
        }
    }
    Ok(None)
}

/// How far a search goes without running Python code.
enum Quick {
    Found(usize),
    /// Only `==` tells about the item there.
    Unsure(usize),
    Absent,
}

/// The first of the items from number `start` on that is the number or text `x`.
fn quick_position(items: &[Value], x: &Value, start: usize, stop: usize) -> Quick {
    let text = x.as_str().filter(|_| x.is_exact(&STR));
    let stop = stop.min(items.len());
    for (i, item) in items.iter().enumerate().take(stop).skip(start) {
        if item.is(x) {
            return Quick::Found(i);
        }
        let unsure = match (text, item.is_inline_int()) {
            (None, true) => !x.is_inline_int(),
            (Some(_), true) => false,
            (Some(t), false) if item.is_exact(&STR) => {
                if item.as_str() == Some(t) {
                    return Quick::Found(i);
                }
                false
            }
            (None, false) => !(x.is_inline_int() && item.is_exact(&STR)),
            _ => true,
        };
        if unsure {
            return Quick::Unsure(i);
        }
    }
    Quick::Absent
}

/// As [`position_of`], for a list.
pub fn position_in(list: &ListBody, x: &Value, start: usize, stop: usize) -> Result<Option<usize>> {
    let mut i = start;
    loop {
        let quick = quick_position(&list.items.borrow(), x, i, stop);
        match quick {
            Quick::Found(at) => return Ok(Some(at)),
            Quick::Absent => return Ok(None),
            Quick::Unsure(at) => match list.get(at) {
                Some(item) if protocol::equal(&item, x)? => return Ok(Some(at)),
                Some(_) => i = at + 1,
                None => return Ok(None),
            },
        }
    }
}

/// How many items are equal to `x`.
pub fn count_of(x: &Value, item: impl Fn(usize) -> Option<Value>) -> Result<usize> {
    let mut n = 0;
    let mut i = 0;
    while let Some(v) = item(i) {
        n += protocol::equal(&v, x)? as usize;
        i += 1;
    }
    Ok(n)
}

/// How many items the iterable `v` has, as far as its type tells at once: 0 if unknown. Used to reserve room,
/// and so that `list(range(10**18))` fails before it has eaten the memory.
pub fn known_len(v: &Value) -> Result<usize> {
    match v.ty().slots().len {
        Some(len) if !v.ty().is_heap() => match len(v) {
            // A proxy can only ask.
            Err(e) if e.0.ty().is_subtype(&exception::TYPE_ERROR) => Ok(0),
            n => n,
        },
        _ => Ok(0),
    }
}
