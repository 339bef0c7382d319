//! `int`

use crate::object::{Head, Layout, Type};

/// The type `int`.
pub static INT: Type = Type::builtin::<Head>("int", Layout::Int, "", &[]);

use crate::object::{Result, Value};
use num_bigint::BigInt;

/// A Python `int` of any size.
pub fn from_i64(i: i64) -> Value {
    match Value::inline_int(i) {
        Some(v) => v,
        None => from_big(BigInt::from(i)),
    }
}

/// A Python `int` of any size; small ones become inline.
pub fn from_big(_i: BigInt) -> Value {
    todo!()
}

/// The value if it fits 64 bits (`True` is 1). `None` for larger ones and for what is not an `int`.
pub fn to_i64(v: &Value) -> Option<i64> {
    v.as_inline_int()
}

/// The value as a big integer, if it is an `int` or `bool`.
pub fn to_big(_v: &Value) -> Option<BigInt> {
    None
}

/// Whether an `int` is below zero.
pub fn is_negative(v: &Value) -> bool {
    v.as_inline_int().is_some_and(|i| i < 0)
}

/// `hash(i)`: modulo 2**61 - 1, as CPython.
pub fn hash_i64(i: i64) -> i64 {
    i % ((1 << 61) - 1)
}

/// `a op b` for two `int`s of any size, the slow path of the VM (`None`: not both ints).
pub fn arithmetic(_op: crate::object::BinOp, _a: &Value, _b: &Value) -> Option<Result> {
    None
}
