//! `OrderedDict`: every dictionary keeps the order of its keys; this one can change it, and compares it.

use crate::modules::native::{make, this};
use crate::object::dict::DictBody;
use crate::object::{BinOp, Boxed, Compare, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, call, key_error, runtime_error, type_error, value_error};
use crate::types::dict::{DICT, DICT_ITEMS, DICT_KEYS, DICT_VALUES, DictView, Part, view_of, viewed};
use crate::types::{args, sequence, type_};
use std::cell::Cell;

/// `collections.OrderedDict`
pub static ORDERED_DICT: Type = Type::builtin::<Dict>(
    "collections.OrderedDict",
    Layout::Dict,
    "A dictionary whose order can be changed, and counts when it is compared.",
    crate::defs! {
        get "__dict__()" "" => type_::instance_dict, type_::set_instance_dict;
        fn "move_to_end(key, last=True)" "Move a key to the end, or to the beginning; KeyError if it is not there." => move_to_end;
        fn "popitem(last=True)" "Remove and return the last pair, or the first; KeyError if there is none." => popitem;
        fn "pop(key, default=<unrepresentable>)" "Remove a key and return its value, or the default; KeyError without one." => |a| {
            let Some(dict) = a[0].cast::<Dict>() else { return Ok(Value::NONE) };
            match dict.remove(&a[1])? {
                Some(value) => Ok(value),
                None => arg(a, 2).as_bound().cloned().map_or_else(|| key_error(&a[1]), Ok),
            }
        };
        fn "setdefault(key, default=None)" "Return the value of a key, which gets the default if it is not there." => |a| {
            if protocol::contains(&a[0], &a[1])? {
                return protocol::get_item(&a[0], &a[1]);
            }
            let value = arg(a, 2).as_bound().cloned().unwrap_or(Value::NONE);
            protocol::set_item(&a[0], &a[1], value.clone())?;
            Ok(value)
        };
        fn "update(*args, **kwargs)" "Take over the pairs of a mapping or an iterable, and those given by name." => |a| {
            let names = a[2].cast::<Dict>().map(|d| d.items()).unwrap_or_default();
            update(&a[0], "update() takes at most 1 positional argument (%d given)", a[1].as_tuple().unwrap_or_default())?;
            names.into_iter().try_for_each(|(name, value)| protocol::set_item(&a[0], &name, value))?;
            Ok(Value::NONE)
        };
        fn "copy()" "A shallow copy." => |a| call(&protocol::get_attr(&a[0], &intern("__class__"))?, &a[..1]);
        class "fromkeys(iterable, value=None)" "A new ordered dictionary with keys from iterable and values set to value." => |a| {
            let out = call(&a[0], &[])?;
            let value = arg(a, 2).as_bound().cloned().unwrap_or(Value::NONE);
            protocol::for_each(&a[1], |key| protocol::set_item(&out, &key, value.clone()))?;
            Ok(out)
        };
        fn "keys()" "The keys." => |a| Ok(view_of(&a[0], Part::Keys, &ODICT_KEYS));
        fn "values()" "The values." => |a| Ok(view_of(&a[0], Part::Values, &ODICT_VALUES));
        fn "items()" "The pairs." => |a| Ok(view_of(&a[0], Part::Items, &ODICT_ITEMS));
        fn "__reversed__()" "Return a reverse iterator over the keys." => |a| Ok(iterator(&a[0], Part::Keys, true));
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let items = protocol::iter(&protocol::call_method(&a[0], "items", &[])?)?;
            let state = protocol::call_method(&a[0], "__getstate__", &[])?;
            let class = protocol::get_attr(&a[0], &intern("__class__"))?;
            Ok(Value::tuple(vec![class, Value::tuple(Vec::new()), state, Value::NONE, items]))
        };
    },
)
.with_base(&DICT)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Dict>())
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, DictBody::default())),
    init: Some(init),
    repr: Some(repr),
    compare: Some(compare),
    iter: Some(|v| Ok(iterator(v, Part::Keys, false))),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Or as usize] = Some(or);
        ops
    },
    inplace: {
        let mut ops = Slots::EMPTY.inplace;
        ops[BinOp::Or as usize] = Some(|v, other| {
            update(v, "", std::slice::from_ref(other))?;
            Ok(v.clone())
        });
        ops
    },
    ..Slots::EMPTY
});

