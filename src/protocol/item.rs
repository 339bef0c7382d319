//! Length and subscripts.

use super::type_error;
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
        None => type_error(format!("'{}' object does not support item assignment", v.ty().name())),
    }
}

/// `del v[key]`
pub fn delete_item(v: &Value, key: &Value) -> Result<()> {
    match v.ty().slots().set_item {
        Some(f) => f(v, key, None),
        None => type_error(format!("'{}' object doesn't support item deletion", v.ty().name())),
    }
}
