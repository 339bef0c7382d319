//! Iterators over arrays.

use crate::modules::native::this;
use crate::object::{Boxed, Dict, Layout, Slots, Type, Value, intern};
use crate::protocol;
use crate::types::{int, iterators};
use std::cell::{Cell, RefCell};

/// The fields of an iterator.
pub struct ArrayIter {
    /// `None` when used up.
    array: RefCell<Value>,
    at: Cell<usize>,
}

crate::body!(ArrayIter: ArrayIterator { array });

pub(super) fn new(v: &Value) -> Value {
    Value::new(&ARRAY_ITERATOR, ArrayIter { array: RefCell::new(v.clone()), at: Cell::new(0) })
}

/// The builtin function `iter`, as pickling needs it.
fn builtin_iter() -> Value {
    let builtins = crate::vm::import::modules();
    let found = builtins.cast::<Dict>().and_then(|m| m.get_interned(&intern("builtins")).cloned());
    found.and_then(|b| protocol::get_attr(&b, &intern("iter")).ok()).unwrap_or(Value::NONE)
}

/// The type `array.arrayiterator`.
pub static ARRAY_ITERATOR: Type = Type::builtin::<Boxed<ArrayIter>>(
    "array.arrayiterator",
    Layout::ArrayIterator,
    "",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<ArrayIter>(&a[0]);
            let array = it.array.borrow().clone();
            Ok(Value::tuple(match array.is_none() {
                true => vec![builtin_iter(), Value::tuple(vec![Value::list(Vec::new())])],
                false => vec![builtin_iter(), Value::tuple(vec![array]), int::from_usize(it.at.get())],
            }))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let it = this::<ArrayIter>(&a[0]);
            let len = it.array.borrow().cast::<super::Array>().map_or(0, |x| x.len());
            it.at.set(protocol::index_i64(&a[1])?.clamp(0, len as i64) as usize);
            Ok(Value::NONE)
        };
    },
)
.with_slots(Slots {
    next: Some(|v| {
        let it = this::<ArrayIter>(v);
        let item = it.array.borrow().cast::<super::Array>().and_then(|a| a.get(it.at.get()));
        match item {
            Some(_) => it.at.set(it.at.get() + 1),
            None => drop(it.array.replace(Value::NONE)),
        }
        Ok(item)
    }),
    ..iterators::ITERATOR
});
