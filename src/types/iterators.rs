//! Iterators over lists, tuples and whatever has `__getitem__`; `reversed` and `iter(f, sentinel)`.

use super::{args, int, iterator_state as state};
use crate::object::{
    Body, Boxed, Layout, List, Raised, Result, Slots, Trace, Tracer, Tuple, Type, Value, arg,
};
use crate::protocol::{self, type_error};
use crate::types::exception;
use std::cell::{Cell, RefCell};

/// What iterators have in common: they are their own `iter()`.
pub const ITERATOR: Slots = Slots { iter: Some(|v| Ok(v.clone())), ..Slots::EMPTY };

/// How an index says that the iterator is used up.
const DONE: usize = usize::MAX;

/// An iterator over a list.
pub struct ListIter {
    /// The list.
    pub list: Value,
    /// The index of the next item; `usize::MAX` when used up.
    pub index: Cell<usize>,
}

/// An iterator over a tuple.
pub struct TupleIter {
    tuple: Value,
    index: Cell<usize>,
}

/// An iterator that asks for items 0, 1, ...
pub struct SequenceIter {
    /// Let go of when used up.
    sequence: RefCell<Value>,
    index: Cell<usize>,
}

/// `iter(f, sentinel)`
pub struct CallableIter {
    callable: Value,
    sentinel: Value,
    done: Cell<bool>,
}

/// An iterator over collected items.
pub struct ItemsIter {
    items: RefCell<std::vec::IntoIter<Value>>,
}

/// `reversed(sequence)`
pub struct ReversedIter {
    /// Let go of when used up.
    sequence: RefCell<Value>,
    /// The index of the next item plus one; 0 when used up.
    left: Cell<usize>,
}

crate::body!(ListIter: ListIterator { list });
crate::body!(TupleIter: TupleIterator { tuple });
crate::body!(SequenceIter: SequenceIterator { sequence });
crate::body!(CallableIter: CallableIterator { callable, sentinel });
crate::body!(ReversedIter: Reversed { sequence });
crate::body!(ItemsIter: Iterator { items });

impl ListIter {
    /// The next item.
    #[inline(always)]
    pub fn advance(&self) -> Option<Value> {
        let i = self.index.get();
        let item = self.list.cast::<List>().and_then(|l| l.get(i));
        // An exhausted iterator stays so when the list grows later.
        self.index.set(if item.is_some() { i + 1 } else { DONE });
        item
    }
}

/// The type of `iter([])`.
pub static LIST_ITERATOR: Type = Type::builtin::<Boxed<ListIter>>(
    "list_iterator",
    Layout::ListIterator,
    "",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => |a| {
            let left = a[0].cast::<Boxed<ListIter>>().map_or(0, |i| len_of(&i.list).saturating_sub(i.index.get()));
            Ok(int::from_i64(left as i64))
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(i) = a[0].cast::<Boxed<ListIter>>() else { return Ok(Value::NONE) };
            state::at(i.list.clone(), unless_done(&i.index), Value::list(Vec::new()))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let Some(i) = a[0].cast::<Boxed<ListIter>>() else { return Ok(Value::NONE) };
            go_to(&i.index, state::index(&a[1], len_of(&i.list))?)
        };
    },
)
.with_slots(Slots { next: Some(|v| Ok(v.cast::<Boxed<ListIter>>().and_then(|i| i.advance()))), ..ITERATOR });

/// The type of `iter(())`.
pub static TUPLE_ITERATOR: Type = Type::builtin::<Boxed<TupleIter>>(
    "tuple_iterator",
    Layout::TupleIterator,
    "",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => |a| {
            let left = a[0].cast::<Boxed<TupleIter>>().map_or(0, |i| len_of(&i.tuple).saturating_sub(i.index.get()));
            Ok(int::from_i64(left as i64))
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(i) = a[0].cast::<Boxed<TupleIter>>() else { return Ok(Value::NONE) };
            state::at(i.tuple.clone(), unless_done(&i.index), Value::tuple(Vec::new()))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let Some(i) = a[0].cast::<Boxed<TupleIter>>() else { return Ok(Value::NONE) };
            go_to(&i.index, state::index(&a[1], len_of(&i.tuple))?)
        };
    },
)
.with_slots(Slots { next: Some(|v| Ok(v.cast::<Boxed<TupleIter>>().and_then(|i| i.advance()))), ..ITERATOR });

