//! `str` objects: UTF-8 with the number of characters, so that indexing is O(1) for ASCII; `marks` sees to the others.
//!
//! The bytes stand in the object itself. How much memory an object has follows from its length alone
//! ([`allocated`]), in steps that grow with it, so appending in place is amortised O(1).

use super::alloc::Fields;
use super::attrs::Attrs;
use super::head::{Head, Object};
use super::heap;
use super::trace::Tracer;
use super::types::Type;
use super::value::Value;
use crate::types::str::STR;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A string object; its bytes follow, in a subclass after the attributes.
#[repr(C)]
pub struct Str {
    head: Head,
    hash: Cell<i64>,
    len: Cell<usize>,
    chars: Cell<usize>,
    /// Where the bytes stand, counted from the header.
    first: u32,
}

crate::layout!(Str = Str);

/// Where the bytes of an exact string stand.
const FIRST: usize = std::mem::offset_of!(Str, first) + size_of::<u32>();

/// Bytes of memory for a string of `len` bytes that stand at `first`.
fn allocated(first: usize, len: usize) -> usize {
    let size = first + len;
    let step = (size / 8).next_power_of_two().max(16);
    // The step is a power of two: no division is needed.
    (size + step - 1) & !(step - 1)
}

impl Value {
    /// A new string.
    pub fn str(text: &str) -> Value {
        Value::str_counted(text, count_chars(text))
    }

    /// A new string whose number of characters is known.
    pub fn str_counted(text: &str, chars: usize) -> Value {
        if text.len() == 1 && chars == 1 {
            return single(text.as_bytes()[0]);
        }
        // SAFETY: the bytes are written below.
        let object = unsafe { Str::uninit(&STR, text.len(), chars) };
        // SAFETY: the object has room for them.
        unsafe {
            std::ptr::copy_nonoverlapping(text.as_ptr(), Str::place(object), text.len());
            Value::from_head(object.cast())
        }
    }

    /// A new string of one character.
    #[inline]
    pub fn str_char(c: char) -> Value {
        Value::str_counted(c.encode_utf8(&mut [0; 4]), 1)
    }

    /// A new string of type `ty`, which is `str` or a subclass.
    pub fn str_of(ty: &Type, text: &Str) -> Value {
        if std::ptr::eq(ty, &STR) {
            return Value::str_counted(text.as_str(), text.chars());
        }
        // SAFETY: the bytes are written into the room that the object has for them.
        unsafe {
            let object = Str::uninit(ty, text.len(), text.chars());
            std::ptr::copy_nonoverlapping(text.as_str().as_ptr(), Str::place(object), text.len());
            Value::from_head(object.cast())
        }
    }

    /// The concatenation of two strings.
    pub fn str_concat(a: &Str, b: &Str) -> Value {
        let len = a.len() + b.len();
        // SAFETY: the bytes are written below; the object has room for them.
        unsafe {
            let object = Str::uninit(&STR, len, a.chars() + b.chars());
            let bytes = Str::place(object);
            std::ptr::copy_nonoverlapping(a.as_str().as_ptr(), bytes, a.len());
            std::ptr::copy_nonoverlapping(b.as_str().as_ptr(), bytes.add(a.len()), b.len());
            Value::from_head(object.cast())
        }
    }

    /// The text, if it is a string.
    #[inline(always)]
    pub fn as_str(&self) -> Option<&str> {
        self.cast::<Str>().map(Str::as_str)
    }

