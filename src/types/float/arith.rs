//! Floating-point arithmetic with Python's rules of signs and errors.

use super::{from_f64, operand, whole_to_big};
use crate::object::{BinOp, Result, Value, intern};
use crate::protocol::{overflow_error, raise_args, zero_division};
use crate::types::exception;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, ToPrimitive};

/// The slot of every operator: either operand may be the float.
pub(super) fn binary(op: BinOp, a: &Value, b: &Value) -> Result {
    let (Some(a), Some(b)) = (operand(a)?, operand(b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(from_f64(match op {
        BinOp::Add => a + b,
        BinOp::Sub => a - b,
        BinOp::Mul => a * b,
        BinOp::Div if b == 0.0 => return zero_division("float division by zero"),
        BinOp::Div => a / b,
        BinOp::FloorDiv if b == 0.0 => return zero_division("float floor division by zero"),
        BinOp::FloorDiv => div_mod(a, b).0,
        BinOp::Mod if b == 0.0 => return zero_division("float modulo"),
        BinOp::Mod => div_mod(a, b).1,
        BinOp::Pow => return pow(a, b),
        _ => return Ok(Value::NOT_IMPLEMENTED),
    }))
}

/// `a // b` and `a % b` for a divisor that is not zero: the remainder has the divisor's sign.
pub fn div_mod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        0f64.copysign(a / b)
    } else {
        // The subtraction above may have rounded: snap to the nearest whole number.
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floor, rest)
}

/// `a ** b`
pub fn pow(a: f64, b: f64) -> Result {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        return zero_division("0.0 cannot be raised to a negative power");
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.floor() != b {
        return crate::types::complex::pow(&from_f64(a), &from_f64(b));
    }
    let r = a.powf(b);
    if r.is_infinite() && a.is_finite() && b.is_finite() {
        let args = vec![Value::small(34), intern("Numerical result out of range")];
        return Err(raise_args(&exception::OVERFLOW_ERROR, args));
    }
    Ok(from_f64(r))
}

/// `round(f, digits)`, correctly rounded, half to even.
pub fn round_to(f: f64, digits: i64) -> Result<f64> {
    // With more digits than any float has, or fewer than the largest float needs.
    if !f.is_finite() || f == 0.0 || digits > 323 {
        return Ok(f);
    }
    if digits < -308 {
        return Ok(0.0 * f);
    }
    if digits >= 0 {
        let places = digits as usize;
        return Ok(format!("{f:.places$}").parse().unwrap_or(f));
    }
    let whole = f.abs().trunc();
    let unit = BigInt::from(10).pow(digits.unsigned_abs() as u32);
    let (mut quotient, rest) = whole_to_big(whole).div_rem(&unit);
    let twice: BigInt = rest * 2;
    let above_half = match Ord::cmp(&twice, &unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole != f.abs() || quotient.is_odd(),
        std::cmp::Ordering::Greater => true,
    };
    if above_half {
        quotient += 1;
    }
    match (quotient * unit).to_f64() {
        Some(r) if r.is_finite() => Ok(r.copysign(f)),
        _ => overflow_error("rounded value too large to represent"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders() {
        assert_eq!(div_mod(7.0, -2.0), (-4.0, -1.0));
        assert_eq!(div_mod(-7.0, 2.0), (-4.0, 1.0));
        assert_eq!(div_mod(1.0, 0.1), (9.0, 0.09999999999999995));
        assert!(div_mod(-4.0, 2.0).1.is_sign_positive());
        assert_eq!(div_mod(-1e-300, 1e300), (-1.0, 1e300));
    }

    #[test]
    fn rounding() {
        let round = |f, n| round_to(f, n).unwrap_or(f64::NAN);
        assert_eq!(round(2.675, 2), 2.67);
        assert_eq!(round(0.5, 0), 0.0);
        assert_eq!(round(1.5, 0), 2.0);
        assert_eq!(round(25.0, -1), 20.0);
        assert_eq!(round(25.1, -1), 30.0);
        assert_eq!(round(-35.0, -1), -40.0);
        assert_eq!(round(1e22, -22), 1e22);
        assert_eq!(round(1e300, -308), 0.0);
    }
}
