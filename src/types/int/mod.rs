//! `int`: 63-bit integers inline, larger ones as [`BigInt`] objects.
//!
//! A subclass of `int` always has objects, even for small values; `to_i64` and [`view`] see through them.

mod arith;
mod bytes;
mod divide;
mod gcd;
mod methods;
mod parse;
mod text;

pub use arith::{arithmetic, div_mod, pow_mod, shift_left, update};
pub use divide::{divide_big, true_divide};
pub use parse::{parse_text, parse_value};
pub use text::{max_str_digits, set_max_str_digits, to_decimal};

use crate::object::value::{INLINE_INT_MAX, INLINE_INT_MIN};
use crate::object::{BinOp, Boxed, Compare, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, overflow_error};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// An `int` object: beyond 63 bits, or of a subclass.
pub type Big = Boxed<BigBody>;

/// The fields of an `int` object.
pub struct BigBody {
    value: BigInt,
}

crate::body!(BigBody: Int);

/// The type `int`.
pub static INT: Type =
    Type::builtin::<Big>("int", Layout::Int, methods::DOC, methods::DEFS).with_slots(SLOTS).with_base_flag();

/// The slots of `int`; `bool` has most of them too.
pub(super) const SLOTS: Slots = {
    let mut slots = Slots {
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(compare),
        bool: Some(|v| Ok(!is_zero(v))),
        new: Some(parse::new),
        neg: Some(neg),
        pos: Some(exact),
        abs: Some(|v| if is_negative(v) { neg(v) } else { exact(v) }),
        invert: Some(invert),
        index: Some(exact),
        int: Some(exact),
        float: Some(|v| to_float(v).map(super::float::from_f64)),
        ..Slots::EMPTY
    };
    slots.binary = [
        Some(|a, b| binary(BinOp::Add, a, b)),
        Some(|a, b| binary(BinOp::Sub, a, b)),
        Some(|a, b| binary(BinOp::Mul, a, b)),
        Some(|a, b| binary(BinOp::Div, a, b)),
        Some(|a, b| binary(BinOp::FloorDiv, a, b)),
        Some(|a, b| binary(BinOp::Mod, a, b)),
        Some(|a, b| binary(BinOp::Pow, a, b)),
        None,
        Some(|a, b| binary(BinOp::LShift, a, b)),
        Some(|a, b| binary(BinOp::RShift, a, b)),
        Some(|a, b| binary(BinOp::And, a, b)),
        Some(|a, b| binary(BinOp::Or, a, b)),
        Some(|a, b| binary(BinOp::Xor, a, b)),
    ];
    slots
};

/// The value of an `int`, borrowed.
#[derive(Clone, Copy, Debug)]
pub enum Int<'a> {
    /// It fits a machine word.
    Small(i64),
    /// It stands in an object.
    Big(&'a BigInt),
}

impl Int<'_> {
    /// As a big integer.
    pub fn to_big(self) -> BigInt {
        match self {
            Int::Small(i) => BigInt::from(i),
            Int::Big(b) => b.clone(),
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        match self {
            Int::Small(i) => i < 0,
            Int::Big(b) => b.sign() == Sign::Minus,
        }
    }

    /// How many bits the magnitude has.
    pub fn bits(self) -> u64 {
        match self {
            Int::Small(i) => (64 - i.unsigned_abs().leading_zeros()).into(),
            Int::Big(b) => b.bits(),
        }
    }

    /// The nearest float; infinite when there is none.
    pub fn to_f64(self) -> f64 {
        match self {
            Int::Small(i) => i as f64,
            Int::Big(b) => b.to_f64().unwrap_or(f64::INFINITY),
        }
    }

    /// The exact order relative to a float that is not NaN.
    pub fn cmp_f64(self, f: f64) -> Ordering {
        if f.is_infinite() {
            return if f > 0.0 { Ordering::Less } else { Ordering::Greater };
        }
        let whole = f.trunc();
        let by_whole = match self {
            Int::Small(i) if whole.abs() < 9.0e18 => i.cmp(&(whole as i64)),
            Int::Small(_) => return if f > 0.0 { Ordering::Less } else { Ordering::Greater },
            Int::Big(b) => b.cmp(&super::float::whole_to_big(whole)),
        };
        let rest = f - whole;
        by_whole.then(if rest > 0.0 {
            Ordering::Less
        } else if rest < 0.0 {
            Ordering::Greater
        } else {
            Ordering::Equal
        })
    }
}

