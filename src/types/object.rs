//! `object`.

use super::module::MODULE;
use super::type_::{attr_name, instance_dict, set_instance_dict};
use crate::object::{Attrs, Boxed, Compare, Dict, Head, Layout, Result, Slots, Type, Value, intern, names};
use crate::protocol::{self, generic_get_attr, generic_set_attr, type_error};

/// The fields of a plain instance: none.
pub struct InstanceBody;

crate::body!(InstanceBody: Object);

/// The type `object`.
pub static OBJECT: Type = Type::builtin::<Boxed<InstanceBody>>("object", Layout::Object, "The base class of all classes.", crate::defs! {
    get "__class__()" "" => |v| Ok(v.ty().value()), set_class;
    fn "__getattribute__(name, /)" "" => |a| {
        let name = attr_name(&a[1])?;
        super::module::plain_attr(&a[0], &name).unwrap_or_else(|| generic_get_attr(&a[0], &name))
    };
    fn "__setattr__(name, value, /)" "" => |a| check_setter(&a[0], "__setattr__").and_then(|()| generic_set_attr(&a[0], &attr_name(&a[1])?, Some(a[2].clone()))).map(|()| Value::NONE);
    fn "__delattr__(name, /)" "" => |a| check_setter(&a[0], "__delattr__").and_then(|()| generic_set_attr(&a[0], &attr_name(&a[1])?, None)).map(|()| Value::NONE);
    fn "__format__(format_spec, /)" "" => |a| match a[1].as_str() {
        Some("") => protocol::as_call(|| protocol::str(&a[0])),
        Some(_) => type_error(format!("unsupported format string passed to {}.__format__", a[0].ty().name())),
        None => type_error(format!("__format__() argument must be str, not {}", super::str::given(&a[1]))),
    };
    fn "__dir__()" "" => |a| dir(&a[0]);
    fn "__sizeof__()" "" => |a| Ok(Value::small(a[0].ty().size as i32));
    fn "__repr__()" "" => |a| Ok(Value::str(&protocol::default_repr(&a[0])));
    fn "__str__()" "" => |a| protocol::repr(&a[0]);
    fn "__hash__()" "" => |a| Ok(super::int::from_i64(identity_hash(&a[0])));
    fn "__eq__(other, /)" "" => |a| Ok(if a[0].is(&a[1]) { Value::TRUE } else { Value::NOT_IMPLEMENTED });
    fn "__ne__(other, /)" "" => |a| {
        let r = protocol::call_dunder(&a[0], "__eq__", &[a[1].clone()])?;
        if r.is(&Value::NOT_IMPLEMENTED) { Ok(r) } else { Ok(Value::bool(!protocol::truth(&r)?)) }
    };
    fn "__lt__(other, /)" "self < value" => |_| Ok(Value::NOT_IMPLEMENTED);
    fn "__le__(other, /)" "self <= value" => |_| Ok(Value::NOT_IMPLEMENTED);
    fn "__gt__(other, /)" "self > value" => |_| Ok(Value::NOT_IMPLEMENTED);
    fn "__ge__(other, /)" "self >= value" => |_| Ok(Value::NOT_IMPLEMENTED);
    fn "__init__(*args, **kwargs)" "" => |a| {
        let by_name = a[2].cast::<Dict>().filter(|d| d.len() > 0).map(|d| Value::tuple(d.keys()));
        object_init(&a[0], a[1].as_tuple().unwrap_or_default(), by_name.as_ref()).map(|()| Value::NONE)
    };
    fn "__reduce__()" "The attributes, for pickle and copy." => |a| super::reduce::reduce(&a[0], 0);
    fn "__reduce_ex__(protocol, /)" "The attributes, for pickle and copy." => super::reduce::reduce_ex;
    fn "__getstate__()" "The attributes, for pickle and copy." => |a| super::reduce::state(&a[0]);
    class "__init_subclass__()" "" => |_| Ok(Value::NONE);
    class "__subclasshook__(subclass, /)" "" => |_| Ok(Value::NOT_IMPLEMENTED);
})
.with_signature("()")
.with_base_flag()
.with_slots(Slots {
    new: Some(object_new),
    init: Some(object_init),
    hash: Some(|v| Ok(identity_hash(v))),
    ..Slots::EMPTY
});

/// `object.__setattr__` would pass by what the class of a class does.
fn check_setter(v: &Value, name: &str) -> Result<()> {
    if v.cast::<Type>().is_some() {
        return type_error(format!("can't apply this {name} to {} object", v.ty().name()));
    }
    Ok(())
}

fn identity_hash(v: &Value) -> i64 {
    (v.id() >> 4) as i64
}

/// `object.__new__`: extra arguments are an error unless `__init__` is overridden.
fn object_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return type_error("object.__new__(X): X is not a type object") };
    if t.layout != Layout::Object {
        return type_error(format!("cannot create '{}' instances", t.name()));
    }
    if !args.is_empty() || names.is_some() {
        let default_new = t.slots().new.map(|f| f as usize) == Some(object_new as *const () as usize);
        let default_init = t.slots().init.map(|f| f as usize) == Some(object_init as *const () as usize);
        if !default_new {
            return type_error("object.__new__() takes exactly one argument (the type to instantiate)");
        }
        if default_init {
            return type_error(format!("{}() takes no arguments", t.name()));
        }
    }
    if let Some(missing) = abstract_methods(t)? {
        return type_error(missing);
    }
    Ok(Value::new(t, InstanceBody))
}

