//! `tuple` and `list` objects.
//!
//! A tuple's items stand in the object itself. A list's stand in a `Vec` behind a `RefCell`: no borrow may
//! be held while Python code can run, which includes dropping a value.

use super::alloc::{Boxed, Fields};
use super::attrs::Attrs;
use super::head::Head;
use super::heap;
use super::trace::{Trace, Tracer};
use super::types::Type;
use super::value::Value;
use crate::types::{list::LIST, tuple::TUPLE};
use std::cell::RefCell;

/// A tuple object; its items follow, in a subclass with attributes after those.
#[repr(C)]
pub struct Tuple {
    head: Head,
    len: u32,
    /// Where the items stand, in bytes from the header.
    first: u32,
}

crate::layout!(Tuple = Tuple);

const FIRST: usize = std::mem::offset_of!(Tuple, first) + size_of::<u32>();

impl Value {
    /// A new tuple of `len` items, which the iterator must give (missing ones become `None`). The iterator
    /// runs no Python code: the tuple would be seen half made.
    #[inline]
    pub fn tuple_from(len: usize, items: impl IntoIterator<Item = Value>) -> Value {
        Tuple::make(&TUPLE, len, items)
    }

    /// A new tuple.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::tuple_from(items.len(), items)
    }

    /// A new tuple of type `ty`, which is `tuple` or a subclass.
    pub fn tuple_of(ty: &Type, items: Vec<Value>) -> Value {
        Tuple::make(ty, items.len(), items)
    }

    /// A new list.
    pub fn list(items: Vec<Value>) -> Value {
        Value::new(&LIST, ListBody { items: RefCell::new(items) })
    }

    /// The items, if it is a tuple.
    #[inline(always)]
    pub fn as_tuple(&self) -> Option<&[Value]> {
        self.cast::<Tuple>().map(Tuple::items)
    }
}

/// How many items a tuple can have.
pub const MAX_TUPLE: usize = u32::MAX as usize;

impl Tuple {
    #[inline]
    fn make(ty: &Type, len: usize, items: impl IntoIterator<Item = Value>) -> Value {
        assert!(len <= MAX_TUPLE, "tuple of {len} items");
        let mut items = items.into_iter();
        let attrs = ty.attrs_offset.get() as usize;
        let first = if attrs == 0 { FIRST } else { attrs + Attrs::size(ty.inline_slots.get()) };
        // SAFETY: every field is written, and the size has room for the items behind `first`.
        unsafe {
            let head = heap::new_raw(ty, (first + len * size_of::<Value>()).max(size_of::<Tuple>()), true);
            let object: *mut Tuple = head.cast();
            (&raw mut (*object).len).write(len as u32);
            (&raw mut (*object).first).write(first as u32);
            Attrs::init(ty, head);
            let place: *mut Value = head.byte_add(first).cast();
            for i in 0..len {
                place.add(i).write(items.next().unwrap_or(Value::NONE));
            }
            Value::from_head(head)
        }
    }

    /// Replaces the items of `tuple`, if nothing else refers to it and it is an exact tuple of two items. For
    /// iterators of pairs, whose last pair has often been unpacked and forgotten when the next is asked for.
    #[inline]
    pub fn reuse_pair(tuple: &Value, first: Value, second: Value) -> std::result::Result<(), (Value, Value)> {
        // SAFETY: the objects of exactly this type are tuples.
        let Some(t) = (unsafe { tuple.cast_exact::<Tuple>(&TUPLE) }) else { return Err((first, second)) };
        if t.head.refcount() != 1 || t.len != 2 {
            return Err((first, second));
        }
        // SAFETY: the caller's is the only reference, and two items stand there.
        let old = unsafe {
            let place: *mut [Value; 2] = (&raw const *t).byte_add(t.first as usize).cast_mut().cast();
            std::mem::replace(&mut *place, [first, second])
        };
        drop(old);
        Ok(())
    }

    /// The items.
    #[inline(always)]
    pub fn items(&self) -> &[Value] {
        // SAFETY: `len` items stand there, in the same allocation.
        unsafe {
            let place = (&raw const *self).byte_add(self.first as usize);
            std::slice::from_raw_parts(place.cast(), self.len as usize)
        }
    }
}

impl Fields for Tuple {
    fn trace(&self, tracer: &mut Tracer) {
        self.items().trace(tracer);
    }

    unsafe fn drop_fields(head: *const Head) -> usize {
        // SAFETY: as the caller promises; the items stand at `first`, nobody sees them again.
        unsafe {
            let tuple = &*head.cast::<Tuple>();
            let (first, len) = (tuple.first as usize, tuple.len as usize);
            let place: *mut Value = head.byte_add(first).cast_mut().cast();
            for i in (0..len).rev() {
                std::ptr::drop_in_place(place.add(i));
            }
            (first + len * size_of::<Value>()).max(size_of::<Tuple>())
        }
    }
}

/// A `list` object.
pub type List = Boxed<ListBody>;

/// The fields of a `list`.
pub struct ListBody {
    /// The items.
    pub items: RefCell<Vec<Value>>,
}

crate::body!(ListBody: List { items });

impl Drop for ListBody {
    fn drop(&mut self) {
        drop_from_end(std::mem::take(self.items.get_mut()));
    }
}

/// Drops items, the last one first, as CPython's lists do, which shows in the order of finalizers.
pub fn drop_from_end(mut items: Vec<Value>) {
    while let Some(item) = items.pop() {
        drop(item);
    }
}

impl ListBody {
    /// A snapshot of the items.
    pub fn to_vec(&self) -> Vec<Value> {
        self.items.borrow().clone()
    }

    /// Number of items.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Item `i`.
    #[inline(always)]
    pub fn get(&self, i: usize) -> Option<Value> {
        self.items.borrow().get(i).cloned()
    }

    /// Appends, growing by an eighth when full (as CPython does), to keep large lists tight.
    #[inline]
    pub fn push(&self, value: Value) {
        let mut items = self.items.borrow_mut();
        if items.len() == items.capacity() {
            let more = items.len() / 8 + 6;
            items.reserve_exact(more);
        }
        items.push(value);
    }
}
