//! `set` and `frozenset`

mod body;
mod ops;
mod table;

use super::iterators::ITERATOR;
use super::{args, int, sequence};
use crate::object::{BinOp, Boxed, Layout, Raised, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, key_error, runtime_error, type_error};
use crate::types::exception;
use std::cell::Cell;

pub use body::SetBody;

/// A `set` or `frozenset` object.
pub type Set = Boxed<SetBody>;

/// The slots of both.
const COMMON: Slots = Slots {
    repr: Some(set_repr),
    compare: Some(ops::compare),
    len: Some(|v| Ok(this(v)?.len())),
    contains: Some(set_contains),
    iter: Some(set_iter),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Or as usize] = Some(|a, b| operate(a, b, |_, a, b| union(a, std::slice::from_ref(b))));
        ops[BinOp::And as usize] = Some(|a, b| operate(a, b, |set, a, b| ops::intersection(a, set, b)));
        ops[BinOp::Sub as usize] = Some(|a, b| operate(a, b, |set, a, b| ops::difference(a, set, b)));
        ops[BinOp::Xor as usize] = Some(|a, b| operate(a, b, |_, a, b| ops::symmetric_difference(a, b)));
        ops
    },
    ..Slots::EMPTY
};

/// The type `set`.
pub static SET: Type = Type::builtin::<Set>(
    "set",
    Layout::Set,
    "A set of the items of an iterable.",
    crate::defs! {
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "add(object, /)" "Add an item, unless it is there already." => |a| this(&a[0])?.add(arg(a, 1)).map(none);
        fn "remove(object, /)" "Remove an item; KeyError if it is not there." => set_remove;
        fn "discard(object, /)" "Remove an item, if it is there." => |a| discard(this(&a[0])?, arg(a, 1)).map(|_| Value::NONE);
        fn "pop()" "Remove some item and give it; KeyError if there is none." => set_pop;
        fn "clear()" "Remove all items." => |a| { this(&a[0])?.clear(); Ok(Value::NONE) };
        fn "update(*others)" "Add the items of others." => |a| each_other(a, ops::update);
        fn "difference_update(*others)" "Remove the items of others." => |a| each_other(a, ops::difference_update);
        fn "intersection_update(*others)" "Keep only the items that others have, too." => set_intersection_update;
        fn "symmetric_difference_update(other, /)" "Keep the items that only one of both has, and add those of the other." => |a| ops::symmetric_difference_update(this(&a[0])?, arg(a, 1)).map(none);
        fn "copy()" "A copy, with the same items." => |a| ops::build(base_type(&a[0]), &a[0]);
        fn "union(*others)" "A new set of the items that any of them has." => |a| union(&a[0], others(a));
        fn "intersection(*others)" "A new set of the items that all have." => |a| intersection(&a[0], others(a));
        fn "difference(*others)" "A new set of the items that no other one has." => |a| difference(&a[0], others(a));
        fn "symmetric_difference(other, /)" "A new set of the items that only one of both has." => |a| ops::symmetric_difference(&a[0], arg(a, 1));
        fn "isdisjoint(other, /)" "Whether there is no common item." => |a| Ok(Value::bool(ops::is_disjoint(&a[0], this(&a[0])?, arg(a, 1))?));
        fn "issubset(other, /)" "Whether the other one has all items of this one." => set_issubset;
        fn "issuperset(other, /)" "Whether this one has all items of the other one." => set_issuperset;
        fn "__reduce__()" "How to make it again, for pickle and copy." => set_reduce;
        fn "__sizeof__()" "How many bytes it takes in memory." => set_sizeof;
    },
).with_weakrefs()
.with_base_flag()
.with_slots(Slots {
    new: Some(set_new),
    init: Some(set_init),
    inplace: {
        let mut ops = Slots::EMPTY.inplace;
        ops[BinOp::Or as usize] = Some(|a, b| operate_in_place(a, b, ops::update));
        ops[BinOp::And as usize] = Some(|a, b| {
            operate_in_place(a, b, |set, b| {
                let new = intersection(a, std::slice::from_ref(b))?;
                take_over(set, &new);
                Ok(())
            })
        });
        ops[BinOp::Sub as usize] = Some(|a, b| operate_in_place(a, b, ops::difference_update));
        ops[BinOp::Xor as usize] = Some(|a, b| operate_in_place(a, b, ops::symmetric_difference_update));
        ops
    },
    ..COMMON
});

