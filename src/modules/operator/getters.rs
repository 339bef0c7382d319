//! `itemgetter`, `attrgetter` and `methodcaller`: functions that know what to take from their argument.

use crate::modules::native::{make, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, type_error};
use crate::types::{args, sequence};
use crate::vm::import::import_absolute;

/// The fields of all three.
pub struct Getter {
    /// What it was made with: keys, names, or a method's name and arguments, those by keyword last.
    given: Vec<Value>,
    /// The keywords' names, a tuple, or unbound.
    keywords: Value,
    /// The parts of dotted names.
    paths: Vec<Vec<Value>>,
}

crate::body!(Getter: Getter { given, keywords, paths });

const GETTER: Slots = Slots { repr: Some(repr), ..Slots::EMPTY };

/// `operator.itemgetter`
pub static ITEM_GETTER: Type = Type::builtin::<Boxed<Getter>>(
    "operator.itemgetter",
    Layout::Getter,
    "itemgetter(item, ...): a function that returns its argument's item, or a tuple of several.",
    crate::defs! { fn "__reduce__()" "How to make it again, for pickle and copy." => reduce; },
)
.with_slots(Slots {
    new: Some(|ty, args, names| {
        if names.is_some() {
            return type_error("itemgetter() takes no keyword arguments");
        }
        if args.is_empty() {
            return type_error("itemgetter expected 1 argument, got 0");
        }
        make(ty, Getter { given: args.to_vec(), keywords: Value::UNBOUND, paths: Vec::new() })
    }),
    call: Some(|f, args, names| {
        args::check("itemgetter", args, names, 1, 1)?;
        match &this::<Getter>(f).given[..] {
            [key] => protocol::get_item(&args[0], key),
            keys => tuple(keys.iter().map(|k| protocol::get_item(&args[0], k))),
        }
    }),
    ..GETTER
});

/// `operator.attrgetter`
pub static ATTR_GETTER: Type = Type::builtin::<Boxed<Getter>>(
    "operator.attrgetter",
    Layout::Getter,
    "attrgetter(name, ...): a function that returns its argument's attribute, or a tuple of several; names may be dotted.",
    crate::defs! { fn "__reduce__()" "How to make it again, for pickle and copy." => reduce; },
)
.with_slots(Slots {
    new: Some(attr_new),
    call: Some(|f, args, names| {
        args::check("attrgetter", args, names, 1, 1)?;
        match &this::<Getter>(f).paths[..] {
            [path] => follow(&args[0], path),
            paths => tuple(paths.iter().map(|p| follow(&args[0], p))),
        }
    }),
    ..GETTER
});

/// `operator.methodcaller`
pub static METHOD_CALLER: Type = Type::builtin::<Boxed<Getter>>(
    "operator.methodcaller",
    Layout::Getter,
    "methodcaller(name, ...): a function that calls its argument's method of that name with the other arguments.",
    crate::defs! { fn "__reduce__()" "How to make it again, for pickle and copy." => reduce_method; },
)
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let (positional, _) = args::split(args, names);
        let Some(name) = positional.first() else {
            return type_error("methodcaller needs at least one argument, the method name");
        };
        let Some(text) = name.as_str() else { return type_error("method name must be a string") };
        let mut given = args.to_vec();
        given[0] = intern(text);
        let keywords = names.cloned().unwrap_or(Value::UNBOUND);
        make(ty, Getter { given, keywords, paths: Vec::new() })
    }),
    call: Some(|f, args, names| {
        args::check("methodcaller", args, names, 1, 1)?;
        let body = this::<Getter>(f);
        let method = protocol::get_attr(&args[0], &body.given[0])?;
        protocol::call_kw(&method, &body.given[1..], body.keywords.as_bound())
    }),
    ..GETTER
});

fn attr_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    if names.is_some() {
        return type_error("attrgetter() takes no keyword arguments");
    }
    if args.is_empty() {
        return type_error("attrgetter expected 1 argument, got 0");
    }
    let mut paths = Vec::new();
    for name in args {
        let Some(text) = name.as_str() else { return type_error("attribute name must be a string") };
        paths.push(text.split('.').map(intern).collect());
    }
    make(ty, Getter { given: args.to_vec(), keywords: Value::UNBOUND, paths })
}

fn follow(v: &Value, path: &[Value]) -> Result {
    path.iter().try_fold(v.clone(), |v, name| protocol::get_attr(&v, name))
}

fn tuple(items: impl Iterator<Item = Result>) -> Result {
    Ok(Value::tuple(items.collect::<Result<_>>()?))
}

fn repr(v: &Value) -> Result {
    let name = v.ty().name();
    let text = sequence::repr_once(v, || {
        let body = this::<Getter>(v);
        let keywords = body.keywords.as_tuple().unwrap_or_default();
        let (positional, by_name) = body.given.split_at(body.given.len() - keywords.len());
        let mut parts = positional.iter().map(protocol::repr_string).collect::<Result<Vec<_>>>()?;
        for (name, value) in keywords.iter().zip(by_name) {
            parts.push(format!("{}={}", name.as_str().unwrap_or_default(), protocol::repr_string(value)?));
        }
        Ok(format!("{name}({})", parts.join(", ")))
    })?;
    Ok(Value::str(&text.unwrap_or_else(|| format!("{name}(...)"))))
}

fn reduce(a: &[Value]) -> Result {
    Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(this::<Getter>(&a[0]).given.clone())]))
}

fn reduce_method(a: &[Value]) -> Result {
    let body = this::<Getter>(&a[0]);
    let count = body.keywords.as_tuple().map_or(0, <[Value]>::len);
    if count == 0 {
        return reduce(a);
    }
    let (positional, by_name) = body.given.split_at(body.given.len() - count);
    let partial = protocol::get_attr(&import_absolute("functools")?, &intern("partial"))?;
    let mut all = vec![a[0].ty().value(), positional[0].clone()];
    all.extend_from_slice(by_name);
    let maker = protocol::call_kw(&partial, &all, body.keywords.as_bound())?;
    Ok(Value::tuple(vec![maker, Value::tuple(positional[1..].to_vec())]))
}
