//! `float`: inline words where the exponent allows, objects for infinities, NaN and the extremes.

mod arith;
mod hex;
mod methods;
pub mod parse;
pub mod text;

pub use arith::{div_mod, pow, round_to};
pub use parse::parse;
pub use text::{Flags, repr_f64, to_text};

use crate::object::{BinOp, Boxed, Compare, Layout, Result, Slots, Type, Value};
use crate::protocol::{overflow_error, type_error, value_error, warn_of_subclass};
use crate::types::int;
use num_bigint::BigInt;
use num_traits::FromPrimitive;

/// A `float` object.
pub type Float = Boxed<FloatBody>;

/// The fields of a `float` object.
pub struct FloatBody {
    value: f64,
}

crate::body!(FloatBody: Float);

/// The type `float`.
pub static FLOAT: Type = Type::builtin::<Float>("float", Layout::Float, methods::DOC, methods::DEFS)
    .with_signature("(x=0, /)")
    .with_slots(SLOTS)
    .with_base_flag();

const SLOTS: Slots = {
    let mut slots = Slots {
        repr: Some(|v| Ok(Value::str(&repr_f64(value_of(v))))),
        hash: Some(|v| Ok(hash_value(v))),
        compare: Some(compare),
        bool: Some(|v| Ok(value_of(v) != 0.0)),
        new: Some(parse::new),
        neg: Some(|v| Ok(from_f64(-value_of(v)))),
        pos: Some(exact),
        abs: Some(|v| Ok(from_f64(value_of(v).abs()))),
        int: Some(|v| to_int(value_of(v))),
        float: Some(exact),
        ..Slots::EMPTY
    };
    slots.binary[BinOp::Add as usize] = Some(|a, b| arith::binary(BinOp::Add, a, b));
    slots.binary[BinOp::Sub as usize] = Some(|a, b| arith::binary(BinOp::Sub, a, b));
    slots.binary[BinOp::Mul as usize] = Some(|a, b| arith::binary(BinOp::Mul, a, b));
    slots.binary[BinOp::Div as usize] = Some(|a, b| arith::binary(BinOp::Div, a, b));
    slots.binary[BinOp::FloorDiv as usize] = Some(|a, b| arith::binary(BinOp::FloorDiv, a, b));
    slots.binary[BinOp::Mod as usize] = Some(|a, b| arith::binary(BinOp::Mod, a, b));
    slots.binary[BinOp::Pow as usize] = Some(|a, b| arith::binary(BinOp::Pow, a, b));
    slots
};

/// A Python `float`.
#[inline]
pub fn from_f64(f: f64) -> Value {
    match Value::tag_float(f) {
        Some(v) => v,
        None => from_extreme(f),
    }
}

/// A zero, or what needs an object.
#[cold]
#[inline(never)]
fn from_extreme(f: f64) -> Value {
    match f.to_bits() {
        0 => Value::ZERO,
        0x8000_0000_0000_0000 => Value::MINUS_ZERO,
        _ => Value::new(&FLOAT, FloatBody { value: f }),
    }
}

fn with_type(ty: &Type, f: f64) -> Value {
    if std::ptr::eq(ty, &FLOAT) { from_f64(f) } else { Value::new(ty, FloatBody { value: f }) }
}

/// The value of a `float` (not of an `int`).
#[inline]
pub fn to_f64(v: &Value) -> Option<f64> {
    match v.as_inline_float() {
        Some(f) => Some(f),
        None => v.cast::<Float>().map(|f| f.value),
    }
}

/// The value of what is known to be a `float`.
fn value_of(v: &Value) -> f64 {
    to_f64(v).unwrap_or(f64::NAN)
}

fn exact(v: &Value) -> Result {
    if v.is_exact(&FLOAT) { Ok(v.clone()) } else { Ok(from_f64(value_of(v))) }
}

/// What arithmetic accepts: a `float`, or an `int` that fits one. `None` for other types.
pub(super) fn operand(v: &Value) -> Result<Option<f64>> {
    match to_f64(v) {
        Some(f) => Ok(Some(f)),
        None if int::view(v).is_some() => int::to_float(v).map(Some),
        None => Ok(None),
    }
}

