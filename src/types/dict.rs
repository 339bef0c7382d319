//! `dict` and its views.

use super::{exception, sequence};
use crate::object::{BinOp, Body, Compare, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, key_error, raise, type_error, value_error};
use std::cell::Cell;

fn dict(v: &Value) -> &Dict {
    v.cast::<Dict>().expect("slots are only called on their own type")
}

fn merged(a: &Value, b: &Value) -> Result {
    let (Some(x), Some(_)) = (a.cast::<Dict>(), b.cast::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let r = x.copy();
    update(&r, b)?;
    Ok(r)
}

const fn binary(f: crate::object::Binary) -> [Option<crate::object::Binary>; 13] {
    let mut b: [Option<crate::object::Binary>; 13] = [None; 13];
    b[BinOp::Or as usize] = Some(f);
    b
}

/// The type `dict`.
pub static DICT: Type = Type::builtin::<Dict>("dict", Layout::Dict, "", crate::defs! {
    fn "get(key, default=None, /)" "Return the value for key if key is in the dictionary, else default." => |a| {
        Ok(match dict(&a[0]).get(&a[1])? { Some(v) => v, None => arg(a, 2).clone().bound().unwrap_or(Value::NONE) })
    };
    fn "setdefault(key, default=None, /)" "Insert key with a value of default if key is not in the dictionary." => |a| {
        if let Some(v) = dict(&a[0]).get(&a[1])? { return Ok(v); }
        let v = arg(a, 2).clone().bound().unwrap_or(Value::NONE);
        dict(&a[0]).set(&a[1], v.clone())?;
        Ok(v)
    };
    fn "pop(key, default=None, /)" "Remove specified key and return the corresponding value." => |a| {
        match (dict(&a[0]).remove(&a[1])?, arg(a, 2).as_bound()) {
            (Some(v), _) => Ok(v),
            (None, Some(d)) => Ok(d.clone()),
            (None, None) => key_error(&a[1]),
        }
    };
    fn "popitem()" "Remove and return a (key, value) pair as a 2-tuple." => |a| match dict(&a[0]).pop_last() {
        Some((k, v)) => Ok(Value::tuple(vec![k, v])),
        None => Err(raise(&exception::KEY_ERROR, "popitem(): dictionary is empty")),
    };
    fn "keys()" "A set-like object providing a view on D's keys." => |a| Ok(view(&a[0], &DICT_KEYS, Part::Keys));
    fn "values()" "An object providing a view on D's values." => |a| Ok(view(&a[0], &DICT_VALUES, Part::Values));
    fn "items()" "A set-like object providing a view on D's items." => |a| Ok(view(&a[0], &DICT_ITEMS, Part::Items));
    fn "update(*args, **kwargs)" "Update D from mapping/iterable E and F." => |a| {
        let args = a[1].as_tuple().unwrap_or_default();
        if args.len() > 1 { return type_error(format!("update expected at most 1 argument, got {}", args.len())); }
        if let Some(x) = args.first() { update(&a[0], x)?; }
        update(&a[0], &a[2])?;
        Ok(Value::NONE)
    };
    fn "clear()" "Remove all items from D." => |a| { dict(&a[0]).clear(); Ok(Value::NONE) };
    fn "copy()" "A shallow copy of D." => |a| Ok(dict(&a[0]).copy());
    class "fromkeys(iterable, value=None, /)" "Create a new dictionary with keys from iterable and values set to value." => |a| {
        let d = protocol::call(&a[0], &[])?;
        let value = arg(a, 2).clone().bound().unwrap_or(Value::NONE);
        protocol::for_each(&a[1], |k| protocol::set_item(&d, &k, value.clone()))?;
        Ok(d)
    };
    fn "__reversed__()" "Return a reverse iterator over the dict keys." => |a| {
        Ok(super::iterators::items_iterator(dict(&a[0]).keys().into_iter().rev().collect()))
    };
})
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, _, _| match ty.cast::<Type>() {
        Some(t) => Ok(Value::new(t, crate::object::dict::DictBody::default())),
        None => type_error("dict.__new__(X): X is not a type object"),
    }),
    init: Some(|v, args, names| {
        let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
        let (positional, by_name) = args.split_at(args.len() - keywords.len());
        match positional {
            [] => {}
            [x] => update(v, x)?,
            _ => return type_error(format!("dict expected at most 1 argument, got {}", positional.len())),
        }
        for (k, x) in keywords.iter().zip(by_name) {
            dict(v).set(k, x.clone())?;
        }
        Ok(())
    }),
    repr: Some(|v| sequence::repr(v, "{...}", || {
        let mut out = Vec::new();
        for (k, x) in dict(v).items() {
            out.push(format!("{}: {}", protocol::repr_string(&k)?, protocol::repr_string(&x)?));
        }
        Ok(format!("{{{}}}", out.join(", ")))
    })),
    compare: Some(|a, b, op| {
        let Some(y) = b.cast::<Dict>() else { return Ok(Value::NOT_IMPLEMENTED) };
        let same = dict(a).len() == y.len() && {
            let mut same = true;
            for (k, x) in dict(a).items() {
                match y.get(&k)? {
                    Some(other) if protocol::equal(&x, &other)? => {}
                    _ => { same = false; break; }
                }
            }
            same
        };
        Ok(match op { Compare::Eq => Value::bool(same), Compare::Ne => Value::bool(!same), _ => Value::NOT_IMPLEMENTED })
    }),
    len: Some(|v| Ok(dict(v).len())),
    get_item: Some(|v, key| match dict(v).get(key)? {
        Some(x) => Ok(x),
        None if !v.is_exact(&DICT) => match protocol::lookup_special(v, &intern("__missing__"))? {
            Some(missing) => protocol::call(&missing, std::slice::from_ref(key)),
            None => key_error(key),
        },
        None => key_error(key),
    }),
    set_item: Some(|v, key, value| match value {
        Some(x) => dict(v).set(key, x),
        None => match dict(v).remove(key)? { Some(_) => Ok(()), None => key_error(key) },
    }),
    contains: Some(|v, key| Ok(dict(v).get(key)?.is_some())),
    iter: Some(|v| Ok(iterate(v, Part::Keys))),
    binary: binary(merged),
    inplace: binary(|a, b| { update(a, b)?; Ok(a.clone()) }),
    ..Slots::EMPTY
});

