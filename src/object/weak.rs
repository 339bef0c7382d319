//! Weak references: a table beside the heap says who refers weakly to an object, so that objects need no
//! field for it. A mark in the header says that the table knows the object.

use super::alloc::Boxed;
use super::head::{DOOMED, Head, WEAK};
use super::string::hash_bytes;
use super::types::Type;
use super::value::Value;
use crate::types::weakref::REF;
use std::cell::{Cell, UnsafeCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The fields of `weakref.ref` and of proxies.
pub struct WeakBody {
    /// Null once the object is dead.
    target: Cell<*const Head>,
    /// What to call when the object dies, or unbound.
    callback: Cell<Value>,
    /// `hash()` of the object, once asked for.
    pub hash: Cell<Option<i64>>,
}

crate::body!(WeakBody: WeakRef { callback });

/// A weak reference as an object.
pub type WeakRef = Boxed<WeakBody>;

#[derive(Default)]
struct Address(u64);

impl Hasher for Address {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_bytes(bytes) as u64;
    }
}

/// Weak references by their target. Those that are shared because they have no callback stand first, then the
/// youngest comes first: the order in which callbacks are called.
type Table = HashMap<usize, Vec<*const WeakRef>, BuildHasherDefault<Address>>;

struct Shared(UnsafeCell<Table>);
// SAFETY: only the holder of the GIL uses it.
unsafe impl Sync for Shared {}
static TABLE: Shared = Shared(UnsafeCell::new(HashMap::with_hasher(BuildHasherDefault::new())));

#[allow(clippy::mut_from_ref)]
fn table() -> &'static mut Table {
    // SAFETY: the functions below run no Python code and drop no value while they use it.
    unsafe { &mut *TABLE.0.get() }
}

fn key(target: &Head) -> usize {
    std::ptr::from_ref(target) as usize
}

/// A weak reference of type `ty`, one of those made for [`WeakBody`]. The callback may be unbound.
pub fn new(ty: &Type, target: &Value, callback: Value) -> Value {
    let Some(head) = target.head() else { return Value::NONE };
    let shared = callback.is_unbound();
    let body = WeakBody { target: Cell::new(head), callback: Cell::new(callback), hash: Cell::new(None) };
    let value = Value::new(ty, body);
    if let Some(reference) = value.cast::<WeakRef>() {
        let list = table().entry(key(head)).or_default();
        let plain = |r: &&*const WeakRef| std::ptr::eq(head_of(**r).ty(), &REF) && is_shared(**r);
        let at = match shared && !ty.is_heap() {
            true if std::ptr::eq(ty, &REF) => 0,
            true => list.iter().take_while(plain).count(),
            false => list.iter().take_while(|r| is_shared(**r)).count(),
        };
        list.insert(at, reference);
        head.set_mark(WEAK);
    }
    value
}

fn body_of<'a>(reference: *const WeakRef) -> &'a WeakRef {
    // SAFETY: a dying reference leaves the table.
    unsafe { &*reference }
}

/// Whether it serves all who ask for a weak reference of its kind.
fn is_shared(reference: *const WeakRef) -> bool {
    !body_of(reference).has_callback() && !head_of(reference).ty().is_heap()
}

fn head_of<'a>(reference: *const WeakRef) -> &'a Head {
    &body_of(reference).head
}

/// The weak reference without a callback of exactly type `ty` to an object, if there is one.
pub fn shared(ty: &Type, target: &Value) -> Option<Value> {
    let plain = |r: &Value| r.is_exact(ty) && r.cast::<WeakRef>().is_some_and(|r| !r.has_callback());
    if ty.is_heap() { None } else { references(target).into_iter().find(plain) }
}

/// The weak references to an object.
pub fn references(target: &Value) -> Vec<Value> {
    let Some(head) = target.head().filter(|h| h.has_mark(WEAK)) else { return Vec::new() };
    let list = table().get(&key(head)).map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|&r| head_of(r)).filter(|h| h.refcount() > 0).map(Value::from_ref).collect()
}

impl WeakBody {
    /// The object, unless it is dead.
    pub fn target(&self) -> Option<Value> {
        // SAFETY: a dying object clears this field. It may already be waiting to be released.
        let head = unsafe { self.target.get().as_ref() }?;
        if head.refcount() == 0 { None } else { Some(Value::from_ref(head)) }
    }

    /// What will be called when the object dies, or unbound.
    pub fn callback(&self) -> Value {
        // SAFETY: the clone is taken before anything else happens.
        unsafe { (*self.callback.as_ptr()).clone() }
    }

    fn has_callback(&self) -> bool {
        // SAFETY: as above.
        unsafe { !(*self.callback.as_ptr()).is_unbound() }
    }
}

impl Drop for WeakBody {
    fn drop(&mut self) {
        // SAFETY: the target is alive, since it has not cleared this field.
        if let Some(target) = unsafe { self.target.get().as_ref() } {
            let key = key(target);
            if let Some(list) = table().get_mut(&key) {
                list.retain(|&r| !std::ptr::eq(&raw const body_of(r).body, self));
                if list.is_empty() {
                    table().remove(&key);
                    target.clear_mark(WEAK);
                }
            }
        }
    }
}

/// Clears the weak references to an object that dies. Returns those whose callbacks are to be called, and them;
/// a reference that dies with the object has none.
pub(super) fn clear(target: &Head) -> Vec<(Value, Value)> {
    let list = table().remove(&key(target)).unwrap_or_default();
    target.clear_mark(WEAK);
    let mut calls = Vec::new();
    for &reference in &list {
        body_of(reference).target.set(std::ptr::null());
    }
    for reference in list {
        let head = head_of(reference);
        if body_of(reference).has_callback() && head.refcount() > 0 && !head.has_mark(DOOMED) {
            calls.push((Value::from_ref(head), body_of(reference).callback.replace(Value::UNBOUND)));
        }
    }
    calls
}

/// Whether something is to be called when an object dies.
pub(super) fn is_watched(target: &Head) -> bool {
    target.has_mark(WEAK)
        && table().get(&key(target)).is_some_and(|list| list.iter().any(|&r| body_of(r).has_callback()))
}

/// Calls callbacks.
pub(super) fn call(calls: Vec<(Value, Value)>) {
    for (reference, callback) in calls {
        if let Err(e) = crate::protocol::call(&callback, std::slice::from_ref(&reference)) {
            crate::types::exception::report_unraisable(&e, &callback);
        }
    }
}
