//! Making the built-in types ready.
//!
//! At start-up a type gets only what every use of it needs: its base, its method resolution order and the slots that
//! it inherits. Its namespace is made when something first looks into it: most programs never ask most types.

use super::descriptor::new_staticmethod;
use super::function::{new_class_native, new_getset, new_method, new_static_native};
use super::object::OBJECT;
use super::wrappers;
use crate::object::slots::OwnSlots;
use crate::object::{Dict, Kind, Type, Value, intern};

/// Makes a built-in type ready, its bases first.
pub fn ready(ty: &'static Type) {
    if ty.is_ready() {
        return;
    }
    let base = match ty.base.get() {
        Some(base) => Some(base),
        None if std::ptr::eq(ty, &OBJECT) => None,
        None => Some(&OBJECT),
    };
    ty.base.set(base);
    let mut mro = vec![ty.value()];
    if let Some(base) = base {
        ready(base);
        mro.extend(base.mro().map(Type::value));
    }
    let mut bases: Vec<Value> = base.map(Type::value).into_iter().collect();
    if let Some(second) = ty.second_base.get() {
        ready(second);
        bases.push(second.value());
        // It comes before the bases that both have.
        let shared = |b: &Value| b.cast::<Type>().is_some_and(|b| second.is_subtype(b));
        let at = mro.iter().skip(1).position(shared).map_or(mro.len(), |i| i + 1);
        mro.insert(at, second.value());
    }
    ty.set_ready(mro, Value::tuple(bases));
    if let Some(base) = base {
        let (slots, own) = ty.slots().inheriting(base.slots());
        ty.own_slots.set(own);
        ty.set_slots(slots);
        if ty.attrs_offset.get() == 0 && ty.layout == base.layout {
            ty.attrs_offset.set(base.attrs_offset.get());
        }
    } else {
        ty.own_slots.set(OwnSlots::ALL);
    }
    ty.version.set(crate::object::dict::fresh_version());
}

/// The namespace of a built-in type: what its table says, and what its own slots stand for.
pub fn namespace(ty: &'static Type) -> Value {
    let dict = Dict::new();
    let Some(d) = dict.cast::<Dict>() else { return dict };
    for def in ty.methods {
        let value = match def.kind {
            Kind::Function(f) if wrappers::is_slot_method(def.name) => wrappers::new_slot_method(def, f, ty),
            Kind::Function(f) => new_method(def, f, ty),
            Kind::Static(f) => {
                let function = new_static_native(def, f, ty);
                match def.name {
                    "__new__" => function,
                    _ => new_staticmethod(function),
                }
            }
            Kind::Class(f) => new_class_native(def, f, ty),
            Kind::Property(..) => new_getset(def, ty),
            Kind::Member(_) => super::members::new_field(def, ty),
            Kind::Const(f) | Kind::Late(f) => f(),
        };
        d.set_interned(&intern(def.name), value);
    }
    wrappers::add(ty, &ty.slots().only(ty.own_slots.get()), d);
    let doc = intern("__doc__");
    if d.get_interned(&doc).is_none() {
        d.set_interned(&doc, if ty.doc.is_empty() { Value::NONE } else { Value::str(ty.doc) });
    }
    dict
}
