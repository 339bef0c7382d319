//! `enumerate`, `zip`, `map` and `filter`: iterators over other iterators.

use super::dict::{DICT_ITEM_ITERATOR, DictIter};
use super::iterators::{ITERATOR, LIST_ITERATOR, LastPair, ListIter, body};
use super::range::{RANGE_ITERATOR, RangeIter};
use super::{args, int, iterator_state as state};
use crate::object::{BinOp, Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::bool::BOOL;
use std::cell::Cell;

/// `enumerate(iterable, start)`
pub struct EnumerateIter {
    inner: Value,
    count: Cell<i64>,
    /// Added to `count`, for starts beyond 64 bits; usually unbound.
    offset: Value,
    last: LastPair,
}

/// `zip(*iterables)`
pub struct ZipIter {
    inner: Vec<Value>,
    strict: Cell<bool>,
    last: LastPair,
}

/// `map(f, *iterables)`
pub struct MapIter {
    function: Value,
    inner: Vec<Value>,
}

/// `filter(f, iterable)`
pub struct FilterIter {
    /// Unbound: the items' own truth decides.
    function: Value,
    inner: Value,
}

crate::body!(EnumerateIter: Enumerate { inner, offset, last });
crate::body!(ZipIter: Zip { inner, last });
crate::body!(MapIter: Map { function, inner });
crate::body!(FilterIter: Filter { function, inner });

/// The type `enumerate`.
pub static ENUMERATE: Type = Type::builtin::<Boxed<EnumerateIter>>(
    "enumerate",
    Layout::Enumerate,
    "Pairs of a number, counting from start, and an item of the iterable.",
    crate::defs! {
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => super::alias::class_getitem;
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(it) = a[0].cast::<Boxed<EnumerateIter>>() else { return Ok(Value::NONE) };
            state::call_of(&a[0], vec![it.inner.clone(), it.number()?])
        };
    },
)
.with_signature("(iterable, start=0)")
.with_base_flag()
.with_slots(Slots { new: Some(enumerate_new), next: Some(enumerate_next), ..ITERATOR });

/// The type `zip`.
pub static ZIP: Type = Type::builtin::<Boxed<ZipIter>>(
    "zip",
    Layout::Zip,
    "Tuples of the first items of the iterables, of the second ones, and so on until one of them ends.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(it) = a[0].cast::<Boxed<ZipIter>>() else { return Ok(Value::NONE) };
            let parts = state::call_of(&a[0], it.inner.clone())?;
            let strict = it.strict.get().then_some(Value::TRUE);
            Ok(Value::tuple(parts.as_tuple().unwrap_or_default().iter().cloned().chain(strict).collect()))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let strict = protocol::truth(&a[1])?;
            if let Some(it) = a[0].cast::<Boxed<ZipIter>>() {
                it.strict.set(strict);
            }
            Ok(Value::NONE)
        };
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(zip_new), next: Some(zip_next), ..ITERATOR });

/// The type `map`.
pub static MAP: Type = Type::builtin::<Boxed<MapIter>>(
    "map",
    Layout::Map,
    "What the function gives for the items of the iterables, until one of them ends.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(it) = a[0].cast::<Boxed<MapIter>>() else { return Ok(Value::NONE) };
            state::call_of(&a[0], std::iter::once(&it.function).chain(&it.inner).cloned().collect())
        };
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(map_new), next: Some(map_next), ..ITERATOR });

/// The type `filter`.
pub static FILTER: Type = Type::builtin::<Boxed<FilterIter>>(
    "filter",
    Layout::Filter,
    "The items for which the function is true, or which are true if it is None.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(it) = a[0].cast::<Boxed<FilterIter>>() else { return Ok(Value::NONE) };
            let function = it.function.as_bound().unwrap_or(&Value::NONE).clone();
            state::call_of(&a[0], vec![function, it.inner.clone()])
        };
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(filter_new), next: Some(filter_next), ..ITERATOR });

/// Iterators that have no iterator inside, or guard the native stack themselves.
const LEAVES: [Layout; 11] = [
    Layout::ListIterator,
    Layout::TupleIterator,
    Layout::RangeIterator,
    Layout::WideRangeIterator,
    Layout::DictIterator,
    Layout::SetIterator,
    Layout::StrIterator,
    Layout::BytesIterator,
    Layout::Iterator,
    Layout::Generator,
    Layout::Count,
];