    /// `self += other` without copying, if `self` is the only reference to an exact string with room.
    /// False if it cannot be done.
    pub fn append_in_place(&mut self, other: &Str) -> bool {
        if !self.is_exact(&STR) || self.refcount() != 1 {
            return false;
        }
        let Some(s) = self.cast::<Str>() else { return false };
        let (old, new) = (s.len(), s.len() + other.len());
        if allocated(FIRST, old) != allocated(FIRST, new) || s.head.capacity() != 0 {
            return false;
        }
        // SAFETY: the memory has room for `new` bytes, and `other` is another object (it has a reference
        // of its own, and ours is the only one to `self`).
        unsafe {
            let end = Str::place(std::ptr::from_ref(s).cast_mut()).add(old);
            std::ptr::copy_nonoverlapping(other.as_str().as_ptr(), end, other.len());
        }
        s.len.set(new);
        s.chars.set(s.chars() + other.chars());
        s.hash.set(0);
        true
    }
}

impl Str {
    /// # Safety
    /// The caller writes `len` bytes of UTF-8 with `chars` characters.
    unsafe fn uninit(ty: &Type, len: usize, chars: usize) -> *mut Str {
        let first = Str::first(ty);
        // SAFETY: the fields are written by `init`, the bytes by the caller.
        unsafe { Str::init(heap::new_raw(ty, allocated(first, len), false), ty, first, len, chars) }
    }

    /// Where the bytes of objects of type `ty` stand.
    fn first(ty: &Type) -> usize {
        match ty.attrs_offset.get() as usize {
            0 => FIRST,
            attrs => attrs + Attrs::size(ty.inline_slots.get()),
        }
    }

    /// # Safety
    /// `head` is a new object of type `ty` with room for everything; the caller writes the bytes.
    unsafe fn init(head: *mut Head, ty: &Type, first: usize, len: usize, chars: usize) -> *mut Str {
        let object: *mut Str = head.cast();
        // SAFETY: as the caller promises.
        unsafe {
            (&raw mut (*object).hash).write(Cell::new(0));
            (&raw mut (*object).len).write(Cell::new(len));
            (&raw mut (*object).chars).write(Cell::new(chars));
            (&raw mut (*object).first).write(first as u32);
            Attrs::init(ty, head);
        }
        object
    }

    /// Where the bytes of `object` stand.
    ///
    /// # Safety
    /// Its fields are written.
    unsafe fn place(object: *mut Str) -> *mut u8 {
        // SAFETY: as the caller promises, and the bytes are in the same allocation.
        unsafe { object.cast::<u8>().add((*object).first as usize) }
    }

    /// The text.
    #[inline(always)]
    pub fn as_str(&self) -> &str {
        // SAFETY: the bytes are UTF-8 by construction, and `len` of them are there.
        unsafe {
            let place = (&raw const *self).cast::<u8>().add(self.first as usize);
            std::str::from_utf8_unchecked(std::slice::from_raw_parts(place, self.len.get()))
        }
    }

    /// Length in bytes.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// Length in characters: `len()`.
    #[inline(always)]
    pub fn chars(&self) -> usize {
        self.chars.get()
    }

    /// Whether every character is ASCII.
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.len() == self.chars()
    }

    /// The object as a value.
    pub fn value(&self) -> Value {
        Value::from_ref(&self.head)
    }

    /// `hash()`, cached.
    #[inline]
    pub fn hash(&self) -> i64 {
        match self.hash.get() {
            0 => {
                let hash = hash_bytes(self.as_str().as_bytes());
                self.hash.set(hash);
                hash
            }
            hash => hash,
        }
    }

    /// Whether it is in the table of interned strings.
    #[inline]
    pub fn is_interned(&self) -> bool {
        // In a subclass the field counts attributes.
        self.head.capacity() == 1 && self.first as usize == FIRST
    }
}

/// A string under construction whose size is known.
pub struct StrWriter {
    object: *mut Str,
    /// Where the next byte belongs.
    at: *mut u8,
    /// How many bytes are still to come.
    room: usize,
}