macro_rules! view_types {
    ($($name:ident = $py:literal $base:ident $part:ident;)*) => { $(
        static $name: Type = Type::builtin::<Boxed<DictView>>(
            $py,
            Layout::DictView,
            "",
            crate::defs! {
                fn "__reversed__()" "Return a reverse iterator over the view." => |a| Ok(iterator(&viewed(&a[0]), Part::$part, true));
            },
        )
        .with_base(&$base)
        .with_slots(Slots { iter: Some(|v| Ok(iterator(&viewed(v), Part::$part, false))), ..Slots::EMPTY });
    )* };
}

view_types! {
    ODICT_KEYS = "odict_keys" DICT_KEYS Keys;
    ODICT_VALUES = "odict_values" DICT_VALUES Values;
    ODICT_ITEMS = "odict_items" DICT_ITEMS Items;
}

/// The types of views and iterators.
pub fn helpers() -> [&'static Type; 4] {
    [&ODICT_KEYS, &ODICT_VALUES, &ODICT_ITEMS, &ODICT_ITERATOR]
}

/// An iterator that also notices when the order changes.
pub struct OrderedIter {
    inner: Value,
    dict: Value,
    /// The dictionary's version at the start.
    version: u64,
    /// Whether a change has been noticed, after which there is no more.
    broken: Cell<bool>,
}

crate::body!(OrderedIter: OrderedIterator { inner, dict });

static ODICT_ITERATOR: Type = Type::builtin::<Boxed<OrderedIter>>(
    "odict_iterator",
    Layout::OrderedIterator,
    "",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            // A dictionary's iterator gives an `iter` of what is left.
            protocol::call_method(&this::<OrderedIter>(&a[0]).inner, "__reduce__", &[])
        };
    },
)
.with_slots(Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(|v| {
        let it = this::<OrderedIter>(v);
        // CPython looks one key ahead: after the last one, nothing that changes is noticed.
        if it.broken.get() || crate::types::dict::is_used_up(&it.inner) {
            return Ok(None);
        }
        if it.dict.cast::<Dict>().is_some_and(|d| d.version() != it.version) {
            it.broken.set(true);
            return runtime_error("OrderedDict mutated during iteration");
        }
        protocol::next(&it.inner)
    }),
    ..Slots::EMPTY
});

fn iterator(dict: &Value, part: Part, backwards: bool) -> Value {
    let inner = crate::types::dict::iterator(dict, part, backwards);
    let version = dict.cast::<Dict>().map_or(0, |d| d.version());
    Value::new(&ODICT_ITERATOR, OrderedIter { inner, dict: dict.clone(), version, broken: Cell::new(false) })
}

/// Whether items are stored as in a `dict`, not by a method of a subclass.
fn stores_plainly(v: &Value) -> bool {
    v.ty().slots().set_item.map(|f| f as usize) == ORDERED_DICT.slots().set_item.map(|f| f as usize)
}

fn pair(v: &Value) -> Result<[Value; 2]> {
    let it = protocol::iter(v)?;
    let (first, second) = (protocol::next(&it)?, protocol::next(&it)?);
    match (first, second, protocol::next(&it)?) {
        (Some(key), Some(value), None) => Ok([key, value]),
        (_, _, Some(_)) => value_error("too many values to unpack (expected 2)"),
        (first, ..) => {
            let n = first.is_some() as u8;
            let s = if n == 1 { "" } else { "s" };
            value_error(format!("need more than {n} value{s} to unpack"))
        }
    }
}

