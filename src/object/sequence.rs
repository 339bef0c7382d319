//! `tuple` and `list` objects.
//!
//! A tuple's items stand in the object itself. A list's stand in a `Vec` behind a `RefCell`: no borrow may
//! be held while Python code can run, which includes dropping a value.

use super::alloc::{Body, BodyLayout, Boxed};
use super::head::Head;
use super::heap;
use super::value::Value;
use crate::types::{list::LIST, tuple::TUPLE};
use std::cell::RefCell;

/// A tuple object; its items follow.
#[repr(C)]
pub struct Tuple {
    head: Head,
    len: usize,
    items: [Value; 0],
}

crate::layout!(Tuple = Tuple);

fn tuple_size(len: usize) -> usize {
    size_of::<Tuple>() + len * size_of::<Value>()
}

impl Value {
    /// A new tuple of `len` items, which the iterator must give (missing ones become `None`).
    pub fn tuple_from(len: usize, items: impl IntoIterator<Item = Value>) -> Value {
        let mut items = items.into_iter();
        // SAFETY: every field is written.
        unsafe {
            let object: *mut Tuple = heap::new_raw(&TUPLE, tuple_size(len)).cast();
            (&raw mut (*object).len).write(len);
            let first: *mut Value = (&raw mut (*object).items).cast();
            for i in 0..len {
                first.add(i).write(items.next().unwrap_or(Value::NONE));
            }
            Value::from_head(object.cast())
        }
    }

    /// A new tuple.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::tuple_from(items.len(), items)
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

impl Tuple {
    /// The items.
    #[inline(always)]
    pub fn items(&self) -> &[Value] {
        // SAFETY: `len` items follow the struct.
        unsafe { std::slice::from_raw_parts((&raw const self.items).cast(), self.len) }
    }
}

/// The release slot of `tuple`.
///
/// # Safety
/// `head` is a dead tuple.
pub unsafe fn release_tuple(head: *const Head) {
    let tuple: *const Tuple = head.cast();
    // SAFETY: the items are intact and not used again.
    unsafe {
        let len = (*tuple).len;
        let first: *mut Value = (&raw const (*tuple).items).cast_mut().cast();
        std::ptr::drop_in_place(std::ptr::slice_from_raw_parts_mut(first, len));
        heap::free_raw(head, tuple_size(len));
    }
}

/// A `list` object.
pub type List = Boxed<ListBody>;

/// The fields of a `list`.
pub struct ListBody {
    /// The items.
    pub items: RefCell<Vec<Value>>,
}

impl Body for ListBody {}
impl BodyLayout for ListBody {
    const LAYOUT: super::Layout = super::Layout::List;
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
