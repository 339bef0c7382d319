//! `weakref.ref` and proxies.

use crate::object::types::type_flags;
use crate::object::weak::{self, WeakRef};
use crate::object::{BinOp, Compare, Def, Layout, Raised, Result, Slots, Type, Value, intern};
use crate::protocol::{self, raise, type_error};
use crate::types::exception::REFERENCE_ERROR;

/// `weakref.ReferenceType`, also known as `weakref.ref`
pub static REF: Type = Type::builtin::<WeakRef>(
    "weakref.ReferenceType",
    Layout::WeakRef,
    "",
    crate::defs! {
        member "__callback__()" "" => |v| Ok(reference(v).callback().bound().unwrap_or(Value::NONE));
    },
)
.with_base_flag()
.with_slots(Slots {
    new: Some(ref_new),
    init: Some(ref_init),
    call: Some(|v, args, names| {
        super::args::check("weakref", args, names, 0, 0)?;
        Ok(reference(v).target().unwrap_or(Value::NONE))
    }),
    hash: Some(|v| {
        let r = reference(v);
        match (r.hash.get(), r.target()) {
            (Some(hash), _) => Ok(hash),
            (None, Some(target)) => {
                let hash = protocol::hash(&target)?;
                r.hash.set(Some(hash));
                Ok(hash)
            }
            (None, None) => type_error("weak object has gone away"),
        }
    }),
    compare: Some(ref_compare),
    repr: Some(ref_repr),
    ..Slots::EMPTY
});

fn reference(v: &Value) -> &WeakRef {
    v.cast::<WeakRef>().expect("slots are only called on their own type")
}

/// Object and callback from the arguments of a constructor. The callback is unbound if there is none.
fn target_and_callback(name: &str, args: &[Value]) -> Result<(Value, Value)> {
    let Some(target) = args.first().filter(|_| args.len() <= 2) else {
        let (what, n) = if args.is_empty() { ("at least", 1) } else { ("at most", 2) };
        let s = if n == 1 { "" } else { "s" };
        return type_error(format!("{name} expected {what} {n} argument{s}, got {}", args.len()));
    };
    if target.head().is_none() || target.ty().flags.get() & type_flags::WEAKREFS == 0 {
        return type_error(format!("cannot create weak reference to '{}' object", target.ty().name()));
    }
    let callback = args.get(1).filter(|c| !c.is_none()).cloned().unwrap_or(Value::UNBOUND);
    Ok((target.clone(), callback))
}

fn ref_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let positional = &args[..args.len() - names.and_then(Value::as_tuple).map_or(0, <[Value]>::len)];
    let (target, callback) = target_and_callback("__new__", positional)?;
    let Some(ty) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    if callback.is_unbound()
        && let Some(known) = weak::shared(ty, &target)
    {
        return Ok(known);
    }
    Ok(weak::new(ty, &target, callback))
}

fn ref_init(_: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    if names.and_then(Value::as_tuple).is_some_and(|n| !n.is_empty()) {
        return type_error("ref() takes no keyword arguments");
    }
    if args.is_empty() || args.len() > 2 {
        target_and_callback("__init__", args)?;
    }
    Ok(())
}

/// Two live references compare as their objects; otherwise only a reference itself is equal to itself.
fn ref_compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(x), Some(y)) = (a.cast::<WeakRef>(), b.cast::<WeakRef>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, Compare::Eq | Compare::Ne) || !b.ty().is_subtype(&REF) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match (x.target(), y.target()) {
        (Some(x), Some(y)) => protocol::compare(&x, &y, op),
        _ => Ok(Value::bool(a.is(b) == (op == Compare::Eq))),
    }
}

fn ref_repr(v: &Value) -> Result {
    let Some(target) = reference(v).target() else {
        return Ok(Value::str(&format!("<weakref at {:#x}; dead>", v.id())));
    };
    let name = protocol::get_attr_opt(&target, &intern("__name__"))?;
    let name = name.as_ref().and_then(Value::as_str).map_or(String::new(), |n| format!(" ({n})"));
    let (ty, to) = (target.ty().name(), target.id());
    Ok(Value::str(&format!("<weakref at {:#x}; to '{ty}' at {to:#x}{name}>", v.id())))
}

/// `weakref.proxy(object, callback)`
pub fn new_proxy(args: &[Value]) -> Result {
    let (target, callback) = target_and_callback("proxy", args)?;
    let ty = if target.ty().slots().call.is_some() { &CALLABLE_PROXY } else { &PROXY };
    match weak::shared(ty, &target) {
        Some(known) if callback.is_unbound() => Ok(known),
        _ => Ok(weak::new(ty, &target, callback)),
    }
}

