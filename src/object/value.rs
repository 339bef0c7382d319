//! [`Value`]: one 64-bit tagged word for every Python object.
//!
//! | low bits | meaning |
//! | --- | --- |
//! | `...1` | an integer of 63 bits |
//! | `..10` | a float whose magnitude lies in about 1e-77..1e77, self-tagged |
//! | `.100` | a constant: `None`, `True`, ... or *unbound* |
//! | `.000` | a pointer to a heap object, of which the word owns one reference |
//!
//! A double's three top exponent bits are 011 or 100 for nearly all numbers that programs use. Adding
//! `1 << 60` turns those into 100 and 101, and a rotation by three puts the common `10` into the two
//! lowest bits: the tag is part of the number and nothing is lost ("float self-tagging",
//! arXiv 2411.16544). The two zeros are constants; infinities, the very small and the very large are heap
//! objects.
//!
//! Invariant: a word with tag 000 points to a live [`Head`] and is counted there. Values are neither
//! `Send` nor `Sync`: counts are not atomic, the GIL guards them.

use super::head::Head;
use super::heap;
use super::types::Type;
use std::marker::PhantomData;
use std::num::NonZeroU64;

/// A reference to a Python object, or *unbound*.
#[repr(transparent)]
pub struct Value(NonZeroU64, PhantomData<*mut Head>);

const fn constant(n: u64) -> u64 {
    n << 3 | 4
}

/// Values of 63-bit integers: `i64::MIN >> 1 ..= i64::MAX >> 1`.
pub const INLINE_INT_MIN: i64 = i64::MIN >> 1;
/// See [`INLINE_INT_MIN`].
pub const INLINE_INT_MAX: i64 = i64::MAX >> 1;

macro_rules! constants {
    ($($name:ident = $n:literal $doc:literal)*) => {
        impl Value { $(
            #[doc = $doc]
            // SAFETY: the word is not zero.
            pub const $name: Value = Value(unsafe { NonZeroU64::new_unchecked(constant($n)) }, PhantomData);
        )* }
    };
}

constants! {
    UNBOUND = 0 "No object: an unassigned local, an absent argument."
    NONE = 1 "`None`"
    FALSE = 2 "`False`"
    TRUE = 3 "`True`"
    NOT_IMPLEMENTED = 4 "`NotImplemented`"
    ELLIPSIS = 5 "`...`"
    ZERO = 6 "The float `0.0`, whose exponent is too small for a tagged word."
    MINUS_ZERO = 7 "The float `-0.0`."
}

impl Value {
    /// The raw word.
    #[inline(always)]
    pub const fn bits(&self) -> u64 {
        self.0.get()
    }

    /// # Safety
    /// `bits` is a valid word; if it is a pointer, the caller hands over one reference.
    #[inline(always)]
    pub const unsafe fn from_bits(bits: u64) -> Value {
        // SAFETY: no valid word is zero.
        Value(unsafe { NonZeroU64::new_unchecked(bits) }, PhantomData)
    }

    /// A pointer as a value that owns the reference.
    ///
    /// # Safety
    /// `head` is live and the caller hands over one reference.
    #[inline(always)]
    pub unsafe fn from_head(head: *const Head) -> Value {
        // SAFETY: as the caller promises; heap objects are 16-byte aligned.
        unsafe { Value::from_bits(head as u64) }
    }

    /// Another reference to the object at `head`.
    #[inline(always)]
    pub fn from_ref(head: &Head) -> Value {
        head.incref();
        // SAFETY: a reference was just counted.
        unsafe { Value::from_head(head) }
    }

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(b: bool) -> Value {
        if b { Value::TRUE } else { Value::FALSE }
    }

    /// An integer that fits 63 bits.
    #[inline(always)]
    pub const fn inline_int(i: i64) -> Option<Value> {
        if i >= INLINE_INT_MIN && i <= INLINE_INT_MAX {
            // SAFETY: tagged, hence not zero.
            Some(unsafe { Value::from_bits((i << 1 | 1) as u64) })
        } else {
            None
        }
    }

    /// A small integer, known to fit.
    #[inline(always)]
    pub const fn small(i: i32) -> Value {
        // SAFETY: tagged, hence not zero.
        unsafe { Value::from_bits(((i as i64) << 1 | 1) as u64) }
    }

    /// Whether it is an inline integer.
    #[inline(always)]
    pub const fn is_inline_int(&self) -> bool {
        self.bits() & 1 != 0
    }

    /// The inline integer.
    #[inline(always)]
    pub const fn as_inline_int(&self) -> Option<i64> {
        if self.is_inline_int() { Some(self.bits() as i64 >> 1) } else { None }
    }

    /// A float other than zero as an inline word, if its exponent allows.
    #[inline(always)]
    pub fn tag_float(f: f64) -> Option<Value> {
        let bits = f.to_bits().wrapping_add(1 << 60).rotate_left(3);
        // SAFETY: tagged, hence not zero.
        if bits & 3 == 2 { Some(unsafe { Value::from_bits(bits) }) } else { None }
    }

