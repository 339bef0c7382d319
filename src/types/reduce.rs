//! `__reduce_ex__`, `__reduce__` and `__getstate__` of `object`: what `copy` and `pickle` need to know of it.
//!
//! Protocols and results are described in the documentation of `pickle` ("Pickling Class Instances").

use super::members;
use crate::object::{Attrs, Dict, Result, Type, Value, intern};
use crate::protocol::{self, call, call_method, get_attr, type_error, value_error};
use crate::types::{dict, list};
use crate::vm::import::import_absolute;

fn copyreg(name: &str) -> Result {
    get_attr(&import_absolute("copyreg")?, &intern(name))
}

/// What `__reduce__` of a built-in method or descriptor gives: it is looked up again where it belongs.
pub fn attribute_of(owner: &Value, name: &Value) -> Result {
    let getattr = get_attr(&import_absolute("builtins")?, &intern("getattr"))?;
    Ok(Value::tuple(vec![getattr, Value::tuple(vec![owner.clone(), name.clone()])]))
}

/// `object.__reduce_ex__(protocol)`: a class's own `__reduce__` comes first.
pub fn reduce_ex(a: &[Value]) -> Result {
    let v = &a[0];
    let level = protocol::index_i64(&a[1])?;
    let name = intern("__reduce__");
    let default = super::object::OBJECT.lookup(&name);
    if let Some(own) = v.ty().lookup(&name)
        && default.is_none_or(|d| !d.is(&own))
    {
        return call_method(v, "__reduce__", &[]);
    }
    reduce(v, level)
}

/// `object.__reduce__()`
pub fn reduce(v: &Value, level: i64) -> Result {
    if level < 2 {
        return call(&copyreg("_reduce_ex")?, &[v.clone(), Value::small(level as i32)]);
    }
    let (args, keywords) = new_arguments(v)?;
    let class = get_attr(v, &intern("__class__"))?;
    let (maker, args) = match keywords {
        Some(k) if protocol::truth(&k)? => (copyreg("__newobj_ex__")?, vec![class, Value::tuple(args), k]),
        _ => (copyreg("__newobj__")?, std::iter::once(class).chain(args).collect()),
    };
    let state = call_method(v, "__getstate__", &[])?;
    let items = if v.ty().is_subtype(&list::LIST) { protocol::iter(v)? } else { Value::NONE };
    let pairs = match v.ty().is_subtype(&dict::DICT) {
        true => protocol::iter(&call_method(v, "items", &[])?)?,
        false => Value::NONE,
    };
    Ok(Value::tuple(vec![maker, Value::tuple(args), state, items, pairs]))
}

/// The arguments for `__new__`, positional and by keyword.
fn new_arguments(v: &Value) -> Result<(Vec<Value>, Option<Value>)> {
    if let Some(both) = protocol::call_special(v, "__getnewargs_ex__", &[]) {
        let both = both?;
        let Some(items) = both.as_tuple() else {
            let text = format!("__getnewargs_ex__ should return a tuple, not '{}'", both.ty().name());
            return type_error(text);
        };
        let [args, keywords] = items else {
            let n = items.len();
            return value_error(format!("__getnewargs_ex__ should return a tuple of length 2, not {n}"));
        };
        for (part, place, right, kind) in [
            (args, "first", args.as_tuple().is_some(), "tuple"),
            (keywords, "second", keywords.cast::<Dict>().is_some(), "dict"),
        ] {
            if !right {
                return type_error(format!(
                    "{place} item of the tuple returned by __getnewargs_ex__ must be a {kind}, not '{}'",
                    part.ty().name()
                ));
            }
        }
        return Ok((protocol::collect(args)?, Some(keywords.clone())));
    }
    if let Some(args) = protocol::call_special(v, "__getnewargs__", &[]) {
        let args = args?;
        return match args.as_tuple() {
            Some(items) => Ok((items.to_vec(), None)),
            None => type_error(format!("__getnewargs__ should return a tuple, not '{}'", args.ty().name())),
        };
    }
    let t = v.ty();
    let builtin = t.mro().find(|t| !t.is_heap());
    let copied = [&super::object::OBJECT, &list::LIST, &dict::DICT, &super::set::SET];
    if builtin.is_some_and(|b| !copied.iter().any(|c| std::ptr::eq(*c, b)) && !makes_itself(b)) {
        return type_error(format!("cannot pickle '{}' object", t.name()));
    }
    Ok((Vec::new(), None))
}

/// Whether objects of a built-in type are fully described by their attributes.
fn makes_itself(t: &Type) -> bool {
    let wraps = [&super::descriptor::CLASSMETHOD, &super::descriptor::STATICMETHOD];
    members::has_dict(t) && t.slots().new.is_some() && !wraps.iter().any(|w| std::ptr::eq(*w, t))
}

/// `object.__getstate__()`: the attributes, with those of `__slots__` apart if there are any; `None` if there is
/// nothing.
pub fn state(v: &Value) -> Result {
    let own = match Attrs::of(v).filter(|_| members::has_dict(v.ty())) {
        Some(_) => {
            let d = get_attr(v, &intern("__dict__"))?;
            if protocol::len(&d)? == 0 { Value::NONE } else { d }
        }
        None => Value::NONE,
    };
    let slots = Dict::new();
    let mut any = false;
    for class in v.ty().mro().filter(|t| t.is_heap()) {
        for (name, descriptor) in class.dict().items() {
            if let Some(i) = members::index_of(&descriptor)
                && let Some(value) = Attrs::member(v, i).and_then(Value::as_bound)
                && let Some(d) = slots.cast::<Dict>()
            {
                d.set_interned(&name, value.clone());
                any = true;
            }
        }
    }
    if any {
        return Ok(Value::tuple(vec![own, slots]));
    }
    match own.cast::<Dict>() {
        Some(d) => Ok(d.copy()),
        None => Ok(own),
    }
}