/// An instance without attributes, made past `__new__` and `__init__`; `None` if a built-in type has a say in it.
pub fn bare_instance(ty: &Type) -> Option<Value> {
    (ty.layout == Layout::Object).then(|| Value::new(ty, InstanceBody))
}

/// What `abc` left in `__abstractmethods__`, as the message of the `TypeError`.
fn abstract_methods(t: &Type) -> Result<Option<String>> {
    if !t.is_heap() {
        return Ok(None);
    }
    let Some(set) = t.dict().get_interned(&intern("__abstractmethods__")).cloned() else { return Ok(None) };
    let mut names = Vec::new();
    for v in protocol::collect(&set)? {
        names.push(protocol::str_string(&v)?);
    }
    names.sort();
    Ok(match names.len() {
        0 => None,
        1 => Some(format!("Can't instantiate abstract class {} with abstract method {}", t.name(), names[0])),
        _ => Some(format!(
            "Can't instantiate abstract class {} with abstract methods {}",
            t.name(),
            names.join(", ")
        )),
    })
}

fn object_init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let default_new = v.ty().slots().new.map(|f| f as usize) == Some(object_new as *const () as usize);
    let default_init = v.ty().slots().init.map(|f| f as usize) == Some(object_init as *const () as usize);
    if (args.is_empty() && names.is_none()) || (default_init && !default_new) {
        return Ok(());
    }
    if !default_init {
        return type_error("object.__init__() takes exactly one argument (the instance to initialize)");
    }
    type_error(format!(
        "{}.__init__() takes exactly one argument (the instance to initialize)",
        v.ty().name()
    ))
}

/// Whether instances of `t` are made by `object.__new__` alone, so that the VM may make them itself.
pub fn has_default_new(t: &Type) -> bool {
    t.layout == Layout::Object
        && t.slots().new.map(|f| f as usize) == Some(object_new as *const () as usize)
        && t.lookup_ref(&names::ABSTRACTMETHODS).is_none()
}

fn set_class(v: &Value, class: Option<Value>) -> Result<()> {
    match class.as_ref().and_then(Value::cast::<Type>) {
        Some(t)
            if (t.is_heap() && v.ty().is_heap()) || (t.is_subtype(&MODULE) && v.ty().is_subtype(&MODULE)) =>
        {
            super::members::check_same_layout(v.ty(), t, "__class__")?;
            v.set_class(t);
            Ok(())
        }
        Some(_) => {
            type_error("__class__ assignment only supported for mutable types or ModuleType subclasses")
        }
        None => type_error(match &class {
            Some(other) => format!("__class__ must be set to a class, not '{}' object", other.ty().name()),
            None => "can't delete __class__ attribute".to_owned(),
        }),
    }
}

/// The names of an object's attributes, sorted by the caller.
pub fn dir(v: &Value) -> Result {
    let mut names: Vec<Value> = Vec::new();
    let mut add = |items: Vec<Value>| {
        for n in items {
            if !names.iter().any(|m| m.is(&n) || m.as_str() == n.as_str()) {
                names.push(n);
            }
        }
    };
    if let Some(attrs) = Attrs::of(v) {
        add(attrs.items().into_iter().map(|(k, _)| k).collect());
    }
    if v.cast::<super::module::Module>().is_some() {
        // A subclass may say what it is.
        let namespace = protocol::get_attr(v, &intern("__dict__"))?;
        let Some(namespace) = namespace.cast::<Dict>() else {
            return type_error("<module>.__dict__ is not a dictionary");
        };
        return match namespace.get_interned(&intern("__dir__")).cloned() {
            Some(hook) => protocol::call(&hook, &[]),
            None => Ok(Value::list(namespace.keys())),
        };
    }
    if let Some(method) = v.cast::<super::function::BoundMethod>()
        && let Some(attrs) = Attrs::of(&method.function)
    {
        add(attrs.items().into_iter().map(|(k, _)| k).collect());
    }
    let classes = v.cast::<Type>().unwrap_or(v.ty());
    for t in classes.mro() {
        add(t.dict().keys());
    }
    Ok(Value::list(names))
}

/// `__dict__` for classes whose instances have attributes.
pub fn dict_def() -> &'static crate::object::Def {
    static DEF: &[crate::object::Def] = crate::defs! {
        get "__dict__()" "The attributes of the object, by name." => instance_dict, set_instance_dict;
    };
    &DEF[0]
}

/// `a == b` by identity, for types that say nothing else.
pub fn identity_compare(a: &Value, b: &Value, op: Compare) -> Result {
    Ok(match op {
        Compare::Eq if a.is(b) => Value::TRUE,
        Compare::Ne if a.is(b) => Value::FALSE,
        _ => Value::NOT_IMPLEMENTED,
    })
}

const _: usize = size_of::<Head>();