/// The type of `iter(v)` for an object with `__getitem__` only.
pub static SEQUENCE_ITERATOR: Type = Type::builtin::<Boxed<SequenceIter>>(
    "iterator",
    Layout::SequenceIterator,
    "",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => |a| {
            let Some(i) = a[0].cast::<Boxed<SequenceIter>>() else { return Ok(Value::NONE) };
            let Some(at) = unless_done(&i.index) else { return Ok(Value::small(0)) };
            let sequence = i.sequence.borrow().clone();
            match sequence.ty().slots().len {
                Some(len) => Ok(int::from_usize(len(&sequence)?.saturating_sub(at))),
                None => Ok(Value::NOT_IMPLEMENTED),
            }
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(i) = a[0].cast::<Boxed<SequenceIter>>() else { return Ok(Value::NONE) };
            state::at(i.sequence.borrow().clone(), unless_done(&i.index), Value::tuple(Vec::new()))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let Some(i) = a[0].cast::<Boxed<SequenceIter>>() else { return Ok(Value::NONE) };
            go_to(&i.index, state::index(&a[1], DONE)?)
        };
    },
)
.with_slots(Slots { next: Some(sequence_next), ..ITERATOR });

/// The type of `iter(f, sentinel)`.
pub static CALLABLE_ITERATOR: Type = Type::builtin::<Boxed<CallableIter>>(
    "callable_iterator",
    Layout::CallableIterator,
    "",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(i) = a[0].cast::<Boxed<CallableIter>>() else { return Ok(Value::NONE) };
            if i.done.get() {
                return state::afresh(Value::tuple(Vec::new()));
            }
            let arguments = Value::tuple(vec![i.callable.clone(), i.sentinel.clone()]);
            Ok(Value::tuple(vec![state::builtin_iter()?, arguments]))
        };
    },
)
.with_slots(Slots { next: Some(callable_next), ..ITERATOR });

/// The type of iterators over collected items.
pub static ITEMS_ITERATOR: Type = Type::builtin::<Boxed<ItemsIter>>("iterator", Layout::Iterator, "", &[])
    .with_slots(Slots {
        next: Some(|v| Ok(v.cast::<Boxed<ItemsIter>>().and_then(|i| i.items.borrow_mut().next()))),
        ..ITERATOR
    });

/// The type `reversed`.
pub static REVERSED: Type = Type::builtin::<Boxed<ReversedIter>>(
    "reversed",
    Layout::Reversed,
    "The items of a sequence from the last to the first.",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => reversed_hint;
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| reversed_reduce(a, || state::call_of(&a[0], vec![Value::tuple(Vec::new())]));
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => reversed_set_state;
    },
)
.with_signature("(sequence, /)")
.with_base_flag()
.with_slots(Slots { new: Some(reversed_new), next: Some(reversed_next), ..ITERATOR });

/// The type of `reversed([])`.
pub static LIST_REVERSE_ITERATOR: Type = Type::builtin::<Boxed<ReversedIter>>(
    "list_reverseiterator",
    Layout::Reversed,
    "",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => reversed_hint;
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| reversed_reduce(a, || state::afresh(Value::list(Vec::new())));
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => reversed_set_state;
    },
)
.with_slots(Slots { next: Some(reversed_next), ..ITERATOR });

impl TupleIter {
    fn advance(&self) -> Option<Value> {
        let i = self.index.get();
        let item = self.tuple.as_tuple()?.get(i).cloned();
        self.index.set(if item.is_some() { i + 1 } else { DONE });
        item
    }
}

/// The index of the next item of an iterator that is not used up.
fn unless_done(index: &Cell<usize>) -> Option<usize> {
    Some(index.get()).filter(|&i| i != DONE)
}

