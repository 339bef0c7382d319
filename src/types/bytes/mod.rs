//! `bytes`, `bytearray` and `memoryview`: the types, and how others get at their content.

pub mod array;
mod build;
mod change;
pub mod export;
mod find;
pub mod item;
mod iterate;
mod layout;
pub mod memory;
mod methods;
mod split;
mod text;

pub use array::{BYTEARRAY, ByteArray};
pub use iterate::{BYTEARRAY_ITERATOR, BYTES_ITERATOR, MEMORY_ITERATOR};
pub use memory::pickle_buffer::{PICKLE_BUFFER, raw_buffer};
pub use memory::{MEMORYVIEW, over, with_mut};
pub use text::{hex_digits, separator};

use super::{percent, search, sequence, slice};
use crate::object::{BinOp, Binary, Boxed, Compare, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, memory_error, overflow_error, type_error, value_error};
use export::Export;
use std::cell::Ref;

/// The fields of a bytes object.
pub struct Bytes {
    data: Box<[u8]>,
}

crate::body!(Bytes: Bytes);

/// A new bytes object.
pub fn from_slice(data: &[u8]) -> Value {
    Value::new(&BYTES, Bytes { data: data.into() })
}

/// A new bytes object from its content.
pub fn from_vec(data: Vec<u8>) -> Value {
    Value::new(&BYTES, Bytes { data: data.into() })
}

/// The bytes, if it is a bytes object.
pub fn as_bytes(v: &Value) -> Option<&[u8]> {
    v.cast::<Boxed<Bytes>>().map(|b| &*b.data)
}

/// The content of a bytes-like object. While it is held, no code of the program may run: it could change the
/// object.
pub enum Buffer<'a> {
    /// Of an object that never changes.
    Slice(&'a [u8]),
    /// Of a `bytearray` or the like, which cannot change meanwhile.
    Shared(Ref<'a, [u8]>),
    /// A copy.
    Owned(Vec<u8>),
}

impl std::ops::Deref for Buffer<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Buffer::Slice(s) => s,
            Buffer::Shared(s) => s,
            Buffer::Owned(s) => s,
        }
    }
}

impl Buffer<'_> {
    /// The content as a vector of its own.
    pub fn into_vec(self) -> Vec<u8> {
        match self {
            Buffer::Owned(data) => data,
            other => other.to_vec(),
        }
    }
}

/// The content, if it is a bytes-like object.
#[inline]
pub fn buffer(v: &Value) -> Option<Buffer<'_>> {
    if let Some(data) = as_bytes(v) {
        return Some(Buffer::Slice(data));
    }
    match export::export(v) {
        Some(Export::Constant(data)) => Some(Buffer::Slice(data)),
        Some(Export::Shared(memory, _)) => {
            Some(Buffer::Shared(Ref::map(memory.data.borrow(), Vec::as_slice)))
        }
        None => memory::content(v),
    }
}

/// The content of a bytes-like object.
///
/// # Errors
/// `TypeError` for other objects.
pub fn need(v: &Value) -> Result<Buffer<'_>> {
    match buffer(v) {
        Some(data) => Ok(data),
        None if memory::is_released(v) => memory::released(),
        None => type_error(format!("a bytes-like object is required, not '{}'", v.ty().name())),
    }
}

/// The content of a bytes-like object or an iterable of ints.
pub fn from_object(v: &Value) -> Result<Vec<u8>> {
    if let Some(data) = buffer(v) {
        return Ok(data.into_vec());
    }
    let b = protocol::call(&BYTES.value(), std::slice::from_ref(v))?;
    Ok(as_bytes(&b).unwrap_or_default().to_vec())
}

/// Makes room, or raises `MemoryError`.
pub fn try_reserve<T>(data: &mut Vec<T>, n: usize) -> Result<()> {
    data.try_reserve(n).map_err(|_| protocol::raise(&super::exception::MEMORY_ERROR, ""))
}

/// Makes room in `out` for `len` bytes and `n` times `fill`, or raises `MemoryError`.
pub fn reserve_text(out: &mut String, len: usize, n: usize, fill: char) -> Result<()> {
    let total = n.checked_mul(fill.len_utf8()).and_then(|t| t.checked_add(len));
    match total.map(|t| out.try_reserve(t)) {
        Some(Ok(())) => Ok(()),
        _ => memory_error(),
    }
}

/// A copy of the content of a bytes-like object; `None` for other objects.
pub fn copy_of(v: &Value) -> Option<Vec<u8>> {
    buffer(v).map(Buffer::into_vec)
}

/// The byte that an integer or a bytes-like object of length 1 stands for; `None` for other objects.
///
/// # Errors
/// `OverflowError` for an integer out of range.
pub fn byte_of(v: &Value) -> Result<Option<u8>> {
    if let Some(data) = buffer(v) {
        return Ok(if let [b] = data[..] { Some(b) } else { None });
    }
    if v.ty().slots().index.is_none() {
        return Ok(None);
    }
    match protocol::index_clipped(v).map(u8::try_from)? {
        Ok(b) => Ok(Some(b)),
        Err(_) => overflow_error("%c arg not in range(256)"),
    }
}

/// An integer as a byte; `message` is that of the `ValueError` for one out of range.
fn item_byte(v: &Value, message: &str) -> Result<u8> {
    let n = match v.as_inline_int() {
        Some(n) => n,
        None => protocol::index_clipped(&protocol::index(v)?)?,
    };
    u8::try_from(n).or_else(|_| value_error(message))
}

/// What `__bytes__` returned, which must be `bytes`.
pub fn checked_result(v: &Value) -> Result<Vec<u8>> {
    match as_bytes(v) {
        Some(data) => Ok(data.to_vec()),
        None => type_error(format!("__bytes__ returned non-bytes (type {})", v.ty().name())),
    }
}