/// The value if it is an `int`, `bool`, or of a subclass.
#[inline]
pub fn view(v: &Value) -> Option<Int<'_>> {
    if let Some(i) = v.as_inline_int() {
        return Some(Int::Small(i));
    }
    if v.is(&Value::TRUE) || v.is(&Value::FALSE) {
        return Some(Int::Small(v.is(&Value::TRUE).into()));
    }
    let big = &v.cast::<Big>()?.value;
    // A subclass may hold a small value; the rest of the code tells small from big by this alone.
    Some(match small(big) {
        Some(i) => Int::Small(i),
        None => Int::Big(big),
    })
}

fn small(big: &BigInt) -> Option<i64> {
    if big.bits() > 63 { None } else { big.to_i64() }
}

/// A Python `int`.
#[inline]
pub fn from_i64(i: i64) -> Value {
    match Value::inline_int(i) {
        Some(v) => v,
        None => from_big(BigInt::from(i)),
    }
}

/// A Python `int` of any size; small ones become inline.
pub fn from_big(value: BigInt) -> Value {
    match small(&value) {
        Some(i @ INLINE_INT_MIN..=INLINE_INT_MAX) => from_i64(i),
        _ => Value::new(&INT, BigBody { value }),
    }
}

/// A Python `int`.
pub fn from_u64(i: u64) -> Value {
    i64::try_from(i).map_or_else(|_| from_big(i.into()), from_i64)
}

/// A Python `int`.
pub fn from_usize(i: usize) -> Value {
    from_u64(i as u64)
}

/// A Python `int`.
pub fn from_i128(i: i128) -> Value {
    i64::try_from(i).map_or_else(|_| from_big(i.into()), from_i64)
}

/// The integer `v` as an object of type `ty`, which is `int` or a subclass.
fn with_type(ty: &Type, v: Value) -> Value {
    match view(&v) {
        Some(i) if !std::ptr::eq(ty, &INT) => Value::new(ty, BigBody { value: i.to_big() }),
        _ => v,
    }
}

/// The value if it fits 64 bits (`True` is 1). `None` for larger ones and for what is not an `int`.
#[inline]
pub fn to_i64(v: &Value) -> Option<i64> {
    match view(v)? {
        Int::Small(i) => Some(i),
        Int::Big(_) => None,
    }
}

/// The value as a big integer, if it is an `int` or `bool`.
pub fn to_big(v: &Value) -> Option<BigInt> {
    view(v).map(Int::to_big)
}

/// Whether an `int` is below zero.
pub fn is_negative(v: &Value) -> bool {
    view(v).is_some_and(Int::is_negative)
}

fn is_zero(v: &Value) -> bool {
    matches!(view(v), Some(Int::Small(0)))
}

/// `float(i)`; `OverflowError` if it is too large.
pub fn to_float(v: &Value) -> Result<f64> {
    match view(v).map_or(0.0, Int::to_f64) {
        f if f.is_finite() => Ok(f),
        _ => overflow_error("int too large to convert to float"),
    }
}

/// The modulus of numeric hashes.
pub(super) const HASH_MODULUS: i64 = (1 << 61) - 1;

/// `hash(i)`: modulo 2**61 - 1 with the sign kept, and -2 instead of -1, as CPython.
#[inline]
pub fn hash_i64(i: i64) -> i64 {
    let rest = if i.unsigned_abs() < HASH_MODULUS as u64 { i } else { i % HASH_MODULUS };
    match rest {
        -1 => -2,
        h => h,
    }
}