/// `d.update(other)`: a mapping, or pairs.
pub fn update(d: &Value, other: &Value) -> Result<()> {
    if let Some(o) = other.cast::<Dict>() {
        for (k, v) in o.items() {
            dict(d).set(&k, v)?;
        }
        return Ok(());
    }
    if protocol::get_attr_opt(other, &intern("keys"))?.is_some() {
        for k in protocol::collect(&protocol::call_method(other, "keys", &[])?)? {
            let v = protocol::get_item(other, &k)?;
            dict(d).set(&k, v)?;
        }
        return Ok(());
    }
    for (i, pair) in protocol::collect(other)?.into_iter().enumerate() {
        if pair.ty().slots().iter.is_none() {
            return type_error(format!(
                "cannot convert dictionary update sequence element #{i} to a sequence"
            ));
        }
        match &protocol::collect(&pair)?[..] {
            [k, v] => dict(d).set(k, v.clone())?,
            other => {
                let n = other.len();
                return value_error(format!(
                    "dictionary update sequence element #{i} has length {n}; 2 is required"
                ));
            }
        }
    }
    Ok(())
}

/// What a view or an iterator shows.
#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// Pairs.
    Items,
}

/// A view.
pub struct View {
    dict: Value,
    part: Part,
}

impl Body for View {}
impl crate::object::BodyLayout for View {
    const LAYOUT: Layout = Layout::Other;
}

fn view(d: &Value, ty: &'static Type, part: Part) -> Value {
    Value::new(ty, View { dict: d.clone(), part })
}

