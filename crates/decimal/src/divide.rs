//! Quotients, remainders and square roots.

use crate::context::{Context, Rounding, Status};
use crate::number::{Decimal, MOST_DIGITS, power_of_ten, shift_left, trailing_zeros};
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::Zero;

impl Decimal {
    /// `self / other`
    pub fn div(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        let negative = self.negative != other.negative;
        if self.is_infinite() {
            return match other.is_infinite() {
                true => Decimal::error(status, Status::INVALID_OPERATION),
                false => Decimal::infinity(negative),
            };
        }
        if other.is_infinite() {
            status.add(Status::CLAMPED);
            return Decimal::zero(negative, ctx.etiny());
        }
        if other.is_zero() {
            if self.is_zero() {
                return Decimal::error(status, Status::DIVISION_UNDEFINED);
            }
            status.add(Status::DIVISION_BY_ZERO);
            return Decimal::infinity(negative);
        }
        let ideal = self.exponent - other.exponent;
        if self.is_zero() {
            return Decimal::zero(negative, ideal).finalize(ctx, status);
        }
        let mut shift = other.digits() - self.digits() + ctx.precision + 1;
        if shift > MOST_DIGITS {
            // Only an exact quotient will do.
            match exact_digits(&self.coefficient, &other.coefficient) {
                Some(digits) => shift = digits,
                None => return Decimal::error(status, Status::OUT_OF_MEMORY),
            }
        }
        let mut exponent = ideal - shift;
        let (mut q, r) = if shift >= 0 {
            shift_left(&self.coefficient, shift as u64).div_rem(&other.coefficient)
        } else {
            self.coefficient.div_rem(&shift_left(&other.coefficient, shift.unsigned_abs()))
        };
        if r.is_zero() {
            // The exponent is as near to the ideal as zeros allow.
            let zeros = trailing_zeros(&q, ideal - exponent);
            if zeros > 0 {
                q /= &*power_of_ten(zeros as u64);
                exponent += zeros;
            }
        } else if (&q % 5u8).is_zero() {
            // A digit that tells that more follow.
            q += 1u8;
        }
        Decimal::new(negative, q, exponent).finalize(ctx, status)
    }

    /// The quotient as an integer and the remainder of the same sign as `self`, not rounded; `None` if the quotient
    /// has too many digits.
    fn div_rem_exact(&self, other: &Decimal, ctx: &Context) -> Option<(BigUint, Decimal)> {
        let exponent = self.exponent.min(other.exponent);
        let distance = self.adjusted() - other.adjusted();
        if self.is_zero() || distance < -1 {
            // Less than the divisor.
            let remainder = if self.is_zero() {
                Decimal::zero(self.negative, exponent)
            } else {
                self.lowered_to(exponent)?
            };
            return Some((BigUint::zero(), remainder));
        }
        if distance > ctx.precision {
            return None;
        }
        let (a, b) = (self.lowered_to(exponent)?, other.lowered_to(exponent)?);
        let (q, r) = a.coefficient.div_rem(&b.coefficient);
        if crate::number::count_digits(&q) > ctx.precision {
            return None;
        }
        Some((q, Decimal::new(self.negative, r, exponent)))
    }

    /// The same number with a lower exponent; `None` if that is too long.
    fn lowered_to(&self, exponent: i64) -> Option<Decimal> {
        let shift = self.exponent - exponent;
        if shift > MOST_DIGITS {
            return None;
        }
        Some(Decimal::new(self.negative, shift_left(&self.coefficient, shift as u64), exponent))
    }

    /// The integer part of `self / other`.
    pub fn div_integer(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        let negative = self.negative != other.negative;
        match (self.is_infinite(), other.is_infinite()) {
            (true, true) => return Decimal::error(status, Status::INVALID_OPERATION),
            (true, false) => return Decimal::infinity(negative),
            (false, true) => return Decimal::zero(negative, 0),
            _ => {}
        }
        if other.is_zero() {
            if self.is_zero() {
                return Decimal::error(status, Status::DIVISION_UNDEFINED);
            }
            status.add(Status::DIVISION_BY_ZERO);
            return Decimal::infinity(negative);
        }
        self.quotient(other, negative, ctx, status)
    }

    fn quotient(&self, other: &Decimal, negative: bool, ctx: &Context, status: &mut Status) -> Decimal {
        // Only its size matters here, not the remainder, which may be long.
        if !self.is_zero() && self.adjusted() - other.adjusted() < -1 {
            return Decimal::zero(negative, 0);
        }
        match self.div_rem_exact(other, ctx) {
            Some((q, _)) => Decimal::new(negative, q, 0).finalize(ctx, status),
            None => Decimal::error(status, Status::DIVISION_IMPOSSIBLE),
        }
    }

    /// What both remainders are where nothing has to be divided: of special values, and of a number much smaller
    /// than the divisor.
    fn remainder_at_once(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Option<Decimal> {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return Some(nan);
        }
        if self.is_infinite() {
            return Some(Decimal::error(status, Status::INVALID_OPERATION));
        }
        if other.is_infinite() {
            return Some(self.clone().finalize(ctx, status));
        }
        if other.is_zero() {
            let why = if self.is_zero() { Status::DIVISION_UNDEFINED } else { Status::INVALID_OPERATION };
            return Some(Decimal::error(status, why));
        }
        if !self.is_zero() && self.adjusted() - other.adjusted() < -1 && self.exponent <= other.exponent {
            return Some(self.clone().finalize(ctx, status));
        }
        None
    }