fn hash(v: &Value) -> Result<i64> {
    Ok(match view(v) {
        Some(Int::Small(i)) => hash_i64(i),
        // The remainder is small and has the sign of the value.
        Some(Int::Big(b)) => hash_i64((b % HASH_MODULUS).to_i64().unwrap_or_default()),
        None => 0,
    })
}

/// The order of two integers.
pub fn order(a: Int, b: Int) -> Ordering {
    match (a, b) {
        (Int::Small(a), Int::Small(b)) => a.cmp(&b),
        (Int::Big(a), Int::Big(b)) => a.cmp(b),
        (Int::Small(_), b) => {
            if b.is_negative() {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
        (a, Int::Small(_)) => {
            if a.is_negative() {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
    }
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    Ok(match (view(a), view(b)) {
        (Some(a), Some(b)) => Value::bool(op.holds(order(a, b))),
        _ => Value::NOT_IMPLEMENTED,
    })
}

/// The slot of every operator: either operand may be the one whose slot it is.
pub(super) fn binary(op: BinOp, a: &Value, b: &Value) -> Result {
    arithmetic(op, a, b).unwrap_or(Ok(Value::NOT_IMPLEMENTED))
}

/// `v` as an exact `int`.
pub fn exact(v: &Value) -> Result {
    if v.is_exact(&INT) {
        return Ok(v.clone());
    }
    match view(v) {
        Some(Int::Small(i)) => Ok(from_i64(i)),
        Some(Int::Big(b)) => Ok(from_big(b.clone())),
        None => protocol::type_error(format!(
            "descriptor requires a 'int' object but received a '{}'",
            v.ty().name()
        )),
    }
}

fn neg(v: &Value) -> Result {
    Ok(match view(v) {
        Some(Int::Small(i)) => from_i128(-i128::from(i)),
        Some(Int::Big(b)) => from_big(-b),
        None => Value::NOT_IMPLEMENTED,
    })
}

fn invert(v: &Value) -> Result {
    Ok(match view(v) {
        Some(Int::Small(i)) => from_i64(!i),
        Some(Int::Big(b)) => from_big(-b - 1),
        None => Value::NOT_IMPLEMENTED,
    })
}

fn repr(v: &Value) -> Result {
    match v.as_inline_int() {
        Some(i) => {
            let mut buffer = [0; 20];
            let digits = itoa(i, &mut buffer);
            Ok(Value::str_counted(digits, digits.len()))
        }
        None => Ok(Value::str(&to_decimal(v)?)),
    }
}

/// The decimal digits, written into `buffer` from its end.
pub(super) fn itoa(i: i64, buffer: &mut [u8; 20]) -> &str {
    let mut at = buffer.len();
    let mut rest = i.unsigned_abs();
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if i < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    std::str::from_utf8(&buffer[at..]).unwrap_or_default()
}

/// `a.gcd(b)` for the modules that need it.
pub fn gcd(a: Int, b: Int) -> Value {
    match (a, b) {
        (Int::Small(a), Int::Small(b)) => from_u64(a.unsigned_abs().gcd(&b.unsigned_abs())),
        (a, b) => from_big(gcd::gcd(a.to_big().magnitude(), b.to_big().magnitude()).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes() {
        assert_eq!(hash_i64(-1), -2);
        assert_eq!(hash_i64(i64::MAX), 3);
        assert_eq!(hash_i64(i64::MIN), -4);
        assert_eq!(hash_i64(-HASH_MODULUS), 0);
    }

    #[test]
    fn against_floats() {
        assert_eq!(Int::Small(1 << 53 | 1).cmp_f64(9007199254740992.0), Ordering::Greater);
        assert_eq!(Int::Small(3).cmp_f64(3.5), Ordering::Less);
        assert_eq!(Int::Small(-3).cmp_f64(-3.5), Ordering::Greater);
        assert_eq!(Int::Small(i64::MAX).cmp_f64(9223372036854775808.0), Ordering::Less);
    }
}
