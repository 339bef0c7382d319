//! Functions written in Rust as objects: of modules, methods of built-in types, class methods, and computed attributes.

use crate::object::native::NativeFn;
use crate::object::{
    Boxed, Compare, Def, Kind, Layout, Native, NativeBody, Result, Slots, Type, Value, intern,
};
use crate::protocol::{attribute_error, bind_native, call_kw, split_receiver, type_error};
use crate::vm;

fn native(v: &Value) -> &NativeBody {
    v.cast::<Native>().expect("slots are only called on their own type")
}

fn native_repr(v: &Value) -> Result {
    let n = native(v);
    Ok(Value::str(&if n.method {
        format!("<method '{}' of '{}' objects>", n.def.name, n.owner)
    } else if n.receiver.is_unbound() {
        format!("<built-in function {}>", n.def.name)
    } else {
        format!(
            "<built-in method {} of {} object at {:#x}>",
            n.def.name,
            n.receiver.ty().name(),
            n.receiver.id()
        )
    }))
}

/// What a native function is bound to; one of a module is bound to the module.
fn native_self(n: &NativeBody) -> Value {
    if n.method || n.home.is_some() || !n.receiver.is_unbound() {
        return n.receiver.clone().bound().unwrap_or(Value::NONE);
    }
    vm::import::loaded(if n.owner.is_empty() { "builtins" } else { n.owner }).unwrap_or(Value::NONE)
}

/// The signature as text, with `$` before the argument that binding fills in. There is none if the documentation
/// says in its own notation how to call the function.
fn text_signature(n: &NativeBody) -> Value {
    let told = n.def.doc.strip_prefix(n.def.name).is_some_and(|rest| rest.starts_with('('));
    if n.def.sig.brackets || told {
        return Value::NONE;
    }
    if n.def.name == "__new__" {
        return Value::str("($type, *args, **kwargs)");
    }
    let first = match n.def.kind {
        Kind::Static(_) => "",
        Kind::Class(_) => "$type",
        _ if n.method || !n.receiver.is_unbound() => "$self",
        _ => "$module",
    };
    let params = n.def.params.split_once('(').map_or("", |(_, rest)| rest.strip_suffix(')').unwrap_or(rest));
    let slash = if first.is_empty() || n.def.sig.posonly > 0 { "" } else { "/" };
    let parts = [first, slash, params];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    Value::str(&format!("({})", parts.join(", ")))
}

fn qualname(v: &Value) -> Result {
    let n = native(v);
    if let Kind::Class(_) = n.def.kind
        && let Some(class) = n.receiver.cast::<Type>()
        && let Some(owner) = class.qualname.borrow().as_str()
    {
        return Ok(Value::str(&format!("{owner}.{}", n.def.name)));
    }
    let of_module = !n.method && n.receiver.is_unbound() && !matches!(n.def.kind, Kind::Static(_));
    Ok(match n.owner.rsplit('.').next() {
        Some(class) if !of_module && !class.is_empty() => Value::str(&format!("{class}.{}", n.def.name)),
        _ => intern(n.def.name),
    })
}

const NATIVE_ATTRS: &[Def] = crate::defs! {
    fn "__reduce__()" "" => reduce;
    get "__name__()" "" => |v| Ok(intern(native(v).def.name));
    get "__qualname__()" "" => qualname;
    get "__doc__()" "" => |v| Ok(Value::str(native(v).def.doc));
    get "__self__()" "" => |v| Ok(native_self(native(v)));
    get "__text_signature__()" "" => |v| Ok(text_signature(native(v)));
    get "__module__()" "" => |f| {
        let n = native(f);
        Ok(match n.owner {
            _ if n.method || n.home.is_some() || !n.receiver.is_unbound() => Value::NONE,
            // The function is one of `io`, whose name stands in `builtins` too.
            "" => intern(if n.def.name == "open" { "io" } else { "builtins" }),
            module => intern(module),
        })
    };
};

/// `__reduce__`: a function of a module is found by its name, another one is an attribute of what it is bound to.
fn reduce(a: &[Value]) -> Result {
    let n = native(&a[0]);
    let owner = match n.receiver.as_bound() {
        Some(receiver) if receiver.cast::<super::module::Module>().is_none() => receiver.clone(),
        _ => match n.home {
            Some(home) => home.value(),
            None => return Ok(intern(n.def.name)),
        },
    };
    super::reduce::attribute_of(&owner, &intern(n.def.name))
}

