//! Attributes: descriptors, instances, and the default `__getattribute__` and `__setattr__`.
//! Names are interned strings throughout.

use super::{call, raise};
use crate::object::types::type_flags;
use crate::object::{Attrs, Raised, Result, Value, intern_static};
use crate::types::exception;
use crate::types::function::{FUNCTION, METHOD_DESCRIPTOR};
use crate::types::wrappers::SLOT_WRAPPER;

/// `v.name`
#[inline]
pub fn get_attr(v: &Value, name: &Value) -> Result {
    let found = match v.ty().slots().get_attr {
        Some(f) => f(v, name),
        None => generic_get_attr(v, name),
    };
    found.inspect_err(|e| tell_attribute(e, v, name))
}

/// Lets an `AttributeError` that a program raised know which attribute of what is missing, unless it says so itself.
#[cold]
fn tell_attribute(e: &Raised, v: &Value, name: &Value) {
    let is_set = |field| exception::get_field(&e.0, field).is_some();
    if e.0.ty().is_subtype(&exception::ATTRIBUTE_ERROR) && !is_set("name") && !is_set("obj") {
        exception::set_field(&e.0, "name", name.clone());
        exception::set_field(&e.0, "obj", v.clone());
    }
}

/// `v.name`, or `None` on `AttributeError`, which a property may raise too.
pub fn get_attr_opt(v: &Value, name: &Value) -> Result<Option<Value>> {
    let found = match v.ty().slots().get_attr {
        None => generic_get_attr_opt(v, name),
        Some(f) => f(v, name).map(Some),
    };
    match found {
        Err(e) if e.0.ty().is_subtype(&exception::ATTRIBUTE_ERROR) => Ok(None),
        r => r,
    }
}

/// The default `__getattribute__`.
pub fn generic_get_attr(v: &Value, name: &Value) -> Result {
    match generic_get_attr_opt(v, name)? {
        Some(x) => Ok(x),
        None => Err(no_attribute(v, name)),
    }
}

/// `AttributeError: 'T' object has no attribute 'name'`
#[cold]
pub fn no_attribute(v: &Value, name: &Value) -> Raised {
    let what = format!("'{}' object has no attribute '{}'", v.ty().name(), name.as_str().unwrap_or_default());
    attribute_error_for(v, name, what)
}

/// An `AttributeError` that knows object and name.
#[cold]
pub fn attribute_error_for(v: &Value, name: &Value, message: String) -> Raised {
    let e = raise(&exception::ATTRIBUTE_ERROR, message);
    exception::set_field(&e.0, "name", name.clone());
    exception::set_field(&e.0, "obj", v.clone());
    e
}

fn generic_get_attr_opt(v: &Value, name: &Value) -> Result<Option<Value>> {
    let ty = v.ty();
    let class_attr = ty.lookup(name);
    if let Some(descriptor) = &class_attr {
        let slots = descriptor.ty().slots();
        if slots.descr_set.is_some()
            && let Some(get) = slots.descr_get
        {
            return get(descriptor, v, &ty.value()).map(Some);
        }
    }
    if let Some(x) = Attrs::of(v).and_then(|a| a.get(name)) {
        return Ok(Some(x));
    }
    match class_attr {
        Some(descriptor) => match descriptor.ty().slots().descr_get {
            Some(get) => get(&descriptor, v, &ty.value()).map(Some),
            None => Ok(Some(descriptor)),
        },
        None => Ok(None),
    }
}

/// `v.name = value`, or `del v.name` for `None`.
#[inline]
pub fn set_attr(v: &Value, name: &Value, value: Option<Value>) -> Result<()> {
    match v.ty().slots().set_attr {
        Some(f) => f(v, name, value),
        None => generic_set_attr(v, name, value),
    }
}

/// The default `__setattr__` and `__delattr__`.
pub fn generic_set_attr(v: &Value, name: &Value, value: Option<Value>) -> Result<()> {
    let ty = v.ty();
    let class_attr = ty.lookup(name);
    if let Some(set) = class_attr.as_ref().and_then(|d| d.ty().slots().descr_set) {
        return set(&class_attr.unwrap_or(Value::NONE), v, value);
    }
    let text = name.as_str().unwrap_or_default();
    let attrs = Attrs::of(v).filter(|_| ty.flags.get() & type_flags::NO_DICT == 0);
    let (Some(attrs), Some(head)) = (attrs, v.head()) else {
        return Err(match class_attr {
            Some(_) => {
                let message = format!("'{}' object attribute '{text}' is read-only", ty.name());
                attribute_error_for(v, name, message)
            }
            None => no_attribute(v, name),
        });
    };
    match value {
        Some(value) => attrs.set(head, name, value),
        None if attrs.delete(name) => {}
        None => return Err(no_attribute(v, name)),
    }
    Ok(())
}

/// A special method, looked up on the type and bound to `v`.
pub fn lookup_special(v: &Value, name: &Value) -> Result<Option<Value>> {
    let ty = v.ty();
    match ty.lookup(name) {
        None => Ok(None),
        Some(method) => match method.ty().slots().descr_get {
            Some(get) => get(&method, v, &ty.value()).map(Some),
            None => Ok(Some(method)),
        },
    }
}

/// Calls the special method `name` of `v`, known to exist (a slot stands for it).
pub fn call_dunder(v: &Value, name: &'static str, args: &[Value]) -> Result {
    match call_on_type(v, &intern_static(name), args)? {
        Some(result) => Ok(result),
        None => super::type_error(format!("'{}' object has no {name}", v.ty().name())),
    }
}

/// Calls the method `name`, an interned string, that the type of `v` has, with `v` and the arguments. `None`: it has
/// none. A class can refuse what its bases can do by a method that is the object `None`, which cannot be called.
pub fn call_on_type(v: &Value, name: &Value, args: &[Value]) -> Result<Option<Value>> {
    const ROOM: usize = 4;
    let ty = v.ty();
    let Some(method) = ty.lookup(name) else { return Ok(None) };
    let unbound = [&FUNCTION, &METHOD_DESCRIPTOR, &SLOT_WRAPPER].iter().any(|t| method.is_exact(t));
    if unbound && args.len() < ROOM {
        // No bound method is needed.
        let mut all = [const { Value::UNBOUND }; ROOM];
        for (to, from) in all.iter_mut().zip(std::iter::once(v).chain(args)) {
            *to = from.clone();
        }
        return call(&method, &all[..args.len() + 1]).map(Some);
    }
    let bound = match method.ty().slots().descr_get {
        Some(get) => get(&method, v, &ty.value())?,
        None => method,
    };
    call(&bound, args).map(Some)
}