/// The class, the items in a list, and the attributes of a subclass's instance.
fn set_reduce(a: &[Value]) -> Result {
    let class = protocol::get_attr(&a[0], &intern("__class__"))?;
    let items = Value::tuple(vec![Value::list(protocol::collect(&a[0])?)]);
    let state = protocol::call_method(&a[0], "__getstate__", &[])?;
    Ok(Value::tuple(vec![class, items, state]))
}

/// The type `frozenset`.
pub static FROZENSET: Type = Type::builtin::<Set>(
    "frozenset",
    Layout::Set,
    "A set that cannot be changed, of the items of an iterable.",
    crate::defs! {
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "copy()" "A copy, with the same items." => |a| if a[0].is_exact(&FROZENSET) { Ok(a[0].clone()) } else { ops::build(&FROZENSET, &a[0]) };
        fn "union(*others)" "A new set of the items that any of them has." => |a| union(&a[0], others(a));
        fn "intersection(*others)" "A new set of the items that all have." => |a| intersection(&a[0], others(a));
        fn "difference(*others)" "A new set of the items that no other one has." => |a| difference(&a[0], others(a));
        fn "symmetric_difference(other, /)" "A new set of the items that only one of both has." => |a| ops::symmetric_difference(&a[0], arg(a, 1));
        fn "isdisjoint(other, /)" "Whether there is no common item." => |a| Ok(Value::bool(ops::is_disjoint(&a[0], this(&a[0])?, arg(a, 1))?));
        fn "issubset(other, /)" "Whether the other one has all items of this one." => set_issubset;
        fn "issuperset(other, /)" "Whether this one has all items of the other one." => set_issuperset;
        fn "__reduce__()" "How to make it again, for pickle and copy." => set_reduce;
        fn "__sizeof__()" "How many bytes it takes in memory." => set_sizeof;
    },
).with_weakrefs()
.with_base_flag()
.with_slots(Slots { new: Some(frozenset_new), hash: Some(frozenset_hash), ..COMMON });

/// An iterator over a set.
pub struct SetIter {
    /// Unbound when used up.
    set: Cell<Value>,
    /// How many keys the set had at the start.
    len: usize,
    left: Cell<usize>,
    at: Cell<usize>,
}

crate::body!(SetIter: SetIterator { set });

/// The type of `iter(set())`.
pub static SET_ITERATOR: Type = Type::builtin::<Boxed<SetIter>>(
    "set_iterator",
    Layout::SetIterator,
    "",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => |a| {
            Ok(int::from_i64(a[0].cast::<Boxed<SetIter>>().map_or(0, |i| i.left.get() as i64)))
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(it) = a[0].cast::<Boxed<SetIter>>() else { return Ok(Value::NONE) };
            let set = it.set.replace(Value::UNBOUND);
            it.set.set(set.clone());
            let rest = SetIter { set: Cell::new(set), len: it.len, left: it.left.clone(), at: it.at.clone() };
            let rest = protocol::collect(&Value::new(&SET_ITERATOR, rest))?;
            super::iterator_state::afresh(Value::list(rest))
        };
    },
)
.with_slots(Slots { next: Some(iter_next), ..ITERATOR });

fn none(_: ()) -> Value {
    Value::NONE
}

fn of(v: &Value) -> Option<&Set> {
    v.cast::<Set>()
}

fn this(v: &Value) -> Result<&Set> {
    match of(v) {
        Some(set) => Ok(set),
        None => type_error(format!("descriptor requires a 'set' object but received a '{}'", v.ty().name())),
    }
}

/// Whether `v` is a `set` or `frozenset`, or of a subclass.
pub fn is_any_set(v: &Value) -> bool {
    of(v).is_some()
}

fn make(ty: &Type) -> Value {
    Value::new(ty, SetBody::default())
}

/// `set` or `frozenset`, whichever the type of `v` is derived from: what operators make.
fn base_type(v: &Value) -> &'static Type {
    if v.ty().is_subtype(&FROZENSET) { &FROZENSET } else { &SET }
}

/// `set()`
pub fn new_empty() -> Value {
    make(&SET)
}

/// `set.add(v)`
pub fn add(set: &Value, v: &Value) -> Result<()> {
    this(set)?.add(v)
}

/// `set(v)`
pub fn from_iterable(v: &Value) -> Result {
    ops::build(&SET, v)
}

