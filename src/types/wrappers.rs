//! Native methods that call slots: `[].__len__()`, `super().__setattr__(...)`.

use super::function::new_native;
use crate::object::{Def, Dict, Slots, Type, Value, intern};
use crate::protocol;

/// A special method, and whether a type's slots provide it.
type Wrapper = (Def, fn(&Slots) -> bool);

macro_rules! wrappers {
    ($($sig:literal $slot:ident => $f:expr;)*) => {
        &[$((
            Def {
                name: crate::object::native::name_of($sig),
                params: $sig,
                doc: "",
                kind: crate::object::Kind::Function($f),
                sig: crate::object::Sig::parse($sig),
            },
            |s| s.$slot.is_some(),
        )),*]
    };
}

static WRAPPERS: &[Wrapper] = wrappers! {
    "__repr__()" repr => |a| protocol::repr(&a[0]);
    "__str__()" str => |a| protocol::str(&a[0]);
    "__hash__()" hash => |a| Ok(super::int::from_i64(base_slot(&a[0], |s| s.hash).map_or_else(|| protocol::hash(&a[0]), |f| f(&a[0]))?));
    "__len__()" len => |a| Ok(super::int::from_i64(protocol::len(&a[0])? as i64));
    "__getitem__(key, /)" get_item => |a| base_slot(&a[0], |s| s.get_item).map_or_else(|| protocol::get_item(&a[0], &a[1]), |f| f(&a[0], &a[1]));
    "__setitem__(key, value, /)" set_item => |a| base_slot(&a[0], |s| s.set_item).map_or(Ok(()), |f| f(&a[0], &a[1], Some(a[2].clone()))).map(|()| Value::NONE);
    "__delitem__(key, /)" set_item => |a| base_slot(&a[0], |s| s.set_item).map_or(Ok(()), |f| f(&a[0], &a[1], None)).map(|()| Value::NONE);
    "__contains__(key, /)" contains => |a| Ok(Value::bool(base_slot(&a[0], |s| s.contains).map_or(Ok(false), |f| f(&a[0], &a[1]))?));
    "__iter__()" iter => |a| base_slot(&a[0], |s| s.iter).map_or_else(|| protocol::iter(&a[0]), |f| f(&a[0]));
    "__next__()" next => |a| match protocol::next_or_stop(&a[0])? {
        Some(v) => Ok(v),
        None => Err(protocol::raise_args(&super::exception::STOP_ITERATION, Vec::new())),
    };
    "__call__(*args, **kwargs)" call => |a| {
        let mut all = a[1].as_tuple().unwrap_or_default().to_vec();
        let items = a[2].cast::<Dict>().map(Dict::items).unwrap_or_default();
        let names: Vec<Value> = items.iter().map(|i| i.0.clone()).collect();
        all.extend(items.into_iter().map(|i| i.1));
        let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
        match base_slot(&a[0], |s| s.call) {
            Some(f) => f(&a[0], &all, names.as_ref()),
            None => protocol::call_kw(&a[0], &all, names.as_ref()),
        }
    };
    "__init__(*args, **kwargs)" init => |a| {
        let mut all = a[1].as_tuple().unwrap_or_default().to_vec();
        let items = a[2].cast::<Dict>().map(Dict::items).unwrap_or_default();
        let names: Vec<Value> = items.iter().map(|i| i.0.clone()).collect();
        all.extend(items.into_iter().map(|i| i.1));
        let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
        match base_slot(&a[0], |s| s.init) {
            Some(f) => f(&a[0], &all, names.as_ref()).map(|()| Value::NONE),
            None => Ok(Value::NONE),
        }
    };
    "__get__(instance, owner=None, /)" descr_get => |a| {
        let owner = crate::object::arg(a, 2).clone().bound().unwrap_or(Value::NONE);
        let instance = if a[1].is_none() { Value::UNBOUND } else { a[1].clone() };
        base_slot(&a[0], |s| s.descr_get).map_or(Ok(a[0].clone()), |f| f(&a[0], &instance, &owner))
    };
    "__eq__(value, /)" compare => |a| compare(a, crate::object::Compare::Eq);
    "__ne__(value, /)" compare => |a| compare(a, crate::object::Compare::Ne);
    "__lt__(value, /)" compare => |a| compare(a, crate::object::Compare::Lt);
    "__le__(value, /)" compare => |a| compare(a, crate::object::Compare::Le);
    "__gt__(value, /)" compare => |a| compare(a, crate::object::Compare::Gt);
    "__ge__(value, /)" compare => |a| compare(a, crate::object::Compare::Ge);
};

fn compare(a: &[Value], op: crate::object::Compare) -> crate::object::Result {
    base_slot(&a[0], |s| s.compare).map_or(Ok(Value::NOT_IMPLEMENTED), |f| f(&a[0], &a[1], op))
}

/// The slot of the nearest built-in class: a Python class's own would come back here.
fn base_slot<T>(v: &Value, pick: fn(&Slots) -> Option<T>) -> Option<T> {
    let ty = v.ty();
    ty.mro().filter(|t| !t.is_heap()).find_map(|t| pick(t.slots()))
}

static NEW: Def = Def {
    name: "__new__",
    params: "__new__(cls, /, *args, **kwargs)",
    doc: "Create and return a new object.",
    kind: crate::object::Kind::Static(call_new),
    sig: crate::object::Sig::parse("__new__(cls, /, *args, **kwargs)"),
};

fn call_new(a: &[Value]) -> crate::object::Result {
    let Some(t) = a[0].cast::<Type>() else {
        return protocol::type_error("__new__(X): X is not a type object");
    };
    let mut all = a[1].as_tuple().unwrap_or_default().to_vec();
    let items = a[2].cast::<Dict>().map(Dict::items).unwrap_or_default();
    let names: Vec<Value> = items.iter().map(|i| i.0.clone()).collect();
    all.extend(items.into_iter().map(|i| i.1));
    let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
    match t.mro().filter(|t| !t.is_heap()).find_map(|t| t.slots().new) {
        Some(f) => f(&a[0], &all, names.as_ref()),
        None => protocol::type_error(format!("cannot create '{}' instances", t.name())),
    }
}

/// Adds what a built-in type's own slots stand for, where its table does not say it already.
pub fn add(ty: &'static Type, dict: &Dict) {
    let slots = ty.slots();
    for (def, provides) in WRAPPERS {
        let name = intern(def.name);
        if provides(slots)
            && dict.get_interned(&name).is_none()
            && let crate::object::Kind::Function(f) = def.kind
        {
            dict.set_interned(&name, new_native(def, f, Value::UNBOUND, ty.static_name(), true));
        }
    }
    let new = intern("__new__");
    if slots.new.is_some() && dict.get_interned(&new).is_none() {
        let f = new_native(&NEW, call_new, Value::UNBOUND, ty.static_name(), false);
        dict.set_interned(&new, super::function::new_staticmethod(f));
    }
}
