//! The attributes of instances: hidden classes ("shapes") with inline slots, or a dictionary.
//!
//! An object whose type has attributes ends with an [`Attrs`]: a shape or a dictionary, and slots. The shape
//! says which attribute stands in which slot; all instances that assign the same attributes in the same
//! order share it, so an inline cache needs to compare one pointer. An instance moves to a dictionary when
//! its slots are full, an attribute is deleted, or its `__dict__` is asked for; that then stands in the
//! place of the shape.

use super::dict::Dict;
use super::head::Head;
use super::trace::{Trace, Tracer};
use super::types::Type;
use super::value::Value;
use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;

/// Which attribute stands in which slot. The slots of `__slots__` come first and have *unbound* as names.
pub struct Shape {
    names: Vec<Value>,
    next: RefCell<Vec<(Value, Box<Shape>)>>,
}

/// More successors than this, and instances use dictionaries.
const MAX_FANOUT: usize = 64;
/// More inline attributes than this, and instances use dictionaries.
pub const MAX_INLINE: u32 = 30;
/// What a new class starts with when nothing is known.
pub const DEFAULT_INLINE: u32 = 4;

impl Shape {
    pub(super) fn root(members: usize) -> Shape {
        Shape { names: vec![Value::UNBOUND; members], next: RefCell::new(Vec::new()) }
    }

    /// The slot of `name`, an interned string.
    #[inline]
    pub fn slot_of(&self, name: &Value) -> Option<usize> {
        self.names.iter().position(|n| n.is(name))
    }

    /// Slot and name of every attribute that is none of `__slots__`.
    fn named(&self) -> impl Iterator<Item = (usize, &Value)> {
        self.names.iter().enumerate().filter(|(_, name)| !name.is_unbound())
    }

    /// The shape with `name` added.
    fn with(&self, name: &Value) -> Option<*const Shape> {
        let mut next = self.next.borrow_mut();
        if let Some((_, shape)) = next.iter().find(|(n, _)| n.is(name)) {
            return Some(&raw const **shape);
        }
        if next.len() >= MAX_FANOUT {
            return None;
        }
        let names = self.names.iter().chain([name]).cloned().collect();
        next.push((name.clone(), Box::new(Shape { names, next: RefCell::default() })));
        next.last().map(|(_, shape)| &raw const **shape)
    }
}

/// The end of an object that has attributes. `Head::capacity` slots follow.
#[repr(C)]
pub struct Attrs {
    /// The address of a shape, or that of a dictionary plus one; it owns a reference to the dictionary.
    names: Cell<usize>,
    slots: [Cell<Value>; 0],
}

/// In [`Attrs::names`]: it is a dictionary.
const DICT: usize = 1;

impl Attrs {
    /// Bytes needed with `capacity` inline slots.
    #[inline(always)]
    pub fn size(capacity: u32) -> usize {
        size_of::<Attrs>() + capacity as usize * size_of::<Value>()
    }

    /// # Safety
    /// `head` is a new object of type `ty` with room for its attributes.
    #[inline(always)]
    pub(super) unsafe fn init(ty: &Type, head: *mut Head) {
        let offset = ty.attrs_offset.get();
        if offset == 0 {
            return;
        }
        let capacity = ty.inline_slots.get();
        // SAFETY: as the caller promises.
        unsafe {
            (*head).set_capacity(capacity);
            let attrs: *mut Attrs = head.byte_add(offset as usize).cast();
            (&raw mut (*attrs).names).write(Cell::new(ty.root_shape().expose_provenance()));
            let slots: *mut Value = (&raw mut (*attrs).slots).cast();
            for i in 0..capacity as usize {
                slots.add(i).write(Value::UNBOUND);
            }
        }
    }

    /// # Safety
    /// `head` is a dead object whose type has attributes; they are not used again.
    pub(super) unsafe fn drop(ty: &Type, head: *const Head) {
        // SAFETY: as the caller promises.
        unsafe {
            let attrs: *mut Attrs = head.byte_add(ty.attrs_offset.get() as usize).cast_mut().cast();
            drop((*attrs).take_dict());
            let slots: *mut Value = (&raw mut (*attrs).slots).cast();
            for i in 0..(*head).capacity() as usize {
                std::ptr::drop_in_place(slots.add(i));
            }
        }
    }