fn gone() -> Raised {
    raise(&REFERENCE_ERROR, "weakly-referenced object no longer exists")
}

/// What a proxy stands for; any other value stands for itself.
fn through(v: &Value) -> Result {
    match v.cast::<WeakRef>().filter(|_| v.is_exact(&PROXY) || v.is_exact(&CALLABLE_PROXY)) {
        Some(proxy) => proxy.target().ok_or_else(gone),
        None => Ok(v.clone()),
    }
}

macro_rules! operators {
    ($f:ident: $($op:ident)*) => {
        [$(Some(|a: &Value, b: &Value| protocol::$f(BinOp::$op, &through(a)?, &through(b)?))),*]
    };
}

const PROXY_SLOTS: Slots = Slots {
    get_attr: Some(|v, name| protocol::get_attr(&through(v)?, name)),
    set_attr: Some(|v, name, value| protocol::set_attr(&through(v)?, name, value)),
    repr: Some(|v| {
        let target = reference(v).target().unwrap_or(Value::NONE);
        let (ty, id) = (target.ty().name(), if target.is_none() { 0 } else { target.id() });
        Ok(Value::str(&format!("<weakproxy at {:#x} to {ty} at {id:#x}>", v.id())))
    }),
    str: Some(|v| protocol::str(&through(v)?)),
    hash: Some(|v| type_error(format!("unhashable type: '{}'", v.ty().name()))),
    compare: Some(|a, b, op| protocol::compare(&through(a)?, &through(b)?, op)),
    bool: Some(|v| protocol::truth(&through(v)?)),
    len: Some(|v| protocol::len(&through(v)?)),
    get_item: Some(|v, key| protocol::get_item(&through(v)?, key)),
    set_item: Some(|v, key, value| match value {
        Some(value) => protocol::set_item(&through(v)?, key, value),
        None => protocol::delete_item(&through(v)?, key),
    }),
    contains: Some(|v, item| protocol::contains(&through(v)?, item)),
    iter: Some(|v| protocol::iter(&through(v)?)),
    next: Some(|v| {
        let target = through(v)?;
        match target.ty().slots().next {
            Some(next) => next(&target),
            None => {
                type_error(format!("Weakref proxy referenced a non-iterator '{}' object", target.ty().name()))
            }
        }
    }),
    binary: operators!(binary: Add Sub Mul Div FloorDiv Mod Pow MatMul LShift RShift And Or Xor),
    inplace: operators!(inplace: Add Sub Mul Div FloorDiv Mod Pow MatMul LShift RShift And Or Xor),
    neg: Some(|v| protocol::neg(&through(v)?)),
    pos: Some(|v| protocol::pos(&through(v)?)),
    abs: Some(|v| protocol::abs(&through(v)?)),
    invert: Some(|v| protocol::invert(&through(v)?)),
    index: Some(|v| protocol::index(&through(v)?)),
    int: Some(|v| protocol::call(&super::int::INT.value(), &[through(v)?])),
    float: Some(|v| protocol::call(&super::float::FLOAT.value(), &[through(v)?])),
    ..Slots::EMPTY
};

/// The special methods of proxies that are no slots.
static PROXY_DEFS: &[Def] = crate::defs! {
    fn "__bytes__()" "" => |a| protocol::call_method(&through(&a[0])?, "__bytes__", &[]);
    fn "__reversed__()" "" => |a| protocol::call_method(&through(&a[0])?, "__reversed__", &[]);
};

/// `weakref.ProxyType`
pub static PROXY: Type =
    Type::builtin::<WeakRef>("weakref.ProxyType", Layout::WeakRef, "", PROXY_DEFS).with_slots(PROXY_SLOTS);

/// `weakref.CallableProxyType`
pub static CALLABLE_PROXY: Type =
    Type::builtin::<WeakRef>("weakref.CallableProxyType", Layout::WeakRef, "", PROXY_DEFS).with_slots(
        Slots { call: Some(|v, args, names| protocol::call_kw(&through(v)?, args, names)), ..PROXY_SLOTS },
    );

/// `__weakref__`: the first of the weak references to an object.
pub fn weakref_def() -> &'static crate::object::Def {
    static DEF: &[crate::object::Def] = crate::defs! {
        get "__weakref__()" "The first weak reference to the object, or None." => |v| {
            if v.ty().flags.get() & type_flags::WEAKREFS == 0 {
                return Err(protocol::no_attribute(v, &intern("__weakref__")));
            }
            Ok(weak::references(v).into_iter().next().unwrap_or(Value::NONE))
        };
    };
    &DEF[0]
}
