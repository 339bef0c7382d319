//! `dict`

mod views;

use super::{args, int, sequence};
use crate::object::dict::DictBody;
use crate::object::{BinOp, Compare, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, key_error, runtime_error, type_error, value_error};
use crate::types::exception;

pub use views::{
    DICT_ITEM_ITERATOR, DICT_ITEMS, DICT_KEY_ITERATOR, DICT_KEYS, DICT_REVERSE_ITEM_ITERATOR,
    DICT_REVERSE_KEY_ITERATOR, DICT_REVERSE_VALUE_ITERATOR, DICT_VALUE_ITERATOR, DICT_VALUES, DictIter,
    DictView, Part, is_used_up, iterator, view_of, viewed,
};

/// The type `dict`.
pub static DICT: Type = Type::builtin::<Dict>(
    "dict",
    Layout::Dict,
    "A dictionary: of the items of a mapping or of pairs, and of keyword arguments.",
    crate::defs! {
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "get(key, default=None, /)" "The value of the key, or the default." => dict_get;
        fn "setdefault(key, default=None, /)" "The value of the key, which gets the default if it has none." => dict_setdefault;
        fn "pop(key, default=<unrepresentable>, /)" "Remove specified key and return the corresponding value.\n\nIf the key is not found, return the default if given; otherwise,\nraise a KeyError." => dict_pop;
        fn "popitem()" "Remove the item that was added last, and give it as a pair." => dict_popitem;
        fn "keys()" "a set-like object providing a view on D's keys" => |a| view(a, Part::Keys);
        fn "items()" "a set-like object providing a view on D's items" => |a| view(a, Part::Items);
        fn "values()" "an object providing a view on D's values" => |a| view(a, Part::Values);
        fn "update(*args, **kwargs)" "Update D from mapping or iterable E and F." => dict_update;
        fn "clear()" "Remove all items from D." => dict_clear;
        fn "copy()" "a shallow copy of D" => |a| Ok(this(&a[0])?.copy());
        class "fromkeys(iterable, value=None, /)" "A new dictionary with these keys, all with the same value." => dict_fromkeys;
        fn "__reversed__()" "The keys in reverse order." => |a| Ok(views::iterator(&a[0], Part::Keys, true));
        fn "__sizeof__()" "Return the size of the dict in memory, in bytes." => |a| Ok(int::from_i64(48 + 40 * this(&a[0])?.len() as i64));
    },
)
.with_base_flag()
.with_slots(Slots {
    new: Some(dict_new),
    init: Some(dict_init),
    repr: Some(dict_repr),
    compare: Some(dict_compare),
    len: Some(|v| Ok(this(v)?.len())),
    get_item: Some(dict_get_item),
    set_item: Some(dict_set_item),
    contains: Some(|v, key| Ok(this(v)?.get(key)?.is_some())),
    iter: Some(|v| Ok(views::iterator(v, Part::Keys, false))),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Or as usize] = Some(dict_or);
        ops
    },
    inplace: {
        let mut ops = Slots::EMPTY.inplace;
        ops[BinOp::Or as usize] = Some(|d, other| {
            update_from(d, other)?;
            Ok(d.clone())
        });
        ops
    },
    ..Slots::EMPTY
});

/// The receiver of a method.
fn this(v: &Value) -> Result<&Dict> {
    match v.cast::<Dict>() {
        Some(dict) => Ok(dict),
        None => type_error(format!("descriptor requires a 'dict' object but received a '{}'", v.ty().name())),
    }
}

fn view(a: &[Value], part: Part) -> Result {
    this(&a[0])?;
    Ok(views::view(a[0].clone(), part))
}

/// `dict.update(d, other)`, where `other` is a mapping or an iterable of pairs.
pub fn update_from(d: &Value, other: &Value) -> Result<()> {
    let dict = this(d)?;
    if let Some(other_dict) = other.cast::<Dict>()
        && other.ty().slots().iter.map(|f| f as usize) == DICT.slots().iter.map(|f| f as usize)
    {
        return if d.is(other) { Ok(()) } else { merge(dict, other_dict) };
    }
    let Some(keys) = protocol::get_attr_opt(other, &intern("keys"))? else {
        return update_from_pairs(dict, other);
    };
    protocol::for_each(&protocol::call(&keys, &[])?, |key| {
        let value = protocol::get_item(other, &key)?;
        dict.set(&key, value)
    })
}

/// Copies the entries of `other`; raises if `__eq__` of a key changes it meanwhile.
fn merge(dict: &Dict, other: &Dict) -> Result<()> {
    if dict.fill_from(other) {
        return Ok(());
    }
    let version = other.version();
    let mut i = 0;
    while let Some((at, key, value)) = other.next_entry(i) {
        let (key, value) = (key.clone(), value.clone());
        let hash = other.entry_hash(at).unwrap_or_default();
        dict.set_hashed(&key, hash, value)?;
        if other.version() != version {
            return runtime_error("dict mutated during update");
        }
        i = at + 1;
    }
    Ok(())
}

fn update_from_pairs(dict: &Dict, pairs: &Value) -> Result<()> {
    let mut i = 0;
    protocol::for_each(pairs, |pair| {
        let items = match protocol::collect(&pair) {
            Ok(items) => items,
            Err(e) if e.0.ty().is_subtype(&exception::TYPE_ERROR) && pair.ty().slots().iter.is_none() => {
                return type_error(format!(
                    "cannot convert dictionary update sequence element #{i} to a sequence"
                ));
            }
            Err(e) => return Err(e),
        };
        let [key, value] = &items[..] else {
            let n = items.len();
            return value_error(format!(
                "dictionary update sequence element #{i} has length {n}; 2 is required"
            ));
        };
        i += 1;
        dict.set(key, value.clone())
    })
}

