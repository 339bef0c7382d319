//! Operations on digits: logical ones on zeros and ones, shifts and rotations.

use crate::context::{Context, Status};
use crate::number::{Decimal, MOST_DIGITS, power_of_ten, shift_left};
use num_bigint::BigUint;

impl Decimal {
    /// The digits, first one first, if it is a logical operand: all of them 0 or 1.
    fn logical_digits(&self) -> Option<Vec<u8>> {
        if !self.is_finite() || self.negative || self.exponent != 0 {
            return None;
        }
        let digits = self.coefficient.to_str_radix(10).into_bytes();
        digits.iter().all(|d| matches!(d, b'0' | b'1')).then_some(digits)
    }

    /// `op` applied to the digits of both.
    pub fn logical(
        &self,
        other: &Decimal,
        op: fn(bool, bool) -> bool,
        ctx: &Context,
        status: &mut Status,
    ) -> Decimal {
        let (Some(a), Some(b)) = (self.logical_digits(), other.logical_digits()) else {
            return Decimal::error(status, Status::INVALID_OPERATION);
        };
        let len = (a.len().max(b.len()) as i64).min(ctx.precision) as usize;
        let one = |digits: &[u8], i: usize| i < digits.len() && digits[digits.len() - 1 - i] == b'1';
        let text: Vec<u8> = (0..len).rev().map(|i| u8::from(op(one(&a, i), one(&b, i)))).collect();
        Decimal::new(false, BigUint::from_radix_be(&text, 10).unwrap_or_default(), 0)
    }

    /// Ones for zeros and zeros for ones, in as many digits as the precision says.
    pub fn logical_invert(&self, ctx: &Context, status: &mut Status) -> Decimal {
        if ctx.precision > MOST_DIGITS {
            return Decimal::error(status, Status::OUT_OF_MEMORY);
        }
        let ones = (&*power_of_ten(ctx.precision as u64) - 1u8) / 9u8;
        let ones = Decimal::new(false, ones, 0);
        self.logical(&ones, |a, b| a != b, ctx, status)
    }

    /// How far `other` says to move the digits; otherwise the result, where none are moved.
    fn distance(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Result<i64, Decimal> {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return Err(nan);
        }
        let n = if other.exponent == 0 { other.to_i64() } else { None };
        let Some(n) = n.filter(|n| n.unsigned_abs() <= ctx.precision as u64) else {
            return Err(Decimal::error(status, Status::INVALID_OPERATION));
        };
        if self.is_infinite() { Err(self.clone()) } else { Ok(n) }
    }

    /// The digits moved to the left, or to the right for a negative number; what leaves the precision is lost.
    pub fn shift(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        let n = match self.distance(other, ctx, status) {
            Ok(n) => n,
            Err(result) => return result,
        };
        let coefficient = match n {
            0.. if n > MOST_DIGITS => return Decimal::error(status, Status::OUT_OF_MEMORY),
            0.. => shift_left(&self.last_digits(ctx.precision - n), n as u64),
            _ => Decimal { coefficient: self.last_digits(ctx.precision), ..self.clone() }.shifted_right(-n),
        };
        Decimal { coefficient, ..self.clone() }
    }

    fn last_digits(&self, n: i64) -> BigUint {
        if self.digits() <= n {
            self.coefficient.clone()
        } else {
            &self.coefficient % &*power_of_ten(n as u64)
        }
    }

    /// The digits moved to the left, or to the right for a negative number, coming back at the other end.
    pub fn rotate(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        let n = match self.distance(other, ctx, status) {
            Ok(n) => n,
            Err(result) => return result,
        };
        if ctx.precision > MOST_DIGITS {
            return Decimal::error(status, Status::OUT_OF_MEMORY);
        }
        let n = n.rem_euclid(ctx.precision);
        let digits = Decimal { coefficient: self.last_digits(ctx.precision), ..self.clone() };
        let low = digits.last_digits(ctx.precision - n);
        let high = digits.shifted_right(ctx.precision - n);
        Decimal { coefficient: shift_left(&low, n as u64) + high, ..digits }
    }
}
