//! Length and subscripts.

use super::{call_method, get_attr_opt, type_error};
use crate::object::{Result, Type, Value, intern};

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
    if let Some(ty) = v.cast::<Type>() {
        if get_attr_opt(v, &intern("__class_getitem__"))?.is_some() {
            return call_method(v, "__class_getitem__", std::slice::from_ref(key));
        }
        return type_error(format!("type '{}' is not subscriptable", ty.name()));
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