impl StrWriter {
    /// Room for `len` bytes with `chars` characters; `None` if there is no such memory.
    pub fn new(len: usize, chars: usize) -> Option<StrWriter> {
        if len > isize::MAX as usize / 2 {
            return None;
        }
        let head = heap::try_new_raw(&STR, allocated(FIRST, len))?;
        // SAFETY: the bytes are written before the object can be seen: `finish` sees to that.
        let object = unsafe { Str::init(head, &STR, FIRST, len, chars) };
        // SAFETY: the object has its fields.
        Some(StrWriter { object, at: unsafe { Str::place(object) }, room: len })
    }

    /// The place of the next `n` bytes, which the caller writes; what does not fit is an error of the caller, and
    /// panics.
    #[inline]
    fn claim(&mut self, n: usize) -> *mut u8 {
        assert!(n <= self.room, "string longer than announced");
        let place = self.at;
        // SAFETY: there is room.
        self.at = unsafe { place.add(n) };
        self.room -= n;
        place
    }

    /// Appends; what does not fit is an error of the caller, and panics.
    #[inline]
    pub fn push(&mut self, text: &str) {
        let place = self.claim(text.len());
        // SAFETY: the place has room, in an object that is ours.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), place, text.len()) };
    }

    /// Appends ASCII bytes; others, and what does not fit, are errors of the caller, and panic.
    pub fn push_ascii(&mut self, bytes: impl ExactSizeIterator<Item = u8>) {
        let n = bytes.len();
        let place = self.claim(n);
        let mut all = 0;
        for (i, byte) in bytes.take(n).enumerate() {
            // SAFETY: the place has room for `n` bytes.
            unsafe { place.add(i).write(byte) };
            all |= byte;
        }
        assert!(all.is_ascii(), "not ASCII");
    }

    /// Appends `text` `n` times.
    pub fn repeat(&mut self, text: &str, n: usize) {
        let total = text.len() * n;
        let place = self.claim(total);
        if total == 0 {
            return;
        }
        // SAFETY: the place has room; each copy doubles what is there and ends within it.
        unsafe {
            if let [byte] = text.as_bytes() {
                std::ptr::write_bytes(place, *byte, n);
                return;
            }
            std::ptr::copy_nonoverlapping(text.as_ptr(), place, text.len());
            let mut done = text.len();
            while done < total {
                let more = done.min(total - done);
                std::ptr::copy_nonoverlapping(place, place.add(done), more);
                done += more;
            }
        }
    }

    /// The string. Panics unless all announced bytes have been written.
    pub fn finish(self) -> Value {
        let this = std::mem::ManuallyDrop::new(self);
        assert_eq!(this.room, 0, "string shorter than announced");
        // SAFETY: the object is ours, and complete.
        unsafe {
            if (*this.object).len() == 1 {
                let byte = *Str::place(this.object);
                drop(Value::from_head(this.object.cast()));
                return single(byte);
            }
            Value::from_head(this.object.cast())
        }
    }
}

impl Drop for StrWriter {
    fn drop(&mut self) {
        // SAFETY: nobody has seen the object.
        unsafe { drop(Value::from_head(self.object.cast())) }
    }
}

impl Fields for Str {
    fn trace(&self, _: &mut Tracer) {}

    unsafe fn drop_fields(head: *const Head) -> usize {
        // SAFETY: as the caller promises; nothing in a string needs dropping.
        let s = unsafe { &*head.cast::<Str>() };
        s.forget_marks();
        allocated(s.first as usize, s.len())
    }
}

fn count_chars(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Hash of a byte string: multiply-and-fold over 8-byte words (the construction of wyhash and foldhash). Only that of
/// the empty one is 0, as CPython's; none is -1.
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    fn fold(a: u64, b: u64) -> u64 {
        let m = a as u128 * b as u128;
        m as u64 ^ (m >> 64) as u64
    }
    if bytes.is_empty() {
        return 0;
    }
    let mut h = bytes.len() as u64 ^ 0x51_7C_C1_B7_27_22_0A_95;
    let mut words = bytes.chunks_exact(8);
    for w in &mut words {
        h = fold(h ^ u64::from_le_bytes(w.try_into().unwrap_or_default()), K);
    }
    let mut tail = [0; 8];
    tail[..words.remainder().len()].copy_from_slice(words.remainder());
    match fold(h ^ u64::from_le_bytes(tail), K) as i64 {
        0 | -1 => -2,
        h => h,
    }
}

