//! `partial`

use crate::modules::native::{make, peek, this};
use crate::object::{Attrs, Boxed, Dict, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, call_kw, type_error};
use crate::types::dict::DICT;
use crate::types::tuple::TUPLE;
use crate::types::{args, sequence, type_};
use crate::vm::guard_native_recursion;
use std::cell::Cell;

/// The fields of a `partial`.
pub struct Partial {
    function: Cell<Value>,
    /// A tuple.
    args: Cell<Value>,
    /// A dictionary.
    keywords: Cell<Value>,
}

crate::body!(Partial: Partial { function, args, keywords });

/// `functools.partial`
pub static PARTIAL: Type = Type::builtin::<Boxed<Partial>>(
    "functools.partial",
    Layout::Partial,
    "partial(func, *args, **keywords): a function with some arguments given already.",
    crate::defs! {
        get "__dict__()" "" => type_::instance_dict, type_::set_instance_dict;
        member "func()" "What is called." => |v| Ok(peek(&this::<Partial>(v).function));
        member "args()" "The first arguments of all calls." => |v| Ok(peek(&this::<Partial>(v).args));
        member "keywords()" "The keyword arguments of all calls." => |v| Ok(peek(&this::<Partial>(v).keywords));
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "__reduce__()" "How to make it again, for pickle and copy." => reduce;
        fn "__setstate__(state, /)" "Take over function, arguments, keywords and attributes." => set_state;
    },
)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<Partial>>())
.with_slots(Slots { new: Some(partial_new), call: Some(partial_call), repr: Some(partial_repr), ..Slots::EMPTY });

fn partial_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let (positional, by_name) = args::split(args, names);
    let [function, rest @ ..] = positional else {
        return type_error("type 'partial' takes at least one argument");
    };
    if function.ty().slots().call.is_none() {
        return type_error("the first argument must be callable");
    }
    let (mut function, mut all, mut keywords) = (function.clone(), Vec::new(), Dict::new());
    // A partial of a partial without attributes of its own becomes one.
    if function.ty().is_subtype(&PARTIAL) && Attrs::of(&function).is_none_or(|a| a.items().is_empty()) {
        let inner = this::<Partial>(&function);
        all.extend_from_slice(peek(&inner.args).as_tuple().unwrap_or_default());
        if let Some(d) = peek(&inner.keywords).cast::<Dict>() {
            keywords = d.copy();
        }
        let innermost = peek(&inner.function);
        function = innermost;
    }
    all.extend_from_slice(rest);
    if let Some(d) = keywords.cast::<Dict>() {
        by_name.iter().for_each(|(name, value)| d.set_interned(name, (*value).clone()));
    }
    let args = Cell::new(Value::tuple(all));
    make(ty, Partial { function: Cell::new(function), args, keywords: Cell::new(keywords) })
}

fn partial_call(f: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let body = this::<Partial>(f);
    let (function, first, keywords) = (peek(&body.function), peek(&body.args), peek(&body.keywords));
    let first = first.as_tuple().unwrap_or_default();
    let mut all = Vec::with_capacity(first.len() + args.len());
    all.extend_from_slice(first);
    let given = keywords.cast::<Dict>().filter(|d| d.len() > 0);
    let Some(given) = given else {
        all.extend_from_slice(args);
        return guard_native_recursion("", || call_kw(&function, &all, names));
    };
    let (positional, by_name) = args::split(args, names);
    all.extend_from_slice(positional);
    let merged = match by_name.is_empty() {
        true => given.items(),
        false => {
            let merged = given.copy();
            let Some(d) = merged.cast::<Dict>() else { return Ok(merged) };
            for (name, value) in by_name {
                d.set(name, value.clone())?;
            }
            d.items()
        }
    };
    let (names, values): (Vec<Value>, Vec<Value>) = merged.into_iter().unzip();
    if names.iter().any(|n| n.as_str().is_none()) {
        return type_error("keywords must be strings");
    }
    all.extend(values);
    guard_native_recursion("", || call_kw(&function, &all, Some(&Value::tuple(names))))
}

fn partial_repr(v: &Value) -> Result {
    let body = this::<Partial>(v);
    let text = sequence::repr_once(v, || {
        // A class of the program is named without its module, as C code does.
        let mut out = format!("{}({}", v.ty().name(), protocol::repr_string(&peek(&body.function))?);
        for arg in peek(&body.args).as_tuple().unwrap_or_default() {
            out += ", ";
            out += &protocol::repr_string(arg)?;
        }
        for (name, value) in peek(&body.keywords).cast::<Dict>().map(|d| d.items()).unwrap_or_default() {
            out += &format!(", {}={}", protocol::str_string(&name)?, protocol::repr_string(&value)?);
        }
        Ok(out + ")")
    })?;
    Ok(Value::str(text.as_deref().unwrap_or("...")))
}

fn reduce(a: &[Value]) -> Result {
    let body = this::<Partial>(&a[0]);
    let function = peek(&body.function);
    let attrs = match Attrs::of(&a[0]).is_none_or(|a| a.items().is_empty()) {
        true => Value::NONE,
        false => protocol::get_attr(&a[0], &intern("__dict__"))?,
    };
    let state = vec![function.clone(), peek(&body.args), peek(&body.keywords), attrs];
    Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(vec![function]), Value::tuple(state)]))
}

fn set_state(a: &[Value]) -> Result {
    let Some([function, args, keywords, attrs]) = a[1].as_tuple() else {
        return type_error("invalid partial state");
    };
    let callable = function.ty().slots().call.is_some();
    if !callable || args.as_tuple().is_none() || !(keywords.is_none() || keywords.ty().is_subtype(&DICT)) {
        return type_error("invalid partial state");
    }
    let body = this::<Partial>(&a[0]);
    let args = if args.is_exact(&TUPLE) { args.clone() } else { Value::tuple(protocol::collect(args)?) };
    let keywords = match keywords.cast::<Dict>() {
        Some(d) if !keywords.is_exact(&DICT) => d.copy(),
        Some(d) => d.value(),
        None => Dict::new(),
    };
    drop(body.function.replace(function.clone()));
    drop(body.args.replace(args));
    drop(body.keywords.replace(keywords));
    let attrs = if attrs.is_none() { Dict::new() } else { attrs.clone() };
    protocol::set_attr(&a[0], &intern("__dict__"), Some(attrs))?;
    Ok(Value::NONE)
}
