//! Iterators over `bytes`, `bytearray` and `memoryview`.

use super::buffer;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::types::{int, iterator_state, iterators};
use std::cell::{Cell, RefCell};

/// An iterator over the bytes of an object.
pub struct BytesIter {
    /// `None` when used up.
    sequence: RefCell<Value>,
    at: Cell<usize>,
}

crate::body!(BytesIter: BytesIterator { sequence });

macro_rules! iterator {
    ($name:ident, $text:literal, { $($more:tt)* }) => {
        #[doc = concat!("The type `", $text, "`.")]
        pub static $name: Type = Type::builtin::<Boxed<BytesIter>>(
            $text,
            Layout::BytesIterator,
            "",
            crate::defs! {
                fn "__length_hint__()" "How many bytes are left." => |a| Ok(int::from_usize(left(&a[0])));
                $($more)*
            },
        )
        .with_slots(Slots { next: Some(next), ..iterators::ITERATOR });
    };
}

iterator!(MEMORY_ITERATOR, "memory_iterator", {});
iterator!(BYTES_ITERATOR, "bytes_iterator", {
    fn "__reduce__()" "How to make it again, for pickle and copy." => reduce;
    fn "__setstate__(state, /)" "Go on from the state that was pickled." => set_state;
});
iterator!(BYTEARRAY_ITERATOR, "bytearray_iterator", {
    fn "__reduce__()" "How to make it again, for pickle and copy." => reduce;
    fn "__setstate__(state, /)" "Go on from the state that was pickled." => set_state;
});

fn reduce(a: &[Value]) -> Result {
    let Some(it) = a[0].cast::<Boxed<BytesIter>>() else { return Ok(Value::NONE) };
    let sequence = it.sequence.borrow().clone();
    let place = (!sequence.is_none()).then(|| it.at.get());
    iterator_state::at(sequence, place, Value::tuple(Vec::new()))
}

fn set_state(a: &[Value]) -> Result {
    if let Some(it) = a[0].cast::<Boxed<BytesIter>>() {
        let len = buffer(&it.sequence.borrow()).map_or(0, |data| data.len());
        it.at.set(iterator_state::index(&a[1], len)?);
    }
    Ok(Value::NONE)
}

pub(super) fn new(ty: &'static Type, v: &Value) -> Value {
    Value::new(ty, BytesIter { sequence: RefCell::new(v.clone()), at: Cell::new(0) })
}

fn left(v: &Value) -> usize {
    let Some(it) = v.cast::<Boxed<BytesIter>>() else { return 0 };
    let len = buffer(&it.sequence.borrow()).map_or(0, |data| data.len());
    len.saturating_sub(it.at.get())
}

fn next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<BytesIter>>() else { return Ok(None) };
    let at = it.at.get();
    if v.is_exact(&MEMORY_ITERATOR) {
        let view = it.sequence.borrow().clone();
        let item = if view.is_none() { None } else { super::memory::byte_at(&view, at) };
        match item {
            Some(_) => it.at.set(at + 1),
            None => drop(it.sequence.replace(Value::NONE)),
        }
        return item.transpose();
    }
    let byte = buffer(&it.sequence.borrow()).and_then(|data| data.get(at).copied());
    match byte {
        Some(b) => {
            it.at.set(at + 1);
            Ok(Some(Value::small(b.into())))
        }
        None => {
            drop(it.sequence.replace(Value::NONE));
            Ok(None)
        }
    }
}
