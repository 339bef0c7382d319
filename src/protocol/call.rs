//! Calling.

use super::{call_on_type, get_attr, type_error};
use crate::object::{Result, Value, intern, intern_static};

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
pub fn call_special(v: &Value, name: &'static str, args: &[Value]) -> Option<Result> {
    let name = intern_static(name);
    match v.ty().lookup_ref(&name) {
        Some(_) => call_on_type(v, &name, args).transpose(),
        None => None,
    }
}