    /// Whether it is an inline float.
    #[inline(always)]
    pub const fn is_inline_float(&self) -> bool {
        self.is_tagged_float() || self.bits() | 8 == constant(7)
    }

    /// Whether it is an inline float other than zero.
    #[inline(always)]
    pub const fn is_tagged_float(&self) -> bool {
        self.bits() & 3 == 2
    }

    /// Whether both are inline floats other than zero.
    #[inline(always)]
    pub const fn are_tagged_floats(l: &Value, r: &Value) -> bool {
        l.bits() & r.bits() & 2 != 0 && (l.bits() | r.bits()) & 1 == 0
    }

    /// The number in a word for which [`Value::is_tagged_float`] holds.
    #[inline(always)]
    pub const fn tagged_float(&self) -> f64 {
        f64::from_bits(self.bits().rotate_right(3).wrapping_sub(1 << 60))
    }

    /// The inline float.
    #[inline(always)]
    pub fn as_inline_float(&self) -> Option<f64> {
        if self.is_tagged_float() {
            Some(self.tagged_float())
        } else if self.bits() | 8 == constant(7) {
            Some(if self.bits() & 8 == 0 { 0.0 } else { -0.0 })
        } else {
            None
        }
    }

    /// Whether it points to a heap object.
    #[inline(always)]
    pub const fn is_pointer(&self) -> bool {
        self.bits() & 7 == 0
    }

    /// The heap object's header.
    #[inline(always)]
    pub fn head(&self) -> Option<&Head> {
        if self.is_pointer() {
            // SAFETY: a pointer word points to a live object, and `self` keeps it alive.
            Some(unsafe { &*(self.bits() as *const Head) })
        } else {
            None
        }
    }

    /// Whether it is *unbound*.
    #[inline(always)]
    pub const fn is_unbound(&self) -> bool {
        self.bits() == constant(0)
    }

    /// Whether it is `None`.
    #[inline(always)]
    pub const fn is_none(&self) -> bool {
        self.bits() == constant(1)
    }

    /// `is`: the same object. Equal inline numbers are the same object.
    #[inline(always)]
    pub const fn is(&self, other: &Value) -> bool {
        self.bits() == other.bits()
    }

    /// `Some` unless unbound.
    #[inline(always)]
    pub fn bound(self) -> Option<Value> {
        if self.is_unbound() { None } else { Some(self) }
    }

    /// Borrowed, `Some` unless unbound.
    #[inline(always)]
    pub fn as_bound(&self) -> Option<&Value> {
        if self.is_unbound() { None } else { Some(self) }
    }

    /// Takes the value and leaves *unbound*.
    #[inline(always)]
    pub fn take(&mut self) -> Value {
        std::mem::replace(self, Value::UNBOUND)
    }

    /// The object's type.
    #[inline(always)]
    pub fn ty(&self) -> &Type {
        match self.head() {
            Some(head) => head.ty(),
            None => self.inline_type(),
        }
    }

    #[inline]
    fn inline_type(&self) -> &'static Type {
        if self.is_inline_int() {
            &crate::types::int::INT
        } else if self.is_inline_float() {
            &crate::types::float::FLOAT
        } else {
            match self.bits() >> 3 {
                2 | 3 => &crate::types::bool::BOOL,
                4 => &crate::types::singletons::NOT_IMPLEMENTED_TYPE,
                5 => &crate::types::singletons::ELLIPSIS_TYPE,
                6 | 7 => &crate::types::float::FLOAT,
                _ => &crate::types::singletons::NONE_TYPE,
            }
        }
    }

    /// How many references to the object exist (for `sys.getrefcount`); inline values count as immortal.
    pub fn refcount(&self) -> u32 {
        self.head().map_or(u32::MAX, Head::refcount)
    }

    /// `id()`: the address, or the word of an inline value.
    pub fn id(&self) -> u64 {
        self.bits()
    }
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        if let Some(head) = self.head() {
            head.incref();
        }
        // SAFETY: a valid word, counted above.
        unsafe { Value::from_bits(self.bits()) }
    }
}

impl Drop for Value {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(head) = self.head()
            && head.decref()
        {
            // SAFETY: the last reference is gone.
            unsafe { heap::release(head) }
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match (self.as_inline_int(), self.as_inline_float()) {
            (Some(i), _) => write!(f, "{i}"),
            (_, Some(x)) => write!(f, "{x:?}"),
            _ if self.is_unbound() => write!(f, "<unbound>"),
            _ => write!(f, "<{} {:#x}>", self.ty().name(), self.bits()),
        }
    }
}

/// An exception on its way: one word wide, so that `Result<Value, Raised>` travels in two registers.
#[derive(Debug)]
pub struct Raised(pub Value);

/// What every operation that may raise returns.
pub type Result<T = Value> = std::result::Result<T, Raised>;
