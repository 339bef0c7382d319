//! The type `bytearray`.

use super::export::{Export, Memory};
use super::item::Item;
use super::{Buffer, SLOTS, build, change, iterate, me, methods, text};
use crate::object::{BinOp, Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::type_error;
use crate::types::sequence;

/// A `bytearray` object.
pub type ByteArray = Boxed<ArrayBody>;

/// The fields of a `bytearray`.
pub struct ArrayBody {
    memory: Memory,
}

crate::body!(ArrayBody: ByteArray);

impl std::ops::Deref for ArrayBody {
    type Target = Memory;

    #[inline]
    fn deref(&self) -> &Memory {
        &self.memory
    }
}

/// A new object of type `ty`, which is `bytearray` or a subclass.
pub(super) fn new(ty: &Type, data: Vec<u8>) -> Value {
    Value::new(ty, ArrayBody { memory: Memory::new(data) })
}

/// Runs `f`, which may change the content of a `bytearray`, its length too.
///
/// # Errors
/// `BufferError` while there are views; `TypeError` if it is no `bytearray`.
pub fn change<R>(v: &Value, f: impl FnOnce(&mut Vec<u8>) -> R) -> Result<R> {
    match v.cast::<ByteArray>() {
        Some(array) => array.resize(f),
        None => type_error(format!("expected bytearray, got {}", v.ty().name())),
    }
}

/// A new `bytearray`.
pub fn from_vec(data: Vec<u8>) -> Value {
    new(&BYTEARRAY, data)
}

/// The receiver of a method.
pub(super) fn this(v: &Value) -> &ByteArray {
    v.cast::<ByteArray>().expect("slots are only called on their own type")
}

const DOC: &str = "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n\
    bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> zeros of that number\n\
    bytearray() -> empty bytearray\n\nA mutable sequence of bytes.";

/// The type `bytearray`.
pub static BYTEARRAY: Type =
    Type::builtin::<ByteArray>("bytearray", Layout::ByteArray, DOC, methods::ARRAY_METHODS)
        .with_base_flag()
        .with_slots(Slots {
            new: Some(|ty, _, _| match ty.cast::<Type>() {
                Some(ty) => Ok(new(ty, Vec::new())),
                None => type_error("bytearray.__new__(X): X is not a type object"),
            }),
            init: Some(|v, args, names| {
                let data = build::content("bytearray", args, names)?;
                this(v).resize(|old| *old = data)
            }),
            // Unlike that of `bytes`, it escapes the single quote in any case.
            repr: Some(|v| {
                let quoted = text::quote(&me(v));
                let double = quoted.ends_with('"');
                let quoted = if double { quoted.replace('\'', "\\'") } else { quoted };
                Ok(Value::str(&format!("{}({quoted})", v.ty().name())))
            }),
            buffer: Some(|v| Export::Shared(this(v), Item::BYTE)),
            iter: Some(|v| Ok(iterate::new(&super::BYTEARRAY_ITERATOR, v))),
            set_item: Some(change::set_item),
            inplace: {
                let mut ops = Slots::EMPTY.inplace;
                ops[BinOp::Add as usize] = Some(add_in_place);
                ops[BinOp::Mul as usize] = Some(repeat_in_place);
                ops
            },
            ..SLOTS
        });

fn add_in_place(a: &Value, b: &Value) -> Result {
    let Some(more) = super::buffer(b).map(Buffer::into_vec) else { return Ok(Value::NOT_IMPLEMENTED) };
    this(a).resize(|data| {
        super::try_reserve(data, more.len())?;
        data.extend_from_slice(&more);
        Ok(a.clone())
    })?
}

fn repeat_in_place(a: &Value, b: &Value) -> Result {
    let Some((_, n)) = sequence::repeat_operands(a, b, |v| v.is(a))? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let data = super::repeated(&me(a), n)?;
    this(a).resize(|old| *old = data)?;
    Ok(a.clone())
}