fn dict_new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    match ty.cast::<Type>() {
        Some(ty) => Ok(Value::new(ty, DictBody::default())),
        None => type_error("dict.__new__(X): X is not a type object"),
    }
}

fn dict_init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let (positional, by_name) = args::split(args, names);
    args::check("dict", positional, None, 0, 1)?;
    if let Some(other) = positional.first() {
        update_from(v, other)?;
    }
    let dict = this(v)?;
    by_name.into_iter().try_for_each(|(name, value)| dict.set(name, value.clone()))
}

fn dict_update(a: &[Value]) -> Result {
    let positional = arg(a, 1).as_tuple().unwrap_or_default();
    args::check("update", positional, None, 0, 1)?;
    if let Some(other) = positional.first() {
        update_from(&a[0], other)?;
    }
    if let Some(keywords) = arg(a, 2).cast::<Dict>() {
        merge(this(&a[0])?, keywords)?;
    }
    Ok(Value::NONE)
}

fn dict_repr(v: &Value) -> Result {
    let dict = this(v)?;
    let text = sequence::repr_once(v, || {
        let mut out = String::from("{");
        let mut i = 0;
        while let Some((at, key, value)) = dict.next_entry(i) {
            let (key, value) = (key.clone(), value.clone());
            if out.len() > 1 {
                out += ", ";
            }
            out += protocol::repr(&key)?.as_str().unwrap_or_default();
            out += ": ";
            out += protocol::repr(&value)?.as_str().unwrap_or_default();
            i = at + 1;
        }
        out.push('}');
        Ok(out)
    })?;
    Ok(Value::str(text.as_deref().unwrap_or("{...}")))
}

fn dict_compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(x), Some(y)) = (a.cast::<Dict>(), b.cast::<Dict>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match op {
        Compare::Eq => Ok(Value::bool(equal(x, y)?)),
        Compare::Ne => Ok(Value::bool(!equal(x, y)?)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn equal(a: &Dict, b: &Dict) -> Result<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut i = 0;
    while let Some((at, key, value)) = a.next_entry(i) {
        let (key, value) = (key.clone(), value.clone());
        let hash = a.entry_hash(at).unwrap_or_default();
        match b.get_hashed(&key, hash)? {
            Some(other) if protocol::equal(&value, &other)? => {}
            _ => return Ok(false),
        }
        i = at + 1;
    }
    Ok(true)
}

fn dict_get_item(v: &Value, key: &Value) -> Result {
    if let Some(value) = this(v)?.get(key)? {
        return Ok(value);
    }
    if !v.is_exact(&DICT)
        && let Some(r) = protocol::call_special(v, "__missing__", std::slice::from_ref(key))
    {
        return r;
    }
    key_error(key)
}

fn dict_set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let dict = this(v)?;
    match value {
        Some(value) => dict.set(key, value),
        None if dict.remove(key)?.is_none() => key_error(key),
        None => Ok(()),
    }
}

fn dict_or(a: &Value, b: &Value) -> Result {
    let (Some(x), Some(_)) = (a.cast::<Dict>(), b.cast::<Dict>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let out = x.copy();
    update_from(&out, b)?;
    Ok(out)
}

fn dict_get(a: &[Value]) -> Result {
    Ok(match this(&a[0])?.get(arg(a, 1))? {
        Some(value) => value,
        None => arg(a, 2).as_bound().cloned().unwrap_or(Value::NONE),
    })
}

fn dict_setdefault(a: &[Value]) -> Result {
    let (dict, key) = (this(&a[0])?, arg(a, 1));
    let hash = protocol::hash(key)?;
    if let Some(value) = dict.get_hashed(key, hash)? {
        return Ok(value);
    }
    let value = arg(a, 2).as_bound().cloned().unwrap_or(Value::NONE);
    dict.set_hashed(key, hash, value.clone())?;
    Ok(value)
}

fn dict_pop(a: &[Value]) -> Result {
    match this(&a[0])?.remove(arg(a, 1))? {
        Some(value) => Ok(value),
        None => arg(a, 2).as_bound().cloned().map_or_else(|| key_error(arg(a, 1)), Ok),
    }
}

fn dict_popitem(a: &[Value]) -> Result {
    match this(&a[0])?.pop_last() {
        Some((key, value)) => Ok(Value::tuple_from(2, [key, value])),
        None => key_error(&Value::str("popitem(): dictionary is empty")),
    }
}

fn dict_clear(a: &[Value]) -> Result {
    this(&a[0])?.clear();
    Ok(Value::NONE)
}

fn dict_fromkeys(a: &[Value]) -> Result {
    let value = arg(a, 2).as_bound().cloned().unwrap_or(Value::NONE);
    let out = protocol::call(&a[0], &[])?;
    if out.is_exact(&DICT)
        && let Some(dict) = out.cast::<Dict>()
    {
        protocol::for_each(arg(a, 1), |key| dict.set(&key, value.clone()))?;
    } else {
        protocol::for_each(arg(a, 1), |key| protocol::set_item(&out, &key, value.clone()))?;
    }
    Ok(out)
}