/// A frozen set of these items, which are hashable constants.
pub fn frozenset_of(items: Vec<Value>) -> Value {
    // CPython makes a constant set anew, from its own order, when it merges a code object's constants.
    let first = make(&FROZENSET);
    let out = make(&FROZENSET);
    if let (Some(first), Some(set)) = (of(&first), of(&out)) {
        // Constants are hashable, and comparing them cannot fail.
        for v in &items {
            let _ = first.add(v);
        }
        for v in &first.keys() {
            let _ = set.add(v);
        }
    }
    out
}

/// `set.update(v)`
pub fn update(set: &Value, v: &Value) -> Result<()> {
    ops::update(this(set)?, v)
}

/// `set.difference_update(v)`
pub fn difference_update(set: &Value, v: &Value) -> Result<()> {
    ops::difference_update(this(set)?, v)
}

/// `set.symmetric_difference_update(v)`
pub fn symmetric_difference_update(set: &Value, v: &Value) -> Result<()> {
    ops::symmetric_difference_update(this(set)?, v)
}

fn others(a: &[Value]) -> &[Value] {
    arg(a, 1).as_tuple().unwrap_or_default()
}

fn each_other(a: &[Value], f: fn(&SetBody, &Value) -> Result<()>) -> Result {
    let set = this(&a[0])?;
    others(a).iter().try_for_each(|v| f(set, v)).map(none)
}

