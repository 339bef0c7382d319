//! `isinstance` and `issubclass`.

use super::type_error;
use crate::object::{Result, Type, Value, names};
use crate::vm;

/// What the metaclass or another object says of an instance or subclass, if it has a say.
fn ask(class: &Value, method: &'static str, v: &Value) -> Option<Result<bool>> {
    // A built-in metaclass gives the default answer.
    if !class.ty().is_heap() && class.cast::<Type>().is_some() {
        return None;
    }
    let answer = super::call_special(class, method, std::slice::from_ref(v))?;
    Some(answer.and_then(|r| super::truth(&r)))
}

/// Whether `v.__class__` says that it is of another class than it is made of, and that one will do.
fn claims_class(v: &Value, ty: &Type) -> Result<bool> {
    if !v.ty().is_heap() && v.ty().slots().get_attr.is_none() {
        return Ok(false);
    }
    let claimed = super::get_attr_opt(v, &names::CLASS)?;
    Ok(claimed.as_ref().and_then(Value::cast::<Type>).is_some_and(|c| c.is_subtype(ty)))
}

/// What `isinstance` says of a class that has no say in it: `type.__instancecheck__`.
pub fn is_made_of(v: &Value, ty: &Type) -> Result<bool> {
    Ok(v.ty().is_subtype(ty) || claims_class(v, ty)?)
}

/// `isinstance(v, class)`
pub fn is_instance(v: &Value, class: &Value) -> Result<bool> {
    let ty = class.cast::<Type>();
    if ty.is_some_and(|t| std::ptr::eq(t, v.ty())) {
        return Ok(true);
    }
    if let Some(classes) = class.as_tuple() {
        return any_of(classes, |c| {
            vm::guard_native_recursion(" in __instancecheck__", || is_instance(v, c))
        });
    }
    match (ask(class, "__instancecheck__", v), ty) {
        (Some(answer), _) => answer,
        (None, Some(ty)) => is_made_of(v, ty),
        (None, None) => type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"),
    }
}

/// `issubclass(sub, class)`
pub fn is_subclass(sub: &Value, class: &Value) -> Result<bool> {
    if let Some(classes) = class.as_tuple() {
        return any_of(classes, |c| {
            vm::guard_native_recursion(" in __subclasscheck__", || is_subclass(sub, c))
        });
    }
    if let Some(answer) = ask(class, "__subclasscheck__", sub) {
        return answer;
    }
    match (sub.cast::<Type>(), class.cast::<Type>()) {
        (None, _) => type_error("issubclass() arg 1 must be a class"),
        (_, None) => type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"),
        (Some(sub), Some(class)) => Ok(sub.is_subtype(class)),
    }
}

fn any_of(classes: &[Value], f: impl Fn(&Value) -> Result<bool>) -> Result<bool> {
    for class in classes {
        if f(class)? {
            return Ok(true);
        }
    }
    Ok(false)
}
