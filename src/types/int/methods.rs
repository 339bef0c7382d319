//! The methods of `int`, at the end as a table.

use super::{Int, bytes, exact, from_big, from_i64, from_usize, pow_mod, view};
use crate::defs;
use crate::object::{BinOp, Def, Result, Value, arg};
use crate::protocol::{self, type_error};
use crate::types::format;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;

pub(super) const DOC: &str = "int([x]) -> integer
int(x, base=10) -> integer

Converts a number or text to an integer; 0 without arguments. A float is cut off towards zero. Text may
have a sign, whitespace around it and underscores between digits; base 0 takes the base from the prefix.";

fn bit_length(args: &[Value]) -> Result {
    Ok(from_i64(view(&args[0]).map_or(0, Int::bits) as i64))
}

fn bit_count(args: &[Value]) -> Result {
    let count = match view(&args[0]) {
        Some(Int::Small(i)) => i.unsigned_abs().count_ones().into(),
        Some(Int::Big(b)) => b.magnitude().count_ones(),
        None => 0,
    };
    Ok(from_i64(count as i64))
}

fn identity(args: &[Value]) -> Result {
    exact(&args[0])
}

fn as_integer_ratio(args: &[Value]) -> Result {
    Ok(Value::tuple(vec![exact(&args[0])?, from_i64(1)]))
}

/// `round(i, ndigits)`: half to even.
fn round(args: &[Value]) -> Result {
    let v = &args[0];
    let digits = match arg(args, 1).as_bound() {
        None => return exact(v),
        Some(n) => protocol::index_clipped(n)?,
    };
    let (Some(value), false) = (view(v), digits >= 0) else { return exact(v) };
    // A power of ten of twice the magnitude or more leaves nothing.
    let places = digits.unsigned_abs();
    if places > value.bits() / 3 + 1 {
        return Ok(from_i64(0));
    }
    let unit = BigInt::from(10).pow(places as u32);
    let value = value.to_big();
    let (quotient, rest) = value.div_mod_floor(&unit);
    let twice: BigInt = &rest * 2;
    let up = match Ord::cmp(&twice, &unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient.is_odd(),
        std::cmp::Ordering::Greater => true,
    };
    debug_assert!(!rest.is_negative());
    Ok(from_big(value - rest + if up { unit } else { BigInt::ZERO }))
}

fn format(args: &[Value]) -> Result {
    let Some(spec) = args[1].as_str() else {
        return type_error(format!("__format__() argument must be str, not {}", args[1].ty().name()));
    };
    format::format_value(&args[0], spec)
}

fn pow(args: &[Value]) -> Result {
    match arg(args, 2).as_bound() {
        Some(modulus) if !modulus.is_none() => {
            if view(&args[1]).is_none() || view(modulus).is_none() {
                return Ok(Value::NOT_IMPLEMENTED);
            }
            pow_mod(&args[0], &args[1], modulus)
        }
        _ => super::binary(BinOp::Pow, &args[0], &args[1]),
    }
}

fn divmod_of(a: &Value, b: &Value) -> Result {
    match (view(a), view(b)) {
        (Some(a), Some(b)) => {
            let (q, r) = super::div_mod(a, b)?;
            Ok(Value::tuple(vec![q, r]))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn sizeof(args: &[Value]) -> Result {
    Ok(from_usize(24 + view(&args[0]).map_or(0, Int::bits).div_ceil(30).max(1) as usize * 4))
}

fn new_args(args: &[Value]) -> Result {
    Ok(Value::tuple(vec![exact(&args[0])?]))
}

pub(super) static DEFS: &[Def] = defs! {
    fn "bit_length()" "How many bits the absolute value takes." => bit_length;
    fn "bit_count()" "How many bits of the absolute value are set." => bit_count;
    fn "conjugate()" "The number itself." => identity;
    fn "as_integer_ratio()" "Returns (self, 1)." => as_integer_ratio;
    fn "to_bytes(length=1, byteorder='big', *, signed=False)" "Returns an array of bytes representing the integer." => bytes::to_bytes;
    class "from_bytes(bytes, byteorder='big', *, signed=False)" "Returns the integer represented by the given array of bytes." => bytes::from_bytes;
    get "real()" "The real part of a complex number." => exact;
    get "imag()" "The imaginary part of a complex number." => |_| Ok(from_i64(0));
    get "numerator()" "The numerator of a rational number in lowest terms." => exact;
    get "denominator()" "The denominator of a rational number in lowest terms." => |_| Ok(from_i64(1));
    fn "__round__(ndigits=<unrepresentable>, /)" "Rounds to a multiple of a power of ten, half to even." => round;
    fn "__trunc__()" "The number itself." => identity;
    fn "__floor__()" "The number itself." => identity;
    fn "__ceil__()" "The number itself." => identity;
    fn "__format__(format_spec, /)" "Formats by a format specification." => format;
    fn "__pow__(value, mod=None, /)" "Returns pow(self, value, mod)." => pow;
    fn "__divmod__(value, /)" "Returns divmod(self, value)." => |a| divmod_of(&a[0], &a[1]);
    fn "__rdivmod__(value, /)" "Returns divmod(value, self)." => |a| divmod_of(&a[1], &a[0]);
    fn "__sizeof__()" "How many bytes it takes in memory." => sizeof;
    fn "__getnewargs__()" "The arguments that make a copy." => new_args;
};
