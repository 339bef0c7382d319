//! Reading and writing items and slices of a `memoryview`.

use super::{Dim, ViewBody, Window, make, one_dimension, over, raw, slicing, view};
use crate::object::{Result, Value};
use crate::protocol::{self, index_error, raise, type_error, value_error};
use crate::types::bytes::item::{Kind, Misfit};
use crate::types::{exception, int, slice};

/// The part of the window that a slice of its first dimension selects.
fn sliced(w: &Window, first: Dim, i: slice::Indices) -> Window {
    let start = if i.count == 0 { w.start as i64 } else { w.start as i64 + i.start * first.stride };
    let mut dims = w.dims.clone();
    dims[0] = Dim { len: i.count, stride: first.stride.saturating_mul(i.step) };
    Window { start: start as usize, dims, ..w.clone() }
}

/// How far into a dimension an index leads; `number` counts the dimensions from 1.
fn offset(dim: Dim, key: &Value, number: usize) -> Result<i64> {
    match slice::position(key, dim.len, "memoryview")? {
        Some(i) => Ok(i as i64 * dim.stride),
        None => index_error(format!("index out of bounds on dimension {number}")),
    }
}

fn is_slices(key: &Value) -> bool {
    key.as_tuple().is_some_and(|keys| keys.iter().all(|k| k.cast::<slice::Slice>().is_some()))
}

fn is_index(v: &Value) -> bool {
    int::view(v).is_some() || v.ty().slots().index.is_some()
}

/// Where the item stands that a key selects; `None` if the key is no such key.
fn place(b: &ViewBody, key: &Value) -> Result<Option<usize>> {
    let w = &b.window;
    if let Some(keys) = key.as_tuple().filter(|keys| keys.iter().all(is_index)) {
        if keys.len() < w.dims.len() {
            let message = "sub-views are not implemented";
            return Err(raise(&exception::NOT_IMPLEMENTED_ERROR, message));
        }
        if keys.len() > w.dims.len() {
            let (n, given) = (w.dims.len(), keys.len());
            return type_error(format!("cannot index {n}-dimension view with {given}-element tuple"));
        }
        let mut at = w.start as i64;
        for (i, (dim, key)) in w.dims.iter().zip(keys).enumerate() {
            at += offset(*dim, key, i + 1)?;
        }
        return Ok(Some(at as usize));
    }
    if !is_index(key) {
        return Ok(None);
    }
    one_dimension(b)?;
    Ok(Some((w.start as i64 + offset(w.dims[0], key, 1)?) as usize))
}

/// `v[key]`
pub(super) fn get(v: &Value, key: &Value) -> Result {
    let b = view(v)?;
    let w = &b.window;
    let Some(&first) = w.dims.first() else {
        return match key {
            _ if key.is(&Value::ELLIPSIS) => Ok(v.clone()),
            _ if key.as_tuple().is_some_and(<[Value]>::is_empty) => b.item_at(w.start),
            _ => type_error("invalid indexing of 0-dim memory"),
        };
    };
    // `__index__` of the key may release the view: what it shows stays until the slice is made.
    let object = b.object.borrow().clone();
    if let Some(i) = slice::indices(key, first.len)? {
        return Ok(make(object, sliced(w, first, i)));
    }
    if let Some(at) = place(b, key)? {
        // `__index__` of the key may have released the view.
        return view(v)?.item_at(at);
    }
    if is_slices(key) { slicing() } else { type_error("memoryview: invalid slice key") }
}

/// `v[key] = value`, or `del v[key]`.
pub(super) fn set(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let b = view(v)?;
    let w = &b.window;
    if w.readonly {
        return type_error("cannot modify read-only memory");
    }
    let Some(value) = value else { return type_error("cannot delete memory") };
    let Some(&first) = w.dims.first() else {
        return match key {
            _ if key.is(&Value::ELLIPSIS) || key.as_tuple().is_some_and(<[Value]>::is_empty) => {
                set_item(v, w.start, &value)
            }
            _ => type_error("invalid indexing of 0-dim memory"),
        };
    };
    if let Some(i) = slice::indices(key, first.len)? {
        if w.dims.len() > 1 {
            let message = "memoryview slice assignments are currently restricted to ndim = 1";
            return Err(raise(&exception::NOT_IMPLEMENTED_ERROR, message));
        }
        return set_slice(v, &sliced(w, first, i), &value);
    }
    match place(b, key)? {
        Some(at) => set_item(v, at, &value),
        None if is_slices(key) => slicing(),
        None => type_error("memoryview: invalid slice key"),
    }
}

fn set_item(v: &Value, at: usize, value: &Value) -> Result<()> {
    let item = raw(v).window.item;
    let letter = item.letter as char;
    if item.kind == Kind::Text {
        let message = format!("memoryview: format {letter} not supported");
        return Err(raise(&exception::NOT_IMPLEMENTED_ERROR, message));
    }
    let word = match item.write(value)? {
        Ok(word) => word,
        Err(Misfit::Type) => return type_error(format!("memoryview: invalid type for format '{letter}'")),
        Err(Misfit::Range) => return value_error(format!("memoryview: invalid value for format '{letter}'")),
    };
    // Converting the value may have released the view.
    view(v)?.with_memory(|memory| {
        if let Some(place) = memory.data.borrow_mut().get_mut(at..at + item.size) {
            place.copy_from_slice(&word[..item.size]);
        }
    });
    Ok(())
}

fn set_slice(v: &Value, to: &Window, value: &Value) -> Result<()> {
    let from = match protocol::is_instance(value, &super::MEMORYVIEW.value())? {
        true => {
            view(value)?;
            value.clone()
        }
        false if super::export(value).is_some() => over(value)?,
        false => {
            let ty = value.ty().name();
            return type_error(format!("a bytes-like object is required, not '{ty}'"));
        }
    };
    let source = raw(&from);
    let lens = |w: &Window| w.dims.iter().map(|d| d.len).collect::<Vec<_>>();
    if lens(&source.window) != lens(to) || source.window.item != to.item {
        return value_error("memoryview assignment: lvalue and rvalue have different structures");
    }
    let data = source.bytes();
    view(v)?.with_memory(|memory| {
        let mut all = memory.data.borrow_mut();
        let mut pieces = data.chunks(to.item.size);
        to.for_each_place(&mut |at| {
            if let (Some(piece), Some(place)) = (pieces.next(), all.get_mut(at..at + to.item.size)) {
                place.copy_from_slice(piece);
            }
        });
    });
    Ok(())
}
