//! `list[int]` (`types.GenericAlias`) and `int | None` (`types.UnionType`).

use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, call_kw, call_method, get_attr_opt, type_error};
use crate::types::exception::{ATTRIBUTE_ERROR, TYPE_ERROR};
use std::cell::OnceCell;

/// The fields of an alias.
pub struct AliasBody {
    origin: Value,
    args: Value,
    parameters: OnceCell<Value>,
    /// Whether it stands for `*origin[args]`.
    starred: bool,
}

crate::body!(AliasBody: Alias { origin, args, parameters });

type Alias = Boxed<AliasBody>;

fn body(v: &Value) -> &AliasBody {
    v.cast::<Alias>().expect("slots are only called on their own type")
}

impl AliasBody {
    fn args(&self) -> &[Value] {
        self.args.as_tuple().unwrap_or_default()
    }

    fn parameters(&self) -> Result {
        if let Some(p) = self.parameters.get() {
            return Ok(p.clone());
        }
        let found = Value::tuple(parameters(self.args())?);
        Ok(self.parameters.get_or_init(|| found).clone())
    }
}

/// The type variables among the arguments of an alias, each once.
fn parameters(args: &[Value]) -> Result<Vec<Value>> {
    let mut found: Vec<Value> = Vec::new();
    for a in args.iter().filter(|a| a.cast::<Type>().is_none()) {
        let inner = if get_attr_opt(a, &intern("__typing_subst__"))?.is_some() {
            vec![a.clone()]
        } else {
            match get_attr_opt(a, &intern("__parameters__"))? {
                Some(p) => p.as_tuple().unwrap_or_default().to_vec(),
                None => Vec::new(),
            }
        };
        for p in inner {
            if !found.iter().any(|f| f.is(&p)) {
                found.push(p);
            }
        }
    }
    Ok(found)
}

/// The arguments with the items in the place of the type variables.
fn substitute(v: &Value, args: &[Value], params: &[Value], item: &Value) -> Result<Vec<Value>> {
    let repr = || protocol::repr_string(v);
    if params.is_empty() {
        return type_error(format!("{} is not a generic class", repr()?));
    }
    let mut items = Vec::new();
    for item in item.as_tuple().unwrap_or(std::slice::from_ref(item)) {
        // `*tuple[int, str]` stands for what is in it.
        let inner = match item.cast::<Type>() {
            Some(_) => None,
            None => get_attr_opt(item, &intern("__typing_unpacked_tuple_args__"))?,
        };
        match inner
            .as_ref()
            .and_then(Value::as_tuple)
            .filter(|t| !t.last().is_some_and(|x| x.is(&Value::ELLIPSIS)))
        {
            Some(inner) => items.extend_from_slice(inner),
            None => items.push(item.clone()),
        }
    }
    for p in params {
        if let Some(prepare) = get_attr_opt(p, &intern("__typing_prepare_subst__"))? {
            let prepared = protocol::call(&prepare, &[v.clone(), Value::tuple(items)])?;
            items = protocol::collect(&prepared)?;
        }
    }
    if items.len() != params.len() {
        let which = if items.len() > params.len() { "many" } else { "few" };
        let (n, m) = (items.len(), params.len());
        return type_error(format!("Too {which} arguments for {}; actual {n}, expected {m}", repr()?));
    }
    let given = |p: &Value| params.iter().position(|q| q.is(p)).map(|i| items[i].clone());
    let mut out = Vec::new();
    for a in args {
        if a.cast::<Type>().is_some() {
            out.push(a.clone());
        } else if let (Some(x), Some(subst)) = (given(a), get_attr_opt(a, &intern("__typing_subst__"))?) {
            out.push(protocol::call(&subst, &[x])?);
        } else {
            let inner = get_attr_opt(a, &intern("__parameters__"))?;
            let inner = inner.as_ref().and_then(Value::as_tuple).unwrap_or_default();
            if !inner.iter().any(|p| given(p).is_some()) {
                out.push(a.clone());
                continue;
            }
            let mut chosen = Vec::new();
            for p in inner {
                match given(p) {
                    // What a TypeVarTuple stands for.
                    Some(many) if many.as_tuple().is_some() && p.ty().slots().iter.is_some() => {
                        chosen.extend_from_slice(many.as_tuple().unwrap_or_default());
                    }
                    one => chosen.extend(one),
                }
            }
            let new = protocol::get_item(a, &Value::tuple(chosen))?;
            match (get_attr_opt(a, &intern("__typing_is_unpacked_typevartuple__"))?, new.as_tuple()) {
                (Some(flag), Some(items)) if protocol::truth(&flag)? => out.extend_from_slice(items),
                _ => out.push(new),
            }
        }
    }
    Ok(out)
}

/// How an argument of an alias is shown.
fn item_repr(v: &Value) -> Result<String> {
    if v.is(&Value::ELLIPSIS) {
        return Ok("...".to_owned());
    }
    let attr = |name: &str| get_attr_opt(v, &intern(name));
    if attr("__origin__")?.is_some() && attr("__args__")?.is_some() {
        return protocol::repr_string(v);
    }
    if let (Some(name), Some(module)) = (attr("__qualname__")?, attr("__module__")?)
        && let (Some(name), Some(module)) = (name.as_str(), module.as_str())
    {
        return Ok(if module == "builtins" { name.to_owned() } else { format!("{module}.{name}") });
    }
    protocol::repr_string(v)
}

