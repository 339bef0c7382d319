//! From and to binary numbers.

use crate::number::Decimal;
use num_bigint::{BigInt, BigUint, Sign};

impl Decimal {
    /// A whole number.
    pub fn from_big(n: &BigInt) -> Decimal {
        Decimal::new(n.sign() == Sign::Minus, n.magnitude().clone(), 0)
    }

    /// The exact value of a float.
    pub fn from_f64(f: f64) -> Decimal {
        let negative = f.is_sign_negative();
        if f.is_nan() {
            return Decimal::nan(negative, crate::Kind::Quiet, BigUint::default());
        }
        if f.is_infinite() {
            return Decimal::infinity(negative);
        }
        let bits = f.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, exponent) = match (bits >> 52 & 0x7ff) as i64 {
            0 => (fraction, -1074),
            e => (fraction | 1 << 52, e - 1075),
        };
        if mantissa == 0 {
            return Decimal::zero(negative, 0);
        }
        // In lowest terms: no factor of two is left in the numerator while there is one in the denominator.
        let zeros = i64::from(mantissa.trailing_zeros()).min((-exponent).max(0));
        let (mantissa, exponent) = (BigUint::from(mantissa >> zeros), exponent + zeros);
        if exponent >= 0 {
            Decimal::new(negative, mantissa << exponent as u64, 0)
        } else {
            let power = BigUint::from(5u8).pow(exponent.unsigned_abs() as u32);
            Decimal::new(negative, mantissa * power, exponent)
        }
    }
}