/// The content of the receiver of a method.
fn me(v: &Value) -> Buffer<'_> {
    buffer(v).expect("slots are only called on their own type")
}

/// A new object of the kind that `v` is: `bytes` or `bytearray`.
fn like(v: &Value, data: Vec<u8>) -> Value {
    if v.cast::<ByteArray>().is_some() { array::new(&BYTEARRAY, data) } else { from_vec(data) }
}

/// A part of `v` as an object of its kind: `v` itself if it is all of a `bytes` object.
fn part(v: &Value, range: std::ops::Range<usize>) -> Value {
    let data = me(v);
    if v.is_exact(&BYTES) && range.len() == data.len() {
        return v.clone();
    }
    like(v, data[range].to_vec())
}

const fn binary() -> [Option<Binary>; 13] {
    let mut b: [Option<Binary>; 13] = [None; 13];
    b[BinOp::Add as usize] = Some(|a, b| {
        if !is_sequence(a) {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        let Some(more) = buffer(b) else { return Ok(Value::NOT_IMPLEMENTED) };
        let data = me(a);
        if more.is_empty() && a.is_exact(&BYTES) {
            return Ok(a.clone());
        }
        if data.is_empty() && a.is_exact(&BYTES) && b.is_exact(&BYTES) {
            return Ok(b.clone());
        }
        Ok(like(a, [&data[..], &more[..]].concat()))
    });
    b[BinOp::Mul as usize] = Some(|a, b| {
        let Some((v, n)) = sequence::repeat_operands(a, b, is_sequence)? else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        if n == 1 && v.is_exact(&BYTES) {
            return Ok(v.clone());
        }
        repeated(&me(v), n).map(|data| like(v, data))
    });
    b[BinOp::Mod as usize] = Some(|a, b| {
        if !is_sequence(a) {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        // Formatting runs code of the program, which may change the operand.
        let format = me(a).to_vec();
        percent::format_bytes(&format, b).map(|data| like(a, data))
    });
    b
}

/// Whether it is a `bytes` or `bytearray`.
pub fn is_sequence(v: &Value) -> bool {
    as_bytes(v).is_some() || v.cast::<ByteArray>().is_some()
}

/// `data` `n` times.
fn repeated(data: &[u8], n: usize) -> Result<Vec<u8>> {
    let Some(total) = data.len().checked_mul(n).filter(|&t| t <= isize::MAX as usize) else {
        return overflow_error("repeated bytes are too long");
    };
    let mut out = Vec::new();
    try_reserve(&mut out, total)?;
    if let [byte] = data {
        out.resize(n, *byte);
    } else if total > 0 {
        for _ in 0..n {
            out.extend_from_slice(data);
        }
    }
    Ok(out)
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    if !is_sequence(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(Value::bool(op.holds(me(a).cmp(&me(b)))))
}

fn contains(v: &Value, x: &Value) -> Result<bool> {
    let what = if buffer(x).is_none() && x.ty().slots().index.is_some() {
        Buffer::Owned(vec![item_byte(x, "byte must be in range(0, 256)")?])
    } else {
        need(x)?
    };
    Ok(search::find(&me(v), &what).is_some())
}

/// The items that a slice selects.
fn selected(data: &[u8], i: slice::Indices) -> Vec<u8> {
    match i.step {
        1 => data.get(i.start as usize..i.start as usize + i.count).unwrap_or_default().to_vec(),
        _ => i.iter().filter_map(|n| data.get(n).copied()).collect(),
    }
}

fn get_item(v: &Value, key: &Value) -> Result {
    let len = me(v).len();
    if let Some(i) = slice::indices(key, len)? {
        if i.step == 1 && i.count == len && v.is_exact(&BYTES) {
            return Ok(v.clone());
        }
        let data = selected(&me(v), i);
        return Ok(like(v, data));
    }
    let is_array = v.cast::<ByteArray>().is_some();
    let at = slice::position(key, len, if is_array { "bytearray" } else { "byte" })?;
    match at.and_then(|i| me(v).get(i).copied()) {
        Some(b) => Ok(Value::small(b.into())),
        None if is_array => protocol::index_error("bytearray index out of range"),
        None => protocol::index_error("index out of range"),
    }
}

/// The slots that both types have.
const SLOTS: Slots = Slots {
    compare: Some(compare),
    len: Some(|v| Ok(me(v).len())),
    get_item: Some(get_item),
    contains: Some(contains),
    binary: binary(),
    ..Slots::EMPTY
};

/// The type `bytes`.
pub static BYTES: Type =
    Type::builtin::<Boxed<Bytes>>("bytes", Layout::Bytes, build::DOC, methods::BYTES_METHODS)
        .with_base_flag()
        .with_slots(Slots {
            new: Some(new),
            init: Some(|_, _, _| Ok(())),
            repr: Some(|v| Ok(Value::str(&text::quote(&me(v))))),
            hash: Some(|v| Ok(crate::object::string::hash_bytes(&me(v)))),
            buffer: Some(|v| Export::Constant(as_bytes(v).unwrap_or_default())),
            iter: Some(|v| Ok(iterate::new(&BYTES_ITERATOR, v))),
            ..SLOTS
        });

fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(ty) = ty.cast::<Type>() else { return type_error("bytes.__new__(X): X is not a type object") };
    let exact = std::ptr::eq(ty, &BYTES);
    if let [v] = args
        && exact
        && names.is_none()
        && v.is_exact(&BYTES)
    {
        return Ok(v.clone());
    }
    let data = build::content("bytes", args, names)?;
    Ok(Value::new(ty, Bytes { data: data.into() }))
}
