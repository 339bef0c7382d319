//! The descriptors `property`, `classmethod` and `staticmethod`.

use super::function::bound_method;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, attribute_error, call, call_kw, type_error};
use std::cell::RefCell;

fn none_if_unbound(v: &Value) -> Value {
    v.clone().bound().unwrap_or(Value::NONE)
}

/// The fields of `property`, `classmethod` and `staticmethod`.
pub struct DescriptorBody {
    get: RefCell<Value>,
    set: RefCell<Value>,
    delete: RefCell<Value>,
    doc: RefCell<Value>,
}

crate::body!(DescriptorBody: Property { get, set, delete, doc });

type Descriptor = Boxed<DescriptorBody>;

fn des(v: &Value) -> &DescriptorBody {
    v.cast::<Descriptor>().expect("slots are only called on their own type")
}

fn new_descriptor(ty: &Type, mut parts: [Value; 4]) -> Value {
    for p in &mut parts {
        if p.is_none() {
            *p = Value::UNBOUND;
        }
    }
    let [get, set, delete, doc] = parts.map(RefCell::new);
    Value::new(ty, DescriptorBody { get, set, delete, doc })
}

fn descriptor_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    match args {
        [f] if names.is_none() => {
            Ok(new_descriptor(t, [f.clone(), Value::UNBOUND, Value::UNBOUND, Value::UNBOUND]))
        }
        _ => type_error(format!("{} expected 1 argument, got {}", t.name(), args.len())),
    }
}

/// `property.__new__`: what it is given is for `__init__`, which a subclass may call with something else.
fn property_new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    Ok(new_descriptor(t, [const { Value::UNBOUND }; 4]))
}

/// `property.__init__(fget=None, fset=None, fdel=None, doc=None)`
fn property_init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let a = protocol::bind_args("property", "(fget=None, fset=None, fdel=None, doc=None)", args, names)?;
    let d = des(v);
    for (i, field) in [&d.get, &d.set, &d.delete, &d.doc].into_iter().enumerate() {
        let part = crate::object::arg(&a, i).clone();
        drop(field.replace(if part.is_none() { Value::UNBOUND } else { part }));
    }
    Ok(())
}

/// A class method around a callable.
pub fn new_classmethod(f: Value) -> Value {
    new_descriptor(&CLASSMETHOD, [f, Value::UNBOUND, Value::UNBOUND, Value::UNBOUND])
}

/// A static method around a callable.
pub fn new_staticmethod(f: Value) -> Value {
    new_descriptor(&STATICMETHOD, [f, Value::UNBOUND, Value::UNBOUND, Value::UNBOUND])
}

fn property_with(v: &Value, at: usize, f: &Value) -> Result {
    let d = des(v);
    let mut parts = [&d.get, &d.set, &d.delete, &d.doc].map(|c| c.borrow().clone());
    parts[at] = f.clone();
    Ok(new_descriptor(v.ty(), parts))
}

fn property_missing(d: &Value, instance: &Value, what: &str) -> Result<()> {
    let getter = des(d).get.borrow().clone();
    let name = if getter.is_unbound() { None } else { protocol::get_attr_opt(&getter, &intern("__name__"))? };
    let name = name.as_ref().and_then(Value::as_str).unwrap_or("?").to_owned();
    attribute_error(format!("property '{name}' of '{}' object has no {what}", instance.ty().name()))
}

