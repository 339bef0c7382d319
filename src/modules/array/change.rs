//! What changes an array.

use super::{Array, ArrayBody, as_array, item, position, repeated};
use crate::modules::native::this;
use crate::object::{List, Result, Value, arg};
use crate::protocol::{self, index_error, type_error, value_error};
use crate::types::{sequence, slice};

/// `a[key] = value`, or `del a[key]`.
pub(super) fn set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let a = this::<ArrayBody>(v);
    if key.cast::<slice::Slice>().is_some() {
        return set_slice(a, key, value.as_ref());
    }
    let Some(i) = position(a, key)? else { return index_error("array assignment index out of range") };
    let size = a.item.size;
    let part = i * size..(i + 1) * size;
    let Some(value) = value else {
        return a.resize(|data| drop(data.drain(part)));
    };
    let word = item::encode(a.item, &value)?;
    match a.memory.data.borrow_mut().get_mut(part) {
        Some(place) => place.copy_from_slice(&word[..size]),
        None => return index_error("array assignment index out of range"),
    }
    Ok(())
}

fn set_slice(a: &Array, key: &Value, value: Option<&Value>) -> Result<()> {
    let (len, size) = (a.len(), a.item.size);
    let Some(at) = slice::indices(key, len)? else { return Ok(()) };
    let new = match value {
        None => Vec::new(),
        Some(x) => match as_array(x) {
            Some(other) if other.typecode == a.typecode => other.memory.data.borrow().clone(),
            Some(_) => return type_error("bad argument type for built-in operation"),
            None => {
                let ty = x.ty().name();
                return type_error(format!("can only assign array (not \"{ty}\") to array slice"));
            }
        },
    };
    if at.step == 1 {
        let start = (at.start as usize).min(len);
        let stop = (at.stop.max(at.start) as usize).clamp(start, len);
        let part = start * size..stop * size;
        if new.len() == part.len() {
            // No change of length, which views allow.
            a.memory.data.borrow_mut()[part].copy_from_slice(&new);
            return Ok(());
        }
        return a.resize(|data| drop(data.splice(part, new)));
    }
    if value.is_none() {
        let at = at.ascending();
        return a.resize(|data| {
            let mut doomed = at.iter().peekable();
            let (mut i, mut kept) = (0, Vec::with_capacity(data.len()));
            for chunk in data.chunks_exact(size) {
                if doomed.next_if_eq(&i).is_none() {
                    kept.extend_from_slice(chunk);
                }
                i += 1;
            }
            *data = kept;
        });
    }
    if new.len() != at.count * size {
        let (n, m) = (new.len() / size, at.count);
        return value_error(format!("attempt to assign array of size {n} to extended slice of size {m}"));
    }
    let mut data = a.memory.data.borrow_mut();
    for (i, chunk) in at.iter().zip(new.chunks_exact(size)) {
        data[i * size..(i + 1) * size].copy_from_slice(chunk);
    }
    Ok(())
}

fn push(a: &ArrayBody, v: &Value) -> Result<()> {
    let word = item::encode(a.item, v)?;
    a.resize(|data| data.extend_from_slice(&word[..a.item.size]))
}

pub(super) fn append(a: &[Value]) -> Result {
    push(this::<ArrayBody>(&a[0]), &a[1])?;
    Ok(Value::NONE)
}

/// Appends the items of an iterable; an array of another kind will only do if `convert`.
pub(super) fn extend(v: &Value, items: &Value, convert: bool) -> Result<()> {
    let a = this::<ArrayBody>(v);
    if let Some(other) = as_array(items) {
        if other.typecode == a.typecode {
            let more = other.memory.data.borrow().clone();
            return a.append_bytes(&more);
        }
        if !convert {
            return type_error("can only extend with array of same kind");
        }
    }
    protocol::for_each(items, |x| push(a, &x))
}

pub(super) fn from_list(args: &[Value]) -> Result {
    let a = this::<ArrayBody>(&args[0]);
    let Some(list) = args[1].cast::<List>() else { return type_error("arg must be list") };
    let mut more = Vec::new();
    let mut i = 0;
    // All or nothing, and converting an item may change the list.
    let len = list.len();
    while let Some(x) = list.get(i) {
        more.extend_from_slice(&item::encode(a.item, &x)?[..a.item.size]);
        i += 1;
        if list.len() != len {
            return protocol::runtime_error("list changed size during iteration");
        }
    }
    a.append_bytes(&more)?;
    Ok(Value::NONE)
}

pub(super) fn insert(args: &[Value]) -> Result {
    let a = this::<ArrayBody>(&args[0]);
    let at = protocol::index_i64(&args[1])?;
    let word = item::encode(a.item, &args[2])?;
    let len = a.len() as i64;
    let at = if at < 0 { at.saturating_add(len).max(0) } else { at.min(len) } as usize * a.item.size;
    a.resize(|data| drop(data.splice(at..at, word[..a.item.size].iter().copied())))?;
    Ok(Value::NONE)
}

pub(super) fn pop(args: &[Value]) -> Result {
    let a = this::<ArrayBody>(&args[0]);
    let at = arg(args, 1).as_bound().map_or(Ok(-1), protocol::index_i64)?;
    let len = a.len() as i64;
    if len == 0 {
        return index_error("pop from empty array");
    }
    let at = if at < 0 { at.saturating_add(len) } else { at };
    let Some(item) = usize::try_from(at).ok().and_then(|i| a.get(i)) else {
        return index_error("pop index out of range");
    };
    remove_at(a, at as usize)?;
    Ok(item)
}

fn remove_at(a: &ArrayBody, i: usize) -> Result<()> {
    let size = a.item.size;
    a.resize(|data| {
        if (i + 1) * size <= data.len() {
            drop(data.drain(i * size..(i + 1) * size));
        }
    })
}

pub(super) fn remove(args: &[Value]) -> Result {
    let a = this::<ArrayBody>(&args[0]);
    match sequence::position_of(&args[1], 0, usize::MAX, |i| a.get(i))? {
        Some(i) => remove_at(a, i)?,
        None => return value_error("array.remove(x): x not in array"),
    }
    Ok(Value::NONE)
}

pub(super) fn reverse(args: &[Value]) -> Result {
    let a = this::<ArrayBody>(&args[0]);
    let mut data = a.memory.data.borrow_mut();
    // All bytes reversed, and then those of each item back.
    data.reverse();
    data.chunks_exact_mut(a.item.size).for_each(<[u8]>::reverse);
    Ok(Value::NONE)
}

pub(super) fn byteswap(args: &[Value]) -> Result {
    let a = this::<ArrayBody>(&args[0]);
    a.memory.data.borrow_mut().chunks_exact_mut(a.item.size).for_each(<[u8]>::reverse);
    Ok(Value::NONE)
}

/// `a += b`
pub(super) fn add(v: &Value, other: &Value) -> Result {
    if as_array(other).is_none() {
        return type_error(format!("can only extend array with array (not \"{}\")", other.ty().name()));
    }
    extend(v, other, false)?;
    Ok(v.clone())
}

/// `a *= n`
pub(super) fn multiply(v: &Value, n: &Value) -> Result {
    let Some((_, n)) = sequence::repeat_operands(v, n, |x| x.is(v))? else {
        return type_error(format!("can't multiply sequence by non-int of type '{}'", n.ty().name()));
    };
    let a = this::<ArrayBody>(v);
    if n != 1 && a.len() > 0 {
        let data = repeated(a, n)?;
        a.resize(|old| *old = data)?;
    }
    Ok(v.clone())
}