/// Goes on with another item, unless used up.
fn go_to(index: &Cell<usize>, i: usize) -> Result {
    if index.get() != DONE {
        index.set(i);
    }
    Ok(Value::NONE)
}

fn len_of(v: &Value) -> usize {
    v.cast::<List>().map(|l| l.len()).or_else(|| v.as_tuple().map(<[Value]>::len)).unwrap_or(0)
}

/// The body of an object of exactly the type `ty`, whose objects are `T`s.
#[allow(unsafe_code)]
pub fn body<'v, T: Body>(v: &'v Value, ty: &'static Type) -> Option<&'v Boxed<T>> {
    // SAFETY: the callers pass the type that their body was declared with.
    unsafe { v.cast_exact::<Boxed<T>>(ty) }
}

/// The pair that an iterator gave last: when nobody else has kept it, it becomes the next one.
#[derive(Default)]
pub struct LastPair(Cell<Option<Value>>);

impl Trace for LastPair {
    fn trace(&self, tracer: &mut Tracer) {
        let last = self.0.take();
        last.trace(tracer);
        self.0.set(last);
    }
}

impl LastPair {
    /// A pair.
    #[inline]
    pub fn next(&self, first: Value, second: Value) -> Value {
        let last = self.0.take();
        let pair = match last {
            Some(last) => match Tuple::reuse_pair(&last, first, second) {
                Ok(()) => last,
                Err((first, second)) => Value::tuple_from(2, [first, second]),
            },
            None => Value::tuple_from(2, [first, second]),
        };
        self.0.set(Some(pair.clone()));
        pair
    }
}

/// An iterator over items that have been collected already.
pub fn items_iterator(items: Vec<Value>) -> Value {
    Value::new(&ITEMS_ITERATOR, ItemsIter { items: RefCell::new(items.into_iter()) })
}

/// Iterates over a list.
pub fn list_iterator(list: Value) -> Value {
    Value::new(&LIST_ITERATOR, ListIter { list, index: Cell::new(0) })
}

/// Iterates over a tuple.
pub fn tuple_iterator(tuple: Value) -> Value {
    Value::new(&TUPLE_ITERATOR, TupleIter { tuple, index: Cell::new(0) })
}

/// Iterates by `__getitem__` with 0, 1, ... until `IndexError`.
pub fn sequence_iterator(v: Value) -> Value {
    Value::new(&SEQUENCE_ITERATOR, SequenceIter { sequence: RefCell::new(v), index: Cell::new(0) })
}

/// Calls `callable` until it returns `sentinel`.
pub fn callable_iterator(callable: Value, sentinel: Value) -> Value {
    Value::new(&CALLABLE_ITERATOR, CallableIter { callable, sentinel, done: Cell::new(false) })
}

/// Iterates backwards over a list of `len` items.
pub fn reversed_list(list: &Value, len: usize) -> Value {
    Value::new(
        &LIST_REVERSE_ITERATOR,
        ReversedIter { sequence: RefCell::new(list.clone()), left: Cell::new(len) },
    )
}

/// Whether an exception ends an iteration over items.
fn ends_sequence(e: &Raised) -> bool {
    e.0.ty().is_subtype(&exception::INDEX_ERROR) || e.0.ty().is_subtype(&exception::STOP_ITERATION)
}

fn sequence_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<SequenceIter>>() else { return Ok(None) };
    let i = it.index.get();
    if i == DONE {
        return Ok(None);
    }
    let sequence = it.sequence.borrow().clone();
    match protocol::get_item(&sequence, &int::from_i64(i as i64)) {
        Ok(item) => {
            it.index.set(i + 1);
            Ok(Some(item))
        }
        Err(e) if ends_sequence(&e) => {
            it.index.set(DONE);
            drop(it.sequence.replace(Value::NONE));
            Ok(None)
        }
        Err(e) => Err(e),
    }
}