/// A binary operator: both operands must be sets.
fn operate(a: &Value, b: &Value, f: impl FnOnce(&Set, &Value, &Value) -> Result) -> Result {
    match (of(a), of(b)) {
        (Some(set), Some(_)) => f(set, a, b),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn operate_in_place(a: &Value, b: &Value, f: impl FnOnce(&SetBody, &Value) -> Result<()>) -> Result {
    match (of(a), of(b)) {
        (Some(set), Some(_)) => f(set, b).map(|()| a.clone()),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn union(v: &Value, others: &[Value]) -> Result {
    let out = ops::build(base_type(v), v)?;
    let set = this(&out)?;
    for other in others.iter().filter(|other| !other.is(v)) {
        ops::update(set, other)?;
    }
    Ok(out)
}

fn intersection(v: &Value, others: &[Value]) -> Result {
    let [first, rest @ ..] = others else { return ops::build(base_type(v), v) };
    let mut out = ops::intersection(v, this(v)?, first)?;
    for other in rest {
        out = ops::intersection(&out, this(&out)?, other)?;
    }
    Ok(out)
}

fn difference(v: &Value, others: &[Value]) -> Result {
    let [first, rest @ ..] = others else { return ops::build(base_type(v), v) };
    let out = ops::difference(v, this(v)?, first)?;
    let set = this(&out)?;
    rest.iter().try_for_each(|other| ops::difference_update(set, other))?;
    Ok(out)
}

/// Moves the table of the fresh set `new` into `set`.
fn take_over(set: &SetBody, new: &Value) {
    if let Some(new) = of(new) {
        let old = set.replace(new.replace(table::Table::new()));
        drop(old);
    }
}

fn set_intersection_update(a: &[Value]) -> Result {
    let new = intersection(&a[0], others(a))?;
    take_over(this(&a[0])?, &new);
    Ok(Value::NONE)
}

fn set_new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    match ty.cast::<Type>() {
        Some(ty) => Ok(make(ty)),
        None => type_error("set.__new__(X): X is not a type object"),
    }
}

fn set_init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    args::check("set", args, names, 0, 1)?;
    let set = this(v)?;
    set.clear();
    args.first().map_or(Ok(()), |items| ops::update(set, items))
}

fn frozenset_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(ty) = ty.cast::<Type>() else {
        return type_error("frozenset.__new__(X): X is not a type object");
    };
    let args = args::for_new(&FROZENSET, ty, args, names)?;
    match args.first() {
        None => Ok(make(ty)),
        Some(v) if std::ptr::eq(ty, &FROZENSET) && v.is_exact(&FROZENSET) => Ok(v.clone()),
        Some(v) => ops::build(ty, v),
    }
}

fn set_repr(v: &Value) -> Result {
    let set = this(v)?;
    let name = v.ty().name();
    if set.len() == 0 {
        return Ok(Value::str(&format!("{name}()")));
    }
    let text = sequence::repr_once(v, || {
        // A class of a program may have its own way to be walked.
        let keys = if v.ty().is_heap() { protocol::collect(v)? } else { set.keys() };
        let items = sequence::repr_items(|i| keys.get(i).cloned())?;
        Ok(if v.is_exact(&SET) { format!("{{{items}}}") } else { format!("{name}({{{items}}})") })
    })?;
    Ok(Value::str(&text.unwrap_or_else(|| format!("{name}(...)"))))
}

/// As CPython's: independent of the order, each hash's bits shuffled.
fn frozenset_hash(v: &Value) -> Result<i64> {
    fn shuffle(h: i64) -> u64 {
        let h = h as u64;
        ((h ^ 89869747) ^ (h << 16)).wrapping_mul(3644798167)
    }
    let set = this(v)?;
    if set.hash.get() != 0 {
        return Ok(set.hash.get());
    }
    let (mut hash, len) = set
        .with(|t| (t.entries().iter().filter(|e| e.is_live()).fold(0, |h, e| h ^ shuffle(e.hash)), t.len()));
    hash ^= (len as u64 + 1).wrapping_mul(1927868237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907133923);
    let hash = if hash == u64::MAX { 590923713 } else { hash as i64 };
    set.hash.set(hash);
    Ok(hash)
}

/// Runs `f` with `key` and its hash, or, if that is a set and unhashable, with a frozen copy.
#[inline(always)]
fn with_hashable<R>(key: &Value, f: impl FnOnce(&Value, i64) -> Result<R>) -> Result<R> {
    #[cold]
    fn as_frozenset(key: &Value, e: Raised) -> Result {
        if is_any_set(key) && e.0.ty().is_subtype(&exception::TYPE_ERROR) {
            return ops::build(&FROZENSET, key);
        }
        Err(e)
    }
    let frozen;
    let (key, hash) = match protocol::hash(key) {
        Ok(hash) => (key, hash),
        Err(e) => {
            frozen = as_frozenset(key, e)?;
            (&frozen, protocol::hash(&frozen)?)
        }
    };
    f(key, hash)
}

fn set_contains(v: &Value, key: &Value) -> Result<bool> {
    let set = this(v)?;
    with_hashable(key, |key, hash| set.contains_hashed(key, hash))
}

fn discard(set: &Set, key: &Value) -> Result<bool> {
    with_hashable(key, |key, hash| set.discard_hashed(key, hash))
}

fn set_remove(a: &[Value]) -> Result {
    if discard(this(&a[0])?, arg(a, 1))? { Ok(Value::NONE) } else { key_error(arg(a, 1)) }
}

fn set_pop(a: &[Value]) -> Result {
    this(&a[0])?.pop().map_or_else(|| key_error(&Value::str("pop from an empty set")), Ok)
}

fn set_issubset(a: &[Value]) -> Result {
    let set = this(&a[0])?;
    if let Some(other) = of(arg(a, 1)) {
        return Ok(Value::bool(ops::is_subset(set, other)?));
    }
    let other = ops::build(&SET, arg(a, 1))?;
    Ok(Value::bool(of(&other).map_or(Ok(false), |other| ops::is_subset(set, other))?))
}

fn set_issuperset(a: &[Value]) -> Result {
    let set = this(&a[0])?;
    if let Some(other) = of(arg(a, 1)) {
        return Ok(Value::bool(ops::is_subset(other, set)?));
    }
    let it = protocol::iter(arg(a, 1))?;
    while let Some(item) = protocol::next(&it)? {
        if !set.contains(&item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn set_sizeof(a: &[Value]) -> Result {
    let entries = this(&a[0])?.with(|t| t.entries().len());
    Ok(int::from_i64(200 + if entries > 8 { 16 * entries as i64 } else { 0 }))
}

fn set_iter(v: &Value) -> Result {
    let len = this(v)?.len();
    let iter = SetIter { set: Cell::new(v.clone()), len, left: Cell::new(len), at: Cell::new(0) };
    Ok(Value::new(&SET_ITERATOR, iter))
}

fn iter_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<SetIter>>() else { return Ok(None) };
    let holder = it.set.replace(Value::UNBOUND);
    let Some(set) = of(&holder) else { return Ok(None) };
    if set.len() != it.len {
        it.set.set(holder);
        return runtime_error("Set changed size during iteration");
    }
    let Some((at, key, _)) = set.next_key(it.at.get()) else { return Ok(None) };
    it.at.set(at + 1);
    it.left.set(it.left.get().saturating_sub(1));
    it.set.set(holder);
    Ok(Some(key))
}