    /// # Safety
    /// `head` is a live object of type `ty`, which has attributes.
    pub(super) unsafe fn trace(ty: &Type, head: &Head, tracer: &mut Tracer) {
        // SAFETY: as the caller promises.
        unsafe {
            let attrs: &Attrs = &*(&raw const *head).byte_add(ty.attrs_offset.get() as usize).cast();
            if let Some(dict) = attrs.dict_head() {
                tracer.head(dict);
            }
            for i in 0..head.capacity() as usize {
                attrs.slot(i).trace(tracer);
            }
        }
    }

    /// The attributes of an object, if its type has any.
    #[inline(always)]
    pub fn of(object: &Value) -> Option<&Attrs> {
        let head = object.head()?;
        let offset = head.ty().attrs_offset.get();
        if offset == 0 {
            return None;
        }
        // SAFETY: the type says that the attributes stand there.
        Some(unsafe { &*(&raw const *head).byte_add(offset as usize).cast() })
    }

    /// The current shape; null when a dictionary is used.
    #[inline]
    pub fn shape(&self) -> *const Shape {
        let names = self.names.get();
        if names & DICT == 0 { std::ptr::with_exposed_provenance(names) } else { std::ptr::null() }
    }

    /// Whether `shape`, which is not null, is the current one.
    #[inline(always)]
    pub fn has_shape(&self, shape: *const Shape) -> bool {
        self.names.get() == shape.addr()
    }

    #[inline(always)]
    fn shape_ref(&self) -> Option<&Shape> {
        // SAFETY: shapes live as long as their type, which the instance keeps alive.
        unsafe { self.shape().as_ref() }
    }

    fn dict_head(&self) -> Option<&Head> {
        let names = self.names.get();
        // SAFETY: the word owns a reference to the dictionary. It is only replaced, under the GIL, by a dictionary for
        // a shape or by `set_dict`, whose caller keeps the old one alive.
        (names & DICT != 0).then(|| unsafe { &*std::ptr::with_exposed_provenance::<Head>(names - DICT) })
    }

    /// Takes the dictionary away, before another one is put or the object goes.
    fn take_dict(&self) -> Option<Value> {
        // SAFETY: the reference that the word owned, which no longer does.
        self.dict_head().map(|dict| unsafe { Value::from_head(dict) })
    }

    /// What stands in place `i` of `__slots__` (or unbound) of an object whose class has so many.
    pub fn member(object: &Value, i: usize) -> Option<&Value> {
        let attrs = Attrs::of(object).filter(|_| i < object.ty().members.get() as usize)?;
        // SAFETY: the class has the place.
        Some(unsafe { attrs.slot(i) })
    }

    /// Replaces what stands in place `i` of `__slots__`; unbound deletes.
    pub fn set_member(object: &Value, i: usize, value: Value) {
        if let Some(attrs) = Attrs::of(object)
            && i < object.ty().members.get() as usize
        {
            // SAFETY: the class has the place.
            unsafe { attrs.set_slot(i, value) };
        }
    }

    /// The value in slot `i`; that of `__slots__` may be unbound.
    ///
    /// # Safety
    /// `i` is a slot of the current shape, or one of `__slots__`.
    #[inline(always)]
    pub unsafe fn slot(&self, i: usize) -> &Value {
        // SAFETY: as the caller promises; Cell<Value> has the layout of Value.
        unsafe { &*(&raw const self.slots).cast::<Value>().add(i) }
    }

    /// Stores into slot `i`.
    ///
    /// # Safety
    /// `i` is a slot of the current shape, or one of `__slots__`.
    #[inline(always)]
    pub unsafe fn set_slot(&self, i: usize, value: Value) {
        // SAFETY: as the caller promises.
        let old = unsafe { (*(&raw const self.slots).cast::<Cell<Value>>().add(i)).replace(value) };
        drop(old);
    }

