//! Iteration.

use super::type_error;
use crate::object::{Boxed, List, Result, Value};
use crate::types::{exception, iterators, list::LIST, range::RangeIter, sequence, tuple::TUPLE};

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
    let mut items = sequence::vec_with_room(sequence::known_len(v)?)?;
    for_each(v, |item| {
        items.push(item);
        Ok(())
    })?;
    Ok(items)
}

/// Calls `f` with each item of an iterable.
pub fn for_each(v: &Value, mut f: impl FnMut(Value) -> Result<()>) -> Result<()> {
    let it = iter(v)?;
    if let Some(range) = it.cast::<Boxed<RangeIter>>() {
        while let Some(item) = range.advance() {
            f(item)?;
        }
        return Ok(());
    }
    while let Some(item) = next(&it)? {
        f(item)?;
    }
    Ok(())
}
