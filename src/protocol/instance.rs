//! `isinstance` and `issubclass`.

use super::type_error;
use crate::object::{Result, Type, Value, intern_static, names};
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

/// What `v.__class__` says that it is, if that is not what it is made of, and is `ty` or derived from it.
pub fn claimed_class(v: &Value, ty: &Type) -> Result<Option<Value>> {
    if !v.ty().is_heap() && v.ty().slots().get_attr.is_none() {
        return Ok(None);
    }
    let claimed = super::get_attr_opt(v, &names::CLASS)?;
    Ok(claimed.filter(|c| c.cast::<Type>().is_some_and(|c| c.is_subtype(ty))))
}

/// `__bases__` of something that may be used as a class without being one: a tuple.
fn bases_of(v: &Value) -> Result<Option<Value>> {
    Ok(super::get_attr_opt(v, &intern_static("__bases__"))?.filter(|b| b.as_tuple().is_some()))
}

/// Whether `class` can be reached from `sub` by `__bases__`.
fn reaches(sub: &Value, class: &Value) -> Result<bool> {
    if sub.is(class) {
        return Ok(true);
    }
    let bases = bases_of(sub)?;
    let bases = bases.as_ref().and_then(Value::as_tuple).unwrap_or_default();
    any_of(bases, |b| vm::guard_native_recursion(" in __issubclass__", || reaches(b, class)))
}

/// What `isinstance` says of a class that has no say in it: `type.__instancecheck__`.
pub fn is_made_of(v: &Value, ty: &Type) -> Result<bool> {
    Ok(v.ty().is_subtype(ty) || claimed_class(v, ty)?.is_some())
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
        (None, None) if bases_of(class)?.is_some() => match super::get_attr_opt(v, &names::CLASS)? {
            Some(own) => reaches(&own, class),
            None => Ok(false),
        },
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
    derives(sub, class)
}

/// What `issubclass` says of a class that has no say in it.
pub fn derives(sub: &Value, class: &Value) -> Result<bool> {
    if let (Some(sub), Some(class)) = (sub.cast::<Type>(), class.cast::<Type>()) {
        return Ok(sub.is_subtype(class));
    }
    if bases_of(sub)?.is_none() {
        return type_error("issubclass() arg 1 must be a class");
    }
    if bases_of(class)?.is_none() {
        return type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union");
    }
    reaches(sub, class)
}

fn any_of(classes: &[Value], f: impl Fn(&Value) -> Result<bool>) -> Result<bool> {
    for class in classes {
        if f(class)? {
            return Ok(true);
        }
    }
    Ok(false)
}