/// The next item of an inner iterator, which may be one with an inner iterator again, and so on.
#[inline(always)]
pub fn next_of(it: &Value) -> Result<Option<Value>> {
    if is_plain(it) { Ok(at_hand(it)) } else { next_of_any(it) }
}

fn next_of_any(it: &Value) -> Result<Option<Value>> {
    if it.ty().is_heap() || !LEAVES.contains(&it.ty().layout) {
        return crate::vm::guard_native_recursion("", || protocol::next(it));
    }
    protocol::next(it)
}

fn class(v: &Value) -> Result<&Type> {
    match v.cast::<Type>() {
        Some(ty) => Ok(ty),
        None => type_error("__new__(X): X is not a type object"),
    }
}

fn enumerate_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let (positional, by_name) = args::split(args, names);
    if args.len() > 2 {
        return type_error(format!("enumerate() takes at most 2 arguments ({} given)", args.len()));
    }
    let (mut iterable, mut start) = (arg(positional, 0), arg(positional, 1));
    for (name, value) in by_name {
        match name.as_str().unwrap_or_default() {
            "iterable" if iterable.is_unbound() => iterable = value,
            "start" if start.is_unbound() => start = value,
            other => {
                return type_error(format!("'{other}' is an invalid keyword argument for enumerate()"));
            }
        }
    }
    if iterable.is_unbound() {
        return type_error("enumerate() missing required argument 'iterable'");
    }
    let (count, offset) = match start.as_bound() {
        None => (0, Value::UNBOUND),
        Some(start) => {
            let start = protocol::index(start)?;
            match start.as_inline_int() {
                Some(i) => (i, Value::UNBOUND),
                None => (0, start),
            }
        }
    };
    let inner = protocol::iter(iterable)?;
    Ok(Value::new(
        class(ty)?,
        EnumerateIter { inner, count: Cell::new(count), offset, last: LastPair::default() },
    ))
}

impl EnumerateIter {
    /// The number of the next item.
    #[inline]
    fn number(&self) -> Result {
        let n = int::from_i64(self.count.get());
        if self.offset.is_unbound() { Ok(n) } else { protocol::binary(BinOp::Add, &self.offset, &n) }
    }
}

fn enumerate_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<EnumerateIter>>() else { return Ok(None) };
    let Some(item) = next_of(&it.inner)? else { return Ok(None) };
    let number = it.number()?;
    it.count.set(it.count.get() + 1);
    Ok(Some(it.last.next(number, item)))
}

/// The next item of an iterator over a list or range; `None` at its end and for all others.
#[inline(always)]
fn at_hand(it: &Value) -> Option<Value> {
    match body::<ListIter>(it, &LIST_ITERATOR) {
        Some(list) => list.advance(),
        None => body::<RangeIter>(it, &RANGE_ITERATOR)?.advance(),
    }
}

#[inline(always)]
fn is_plain(it: &Value) -> bool {
    it.is_exact(&LIST_ITERATOR) || it.is_exact(&RANGE_ITERATOR)
}

/// What a loop over pairs needs of the next item of its iterator, if that is one whose pairs need not be made:
/// `enumerate` and `zip` of lists and ranges, and `dict.items()`.
///
/// As two words, which a call returns in registers: the pair, or *unbound* first. Then the second says whether the
/// iterator has ended (`None`) or is to be asked as others are (*unbound*).
#[inline]
pub fn pair_at_hand(it: &Value) -> (Value, Value) {
    if let Some(it) = body::<EnumerateIter>(it, &ENUMERATE) {
        let n = it.count.get();
        if it.offset.is_unbound()
            && let Some(number) = Value::inline_int(n)
            && let Some(item) = at_hand(&it.inner)
        {
            it.count.set(n + 1);
            return (number, item);
        }
    } else if let Some(it) = body::<ZipIter>(it, &ZIP) {
        if let Some((a, b)) = it.two()
            && is_plain(a)
            && is_plain(b)
        {
            if let Some(first) = at_hand(a)
                && let Some(second) = at_hand(b)
            {
                return (first, second);
            }
            return (Value::UNBOUND, Value::NONE);
        }
    } else if let Some(it) = body::<DictIter>(it, &DICT_ITEM_ITERATOR)
        && let Some(pair) = it.at_hand()
    {
        return pair;
    }
    (Value::UNBOUND, Value::UNBOUND)
}

