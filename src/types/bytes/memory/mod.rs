//! `memoryview`: a window on the bytes of another object, with any number of dimensions.

mod methods;
pub mod pickle_buffer;
mod subscript;

use super::export::{Export, Memory, export};
use super::item::{Item, Kind};
use super::{Buffer, iterate};
use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::exception;
use std::cell::{Cell, Ref};

/// A dimension: how many entries it has, and from one to the next in bytes.
#[derive(Clone, Copy, PartialEq)]
struct Dim {
    len: usize,
    stride: i64,
}

/// What a view shows of its object.
#[derive(Clone)]
struct Window {
    /// The first byte.
    start: usize,
    dims: Box<[Dim]>,
    item: Item,
    /// Whether the format begins with `@`.
    at: bool,
    readonly: bool,
}

impl Window {
    /// Items in a row.
    fn row(start: usize, count: usize, item: Item) -> Window {
        let dims = Box::new([Dim { len: count, stride: item.size as i64 }]);
        Window { start, dims, item, at: false, readonly: false }
    }

    /// How many items there are.
    fn count(&self) -> usize {
        self.dims.iter().map(|d| d.len).product()
    }

    fn nbytes(&self) -> usize {
        self.count() * self.item.size
    }

    /// Whether the items follow each other without a gap, in the order of C or of Fortran.
    fn is_contiguous(&self, fortran: bool) -> bool {
        let mut expected = self.item.size as i64;
        let mut fits = |d: &Dim| {
            let good = d.len == 1 || d.stride == expected;
            expected = expected.saturating_mul(d.len as i64);
            good
        };
        // In one dimension, CPython looks at the stride of no items, too.
        (self.count() == 0 && self.dims.len() != 1)
            || if fortran { self.dims.iter().all(&mut fits) } else { self.dims.iter().rev().all(&mut fits) }
    }

    /// Calls `f` with where each item begins, the last dimension running fastest.
    fn for_each_place(&self, f: &mut impl FnMut(usize)) {
        fn walk(dims: &[Dim], at: i64, f: &mut impl FnMut(usize)) {
            match dims {
                [] => f(at as usize),
                [first, rest @ ..] => {
                    for i in 0..first.len as i64 {
                        walk(rest, at + i * first.stride, f);
                    }
                }
            }
        }
        walk(&self.dims, self.start as i64, f);
    }

    /// The bytes of the items, taken out of all those of the object.
    fn gather(&self, all: &[u8]) -> Vec<u8> {
        if self.is_contiguous(false) {
            return all.get(self.start..self.start + self.nbytes()).unwrap_or_default().to_vec();
        }
        let mut out = Vec::with_capacity(self.nbytes());
        self.for_each_place(&mut |at| out.extend_from_slice(&all[at..at + self.item.size]));
        out
    }
}

/// The fields of a view.
pub struct ViewBody {
    /// Whose bytes they are; `None` once it has been released.
    object: std::cell::RefCell<Value>,
    window: Window,
    released: Cell<bool>,
    /// The hash, which outlives the release.
    hash: Cell<Option<i64>>,
}

impl crate::object::Body for ViewBody {
    const TRACKED: bool = true;
    fn trace(&self, tracer: &mut crate::object::Tracer) {
        crate::object::Trace::trace(&self.object, tracer);
    }
}

impl crate::object::BodyLayout for ViewBody {
    const LAYOUT: Layout = Layout::MemoryView;
}

impl Drop for ViewBody {
    fn drop(&mut self) {
        self.release();
    }
}

type View = Boxed<ViewBody>;

impl ViewBody {
    fn release(&self) {
        if self.released.replace(true) {
            return;
        }
        let object = self.object.replace(Value::NONE);
        if let Some(Export::Shared(memory, _)) = export(&object) {
            memory.exports.set(memory.exports.get().saturating_sub(1));
        }
        drop(object);
    }

    /// Calls `f` with all bytes of the object.
    fn with_all<R>(&self, f: impl FnOnce(&[u8]) -> R) -> R {
        match export(&self.object.borrow()) {
            Some(all) => all.with(f),
            None => f(&[]),
        }
    }