/// Those of methods that are not bound.
const METHOD_ATTRS: &[Def] = crate::defs! {
    fn "__reduce__()" "" => |a| {
        let (n, ty) = (native(&a[0]), a[0].ty());
        if std::ptr::eq(ty, &CLASSMETHOD_DESCRIPTOR) {
            return type_error(format!("cannot pickle '{}' object", ty.name()));
        }
        let home = n.home.unwrap_or(&super::object::OBJECT);
        super::reduce::attribute_of(&home.value(), &intern(n.def.name))
    };
    member "__name__()" "" => |v| Ok(intern(native(v).def.name));
    get "__qualname__()" "" => qualname;
    get "__doc__()" "" => |v| Ok(Value::str(native(v).def.doc));
    get "__text_signature__()" "" => |v| Ok(text_signature(native(v)));
    member "__objclass__()" "" => |v| Ok(native(v).home.unwrap_or(&super::object::OBJECT).value());
};

/// `builtin_function_or_method`
pub static BUILTIN: Type =
    Type::builtin::<Native>("builtin_function_or_method", Layout::Native, "", NATIVE_ATTRS)
        .with_weakrefs()
        .with_slots(Slots {
            call: Some(|f, args, names| bind_native(native(f), args, names)),
            repr: Some(native_repr),
            hash: Some(|v| {
                let n = native(v);
                Ok(n.receiver.id() as i64 >> 4 ^ std::ptr::from_ref(n.def) as i64)
            }),
            // A method of an object is made anew each time it is looked up.
            compare: Some(|a, b, op| {
                let Some(y) = b.cast::<Native>() else { return Ok(Value::NOT_IMPLEMENTED) };
                let x = native(a);
                let same = x.receiver.is(&y.receiver) && std::ptr::eq(x.def, y.def);
                Ok(match op {
                    Compare::Eq => Value::bool(same),
                    Compare::Ne => Value::bool(!same),
                    _ => Value::NOT_IMPLEMENTED,
                })
            }),
            ..Slots::EMPTY
        });

/// `method_descriptor`: a native method in the namespace of its type.
pub static METHOD_DESCRIPTOR: Type =
    Type::builtin::<Native>("method_descriptor", Layout::Native, "", METHOD_ATTRS).with_slots(Slots {
        call: Some(|f, args, names| bind_native(native(f), args, names)),
        descr_get: Some(|f, instance, _| {
            if instance.is_unbound() {
                return Ok(f.clone());
            }
            let n = native(f);
            if n.home.is_some_and(|home| !instance.ty().is_subtype(home)) {
                let (name, owner, given) = (n.def.name, n.owner, instance.ty().name());
                return type_error(format!(
                    "descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"
                ));
            }
            Ok(new_native(n.def, n.code, instance.clone(), n.owner, false))
        }),
        repr: Some(native_repr),
        ..Slots::EMPTY
    });

/// A native function or method as an object.
pub fn new_native(
    def: &'static Def,
    code: NativeFn,
    receiver: Value,
    owner: &'static str,
    method: bool,
) -> Value {
    let ty = if method { &METHOD_DESCRIPTOR } else { &BUILTIN };
    Value::new(ty, NativeBody::new(def, code, receiver, owner, method, None))
}

/// A native static method of the built-in type `home`.
pub fn new_static_native(def: &'static Def, code: NativeFn, home: &'static Type) -> Value {
    Value::new(&BUILTIN, NativeBody::new(def, code, Value::UNBOUND, home.static_name(), false, Some(home)))
}

/// A method of the built-in type `home`.
pub fn new_method(def: &'static Def, code: NativeFn, home: &'static Type) -> Value {
    let owner = home.static_name();
    // Methods of `object` apply to everything.
    let home = if std::ptr::eq(home, &super::object::OBJECT) { None } else { Some(home) };
    let body = NativeBody::new(def, code, Value::UNBOUND, owner, true, home);
    Value::new(&METHOD_DESCRIPTOR, body)
}

/// `classmethod_descriptor`: a native class method in the namespace of its type.
pub static CLASSMETHOD_DESCRIPTOR: Type =
    Type::builtin::<Native>("classmethod_descriptor", Layout::Native, "", METHOD_ATTRS).with_slots(Slots {
        call: Some(|f, args, names| match split_receiver(args, names) {
            Some((class, rest)) => call_kw(&bind_class_native(f, class)?, rest, names),
            None => {
                let n = native(f);
                type_error(format!("descriptor '{}' of '{}' object needs an argument", n.def.name, n.owner))
            }
        }),
        descr_get: Some(|f, instance, owner| match owner.as_bound().filter(|o| !o.is_none()) {
            Some(owner) => bind_class_native(f, owner),
            None => bind_class_native(f, &instance.ty().value()),
        }),
        repr: Some(native_repr),
        ..Slots::EMPTY
    });