fn iterators(iterables: &[Value]) -> Result<Vec<Value>> {
    iterables.iter().map(protocol::iter).collect()
}

fn zip_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let (positional, by_name) = args::split(args, names);
    let mut strict = false;
    if by_name.len() > 1 {
        return type_error(format!("zip() takes at most 1 keyword argument ({} given)", by_name.len()));
    }
    for (name, value) in by_name {
        match name.as_str().unwrap_or_default() {
            "strict" => strict = protocol::truth(value)?,
            other => return type_error(format!("'{other}' is an invalid keyword argument for zip()")),
        }
    }
    Ok(Value::new(
        class(ty)?,
        ZipIter { inner: iterators(positional)?, strict: Cell::new(strict), last: LastPair::default() },
    ))
}

impl ZipIter {
    /// The two iterators, if they are two and the shorter one decides.
    #[inline]
    fn two(&self) -> Option<(&Value, &Value)> {
        match &self.inner[..] {
            [a, b] if !self.strict.get() => Some((a, b)),
            _ => None,
        }
    }
}

fn zip_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<ZipIter>>() else { return Ok(None) };
    if it.inner.is_empty() {
        return Ok(None);
    }
    if let Some((a, b)) = it.two() {
        let Some(first) = next_of(a)? else { return Ok(None) };
        let Some(second) = next_of(b)? else { return Ok(None) };
        return Ok(Some(it.last.next(first, second)));
    }
    let mut row = Vec::with_capacity(it.inner.len());
    for (i, inner) in it.inner.iter().enumerate() {
        match next_of(inner)? {
            Some(item) => row.push(item),
            None if it.strict.get() => return zip_strict_end(&it.inner, i),
            None => return Ok(None),
        }
    }
    Ok(Some(Value::tuple(row)))
}

/// Argument `ended` (from 0) of a strict zip has no more items: neither may the others.
fn zip_strict_end(inner: &[Value], ended: usize) -> Result<Option<Value>> {
    let arguments = |n: usize| if n == 1 { "argument 1".to_owned() } else { format!("arguments 1-{n}") };
    if ended > 0 {
        let before = arguments(ended);
        return value_error(format!("zip() argument {} is shorter than {before}", ended + 1));
    }
    for (i, it) in inner.iter().enumerate().skip(1) {
        if next_of(it)?.is_some() {
            return value_error(format!("zip() argument {} is longer than {}", i + 1, arguments(i)));
        }
    }
    Ok(None)
}

fn map_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    match args::positional("map", &MAP, ty, args, names, (0, usize::MAX))? {
        [] | [_] => type_error("map() must have at least two arguments."),
        [function, rest @ ..] => {
            Ok(Value::new(class(ty)?, MapIter { function: function.clone(), inner: iterators(rest)? }))
        }
    }
}

fn map_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<MapIter>>() else { return Ok(None) };
    if let [inner] = &it.inner[..] {
        let Some(item) = next_of(inner)? else { return Ok(None) };
        return protocol::call(&it.function, &[item]).map(Some);
    }
    let mut row = Vec::with_capacity(it.inner.len());
    for inner in &it.inner {
        match next_of(inner)? {
            Some(item) => row.push(item),
            None => return Ok(None),
        }
    }
    protocol::call(&it.function, &row).map(Some)
}

fn filter_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = args::positional("filter", &FILTER, ty, args, names, (2, 2))?;
    let (function, iterable) = (arg(args, 0), arg(args, 1));
    let inner = protocol::iter(iterable)?;
    let own_truth = function.is_none() || function.is(&BOOL.value());
    let function = if own_truth { Value::UNBOUND } else { function.clone() };
    Ok(Value::new(class(ty)?, FilterIter { function, inner }))
}

fn filter_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<FilterIter>>() else { return Ok(None) };
    while let Some(item) = next_of(&it.inner)? {
        let keep = if it.function.is_unbound() {
            protocol::truth(&item)?
        } else {
            protocol::truth(&protocol::call(&it.function, std::slice::from_ref(&item))?)?
        };
        if keep {
            return Ok(Some(item));
        }
    }
    Ok(None)
}