fn vw(v: &Value) -> &View {
    let ty = v.ty();
    let body = [&DICT_KEYS, &DICT_VALUES, &DICT_ITEMS].into_iter().find(|t| std::ptr::eq(*t, ty));
    body.and_then(|t| super::iterators::body::<View>(v, t))
        .map(|b| &b.body)
        .expect("slots are only called on their own type")
}

const VIEW_SLOTS: Slots = Slots {
    len: Some(|v| Ok(dict(&vw(v).dict).len())),
    iter: Some(|v| Ok(iterate(&vw(v).dict, vw(v).part))),
    repr: Some(|v| {
        sequence::repr(v, "...", || {
            let items = protocol::collect(&iterate(&vw(v).dict, vw(v).part))?;
            Ok(format!("{}([{}])", v.ty().name(), sequence::join_reprs(&items)?))
        })
    }),
    ..Slots::EMPTY
};

const fn set_like() -> Slots {
    let mut s = VIEW_SLOTS;
    s.contains = Some(|v, x| match vw(v).part {
        Part::Keys => Ok(dict(&vw(v).dict).get(x)?.is_some()),
        _ => match x.as_tuple() {
            Some([k, value]) => match dict(&vw(v).dict).get(k)? {
                Some(found) => protocol::equal(&found, value),
                None => Ok(false),
            },
            _ => Ok(false),
        },
    });
    s.compare = Some(|a, b, op| {
        let x = super::set::from_items(protocol::collect(a)?)?;
        let y = if b.ty().slots().iter.is_some() {
            super::set::from_items(protocol::collect(b)?)?
        } else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        protocol::compare(&x, &y, op)
    });
    let ops = [BinOp::And as usize, BinOp::Or as usize, BinOp::Sub as usize, BinOp::Xor as usize];
    let fs: [crate::object::Binary; 4] = [
        |a, b| set_operation(BinOp::And, a, b),
        |a, b| set_operation(BinOp::Or, a, b),
        |a, b| set_operation(BinOp::Sub, a, b),
        |a, b| set_operation(BinOp::Xor, a, b),
    ];
    let mut i = 0;
    while i < 4 {
        s.binary[ops[i]] = Some(fs[i]);
        i += 1;
    }
    s
}

fn set_operation(op: BinOp, a: &Value, b: &Value) -> Result {
    let x = super::set::from_items(protocol::collect(a)?)?;
    let y = super::set::from_items(protocol::collect(b)?)?;
    protocol::binary(op, &x, &y)
}

type ViewObject = crate::object::Boxed<View>;
/// `dict_keys`
pub static DICT_KEYS: Type =
    Type::builtin::<ViewObject>("dict_keys", Layout::Other, "", &[]).with_slots(set_like());
/// `dict_values`
pub static DICT_VALUES: Type =
    Type::builtin::<ViewObject>("dict_values", Layout::Other, "", &[]).with_slots(VIEW_SLOTS);
/// `dict_items`
pub static DICT_ITEMS: Type =
    Type::builtin::<ViewObject>("dict_items", Layout::Other, "", &[]).with_slots(set_like());

/// Iterates over a dictionary.
pub struct DictIter {
    dict: Value,
    at: Cell<usize>,
    len: usize,
    part: Part,
}

impl DictIter {
    fn step(&self) -> Result<Option<Value>> {
        let d = dict(&self.dict);
        if d.len() != self.len {
            return protocol::runtime_error("dictionary changed size during iteration");
        }
        Ok(d.next_entry(self.at.get()).map(|(i, k, v)| {
            self.at.set(i + 1);
            match self.part {
                Part::Keys => k.clone(),
                Part::Values => v.clone(),
                Part::Items => Value::tuple_from(2, [k.clone(), v.clone()]),
            }
        }))
    }
}

crate::iterator_type!(
    /// The iterators of `dict` and its views.
    DICT_ITERATOR, "dict_keyiterator", DictIter, None
);

fn iterate(d: &Value, part: Part) -> Value {
    Value::new(&DICT_ITERATOR, DictIter { dict: d.clone(), at: Cell::new(0), len: dict(d).len(), part })
}
