//! What changes a `bytearray`.

use super::array::this;
use super::{Buffer, buffer, build, item_byte, me};
use crate::object::{Result, Value, arg, intern};
use crate::protocol::{self, index_error, type_error, value_error};
use crate::types::{exception, int, slice};

const RANGE: &str = "byte must be in range(0, 256)";

pub(super) fn append(a: &[Value]) -> Result {
    let byte = item_byte(&a[1], RANGE)?;
    this(&a[0]).resize(|data| data.push(byte))?;
    Ok(Value::NONE)
}

pub(super) fn clear(a: &[Value]) -> Result {
    this(&a[0]).resize(|data| *data = Vec::new())?;
    Ok(Value::NONE)
}

pub(super) fn extend(a: &[Value]) -> Result {
    let more = match buffer(&a[1]).map(Buffer::into_vec) {
        Some(data) => data,
        None if a[1].ty().slots().iter.is_none() && a[1].ty().slots().get_item.is_none() => {
            return type_error(format!("can't extend bytearray with {}", a[1].ty().name()));
        }
        None => build::hinted_items(&a[1], RANGE)?,
    };
    this(&a[0]).resize(|data| {
        super::try_reserve(data, more.len())?;
        data.extend_from_slice(&more);
        Ok(Value::NONE)
    })?
}

pub(super) fn insert(a: &[Value]) -> Result {
    let at = protocol::index_i64(&a[1])?;
    let byte = item_byte(&a[2], RANGE)?;
    this(&a[0]).resize(|data| {
        let len = data.len() as i64;
        let at = if at < 0 { at.saturating_add(len).max(0) } else { at.min(len) };
        data.insert(at as usize, byte);
    })?;
    Ok(Value::NONE)
}

pub(super) fn pop(a: &[Value]) -> Result {
    let at = arg(a, 1).as_bound().map_or(Ok(-1), protocol::index_i64)?;
    let len = me(&a[0]).len();
    if len == 0 {
        return index_error("pop from empty bytearray");
    }
    let at = if at < 0 { at.saturating_add(len as i64) } else { at };
    if at < 0 || at >= len as i64 {
        return index_error("pop index out of range");
    }
    let byte = this(&a[0]).resize(|data| data.remove(at as usize))?;
    Ok(Value::small(byte.into()))
}

pub(super) fn remove(a: &[Value]) -> Result {
    let byte = item_byte(&a[1], RANGE)?;
    let Some(at) = me(&a[0]).iter().position(|&b| b == byte) else {
        return value_error("value not found in bytearray");
    };
    this(&a[0]).resize(|data| data.remove(at))?;
    Ok(Value::NONE)
}

pub(super) fn reverse(a: &[Value]) -> Result {
    this(&a[0]).data.borrow_mut().reverse();
    Ok(Value::NONE)
}

pub(super) fn allocated(a: &[Value]) -> Result {
    Ok(int::from_usize(this(&a[0]).data.borrow().capacity()))
}

pub(super) fn size_of(a: &[Value]) -> Result {
    Ok(int::from_usize(56 + this(&a[0]).data.borrow().capacity()))
}

pub(super) fn reduce(a: &[Value]) -> Result {
    let text: String = me(&a[0]).iter().map(|&b| b as char).collect();
    let args = Value::tuple(vec![Value::str(&text), Value::str("latin-1")]);
    let state = protocol::get_attr_opt(&a[0], &intern("__dict__"))?.unwrap_or(Value::NONE);
    Ok(Value::tuple(vec![a[0].ty().value(), args, state]))
}

pub(super) fn set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    if key.cast::<slice::Slice>().is_some() {
        return set_slice(v, key, value);
    }
    let array = this(v);
    let at = slice::position(key, me(v).len(), "bytearray")?;
    let byte = value.as_ref().map(|x| item_byte(x, RANGE)).transpose()?;
    let Some(i) = at.filter(|&i| i < me(v).len()) else {
        return index_error("bytearray index out of range");
    };
    match byte {
        Some(byte) => array.data.borrow_mut()[i] = byte,
        None => drop(array.resize(|data| data.remove(i))?),
    }
    Ok(())
}

fn set_slice(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let array = this(v);
    let len = me(v).len();
    let before = slice::indices(key, len)?;
    let new = match &value {
        None => Vec::new(),
        Some(x) => match buffer(x).map(Buffer::into_vec) {
            Some(data) => data,
            None if x.as_str().is_some()
                || x.ty().slots().index.is_some()
                || x.ty().slots().iter.is_none() =>
            {
                return type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)");
            }
            None => build::items(x, RANGE)?,
        },
    };
    // Items that change the very array are no reason to ask the slice again otherwise.
    let at = if me(v).len() == len { before } else { slice::indices(key, me(v).len())? };
    let Some(at) = at else { return Ok(()) };
    if at.step == 1 {
        let len = me(v).len();
        let start = (at.start as usize).min(len);
        let stop = (at.stop.max(at.start) as usize).clamp(start, len);
        if new.len() == stop - start {
            // No change of length, which views allow.
            array.data.borrow_mut()[start..stop].copy_from_slice(&new);
            return Ok(());
        }
        array.resize(|data| drop(data.splice(start..stop, new)))?;
        return Ok(());
    }
    if new.is_empty() {
        let at = at.ascending();
        return array.resize(|data| {
            let mut doomed = at.iter().peekable();
            let mut i = 0;
            data.retain(|_| {
                i += 1;
                doomed.next_if_eq(&(i - 1)).is_none()
            });
        });
    }
    if new.len() != at.count {
        let (n, m) = (new.len(), at.count);
        return Err(protocol::raise(
            &exception::VALUE_ERROR,
            format!("attempt to assign bytes of size {n} to extended slice of size {m}"),
        ));
    }
    let mut data = array.data.borrow_mut();
    for (i, b) in at.iter().zip(new) {
        if let Some(place) = data.get_mut(i) {
            *place = b;
        }
    }
    Ok(())
}
