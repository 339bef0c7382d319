//! The attributes of classes that are computed: `__module__`, `__doc__`, `__annotations__`, and the like.

use super::type_::{no_type_attribute, own, ty_of};
use crate::object::types::type_flags;
use crate::object::{Dict, Result, Type, Value, intern};
use crate::protocol::{self, type_error, value_error};

/// `__module__` of a class.
pub(super) fn module_of(ty: &Type) -> Value {
    match ty.name().rsplit_once('.') {
        _ if ty.is_heap() => {
            let own = ty.dict().get_interned(&intern("__module__")).cloned();
            own.unwrap_or_else(|| intern("builtins"))
        }
        Some((module, _)) => intern(module),
        None => intern("builtins"),
    }
}

/// `__doc__` of a class, which a descriptor may compute.
pub(super) fn doc_of(v: &Value) -> Result {
    let ty = ty_of(v);
    if !ty.is_heap() {
        return Ok(if ty.doc.is_empty() { Value::NONE } else { Value::str(ty.doc) });
    }
    match own(v, "__doc__") {
        Some(d) => match d.ty().slots().descr_get {
            Some(get) => get(&d, &Value::UNBOUND, v),
            None => Ok(d),
        },
        None => Ok(Value::NONE),
    }
}

/// Sets `__qualname__`.
pub(super) fn set_qualname(v: &Value, name: Option<Value>) -> Result<()> {
    match name {
        Some(n) if n.as_str().is_some() && ty_of(v).is_heap() => {
            drop(ty_of(v).qualname.replace(n));
            Ok(())
        }
        Some(n) if ty_of(v).is_heap() => type_error(format!(
            "can only assign string to {}.__qualname__, not '{}'",
            ty_of(v).name(),
            n.ty().name()
        )),
        Some(_) => {
            type_error(format!("cannot set '__qualname__' attribute of immutable type '{}'", ty_of(v).name()))
        }
        None => type_error(format!(
            "cannot delete '__qualname__' attribute of immutable type '{}'",
            ty_of(v).name()
        )),
    }
}

/// `__annotations__` of a class: its own, made on demand.
pub(super) fn annotations(v: &Value) -> Result {
    if !ty_of(v).is_heap() {
        return Err(no_type_attribute(v, &intern("__annotations__")));
    }
    if let Some(d) = own(v, "__annotations__") {
        return Ok(d);
    }
    let d = Dict::new();
    ty_of(v).dict().set_interned(&intern("__annotations__"), d.clone());
    Ok(d)
}

/// `__flags__`, as far as programs ask for it: heap type, may be a base, abstract.
pub(super) fn flags_of(ty: &Type) -> i32 {
    let is = |on: bool, bit: i32| if on { 1 << bit } else { 0 };
    let own = ty.is_heap().then(|| ty.dict().get_interned(&intern("__abstractmethods__")).cloned()).flatten();
    let is_abstract = own.is_some_and(|names| protocol::truth(&names).unwrap_or(false));
    is(ty.is_heap(), 9) | is(ty.flags.get() & type_flags::BASE != 0, 10) | is(true, 12) | is(is_abstract, 20)
}

/// Sets `__name__`.
pub(super) fn rename(v: &Value, name: Option<Value>) -> Result<()> {
    let ty = ty_of(v);
    if !ty.is_heap() {
        return type_error(format!("cannot set '__name__' attribute of immutable type '{}'", ty.name()));
    }
    let Some(name) = name else {
        return type_error(format!("cannot delete '__name__' attribute of immutable type '{}'", ty.name()));
    };
    match name.as_str() {
        Some(s) if s.contains('\0') => value_error("type name must not contain null characters"),
        Some(s) => {
            ty.set_name(s);
            Ok(())
        }
        None => {
            let given = name.ty().name();
            type_error(format!("can only assign string to {}.__name__, not '{given}'", ty.name()))
        }
    }
}
