//! Making objects: of a fixed size from a Rust struct, and of a variable size for strings and tuples.

use super::attrs::Attrs;
use super::head::{FINALIZED, Head, Object, TRACKED, WEAK};
use super::heap;
use super::trace::Tracer;
use super::types::Type;
use super::value::Value;
use super::weak;

impl Value {
    /// A new object of type `ty`, whose struct is `T`; `body` holds the fields after the header.
    /// Room for the attributes of a subclass follows it.
    #[inline(always)]
    pub fn new<T: Body>(ty: &Type, body: T) -> Value {
        let size = ty.instance_size(size_of::<Boxed<T>>());
        // SAFETY: body and attributes are initialised right away.
        unsafe {
            let head = heap::new_raw(ty, size, T::TRACKED);
            let object: *mut Boxed<T> = head.cast();
            (&raw mut (*object).body).write(body);
            Attrs::init(ty, head);
            Value::from_head(head)
        }
    }
}

/// The fields of an object after its header. Implemented by [`crate::body!`], or by hand for a struct with
/// a `Drop` or a trace of its own.
pub trait Body: Sized + 'static {
    /// Whether objects may refer to others, so that they may be part of a cycle.
    const TRACKED: bool;
    /// Reports each value that the fields own, exactly once (see [`super::trace`]).
    fn trace(&self, tracer: &mut Tracer);
}

/// Declares that a struct is the body of the objects of a layout, and which of its fields own values:
/// `body!(SliceBody: Slice { start, stop, step });`. Without fields in braces it owns none.
#[macro_export]
macro_rules! body {
    ($t:ty: $l:ident) => {
        impl $crate::object::Body for $t {
            const TRACKED: bool = false;
            fn trace(&self, _: &mut $crate::object::Tracer) {}
        }
        $crate::body!(@layout $t, $l);
    };
    ($t:ty: $l:ident { $($field:ident),* }) => {
        impl $crate::object::Body for $t {
            const TRACKED: bool = true;
            fn trace(&self, tracer: &mut $crate::object::Tracer) {
                $( $crate::object::Trace::trace(&self.$field, tracer); )*
            }
        }
        $crate::body!(@layout $t, $l);
    };
    (@layout $t:ty, $l:ident) => {
        impl $crate::object::BodyLayout for $t {
            const LAYOUT: $crate::object::Layout = $crate::object::Layout::$l;
        }
    };
}

/// A whole object's struct, header included, as its type needs to know it.
pub trait Fields: Sized + 'static {
    /// See [`Body::trace`].
    fn trace(&self, tracer: &mut Tracer);

    /// Drops the fields of a dead object, without the attributes; returns the size of the struct.
    ///
    /// # Safety
    /// `head` is a dead object that starts with this struct, and nobody sees its fields again.
    unsafe fn drop_fields(head: *const Head) -> usize {
        // SAFETY: as the caller promises. `Head` itself has nothing to drop.
        unsafe { std::ptr::drop_in_place(head.cast_mut().cast::<Self>()) };
        size_of::<Self>()
    }
}

impl<T: Body> Fields for Boxed<T> {
    fn trace(&self, tracer: &mut Tracer) {
        self.body.trace(tracer);
    }
}

impl Fields for Head {
    fn trace(&self, _: &mut Tracer) {}
}

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

/// Drops the fields and attributes of a dead object; returns how many bytes it was allocated with.
///
/// # Safety
/// The object starts with a `T`, is dead, and nobody sees its fields again.
#[inline(always)]
pub(super) unsafe fn drop_as<T: Fields>(head: *const Head) -> usize {
    // SAFETY: the header is intact.
    let object = unsafe { &*head };
    let ty = object.ty();
    let attrs = ty.attrs_offset.get();
    if attrs == 0 {
        // SAFETY: as the caller promises.
        return unsafe { T::drop_fields(head) };
    }
    // SAFETY: the type has attributes, so they stand at its offset.
    unsafe {
        Attrs::drop(ty, head);
        T::drop_fields(head).max(attrs as usize + Attrs::size(object.capacity()))
    }
}

/// Finalises and frees an object that has no references left.
///
/// # Safety
/// The object starts with a `T` and has no references left.
pub(super) unsafe fn release_as<T: Fields>(head: *const Head) {
    // SAFETY: the object's fields are intact until they are dropped.
    unsafe {
        if let Some(finalize) = (*head).ty().slots().finalize
            && !run_finalizer(&*head, finalize)
        {
            return;
        }
        if (*head).has_mark(WEAK) {
            weak::call(weak::clear(&*head));
        }
        let size = drop_as::<T>(head);
        heap::free_raw(head, size);
    }
}

/// Runs `__del__` unless it has run before; false if the object has been resurrected by it.
#[cold]
pub(super) fn run_finalizer(object: &Head, finalize: fn(&Value)) -> bool {
    if object.has_mark(FINALIZED) {
        return true;
    }
    // Alive once more, it may be part of a cycle, as whatever has a finalizer.
    object.set_mark(FINALIZED | TRACKED);
    object.incref();
    let value = std::mem::ManuallyDrop::new(Value::from_ref(object));
    finalize(&value);
    object.decref();
    let dead = object.decref();
    if dead {
        object.clear_mark(TRACKED);
    }
    dead
}
