//! Iterators over deques.

use super::deque::{DEQUE, Deque};
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{bind_args, runtime_error, type_error};
use crate::types::{int, iterator_state as state};
use std::cell::Cell;

/// The fields of both iterators.
pub struct DequeIter {
    deque: Value,
    version: u64,
    /// How many items have been given.
    at: Cell<usize>,
    /// How many items there were at the start.
    len: usize,
    /// The deque was found to have changed: nothing is to come.
    broken: Cell<bool>,
    backward: bool,
}

crate::body!(DequeIter: DequeIterator { deque });

macro_rules! types {
    ($($name:ident = $py:literal $backward:literal $doc:literal;)*) => { $(
        #[doc = $doc]
        pub static $name: Type = Type::builtin::<Boxed<DequeIter>>(
            $py,
            Layout::DequeIterator,
            "",
            crate::defs! {
                fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
                    let it = this::<DequeIter>(&a[0]);
                    state::call_of(&a[0], vec![it.deque.clone(), int::from_usize(it.at.get())])
                };
                fn "__length_hint__()" "About how many items are to come." => |a| {
                    Ok(int::from_usize(left(this::<DequeIter>(&a[0]))))
                };
            },
        )
        .with_slots(Slots {
            new: Some(|_, args, names| {
                let bound = bind_args($py, crate::sig!("iterator(deque, index=0, /)"), args, names)?;
                if !bound[0].ty().is_subtype(&DEQUE) {
                    return type_error(format!("argument 1 must be collections.deque, not {}", bound[0].ty().name()));
                }
                let len = this::<Deque>(&bound[0]).len();
                let at = bound[1].as_bound().map_or(Ok(0), |i| state::index(i, len))?;
                Ok(iterator(&bound[0], &$name, at, $backward))
            }),
            iter: Some(|v| Ok(v.clone())),
            next: Some(next),
            ..Slots::EMPTY
        });
    )* };
}

types! {
    FORWARD = "_collections._deque_iterator" false "The type of `iter(deque())`.";
    BACKWARD = "_collections._deque_reverse_iterator" true "The type of `reversed(deque())`.";
}

fn iterator(deque: &Value, ty: &'static Type, at: usize, backward: bool) -> Value {
    let (d, broken) = (this::<Deque>(deque), Cell::new(false));
    let (version, len) = (d.version(), d.len());
    Value::new(ty, DequeIter { deque: deque.clone(), version, at: Cell::new(at), len, broken, backward })
}

/// `iter(deque)`
pub fn forward(deque: &Value) -> Value {
    iterator(deque, &FORWARD, 0, false)
}

/// `reversed(deque)`
pub fn backward(deque: &Value) -> Value {
    iterator(deque, &BACKWARD, 0, true)
}

fn left(it: &DequeIter) -> usize {
    if it.broken.get() { 0 } else { it.len.saturating_sub(it.at.get()) }
}

fn next(v: &Value) -> Result<Option<Value>> {
    let it = this::<DequeIter>(v);
    let d = this::<Deque>(&it.deque);
    if d.version() != it.version {
        it.broken.set(true);
        return runtime_error("deque mutated during iteration");
    }
    let at = it.at.get();
    let item = if !it.backward { d.get(at) } else { d.len().checked_sub(at + 1).and_then(|i| d.get(i)) };
    if item.is_some() {
        it.at.set(at + 1);
    }
    Ok(item)
}