#[derive(Default)]
struct Passthrough(u64);

impl Hasher for Passthrough {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_bytes(bytes) as u64;
    }
    fn write_u8(&mut self, _: u8) {}
}

struct Interned {
    table: RefCell<HashMap<Box<str>, Value, BuildHasherDefault<Passthrough>>>,
    singles: [Cell<Value>; 128],
}

// SAFETY: only the holder of the GIL uses strings.
unsafe impl Sync for Interned {}

static INTERNED: Interned = Interned {
    table: RefCell::new(HashMap::with_hasher(BuildHasherDefault::new())),
    singles: [const { Cell::new(Value::UNBOUND) }; 128],
};

/// The interned string with this text. Interned strings live for ever.
pub fn intern(text: &str) -> Value {
    if let Some(v) = INTERNED.table.borrow().get(text) {
        return v.clone();
    }
    let value = Value::str(text);
    if let Some(s) = value.cast::<Str>() {
        s.head.set_capacity(1);
    }
    INTERNED.table.borrow_mut().insert(text.into(), value.clone());
    value
}

/// As [`intern`], for literals: found by their address the next time.
#[inline]
pub fn intern_static(text: &'static str) -> Value {
    let place = &LITERALS.0[(text.as_ptr() as usize ^ text.len() << 3) % LITERALS.0.len()];
    if place.text.get() != Some((text.as_ptr(), text.len())) {
        let value = intern(text);
        place.text.set(Some((text.as_ptr(), text.len())));
        place.word.set(value.bits());
    }
    // SAFETY: interned strings live for ever; the reference that the cell stands for stays uncounted.
    let value = std::mem::ManuallyDrop::new(unsafe { Value::from_bits(place.word.get()) });
    (*value).clone()
}

struct Literal {
    text: Cell<Option<(*const u8, usize)>>,
    word: Cell<u64>,
}

struct Literals([Literal; 512]);
// SAFETY: only the holder of the GIL interns.
unsafe impl Sync for Literals {}
static LITERALS: Literals = Literals([const { Literal { text: Cell::new(None), word: Cell::new(0) } }; 512]);

/// The text of the interned string with this text: it lives for ever.
pub fn interned(text: &str) -> &'static str {
    let value = intern(text);
    // SAFETY: the table of interned strings keeps it alive.
    value.as_str().map_or("", |s| unsafe { &*std::ptr::from_ref(s) })
}

/// `value` itself or the interned string with the same text. `None` if it is not a string.
pub fn intern_value(value: &Value) -> Option<Value> {
    let s = value.cast::<Str>()?;
    Some(if s.is_interned() { value.clone() } else { intern(s.as_str()) })
}

/// Strings of one ASCII character are shared.
fn single(byte: u8) -> Value {
    let cell = &INTERNED.singles[byte as usize & 127];
    // SAFETY: read under the GIL; the clone is taken before anything else happens.
    let cached = unsafe { (*cell.as_ptr()).clone() };
    if !cached.is_unbound() {
        return cached;
    }
    // SAFETY: the byte is written at once.
    let value = unsafe {
        let object = Str::uninit(&STR, 1, 1);
        Str::place(object).write(byte);
        (*object).head.set_capacity(1);
        Value::from_head(object.cast())
    };
    cell.set(value.clone());
    INTERNED.table.borrow_mut().insert(value.as_str().unwrap_or_default().into(), value.clone());
    value
}

const _: () =
    assert!(std::mem::align_of::<Str>() == 16 && <Str as Object>::LAYOUT as u8 == super::Layout::Str as u8);