/// `__isabstractmethod__` of a descriptor: whether one of its functions is abstract.
fn is_abstract(v: &Value) -> Result {
    let d = des(v);
    for part in [&d.get, &d.set, &d.delete] {
        let f = part.borrow().clone();
        if !f.is_unbound()
            && let Some(flag) = protocol::get_attr_opt(&f, &intern("__isabstractmethod__"))?
            && protocol::truth(&flag)?
        {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

/// `property`
pub static PROPERTY: Type = Type::builtin::<Descriptor>(
    "property",
    Layout::Property,
    "",
    crate::defs! {
        fn "getter(f, /)" "Copy with another getter." => |a| property_with(&a[0], 0, &a[1]);
        fn "setter(f, /)" "Copy with another setter." => |a| property_with(&a[0], 1, &a[1]);
        fn "deleter(f, /)" "Copy with another deleter." => |a| property_with(&a[0], 2, &a[1]);
        get "__isabstractmethod__()" "" => is_abstract;
        get "fget()" "" => |v| Ok(none_if_unbound(&des(v).get.borrow()));
        get "fset()" "" => |v| Ok(none_if_unbound(&des(v).set.borrow()));
        get "fdel()" "" => |v| Ok(none_if_unbound(&des(v).delete.borrow()));
        get "__doc__()" "" => |v| {
            let doc = des(v).doc.borrow().clone();
            let getter = des(v).get.borrow().clone();
            match (doc.bound(), getter.bound()) {
                (Some(d), _) => Ok(d),
                (None, Some(g)) => Ok(protocol::get_attr_opt(&g, &intern("__doc__"))?.unwrap_or(Value::NONE)),
                _ => Ok(Value::NONE),
            }
        };
    },
)
.with_signature("(fget=None, fset=None, fdel=None, doc=None)")
.with_base_flag()
.with_slots(Slots {
    new: Some(property_new),
    init: Some(property_init),
    descr_get: Some(|d, instance, _| {
        if instance.is_unbound() {
            return Ok(d.clone());
        }
        let getter = des(d).get.borrow().clone();
        if getter.is_unbound() {
            property_missing(d, instance, "getter")?;
        }
        call(&getter, std::slice::from_ref(instance))
    }),
    descr_set: Some(|d, instance, value| {
        let (f, what) = match value {
            Some(_) => (des(d).set.borrow().clone(), "setter"),
            None => (des(d).delete.borrow().clone(), "deleter"),
        };
        if f.is_unbound() {
            return property_missing(d, instance, what);
        }
        let args: Vec<Value> = std::iter::once(instance.clone()).chain(value).collect();
        call(&f, &args).map(drop)
    }),
    ..Slots::EMPTY
});

/// An attribute that a class or static method has from the function in it.
fn of_wrapped(v: &Value, name: &str) -> Result {
    let f = des(v).get.borrow().clone();
    protocol::get_attr(&f, &intern(name))
}

/// `classmethod`
pub static CLASSMETHOD: Type = Type::builtin::<Descriptor>(
    "classmethod",
    Layout::Property,
    "",
    crate::defs! {
        get "__func__()" "" => |v| Ok(des(v).get.borrow().clone());
        get "__wrapped__()" "" => |v| Ok(des(v).get.borrow().clone());
        get "__isabstractmethod__()" "" => is_abstract;
        get "__name__()" "" => |v| of_wrapped(v, "__name__");
        get "__qualname__()" "" => |v| of_wrapped(v, "__qualname__");
        get "__module__()" "" => |v| of_wrapped(v, "__module__");
        get "__doc__()" "" => |v| of_wrapped(v, "__doc__");
        get "__annotations__()" "" => |v| of_wrapped(v, "__annotations__");
    },
)
.with_base_flag()
.with_slots(Slots {
    new: Some(descriptor_new),
    init: Some(|_, _, _| Ok(())),
    descr_get: Some(|d, _, owner| Ok(bound_method(des(d).get.borrow().clone(), owner.clone()))),
    ..Slots::EMPTY
});

/// `staticmethod`
pub static STATICMETHOD: Type = Type::builtin::<Descriptor>(
    "staticmethod",
    Layout::Property,
    "",
    crate::defs! {
        get "__func__()" "" => |v| Ok(des(v).get.borrow().clone());
        get "__wrapped__()" "" => |v| Ok(des(v).get.borrow().clone());
        get "__isabstractmethod__()" "" => is_abstract;
        get "__name__()" "" => |v| of_wrapped(v, "__name__");
        get "__qualname__()" "" => |v| of_wrapped(v, "__qualname__");
        get "__module__()" "" => |v| of_wrapped(v, "__module__");
        get "__doc__()" "" => |v| of_wrapped(v, "__doc__");
        get "__annotations__()" "" => |v| of_wrapped(v, "__annotations__");
    },
)
.with_base_flag()
.with_slots(Slots {
    new: Some(descriptor_new),
    init: Some(|_, _, _| Ok(())),
    descr_get: Some(|d, _, _| Ok(des(d).get.borrow().clone())),
    call: Some(|d, args, names| {
        let f = des(d).get.borrow().clone();
        call_kw(&f, args, names)
    }),
    ..Slots::EMPTY
});
