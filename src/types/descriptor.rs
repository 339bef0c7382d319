//! The descriptors `classmethod` and `staticmethod`.

use super::function::{bound_method, dict_of};
use crate::object::{Attrs, Boxed, Def, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, call_kw, runtime_error, type_error};
use std::cell::RefCell;

/// The field of `classmethod` and `staticmethod`.
pub struct DescriptorBody {
    /// The callable; unbound before `__init__`.
    function: RefCell<Value>,
}

crate::body!(DescriptorBody: MethodDescriptor { function });

type Descriptor = Boxed<DescriptorBody>;

fn this(v: &Value) -> &DescriptorBody {
    v.cast::<Descriptor>().expect("slots are only called on their own type")
}

/// A class method around a callable.
pub fn new_classmethod(f: Value) -> Value {
    Value::new(&CLASSMETHOD, DescriptorBody { function: RefCell::new(f) })
}

/// A static method around a callable.
pub fn new_staticmethod(f: Value) -> Value {
    Value::new(&STATICMETHOD, DescriptorBody { function: RefCell::new(f) })
}

/// What it is given is for `__init__`.
fn new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    Ok(Value::new(t, DescriptorBody { function: RefCell::new(Value::UNBOUND) }))
}

/// Takes a callable, and from it what describes it.
fn init(v: &Value, args: &[Value], names: Option<&Value>, kind: &str) -> Result<()> {
    if names.is_some() {
        return type_error(format!("{kind}() takes no keyword arguments"));
    }
    super::args::check(kind, args, None, 1, 1)?;
    let f = &args[0];
    drop(this(v).function.replace(f.clone()));
    for name in ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"] {
        let name = intern(name);
        if let Some(value) = protocol::get_attr_opt(f, &name)?
            && let (Some(attrs), Some(head)) = (Attrs::of(v), v.head())
        {
            attrs.set(head, &name, value);
        }
    }
    Ok(())
}

fn function(v: &Value) -> Value {
    this(v).function.borrow().clone()
}

/// The callable of a descriptor that has one.
fn initialised(v: &Value, kind: &str) -> Result {
    match function(v).bound() {
        Some(f) => Ok(f),
        None => runtime_error(format!("uninitialized {kind} object")),
    }
}

/// Whether a function, or unbound, is abstract: its `__isabstractmethod__`.
pub(super) fn is_abstract(f: &Value) -> Result<bool> {
    if f.is_unbound() {
        return Ok(false);
    }
    let flag = protocol::get_attr_opt(f, &intern("__isabstractmethod__"))?;
    flag.map_or(Ok(false), |flag| protocol::truth(&flag))
}

fn repr(v: &Value, kind: &str) -> Result {
    let f = function(v).bound().unwrap_or(Value::NONE);
    Ok(Value::str(&format!("<{kind}({})>", protocol::repr_string(&f)?)))
}

const ATTRIBUTES: &[Def] = crate::defs! {
    member "__func__()" "" => |v| Ok(function(v).bound().unwrap_or(Value::NONE));
    member "__wrapped__()" "" => |v| Ok(function(v).bound().unwrap_or(Value::NONE));
    get "__isabstractmethod__()" "" => |v| is_abstract(&function(v)).map(Value::bool);
    get "__dict__()" "" => dict_of, super::type_::set_instance_dict;
};

/// `classmethod`
pub static CLASSMETHOD: Type =
    Type::builtin::<Descriptor>("classmethod", Layout::MethodDescriptor, "", ATTRIBUTES)
        .with_base_flag()
        .with_attrs(size_of::<Descriptor>())
        .with_slots(Slots {
            new: Some(new),
            init: Some(|v, args, names| init(v, args, names, "classmethod")),
            repr: Some(|v| repr(v, "classmethod")),
            descr_get: Some(|d, instance, owner| {
                let f = initialised(d, "classmethod")?;
                let class = match owner.as_bound().filter(|o| !o.is_none()) {
                    Some(owner) => owner.clone(),
                    None => instance.ty().value(),
                };
                match f.ty().slots().descr_get {
                    Some(get) => get(&f, &class, &class),
                    None => Ok(bound_method(f, class)),
                }
            }),
            ..Slots::EMPTY
        });

/// `staticmethod`
pub static STATICMETHOD: Type =
    Type::builtin::<Descriptor>("staticmethod", Layout::MethodDescriptor, "", ATTRIBUTES)
        .with_base_flag()
        .with_attrs(size_of::<Descriptor>())
        .with_slots(Slots {
            new: Some(new),
            init: Some(|v, args, names| init(v, args, names, "staticmethod")),
            repr: Some(|v| repr(v, "staticmethod")),
            descr_get: Some(|d, _, _| initialised(d, "staticmethod")),
            call: Some(|d, args, names| call_kw(&initialised(d, "staticmethod")?, args, names)),
            ..Slots::EMPTY
        });