    /// Calls `f` with the memory of the object, if it can be changed.
    fn with_memory<R>(&self, f: impl FnOnce(&Memory) -> R) -> Option<R> {
        match export(&self.object.borrow()) {
            Some(Export::Shared(memory, _)) if !self.window.readonly => Some(f(memory)),
            _ => None,
        }
    }

    /// The bytes of all items.
    fn bytes(&self) -> Vec<u8> {
        self.with_all(|all| self.window.gather(all))
    }

    /// The object for the item that begins at `at`.
    fn item_at(&self, at: usize) -> Result {
        let item = self.window.item;
        if item.kind == Kind::Text {
            let message = format!("memoryview: format {} not supported", item.letter as char);
            return Err(raise(&exception::NOT_IMPLEMENTED_ERROR, message));
        }
        Ok(self.with_all(|all| all.get(at..at + item.size).map_or(Value::NONE, |b| item.read(b))))
    }

    /// The objects of all items in order.
    fn items(&self) -> Result<Vec<Value>> {
        let mut places = Vec::with_capacity(self.window.count());
        self.window.for_each_place(&mut |at| places.push(at));
        places.into_iter().map(|at| self.item_at(at)).collect()
    }
}

fn raw(v: &Value) -> &ViewBody {
    v.cast::<View>().expect("slots are only called on their own type")
}

fn view(v: &Value) -> Result<&ViewBody> {
    let b = raw(v);
    if b.released.get() { released() } else { Ok(b) }
}

/// Whether it is a view that has been released.
pub(super) fn is_released(v: &Value) -> bool {
    v.cast::<View>().is_some_and(|b| b.released.get())
}

/// The error of a released view.
pub(super) fn released<T>() -> Result<T> {
    value_error("operation forbidden on released memoryview object")
}

/// The content of a view, if it is one and has not been released.
pub(super) fn content(v: &Value) -> Option<Buffer<'_>> {
    if let Some(view) = pickle_buffer::view_in(v) {
        return content(&view).map(|data| Buffer::Owned(data.into_vec()));
    }
    let b = v.cast::<View>().filter(|b| !b.released.get())?;
    Some(Buffer::Owned(b.bytes()))
}

/// The byte with number `i` of a view of bytes in a row.
pub(super) fn byte_at(v: &Value, i: usize) -> Option<Result> {
    let b = match view(v) {
        Ok(b) => b,
        Err(e) => return Some(Err(e)),
    };
    let [dim] = b.window.dims[..] else { return None };
    if i >= dim.len {
        None
    } else {
        Some(b.item_at((b.window.start as i64 + i as i64 * dim.stride) as usize))
    }
}

/// Calls `f` with the bytes of an object that can be written to, all of them in a row; `None` if it is none.
/// `f` may not run code of the program.
pub fn with_mut<R>(v: &Value, f: impl FnOnce(&mut [u8]) -> R) -> Option<R> {
    if let Some(Export::Shared(memory, _)) = export(v) {
        return Some(f(&mut memory.data.borrow_mut()));
    }
    let b = v.cast::<View>().filter(|b| !b.released.get() && b.window.is_contiguous(false))?;
    let part = b.window.start..b.window.start + b.window.nbytes();
    b.with_memory(|memory| memory.data.borrow_mut().get_mut(part).map(f))?
}

fn make(object: Value, window: Window) -> Value {
    if let Some(Export::Shared(memory, _)) = export(&object) {
        memory.exports.set(memory.exports.get() + 1);
    }
    Value::new(
        &MEMORYVIEW,
        ViewBody { object: object.into(), window, released: Cell::new(false), hash: Cell::new(None) },
    )
}

/// Another view of the object of `b`.
fn again(b: &ViewBody, window: Window) -> Value {
    let object: Ref<Value> = b.object.borrow();
    make(object.clone(), window)
}

