//! `/` of integers, correctly rounded.

use super::Int;
use crate::object::Result;
use crate::protocol::{overflow_error, zero_division};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

/// `a / b`
pub fn true_divide(a: Int, b: Int) -> Result<f64> {
    const EXACT: u64 = 1 << 53;
    match (a, b) {
        (_, Int::Small(0)) => return zero_division("division by zero"),
        // Both are exact as floats, and the hardware rounds correctly.
        (Int::Small(a), Int::Small(b)) if a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT => {
            return Ok(a as f64 / b as f64);
        }
        _ => {}
    }
    match divide_big(&a.to_big(), &b.to_big()) {
        Some(q) => Ok(q),
        None => overflow_error("integer division result too large for a float"),
    }
}

/// `a / b` rounded half to even, for a divisor that is not zero; `None` if it is too large.
pub fn divide_big(a: &BigInt, b: &BigInt) -> Option<f64> {
    let q = divide(a.magnitude(), b.magnitude())?;
    let same_sign = (a.sign() == Sign::Minus) == (b.sign() == Sign::Minus);
    Some(if same_sign { q } else { -q })
}

/// `a / b` rounded half to even; `None` if it is too large.
fn divide(a: &BigUint, b: &BigUint) -> Option<f64> {
    if a.is_zero() {
        return Some(0.0);
    }
    // Scale so that the quotient has 64 or 65 bits: more than a float holds, plus sticky information.
    let shift = 64 - (a.bits() as i64 - b.bits() as i64);
    let (q, r) =
        if shift >= 0 { (a << shift as u64).div_rem(b) } else { a.div_rem(&(b << shift.unsigned_abs())) };
    let q = q.to_u128()?;
    // The exponent of the quotient's lowest bit decides how many bits remain near the subnormal range.
    let bits = 128 - i64::from(q.leading_zeros());
    let top = bits - shift;
    if top > 1024 {
        return None;
    }
    if top < -1080 {
        return Some(0.0);
    }
    let keep = 53.min(top + 1074).max(0);
    let drop = bits - keep;
    let (mut kept, rest) = (q >> drop, q & ((1 << drop) - 1));
    let half = 1u128 << (drop - 1);
    if rest > half || (rest == half && (!r.is_zero() || kept & 1 == 1)) {
        kept += 1;
    }
    // Exact: `kept` has at most 53 significant bits and the scale cannot round it again.
    let f = libm::ldexp(kept as f64, (drop - shift) as i32);
    if f.is_finite() { Some(f) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::Pow;

    #[test]
    fn rounding() {
        let ten = |n: u32| BigUint::from(10u8).pow(n);
        let big = |s: &str| s.parse::<BigUint>().expect("digits");
        assert_eq!(divide(&ten(400), &ten(399)), Some(10.0));
        assert_eq!(divide(&ten(400), &(ten(400) * 3u8)), Some(1.0 / 3.0));
        assert_eq!(divide(&ten(400), &1u8.into()), None);
        assert_eq!(divide(&1u8.into(), &ten(320)), Some(1e-320));
        assert_eq!(divide(&1u8.into(), &ten(330)), Some(0.0));
        assert_eq!(divide(&(BigUint::from(1u8) << 1024u32), &1u8.into()), None);
        assert_eq!(divide(&3u8.into(), &(BigUint::from(1u8) << 1075u32)), Some(1e-323));
        assert_eq!(divide(&1u8.into(), &(BigUint::from(1u8) << 1075u32)), Some(0.0));
        assert_eq!(divide(&big("9007199254740993"), &1u8.into()), Some(9007199254740992.0));
        assert_eq!(divide(&big("9007199254740995"), &1u8.into()), Some(9007199254740996.0));
        assert_eq!(
            divide(&big("123456789012345678901234567890"), &big("987654321098765432109")),
            Some(124999998.8609375)
        );
    }
}
