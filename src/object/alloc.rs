//! Making objects: of a fixed size from a Rust struct, and of a variable size for strings and tuples.

use super::attrs::Attrs;
use super::head::{Head, Object};
use super::heap;
use super::types::Type;
use super::value::Value;

impl Value {
    /// A new object of type `ty`, whose struct is `T`; `body` holds the fields after the header.
    /// Room for the attributes of a subclass follows it.
    #[inline(always)]
    pub fn new<T: Body>(ty: &Type, body: T) -> Value {
        let size = ty.instance_size(size_of::<Boxed<T>>());
        // SAFETY: body and attributes are initialised right away.
        unsafe {
            let head = heap::new_raw(ty, size);
            let object: *mut Boxed<T> = head.cast();
            (&raw mut (*object).body).write(body);
            Attrs::init(ty, head);
            Value::from_head(head)
        }
    }
}

/// The fields of an object after its header.
pub trait Body: Sized + 'static {}

/// An object: header and fields.
#[repr(C)]
pub struct Boxed<T> {
    /// The header.
    pub head: Head,
    /// The fields.
    pub body: T,
}

// SAFETY: repr(C) and a Head first; the layout is that of the body's types.
unsafe impl<T: Body + BodyLayout> Object for Boxed<T> {
    const LAYOUT: super::Layout = T::LAYOUT;
}

/// Which layout the types of a body have.
pub trait BodyLayout {
    /// See [`Object::LAYOUT`].
    const LAYOUT: super::Layout;
}

impl<T> std::ops::Deref for Boxed<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> Boxed<T> {
    /// Another reference to this object.
    #[inline(always)]
    pub fn value(&self) -> Value {
        Value::from_ref(&self.head)
    }
}

impl Type {
    /// How many bytes an instance needs whose struct has `body_size` bytes.
    #[inline(always)]
    pub(super) fn instance_size(&self, body_size: usize) -> usize {
        if self.attrs_offset.get() == 0 {
            body_size
        } else {
            self.attrs_offset.get() as usize + Attrs::size(self.inline_slots.get())
        }
    }
}

/// See [`super::types::release_as`].
///
/// # Safety
/// `head` is a dead object that starts with a `T`.
pub(super) unsafe fn release_object<T>(head: *const Head) {
    // SAFETY: the object's fields are intact.
    let object = unsafe { &*head };
    let ty = object.ty();
    if let Some(finalize) = ty.slots().finalize
        && !run_finalizer(object, finalize)
    {
        return;
    }
    let attrs = ty.attrs_offset.get();
    let size = if attrs == 0 {
        size_of::<T>()
    } else {
        // SAFETY: the type has attributes, so they stand at its offset.
        unsafe { Attrs::drop(ty, head) };
        attrs as usize + Attrs::size(object.capacity.get())
    };
    // SAFETY: the object is dead: nobody sees its fields again. `Head` itself has nothing to drop.
    unsafe {
        std::ptr::drop_in_place(head.cast_mut().cast::<T>());
        heap::free_raw(head, size);
    }
}

/// Calls `__del__` with the object alive again; false if it has been resurrected.
pub(super) fn run_finalizer(object: &Head, finalize: fn(&Value)) -> bool {
    object.incref();
    let value = std::mem::ManuallyDrop::new(Value::from_ref(object));
    finalize(&value);
    object.decref();
    object.decref()
}