/// A view of a bytes-like object.
pub fn over(v: &Value) -> Result {
    if v.cast::<View>().is_some() {
        let b = view(v)?;
        return Ok(again(b, b.window.clone()));
    }
    let window = match export(v) {
        Some(Export::Constant(data)) => Window { readonly: true, ..Window::row(0, data.len(), Item::BYTE) },
        Some(Export::Shared(memory, item)) => Window::row(0, memory.data.borrow().len() / item.size, item),
        None => {
            if let Some(view) = pickle_buffer::view_in(v) {
                return over(&view);
            }
            pickle_buffer::check(v)?;
            let ty = v.ty().name();
            return type_error(format!("memoryview: a bytes-like object is required, not '{ty}'"));
        }
    };
    Ok(make(v.clone(), window))
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Compare::Eq | Compare::Ne) = op else { return Ok(Value::NOT_IMPLEMENTED) };
    if a.is(b) {
        return Ok(Value::bool(op == Compare::Eq));
    }
    if is_released(a) || is_released(b) {
        return Ok(Value::bool(op == Compare::Ne));
    }
    let other = match b.cast::<View>() {
        Some(_) => b.clone(),
        None if export(b).is_some() => over(b)?,
        None => return Ok(Value::NOT_IMPLEMENTED),
    };
    let (x, y) = (raw(a), raw(&other));
    let lens = |b: &ViewBody| b.window.dims.iter().map(|d| d.len).collect::<Vec<_>>();
    let readable = x.window.item.kind != Kind::Text && y.window.item.kind != Kind::Text;
    let same = lens(x) == lens(y)
        && readable
        && if x.window.item == y.window.item && x.window.item.kind != Kind::Float {
            x.bytes() == y.bytes()
        } else {
            let mut same = true;
            for (p, q) in x.items()?.iter().zip(&y.items()?) {
                same = same && protocol::equal(p, q)?;
            }
            same
        };
    Ok(Value::bool(same == (op == Compare::Eq)))
}

/// The error for an index of slices.
fn slicing<T>() -> Result<T> {
    Err(raise(&exception::NOT_IMPLEMENTED_ERROR, "multi-dimensional slicing is not implemented"))
}

/// What reading `v[0]`, `v[1]`, ... needs: one dimension.
fn one_dimension(b: &ViewBody) -> Result<usize> {
    match b.window.dims[..] {
        [dim] => Ok(dim.len),
        [] => type_error("invalid indexing of 0-dim memory"),
        _ => Err(raise(&exception::NOT_IMPLEMENTED_ERROR, "multi-dimensional sub-views are not implemented")),
    }
}

/// The type `memoryview`.
pub static MEMORYVIEW: Type = Type::builtin::<View>(
    "memoryview",
    Layout::MemoryView,
    "A view of the memory of an object.",
    methods::DEFS,
)
.with_signature("(object)")
.with_weakrefs()
.with_slots(Slots {
    new: Some(|_, args, names| {
        let bound = protocol::bind_args("memoryview", crate::sig!("(object)"), args, names)?;
        over(&bound[0])
    }),
    init: Some(|_, _, _| Ok(())),
    len: Some(|v| Ok(view(v)?.window.dims.first().map_or(1, |d| d.len))),
    get_item: Some(subscript::get),
    set_item: Some(subscript::set),
    contains: Some(|v, x| {
        let b = view(v)?;
        one_dimension(b)?;
        for item in b.items()? {
            if protocol::equal(&item, x)? {
                return Ok(true);
            }
        }
        Ok(false)
    }),
    iter: Some(|v| {
        one_dimension(view(v)?)?;
        Ok(iterate::new(&super::MEMORY_ITERATOR, v))
    }),
    repr: Some(|v| {
        let state = if raw(v).released.get() { "released memory" } else { "memory" };
        Ok(Value::str(&format!("<{state} at {:#x}>", v.id())))
    }),
    hash: Some(|v| {
        if let Some(hash) = raw(v).hash.get() {
            return Ok(hash);
        }
        let b = view(v)?;
        if !b.window.readonly {
            return value_error("cannot hash writable memoryview object");
        }
        if !matches!(b.window.item.letter, b'B' | b'b' | b'c') {
            return value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
        }
        let object = b.object.borrow().clone();
        protocol::hash(&object)?;
        let hash = crate::object::string::hash_bytes(&b.bytes());
        b.hash.set(Some(hash));
        Ok(hash)
    }),
    compare: Some(compare),
    ..Slots::EMPTY
});
