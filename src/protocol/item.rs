//! Length and subscripts.

use super::{index_position, type_error};
use crate::object::{Result, Type, Value};

/// `len(v)`
pub fn len(v: &Value) -> Result<usize> {
    match v.ty().slots().len {
        Some(f) => f(v),
        None => type_error(format!("object of type '{}' has no len()", v.ty().name())),
    }
}

/// `v[key]`
pub fn get_item(v: &Value, key: &Value) -> Result {
    if let Some(f) = v.ty().slots().get_item {
        return f(v, key);
    }
    if v.cast::<Type>().is_some() {
        return crate::types::alias::subscript_class(v, key);
    }
    type_error(format!("'{}' object is not subscriptable", v.ty().name()))
}

/// `v[key] = value`
pub fn set_item(v: &Value, key: &Value, value: Value) -> Result<()> {
    match v.ty().slots().set_item {
        Some(f) => f(v, key, Some(value)),
        None => {
            is_position(v, key)?;
            type_error(format!("'{}' object does not support item assignment", v.ty().name()))
        }
    }
}

/// `del v[key]`
pub fn delete_item(v: &Value, key: &Value) -> Result<()> {
    match v.ty().slots().set_item {
        Some(f) => f(v, key, None),
        None => {
            let not = if is_position(v, key)? { "doesn't" } else { "does not" };
            type_error(format!("'{}' object {not} support item deletion", v.ty().name()))
        }
    }
}

/// Whether `key` is an integer that CPython hands to the sequence slots of `v`, which turn out to be empty.
#[cold]
fn is_position(v: &Value, key: &Value) -> Result<bool> {
    if !super::number::has_sequence_slots(v.ty()) || key.ty().slots().index.is_none() {
        return Ok(false);
    }
    index_position(key).map(|_| true)
}