/// Any real number as a float: by value, `__float__` or `__index__`, as functions of `math` convert.
pub fn coerce(v: &Value) -> Result<f64> {
    if let Some(f) = operand(v)? {
        return Ok(f);
    }
    if let Some(f) = by_method(v) {
        return f;
    }
    if v.ty().slots().index.is_some() {
        return int::to_float(&crate::protocol::index(v)?);
    }
    type_error(format!("must be real number, not {}", v.ty().name()))
}

/// What `__float__` gives; `None` if there is none.
fn by_method(v: &Value) -> Option<Result<f64>> {
    let r = v.ty().slots().float?(v);
    Some(r.and_then(|r| match to_f64(&r) {
        Some(f) => {
            if !r.is_exact(&FLOAT) && !r.is(v) {
                warn_of_subclass(&format!("{}.__float__", v.ty().name()), "float", &r)?;
            }
            Ok(f)
        }
        None => {
            type_error(format!("{}.__float__ returned non-float (type {})", v.ty().name(), r.ty().name()))
        }
    }))
}

/// A float without fraction as an integer.
pub fn whole_to_big(f: f64) -> BigInt {
    BigInt::from_f64(f).unwrap_or_default()
}

/// The integer part.
pub fn to_int(f: f64) -> Result {
    if f.is_nan() {
        return value_error("cannot convert float NaN to integer");
    }
    if f.is_infinite() {
        return overflow_error("cannot convert float infinity to integer");
    }
    Ok(if f.abs() < 9.0e18 { int::from_i64(f as i64) } else { int::from_big(whole_to_big(f)) })
}

/// Equal numbers have equal hashes, whatever their type: all reduce modulo 2**61 - 1.
fn hash_value(v: &Value) -> i64 {
    let f = value_of(v);
    if f.is_nan() {
        // As many NaNs as there are may be in one dictionary: hash them by identity.
        return (v.id() as i64).rotate_right(4) & i64::MAX;
    }
    hash_f64(f)
}

/// The hash of a number; NaN has none of its own.
pub fn hash_f64(f: f64) -> i64 {
    if f.is_infinite() {
        return if f > 0.0 { 314_159 } else { -314_159 };
    }
    if f.trunc() == f && f.abs() < 9.0e18 {
        return int::hash_i64(f as i64);
    }
    let (mut fraction, mut exponent) = libm::frexp(f.abs());
    let mut x: u64 = 0;
    while fraction != 0.0 {
        x = (x << 28 & int::HASH_MODULUS as u64) | x >> 33;
        fraction *= f64::from(1 << 28);
        exponent -= 28;
        let whole = fraction.trunc();
        fraction -= whole;
        x += whole as u64;
        if x >= int::HASH_MODULUS as u64 {
            x -= int::HASH_MODULUS as u64;
        }
    }
    let e = exponent.rem_euclid(61);
    let x = ((x << e & int::HASH_MODULUS as u64) | x >> (61 - e)) as i64;
    match if f < 0.0 { -x } else { x } {
        -1 => -2,
        h => h,
    }
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let x = value_of(a);
    let order = match (to_f64(b), int::view(b)) {
        (Some(y), _) => x.partial_cmp(&y),
        (_, Some(_)) if x.is_nan() => None,
        (_, Some(i)) => Some(i.cmp_f64(x).reverse()),
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    Ok(Value::bool(match order {
        Some(order) => op.holds(order),
        None => op == Compare::Ne,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes() {
        assert_eq!(hash_f64(0.5), 1152921504606846976);
        assert_eq!(hash_f64(0.1), 230584300921369408);
        assert_eq!(hash_f64(-2.5), -1152921504606846978);
        assert_eq!(hash_f64(1e300), 1224995262755759164);
        assert_eq!(hash_f64(5e-324), 16777216);
        assert_eq!(hash_f64(-1.0), -2);
    }
}