    /// `self - other * integer part of (self / other)`
    pub fn remainder(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(rest) = self.remainder_at_once(other, ctx, status) {
            return rest;
        }
        self.rest(other, ctx, status)
    }

    fn rest(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        match self.div_rem_exact(other, ctx) {
            Some((_, r)) => r.finalize(ctx, status),
            None => Decimal::error(status, Status::DIVISION_IMPOSSIBLE),
        }
    }

    /// Quotient and remainder.
    pub fn div_mod(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> (Decimal, Decimal) {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return (nan.clone(), nan);
        }
        let negative = self.negative != other.negative;
        let error = |status: &mut Status, why| {
            let nan = Decimal::error(status, why);
            (nan.clone(), nan)
        };
        if self.is_infinite() {
            if other.is_infinite() {
                return error(status, Status::INVALID_OPERATION);
            }
            return (Decimal::infinity(negative), Decimal::error(status, Status::INVALID_OPERATION));
        }
        if other.is_infinite() {
            return (Decimal::zero(negative, 0), self.clone().finalize(ctx, status));
        }
        if other.is_zero() {
            if self.is_zero() {
                return error(status, Status::DIVISION_UNDEFINED);
            }
            status.add(Status::DIVISION_BY_ZERO);
            return (Decimal::infinity(negative), Decimal::error(status, Status::INVALID_OPERATION));
        }
        match self.div_rem_exact(other, ctx) {
            Some((q, r)) => (Decimal::new(negative, q, 0).finalize(ctx, status), r.finalize(ctx, status)),
            None => error(status, Status::DIVISION_IMPOSSIBLE),
        }
    }

    /// `self - other * n`, where `n` is the integer nearest to the quotient, even in case of doubt.
    pub fn remainder_near(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(rest) = self.remainder_at_once(other, ctx, status) {
            return rest;
        }
        let Some((mut q, mut r)) = self.div_rem_exact(other, ctx) else {
            return Decimal::error(status, Status::DIVISION_IMPOSSIBLE);
        };
        let Some(divisor) = other.lowered_to(r.exponent) else {
            return Decimal::error(status, Status::DIVISION_IMPOSSIBLE);
        };
        let twice = &r.coefficient << 1u8;
        if twice > divisor.coefficient || (twice == divisor.coefficient && q.bit(0)) {
            r.coefficient = &divisor.coefficient - &r.coefficient;
            r.negative = !r.negative;
            q += 1u8;
            if crate::number::count_digits(&q) > ctx.precision {
                return Decimal::error(status, Status::DIVISION_IMPOSSIBLE);
            }
        }
        r.finalize(ctx, status)
    }

    /// The square root, rounded to the nearest.
    pub fn sqrt(&self, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return nan;
        }
        let ideal = self.exponent.div_euclid(2);
        if self.is_zero() {
            return Decimal::zero(self.negative, ideal).finalize(ctx, status);
        }
        if self.negative {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        if self.is_infinite() {
            return self.clone();
        }
        if ctx.precision > MOST_DIGITS {
            // Only an exact root will do.
            let c = shift_left(&self.coefficient, self.exponent.rem_euclid(2) as u64);
            let root = c.sqrt();
            return match &root * &root == c {
                true => Decimal::new(false, root, ideal).finalize(ctx, status),
                false => Decimal::error(status, Status::OUT_OF_MEMORY),
            };
        }
        // The root of the coefficient, with an even exponent and two digits more than wanted.
        let odd = self.exponent.rem_euclid(2);
        let wanted = 2 * (ctx.precision + 2);
        let mut shift = (wanted - self.digits() - odd).div_euclid(2);
        let c = shift_left(&self.coefficient, odd as u64);
        let (scaled, lost) = if shift >= 0 {
            (shift_left(&c, 2 * shift as u64), false)
        } else {
            let (q, r) = c.div_rem(&*power_of_ten(2 * shift.unsigned_abs()));
            (q, !r.is_zero())
        };
        let mut root = scaled.sqrt();
        let exact = !lost && &root * &root == scaled;
        if exact {
            let zeros = trailing_zeros(&root, shift);
            if zeros > 0 {
                root /= &*power_of_ten(zeros as u64);
                shift -= zeros;
            }
        } else if (&root % 5u8).is_zero() {
            root += 1u8;
        }
        // Digits were cut off that are zeros: they come back, as far as there is room.
        let ctx = ctx.with_rounding(Rounding::HalfEven);
        Decimal::new(false, root, ideal - shift).finalize(&ctx, status)
    }
}

/// How many digits behind the point the quotient of two integers has; `None` if they do not end.
fn exact_digits(a: &BigUint, b: &BigUint) -> Option<i64> {
    let mut rest = b / a.gcd(b);
    let twos = rest.trailing_zeros().unwrap_or(0);
    rest >>= twos;
    let mut fives = 0;
    while (&rest % 5u8).is_zero() {
        rest /= 5u8;
        fives += 1;
    }
    (rest == BigUint::from(1u8)).then_some(twos.max(fives) as i64)
}
