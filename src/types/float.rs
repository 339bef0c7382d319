//! `float`

use crate::object::{Head, Layout, Type};

/// The type `float`.
pub static FLOAT: Type = Type::builtin::<Head>("float", Layout::Float, "", &[]);

use crate::object::Value;

/// A Python `float`.
pub fn from_f64(f: f64) -> Value {
    match Value::inline_float(f) {
        Some(v) => v,
        None => todo!(),
    }
}

/// The value of a `float` (not of an `int`).
pub fn to_f64(v: &Value) -> Option<f64> {
    v.as_inline_float()
}