fn callable_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<CallableIter>>() else { return Ok(None) };
    if it.done.get() {
        return Ok(None);
    }
    match protocol::call(&it.callable, &[]) {
        Ok(item) if protocol::equal(&it.sentinel, &item)? => {
            it.done.set(true);
            Ok(None)
        }
        Ok(item) => Ok(Some(item)),
        Err(e) if e.0.ty().is_subtype(&exception::STOP_ITERATION) => {
            it.done.set(true);
            Ok(None)
        }
        Err(e) => Err(e),
    }
}

fn reversed_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    args::check("reversed", args, names, 1, 1)?;
    let v = arg(args, 0);
    let own = protocol::lookup_special(v, &crate::object::intern("__reversed__"))?;
    let refuses = own.as_ref().is_some_and(Value::is_none);
    if let Some(m) = own.filter(|_| !refuses) {
        return protocol::call(&m, &[]);
    }
    let slots = v.ty().slots();
    // A mapping has `__getitem__` too, but no order of numbers.
    let is_sequence = !refuses && slots.get_item.is_some() && v.ty().layout != Layout::Dict;
    // Any class with `__getitem__` counts as a sequence, which then lacks a length.
    if !is_sequence || slots.len.is_none() && !v.ty().is_heap() {
        return type_error(format!("'{}' object is not reversible", v.ty().name()));
    }
    let len = protocol::len(v)?;
    match ty.cast::<Type>() {
        Some(ty) => {
            Ok(Value::new(ty, ReversedIter { sequence: RefCell::new(v.clone()), left: Cell::new(len) }))
        }
        None => type_error("reversed.__new__(X): X is not a type object"),
    }
}

fn reversed_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<ReversedIter>>() else { return Ok(None) };
    let Some(i) = it.left.get().checked_sub(1) else {
        drop(it.sequence.replace(Value::NONE));
        return Ok(None);
    };
    let sequence = it.sequence.borrow().clone();
    let item = match sequence.cast::<List>() {
        // The list may have become shorter.
        Some(list) if !sequence.ty().is_heap() => list.get(i),
        _ => match protocol::get_item(&sequence, &int::from_i64(i as i64)) {
            Ok(item) => Some(item),
            Err(e) if ends_sequence(&e) => None,
            Err(e) => return Err(e),
        },
    };
    it.left.set(if item.is_some() { i } else { 0 });
    if it.left.get() == 0 {
        drop(it.sequence.replace(Value::NONE));
    }
    Ok(item)
}

fn reversed_reduce(a: &[Value], ended: impl FnOnce() -> Result) -> Result {
    match a[0].cast::<Boxed<ReversedIter>>() {
        Some(it) if it.left.get() > 0 => {
            let (sequence, at) =
                (Value::tuple(vec![it.sequence.borrow().clone()]), int::from_usize(it.left.get() - 1));
            Ok(Value::tuple(vec![REVERSED.value(), sequence, at]))
        }
        _ => ended(),
    }
}

fn reversed_set_state(a: &[Value]) -> Result {
    if let Some(it) = a[0].cast::<Boxed<ReversedIter>>()
        && it.left.get() > 0
    {
        let sequence = it.sequence.borrow().clone();
        let last = protocol::len(&sequence)? as i64 - 1;
        it.left.set((protocol::index_i64(&a[1])?.min(last).max(-1) + 1) as usize);
    }
    Ok(Value::NONE)
}

/// Whether `v` is a native iterator over an object of a class of the program, whose `__len__` it would call.
pub fn is_over_object(v: &Value) -> bool {
    let sequence = match v.cast::<Boxed<SequenceIter>>() {
        Some(it) => &it.sequence,
        None => match v.cast::<Boxed<ReversedIter>>() {
            Some(it) => &it.sequence,
            None => return false,
        },
    };
    sequence.borrow().ty().is_heap()
}

fn reversed_hint(a: &[Value]) -> Result {
    let Some(it) = a[0].cast::<Boxed<ReversedIter>>() else { return Ok(Value::small(0)) };
    let left = it.left.get();
    if left == 0 {
        return Ok(Value::small(0));
    }
    let sequence = it.sequence.borrow().clone();
    let len = protocol::len(&sequence)?;
    Ok(int::from_i64(if len < left { 0 } else { left as i64 }))
}
