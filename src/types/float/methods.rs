//! The methods of `float`, at the end as a table.

use super::{coerce, div_mod, exact, from_f64, hex, operand, round_to, to_int, value_of};
use crate::defs;
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, overflow_error, type_error, value_error, zero_division};
use crate::types::{format, int};
use num_bigint::BigInt;

pub(super) const DOC: &str = "A floating-point number, from a number or a text.";

fn is_integer(args: &[Value]) -> Result {
    let f = value_of(&args[0]);
    Ok(Value::bool(f.is_finite() && f.trunc() == f))
}

fn as_integer_ratio(args: &[Value]) -> Result {
    let f = value_of(&args[0]);
    if f.is_nan() {
        return value_error("cannot convert NaN to integer ratio");
    }
    if f.is_infinite() {
        return overflow_error("cannot convert Infinity to integer ratio");
    }
    let (mut fraction, mut exponent) = libm::frexp(f);
    // At most 53 doublings make the fraction whole.
    while fraction.trunc() != fraction {
        fraction *= 2.0;
        exponent -= 1;
    }
    let numerator = BigInt::from(fraction as i64);
    let (numerator, denominator) = if exponent >= 0 {
        (numerator << exponent, BigInt::from(1))
    } else {
        (numerator, BigInt::from(1) << exponent.unsigned_abs())
    };
    Ok(Value::tuple(vec![int::from_big(numerator), int::from_big(denominator)]))
}

fn round(args: &[Value]) -> Result {
    let f = value_of(&args[0]);
    match arg(args, 1) {
        n if n.is_unbound() || n.is_none() => to_int(f.round_ties_even()),
        n => round_to(f, protocol::index_clipped(n)?).map(from_f64),
    }
}

fn format(args: &[Value]) -> Result {
    let Some(spec) = args[1].as_str() else {
        return type_error(format!("__format__() argument must be str, not {}", args[1].ty().name()));
    };
    format::format_value(&args[0], spec)
}

fn divmod_of(a: &Value, b: &Value) -> Result {
    let (Some(a), Some(b)) = (operand(a)?, operand(b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    if b == 0.0 {
        return zero_division("float divmod()");
    }
    let (q, r) = div_mod(a, b);
    Ok(Value::tuple(vec![from_f64(q), from_f64(r)]))
}

/// How the machine stores floats: both kinds as IEEE 754 says.
fn get_format(args: &[Value]) -> Result {
    match args[1].as_str() {
        Some("double" | "float") if cfg!(target_endian = "little") => Ok(Value::str("IEEE, little-endian")),
        Some("double" | "float") => Ok(Value::str("IEEE, big-endian")),
        Some(_) => value_error("__getformat__() argument 1 must be 'double' or 'float'"),
        None => type_error(format!("__getformat__() argument must be str, not {}", args[1].ty().name())),
    }
}

pub(super) static DEFS: &[Def] = defs! {
    fn "is_integer()" "Whether there is no fraction." => is_integer;
    fn "as_integer_ratio()" "Return integer ratio: a pair of integers whose ratio is exactly equal to the float." => as_integer_ratio;
    fn "conjugate()" "The number itself." => |a| exact(&a[0]);
    fn "hex()" "The number as text in base 16, without loss." => hex::hex;
    class "__getformat__(typestr, /)" "How floats are kept in memory." => |a| match a[1].as_str() {
        Some("double" | "float") => Ok(Value::str("IEEE, little-endian")),
        Some(_) => value_error("__getformat__() argument 1 must be 'double' or 'float'"),
        None => type_error(format!("__getformat__() argument must be str, not {}", a[1].ty().name())),
    };
    class "fromhex(string, /)" "The number that float.hex() wrote as this text." => hex::from_hex;
    class "__getformat__(typestr, /)" "The format in which the machine stores a 'double' or 'float'." => get_format;
    get "real()" "The real part of a complex number." => exact;
    get "imag()" "The imaginary part of a complex number." => |_| Ok(from_f64(0.0));
    fn "__round__(ndigits=None, /)" "The number rounded to so many digits; halves go to the even neighbour." => round;
    fn "__trunc__()" "The integer part." => |a| to_int(value_of(&a[0]));
    fn "__floor__()" "The largest integer that is not greater." => |a| to_int(value_of(&a[0]).floor());
    fn "__ceil__()" "The smallest integer that is not less." => |a| to_int(value_of(&a[0]).ceil());
    fn "__format__(format_spec, /)" "The number as text, formatted by the specification." => format;
    fn "__divmod__(value, /)" "divmod(self, value)" => |a| divmod_of(&a[0], &a[1]);
    fn "__rdivmod__(value, /)" "divmod(value, self)" => |a| divmod_of(&a[1], &a[0]);
    fn "__getnewargs__()" "The arguments that make a copy." => |a| Ok(Value::tuple(vec![from_f64(coerce(&a[0])?)]));
};