/// Binds a native class method to a class, which must be derived from the one that has it.
fn bind_class_native(f: &Value, class: &Value) -> Result {
    let n = native(f);
    let Some(c) = class.cast::<Type>() else {
        let (name, owner, given) = (n.def.name, n.owner, class.ty().name());
        return type_error(format!(
            "descriptor '{name}' for type '{owner}' needs a type, not a '{given}' as arg 2"
        ));
    };
    if n.home.is_some_and(|home| !c.is_subtype(home)) {
        let (name, owner) = (n.def.name, n.owner);
        return type_error(format!(
            "descriptor '{name}' requires a subtype of '{owner}' but received '{}'",
            c.name()
        ));
    }
    Ok(new_native(n.def, n.code, class.clone(), n.owner, false))
}

/// A native class method of the built-in type `home`: its first argument is the class.
pub fn new_class_native(def: &'static Def, code: NativeFn, home: &'static Type) -> Value {
    let (receiver, owner) = (Value::UNBOUND, home.static_name());
    let body = NativeBody::new(def, code, receiver, owner, true, Some(home));
    Value::new(&CLASSMETHOD_DESCRIPTOR, body)
}

/// A getter (and setter) in the namespace of a built-in type.
pub struct GetSetBody {
    def: &'static Def,
    /// The class that it is an attribute of.
    class: Value,
}

crate::body!(GetSetBody: Other { class });

/// A getter as an object, for a class.
pub fn new_getset(def: &'static Def, class: &Type) -> Value {
    Value::new(&GETSET, GetSetBody { def, class: class.value() })
}

fn getset(v: &Value) -> &'static Def {
    // All objects of this type are made by `new_getset`.
    v.cast::<Boxed<GetSetBody>>().map(|b| b.def).expect("slots are only called on their own type")
}

fn getset_class(v: &Value) -> String {
    let body = v.cast::<Boxed<GetSetBody>>();
    body.and_then(|b| b.class.cast::<Type>()).map_or_else(String::new, |t| t.name().to_owned())
}

/// The functions of a getter expect objects of its class; those of `object` take any.
fn check_owner(d: &Value, instance: &Value) -> Result<()> {
    let class = d.cast::<Boxed<GetSetBody>>().and_then(|b| b.class.cast::<Type>());
    if class.is_none_or(|c| instance.ty().is_subtype(c) || std::ptr::eq(c, &super::object::OBJECT)) {
        return Ok(());
    }
    let (name, class, given) = (getset(d).name, getset_class(d), instance.ty().name());
    type_error(format!("descriptor '{name}' for '{class}' objects doesn't apply to a '{given}' object"))
}

/// `getset_descriptor`
pub static GETSET: Type = Type::builtin::<Boxed<GetSetBody>>(
    "getset_descriptor",
    Layout::Other,
    "",
    crate::defs! {
        get "__name__()" "" => |v| Ok(intern(getset(v).name));
        get "__qualname__()" "" => |v| Ok(Value::str(&format!("{}.{}", getset_class(v), getset(v).name)));
        get "__objclass__()" "" => |v| Ok(v.cast::<Boxed<GetSetBody>>().map_or(Value::NONE, |b| b.class.clone()));
        get "__doc__()" "" => |v| Ok(if getset(v).doc.is_empty() { Value::NONE } else { Value::str(getset(v).doc) });
    },
)
.with_slots(Slots {
    repr: Some(|v| Ok(Value::str(&format!("<attribute '{}' of '{}' objects>", getset(v).name, getset_class(v))))),
    descr_get: Some(|d, instance, _| match getset(d).kind {
        Kind::Property(read, _) if !instance.is_unbound() => {
            check_owner(d, instance)?;
            read(instance)
        }
        _ => Ok(d.clone()),
    }),
    descr_set: Some(|d, instance, value| match getset(d).kind {
        Kind::Property(_, Some(write)) => {
            check_owner(d, instance)?;
            write(instance, value)
        }
        _ => {
            check_owner(d, instance)?;
            let (name, ty) = (getset(d).name, instance.ty().name());
            attribute_error(format!("attribute '{name}' of '{ty}' objects is not writable"))
        }
    }),
    ..Slots::EMPTY
});
