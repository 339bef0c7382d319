//! Iteration.

use super::{call_special, index_i64, len, type_error, value_error};
use crate::object::{Boxed, List, Raised, Result, Value};
use crate::types::{exception, int::INT, iterators, list::LIST, range::RangeIter, sequence, tuple::TUPLE};

/// `iter(v)`
pub fn iter(v: &Value) -> Result {
    if let Some(f) = v.ty().slots().iter {
        let it = f(v)?;
        if it.ty().slots().next.is_some() {
            return Ok(it);
        }
        return type_error(format!("iter() returned non-iterator of type '{}'", it.ty().name()));
    }
    if v.ty().slots().get_item.is_some() && v.ty().is_heap() {
        return Ok(iterators::sequence_iterator(v.clone()));
    }
    type_error(format!("'{}' object is not iterable", v.ty().name()))
}

/// `next(it)`; `None` at the end.
#[inline]
pub fn next(it: &Value) -> Result<Option<Value>> {
    match next_or_stop(it) {
        Err(e) if e.0.ty().is_subtype(&exception::STOP_ITERATION) => Ok(None),
        r => r,
    }
}

/// As [`next`], but an end that has a value, or an exception of its own, is that `StopIteration`.
#[inline]
pub fn next_or_stop(it: &Value) -> Result<Option<Value>> {
    match it.ty().slots().next {
        Some(f) => f(it),
        None => type_error(format!("'{}' object is not an iterator", it.ty().name())),
    }
}

/// All items of an iterable.
pub fn collect(v: &Value) -> Result<Vec<Value>> {
    if v.is_exact(&LIST)
        && let Some(list) = v.cast::<List>()
    {
        return Ok(list.to_vec());
    }
    if v.is_exact(&TUPLE)
        && let Some(items) = v.as_tuple()
    {
        return Ok(items.to_vec());
    }
    let it = iter(v)?;
    let mut items = sequence::vec_with_room(expected_len(v)?)?;
    for_each_of(&it, |item| {
        items.push(item);
        Ok(())
    })?;
    Ok(items)
}

/// All items of an iterable that says of itself how many there are only after its iterator is made, as where
/// CPython asks for a list or a tuple and makes a list of the iterator of anything else.
pub fn collect_from_iter(v: &Value) -> Result<Vec<Value>> {
    if v.is_exact(&LIST) || v.is_exact(&TUPLE) { collect(v) } else { collect(&iter(v)?) }
}

/// How many items the iterable `v` has or says to have, to reserve room for them: 0 if it does not say.
pub fn expected_len(v: &Value) -> Result<usize> {
    // What native types without a length could say is not worth the call.
    if v.ty().is_heap() || iterators::is_over_object(v) {
        Ok(length_hint(v)?.unwrap_or(0))
    } else {
        sequence::known_len(v)
    }
}

/// How many items `v` has or says to have; `None` if it does not say (`operator.length_hint`).
pub fn length_hint(v: &Value) -> Result<Option<usize>> {
    let is_silent = |e: &Raised| e.0.ty().is_subtype(&exception::TYPE_ERROR);
    if v.ty().slots().len.is_some() {
        match len(v) {
            Err(e) if is_silent(&e) => {}
            n => return n.map(Some),
        }
    }
    let hint = match call_special(v, "__length_hint__", &[]) {
        None => return Ok(None),
        Some(Err(e)) if is_silent(&e) => return Ok(None),
        Some(hint) => hint?,
    };
    match hint {
        h if h.is(&Value::NOT_IMPLEMENTED) => Ok(None),
        h if !h.ty().is_subtype(&INT) => {
            type_error(format!("__length_hint__ must be an integer, not {}", h.ty().name()))
        }
        h => match index_i64(&h)? {
            n if n < 0 => value_error("__length_hint__() should return >= 0"),
            n => Ok(Some(n as usize)),
        },
    }
}

/// Calls `f` with each item of an iterable.
pub fn for_each(v: &Value, f: impl FnMut(Value) -> Result<()>) -> Result<()> {
    for_each_of(&iter(v)?, f)
}

fn for_each_of(it: &Value, mut f: impl FnMut(Value) -> Result<()>) -> Result<()> {
    if let Some(range) = it.cast::<Boxed<RangeIter>>() {
        while let Some(item) = range.advance() {
            f(item)?;
        }
        return Ok(());
    }
    while let Some(item) = next(it)? {
        f(item)?;
    }
    Ok(())
}