    /// Moves to the shape `next` and stores its new attribute into slot `i`.
    ///
    /// # Safety
    /// `next` is the successor of the current shape that adds slot `i`, which is within the capacity.
    #[inline(always)]
    pub unsafe fn add_slot(&self, next: *const Shape, i: usize, value: Value) {
        self.names.set(next.expose_provenance());
        // SAFETY: as the caller promises.
        unsafe { self.set_slot(i, value) };
    }

    /// The dictionary, if one is used.
    pub fn dict(&self) -> Option<&Dict> {
        // SAFETY: what the word owns is a dictionary.
        self.dict_head().map(|dict| unsafe { &*std::ptr::from_ref(dict).cast() })
    }

    /// Looks up `name`, an interned string.
    #[inline]
    pub fn get(&self, name: &Value) -> Option<Value> {
        match self.shape_ref() {
            // SAFETY: the slot belongs to the shape.
            Some(shape) => shape.slot_of(name).map(|i| unsafe { self.slot(i) }.clone()),
            None => self.dict()?.get_interned(name).cloned(),
        }
    }

    /// Sets `name`, an interned string.
    pub fn set(&self, object: &Head, name: &Value, value: Value) {
        if let Some(shape) = self.shape_ref() {
            if let Some(i) = shape.slot_of(name) {
                // SAFETY: the slot belongs to the shape.
                return unsafe { self.set_slot(i, value) };
            }
            let i = shape.names.len();
            if i < object.capacity() as usize
                && let Some(next) = shape.with(name)
            {
                self.names.set(next.expose_provenance());
                // SAFETY: the slot is within the capacity and belongs to the new shape.
                return unsafe { self.set_slot(i, value) };
            }
            let ty = object.ty();
            if ty.inline_slots.get() as usize <= i && ty.is_heap() {
                let limit = ty.members.get() + MAX_INLINE;
                ty.inline_slots.set((ty.inline_slots.get() * 2).max(DEFAULT_INLINE).min(limit));
            }
        }
        self.materialize().set_interned(name, value);
    }

    /// Deletes `name`, an interned string; false if it was not there.
    pub fn delete(&self, name: &Value) -> bool {
        if self.get(name).is_none() {
            return false;
        }
        self.materialize().remove_interned(name)
    }

    /// The dictionary; the attributes move there.
    pub fn materialize(&self) -> &Dict {
        if let Some(shape) = self.shape_ref() {
            let dict = Dict::new();
            for (i, name) in shape.named() {
                // SAFETY: the slot belongs to the shape.
                let value = unsafe { &*(&raw const self.slots).cast::<Cell<Value>>().add(i) };
                let value = value.replace(Value::UNBOUND);
                if let Some(d) = dict.cast::<Dict>() {
                    d.set_interned(name, value);
                }
            }
            self.own_dict(dict);
        }
        self.dict().expect("an instance without a shape has a dictionary")
    }

    /// Replaces the dictionary (assignment to `__dict__`).
    pub fn set_dict(&self, dict: Value) -> Value {
        self.materialize();
        let old = self.take_dict().expect("an instance without a shape has a dictionary");
        self.own_dict(dict);
        old
    }

    /// Puts a dictionary in the place of a shape, or of one that was taken.
    fn own_dict(&self, dict: Value) {
        let dict = ManuallyDrop::new(dict);
        let head = dict.head().expect("a dictionary is on the heap");
        self.names.set(std::ptr::from_ref(head).expose_provenance() + DICT);
    }

    /// Name and value of every attribute, in order of assignment.
    pub fn items(&self) -> Vec<(Value, Value)> {
        match self.shape_ref() {
            Some(shape) => {
                // SAFETY: the slots belong to the shape.
                shape.named().map(|(i, n)| (n.clone(), unsafe { self.slot(i) }.clone())).collect()
            }
            None => self.dict().map_or_else(Vec::new, Dict::items),
        }
    }
}

impl Type {
    /// The shape of a new instance.
    #[inline]
    pub(super) fn root_shape(&self) -> *const Shape {
        &raw const **self.shape.get_or_init(|| Box::new(Shape::root(self.members.get() as usize)))
    }
}
