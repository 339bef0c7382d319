//! Calling.

use super::{get_attr, lookup_special, type_error};
use crate::object::{Result, Value, intern};

/// `f(*args)`
pub fn call(f: &Value, args: &[Value]) -> Result {
    call_kw(f, args, None)
}

/// Calls `f`; the last arguments are by keyword if `names`, a tuple of strings, is given.
#[inline]
pub fn call_kw(f: &Value, args: &[Value], names: Option<&Value>) -> Result {
    match f.ty().slots().call {
        Some(code) => code(f, args, names),
        None => type_error(format!("'{}' object is not callable", f.ty().name())),
    }
}

/// `v.name(*args)`
pub fn call_method(v: &Value, name: &str, args: &[Value]) -> Result {
    call(&get_attr(v, &intern(name))?, args)
}

/// Calls the special method `name`, looked up on the type; `None` if the type lacks it.
pub fn call_special(v: &Value, name: &str, args: &[Value]) -> Option<Result> {
    match lookup_special(v, &intern(name)) {
        Ok(Some(method)) => Some(call(&method, args)),
        Ok(None) => None,
        Err(e) => Some(Err(e)),
    }
}