/// The alias `origin[item]`.
pub fn new(origin: Value, item: &Value) -> Value {
    make(origin, arguments(item), false)
}

fn arguments(item: &Value) -> Value {
    match item.as_tuple() {
        Some(_) => item.clone(),
        None => Value::tuple(vec![item.clone()]),
    }
}

fn make(origin: Value, args: Value, starred: bool) -> Value {
    make_of(&GENERIC_ALIAS, origin, args, starred)
}

fn make_of(ty: &Type, origin: Value, args: Value, starred: bool) -> Value {
    Value::new(ty, AliasBody { origin, args, parameters: OnceCell::new(), starred })
}

/// `__class_getitem__` of generic built-in classes.
pub fn class_getitem(a: &[Value]) -> Result {
    Ok(new(a[0].clone(), &a[1]))
}

/// What is looked up on the alias itself; everything else is the origin's.
const OWN: [&str; 13] = [
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
    "__instancecheck__",
    "__subclasscheck__",
];

/// `types.GenericAlias`
pub static GENERIC_ALIAS: Type = Type::builtin::<Alias>(
    "types.GenericAlias",
    Layout::Alias,
    "A class with parameters, such as list[int], where __origin__ is list and __args__ is (int,).",
    crate::defs! {
        get "__origin__()" "" => |v| Ok(body(v).origin.clone());
        get "__args__()" "" => |v| Ok(body(v).args.clone());
        get "__parameters__()" "" => |v| body(v).parameters();
        get "__unpacked__()" "" => |v| Ok(Value::bool(body(v).starred));
        get "__typing_unpacked_tuple_args__()" "" => |v| {
            let a = body(v);
            Ok(if a.starred && a.origin.is(&super::tuple::TUPLE.value()) { a.args.clone() } else { Value::NONE })
        };
        fn "__mro_entries__(bases, /)" "" => |a| Ok(Value::tuple(vec![body(&a[0]).origin.clone()]));
        fn "__instancecheck__(instance, /)" "" => |_| type_error("isinstance() argument 2 cannot be a parameterized generic");
        fn "__subclasscheck__(cls, /)" "" => |_| type_error("issubclass() argument 2 cannot be a parameterized generic");
        fn "__reduce__()" "" => |a| {
            let b = body(&a[0]);
            Ok(Value::tuple(vec![GENERIC_ALIAS.value(), Value::tuple(vec![b.origin.clone(), b.args.clone()])]))
        };
    },
)
.with_base_flag()
.with_weakrefs()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        super::args::check("GenericAlias", args, names, 2, 2)?;
        let Some(ty) = ty.cast::<Type>() else {
            return type_error("GenericAlias.__new__(X): X is not a type object");
        };
        Ok(make_of(ty, args[0].clone(), arguments(&args[1]), false))
    }),
    init: Some(|_, _, _| Ok(())),
    call: Some(|v, args, names| {
        let object = call_kw(&body(v).origin, args, names)?;
        match protocol::set_attr(&object, &intern("__orig_class__"), Some(v.clone())) {
            Err(e) if !e.0.ty().is_subtype(&ATTRIBUTE_ERROR) && !e.0.ty().is_subtype(&TYPE_ERROR) => Err(e),
            _ => Ok(object),
        }
    }),
    get_attr: Some(|v, name| match name.as_str() {
        Some(text) if !OWN.contains(&text) => {
            // Special methods of the alias itself are found on its type.
            protocol::get_attr(&body(v).origin, name)
        }
        _ => protocol::generic_get_attr(v, name),
    }),
    get_item: Some(|v, item| {
        let b = body(v);
        let params = b.parameters()?;
        let args = substitute(v, b.args(), params.as_tuple().unwrap_or_default(), item)?;
        Ok(make(b.origin.clone(), Value::tuple(args), b.starred))
    }),
    iter: Some(|v| {
        let b = body(v);
        protocol::iter(&Value::tuple(vec![make(b.origin.clone(), b.args.clone(), true)]))
    }),
    repr: Some(|v| {
        let b = body(v);
        let mut parts = Vec::new();
        for a in b.args() {
            parts.push(item_repr(a)?);
        }
        let inside = if parts.is_empty() { "()".to_owned() } else { parts.join(", ") };
        let star = if b.starred { "*" } else { "" };
        Ok(Value::str(&format!("{star}{}[{inside}]", item_repr(&b.origin)?)))
    }),
    hash: Some(|v| Ok(protocol::hash(&body(v).origin)? ^ protocol::hash(&body(v).args)?)),
    compare: Some(|a, b, op| {
        let (Some(x), Some(y), Compare::Eq | Compare::Ne) = (a.cast::<Alias>(), b.cast::<Alias>(), op) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let same = x.starred == y.starred
            && protocol::equal(&x.origin, &y.origin)?
            && protocol::equal(&x.args, &y.args)?;
        Ok(Value::bool(same == (op == Compare::Eq)))
    }),
    binary: UNION_OPERATOR,
    ..Slots::EMPTY
});

