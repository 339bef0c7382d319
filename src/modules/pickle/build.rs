//! Making objects, and giving them their state.

use super::unpickling_error as fail;
use crate::object::{Attrs, Dict, Result, Type, Value, intern_static, intern_value};
use crate::protocol::{self, call, get_attr, get_attr_opt};
use crate::types::members;
use crate::types::object::OBJECT;

/// `class.__new__(class, *args, **keywords)`
pub fn new(class: &Value, args: &Value, keywords: Option<&Value>) -> Result {
    let code = if keywords.is_some() { "NEWOBJ_EX" } else { "NEWOBJ" };
    let Some(ty) = class.cast::<Type>() else {
        return fail(&format!("{code} class argument must be a type, not {}", class.ty().name()));
    };
    let Some(make) = ty.slots().new else {
        return fail(&format!("{code} class argument '{}' doesn't have __new__", ty.name()));
    };
    let Some(args) = args.as_tuple() else {
        return fail(&format!("{code} args argument must be a tuple, not {}", args.ty().name()));
    };
    if let Some(keywords) = keywords.filter(|k| k.cast::<Dict>().is_none()) {
        return fail(&format!("{code} kwargs argument must be a dict, not {}", keywords.ty().name()));
    }
    let mut all = args.to_vec();
    let mut names = Vec::new();
    for (name, value) in keywords.and_then(|k| k.cast::<Dict>()).map(Dict::items).unwrap_or_default() {
        names.push(name);
        all.push(value);
    }
    let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
    make(class, &all, names.as_ref())
}

/// An instance as old protocols make it.
pub fn instance(class: &Value, args: Vec<Value>) -> Result {
    if let Some(ty) = class.cast::<Type>()
        && args.is_empty()
        && get_attr_opt(class, &intern_static("__getinitargs__"))?.is_none()
        && let Some(make) = ty.slots().new
    {
        return make(class, &[], None);
    }
    call(class, &args)
}

/// Gives an object the state that was written.
pub fn set_state(v: &Value, state: &Value) -> Result<()> {
    if let Some(setter) = get_attr_opt(v, &intern_static("__setstate__"))? {
        return call(&setter, std::slice::from_ref(state)).map(drop);
    }
    let (own, slots) = match state.as_tuple() {
        Some([own, slots]) => (own, slots.clone()),
        _ => (state, Value::NONE),
    };
    if !own.is_none() {
        let Some(own) = own.cast::<Dict>() else { return fail("state is not a dictionary") };
        set_attributes(v, own)?;
    }
    if !slots.is_none() {
        let Some(slots) = slots.cast::<Dict>() else { return fail("slot state is not a dictionary") };
        for (name, value) in slots.items() {
            protocol::set_attr(v, &interned(&name), Some(value))?;
        }
    }
    Ok(())
}

/// Names of attributes are kept once only.
fn interned(name: &Value) -> Value {
    intern_value(name).unwrap_or_else(|| name.clone())
}

fn set_attributes(v: &Value, state: &Dict) -> Result<()> {
    let ty = v.ty();
    let base = ty.mro().find(|t| !t.is_heap());
    let plain = ty.is_heap() && base.is_some_and(|b| std::ptr::eq(b, &OBJECT)) && members::has_dict(ty);
    let items = state.items();
    if let (true, Some(head), Some(attributes)) = (plain, v.head(), Attrs::of(v))
        && items.iter().all(|(name, _)| name.as_str().is_some())
    {
        for (name, value) in items {
            attributes.set(head, &interned(&name), value);
        }
        return Ok(());
    }
    by_dict(v, state)
}

fn by_dict(v: &Value, state: &Dict) -> Result<()> {
    let dict = get_attr(v, &intern_static("__dict__"))?;
    for (name, value) in state.items() {
        protocol::set_item(&dict, &interned(&name), value)?;
    }
    Ok(())
}