/// Takes over the pairs of at most one argument; the text of the error names their number as `%d`.
fn update(v: &Value, too_many: &str, args: &[Value]) -> Result<()> {
    if args.len() > 1 {
        return type_error(too_many.replace("%d", &args.len().to_string()));
    }
    let Some(other) = args.first() else { return Ok(()) };
    if other.is_exact(&DICT) && stores_plainly(v) {
        return crate::types::dict::update_from(v, other);
    }
    let set = |key: &Value, value: Value| protocol::set_item(v, key, value);
    if let Some(dict) =
        other.cast::<Dict>().filter(|_| other.is_exact(&DICT) || other.is_exact(&ORDERED_DICT))
    {
        return dict.items().into_iter().try_for_each(|(key, value)| set(&key, value));
    }
    if let Some(keys) = protocol::get_attr_opt(other, &intern("keys"))? {
        return protocol::for_each(&call(&keys, &[])?, |key| set(&key, protocol::get_item(other, &key)?));
    }
    if let Some(items) = protocol::get_attr_opt(other, &intern("items"))? {
        return protocol::for_each(&call(&items, &[])?, |p| {
            pair(&p).and_then(|[key, value]| set(&key, value))
        });
    }
    protocol::for_each(other, |p| pair(&p).and_then(|[key, value]| set(&key, value)))
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let (positional, by_name) = args::split(args, names);
    update(v, "expected at most 1 arguments, got %d", positional)?;
    by_name.into_iter().try_for_each(|(name, value)| protocol::set_item(v, name, value.clone()))
}

fn move_to_end(a: &[Value]) -> Result {
    let Some(dict) = a[0].cast::<Dict>() else { return Ok(Value::NONE) };
    let last = arg(a, 2).as_bound().map_or(Ok(true), protocol::truth)?;
    if dict.move_to_end(&a[1], last)? { Ok(Value::NONE) } else { key_error(&a[1]) }
}

fn popitem(a: &[Value]) -> Result {
    let Some(dict) = a[0].cast::<Dict>() else { return Ok(Value::NONE) };
    let last = arg(a, 1).as_bound().map_or(Ok(true), protocol::truth)?;
    let popped = if last { dict.pop_last() } else { dict.pop_first() };
    match popped {
        Some((key, value)) => Ok(Value::tuple_from(2, [key, value])),
        None => key_error(&Value::str("dictionary is empty")),
    }
}

fn repr(v: &Value) -> Result {
    let text = sequence::repr_once(v, || {
        let name = super::class_name(v)?;
        let Some(dict) = v.cast::<Dict>().filter(|d| d.len() > 0) else { return Ok(format!("{name}()")) };
        let items = match v.is_exact(&ORDERED_DICT) {
            true => {
                let pairs = dict.items().into_iter().map(|(k, v)| Value::tuple_from(2, [k, v]));
                Value::list(pairs.collect())
            }
            false => Value::list(protocol::collect(&protocol::call_method(v, "items", &[])?)?),
        };
        Ok(format!("{name}({})", protocol::repr_string(&items)?))
    })?;
    Ok(Value::str(text.as_deref().unwrap_or("...")))
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(x), Some(y), Some(as_dicts)) = (a.cast::<Dict>(), b.cast::<Dict>(), DICT.slots().compare)
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let r = as_dicts(a, b, op)?;
    let equal = r.is(&Value::TRUE) == (op == Compare::Eq);
    let ordered = a.ty().is_subtype(&ORDERED_DICT) && b.ty().is_subtype(&ORDERED_DICT);
    if r.is(&Value::NOT_IMPLEMENTED) || !equal || !ordered {
        return Ok(r);
    }
    let versions = (x.version(), y.version());
    for (p, q) in x.keys().iter().zip(&y.keys()) {
        if !protocol::equal(p, q)? {
            return Ok(Value::bool(op == Compare::Ne));
        }
        if versions != (x.version(), y.version()) {
            return runtime_error("OrderedDict mutated during iteration");
        }
    }
    Ok(r)
}

fn or(a: &Value, b: &Value) -> Result {
    if !a.ty().is_subtype(&DICT) || !b.ty().is_subtype(&DICT) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let own = if a.ty().is_subtype(&ORDERED_DICT) { a } else { b };
    let out = call(&protocol::get_attr(own, &intern("__class__"))?, std::slice::from_ref(a))?;
    update(&out, "", std::slice::from_ref(b))?;
    Ok(out)
}