/// The binary operators of what may stand in a union.
pub const UNION_OPERATOR: [Option<crate::object::Binary>; 13] = {
    let mut operators: [Option<crate::object::Binary>; 13] = [None; 13];
    operators[crate::object::BinOp::Or as usize] = Some(union);
    operators
};

/// The fields of a union.
pub struct UnionBody {
    args: Value,
}

crate::body!(UnionBody: Union { args });

type Union = Boxed<UnionBody>;

fn members(v: &Value) -> &[Value] {
    v.cast::<Union>().expect("slots are only called on their own type").args.as_tuple().unwrap_or_default()
}

/// `a | b` of two classes, or whatever else may stand in a union.
fn union(a: &Value, b: &Value) -> Result {
    let allowed = |v: &Value| {
        v.is_none()
            || v.cast::<Type>().is_some()
            || v.cast::<Alias>().is_some()
            || v.cast::<Union>().is_some()
    };
    if !allowed(a) || !allowed(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let mut all = Vec::new();
    for v in [a, b] {
        match v.cast::<Union>() {
            Some(u) => all.extend(u.args.as_tuple().unwrap_or_default().iter().cloned()),
            None if v.is_none() => all.push(super::singletons::NONE_TYPE.value()),
            None => all.push(v.clone()),
        }
    }
    make_union(all)
}

fn make_union(all: Vec<Value>) -> Result {
    let mut args: Vec<Value> = Vec::new();
    'next: for v in all {
        for known in &args {
            if known.is(&v) || protocol::equal(known, &v)? {
                continue 'next;
            }
        }
        args.push(v);
    }
    Ok(match args.as_slice() {
        [one] => one.clone(),
        _ => Value::new(&UNION_TYPE, UnionBody { args: Value::tuple(args) }),
    })
}

/// Whether `f` says so of a member of a union.
fn any_member(a: &[Value], check: &str, f: fn(&Value, &Value) -> Result<bool>) -> Result {
    for class in members(&a[0]) {
        if class.cast::<Alias>().is_some() {
            return type_error(format!("{check}() argument 2 cannot be a parameterized generic"));
        }
        if f(&a[1], class)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

/// `types.UnionType`
pub static UNION_TYPE: Type = Type::builtin::<Union>(
    "types.UnionType",
    Layout::Union,
    "Several types, any of which will do: int | str.",
    crate::defs! {
        get "__args__()" "" => |v| Ok(Value::tuple(members(v).to_vec()));
        get "__parameters__()" "" => |v| Ok(Value::tuple(parameters(members(v))?));
        get "__module__()" "" => |_| Ok(Value::str("types"));
        fn "__instancecheck__(instance, /)" "" => |a| any_member(a, "isinstance", protocol::is_instance);
        fn "__subclasscheck__(cls, /)" "" => |a| any_member(a, "issubclass", protocol::is_subclass);
    },
)
.with_weakrefs()
.with_slots(Slots {
    get_item: Some(|v, item| {
        let params = parameters(members(v))?;
        let args = substitute(v, members(v), &params, item)?;
        let mut parts = args.into_iter();
        let Some(first) = parts.next() else { return Ok(Value::NONE) };
        parts.try_fold(first, |a, b| protocol::binary(crate::object::BinOp::Or, &a, &b))
    }),
    repr: Some(|v| {
        let mut parts = Vec::new();
        for m in members(v) {
            let none = m.is(&super::singletons::NONE_TYPE.value());
            parts.push(if none { "None".to_owned() } else { item_repr(m)? });
        }
        Ok(Value::str(&parts.join(" | ")))
    }),
    hash: Some(|v| {
        let args = v.cast::<Union>().map_or(Value::NONE, |u| u.args.clone());
        // As that of a `typing.Union` of the same types, which is equal.
        protocol::hash(&protocol::call(&super::set::FROZENSET.value(), &[args])?)
    }),
    compare: Some(|a, b, op| {
        let (Some(x), Some(y), Compare::Eq | Compare::Ne) = (a.cast::<Union>(), b.cast::<Union>(), op) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let set = |u: &Union| protocol::call(&super::set::FROZENSET.value(), std::slice::from_ref(&u.args));
        Ok(Value::bool(protocol::equal(&set(x)?, &set(y)?)? == (op == Compare::Eq)))
    }),
    binary: UNION_OPERATOR,
    ..Slots::EMPTY
});

/// Calls `__class_getitem__` of a class; `type` itself has none, but may be subscripted.
pub fn subscript_class(class: &Value, key: &Value) -> Result {
    if get_attr_opt(class, &intern("__class_getitem__"))?.is_some() {
        return call_method(class, "__class_getitem__", std::slice::from_ref(key));
    }
    if class.is(&super::type_::TYPE.value()) {
        return Ok(new(class.clone(), key));
    }
    type_error(format!("type '{}' is not subscriptable", class.cast::<Type>().map_or("", |t| t.name())))
}
