//! Operations on the exponent, and the neighbours of a number.

use crate::context::{Context, Rounding, Status};
use crate::number::{Decimal, MOST_DIGITS, power_of_ten, shift_left, trailing_zeros};
use num_bigint::BigUint;
use num_traits::One;
use std::cmp::Ordering;

impl Decimal {
    /// The number with the exponent of another.
    pub fn quantize(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        match (self.is_infinite(), other.is_infinite()) {
            (true, true) => return self.clone(),
            (false, false) => {}
            _ => return Decimal::error(status, Status::INVALID_OPERATION),
        }
        self.with_exponent(other.exponent, ctx, status)
    }

    /// The finite number with this exponent.
    pub(crate) fn with_exponent(&self, exponent: i64, ctx: &Context, status: &mut Status) -> Decimal {
        if exponent > ctx.emax || exponent < ctx.etiny() {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        if self.is_zero() {
            return Decimal::zero(self.negative, exponent).finalize(ctx, status);
        }
        let shift = self.exponent - exponent;
        if self.digits() + shift > ctx.precision {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        let mut work = Status::NONE;
        let mut result = self.clone();
        if shift > MOST_DIGITS {
            return Decimal::error(status, Status::OUT_OF_MEMORY);
        } else if shift >= 0 {
            result.coefficient = shift_left(&self.coefficient, shift as u64);
            result.exponent = exponent;
        } else {
            result.round_off(-shift, ctx.rounding, &mut work);
        }
        if result.digits() > ctx.precision || result.adjusted() > ctx.emax {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        status.add(work);
        result.finalize(ctx, status)
    }

    /// The nearest whole number; `exact`: reports what is lost.
    pub fn to_integral(&self, exact: bool, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return nan;
        }
        if !self.is_finite() || self.exponent >= 0 {
            return self.clone();
        }
        if self.is_zero() {
            return Decimal::zero(self.negative, 0);
        }
        let mut lost = Status::NONE;
        let mut result = self.clone();
        result.round_off(-self.exponent, ctx.rounding, &mut lost);
        if exact {
            status.add(lost);
        }
        result
    }

    /// The number without zeros at its end.
    pub fn normalize(&self, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return nan;
        }
        if self.is_infinite() {
            return self.clone();
        }
        let mut result = self.clone().finalize(ctx, status);
        if !result.is_finite() {
            return result;
        }
        if result.is_zero() {
            return Decimal::zero(result.negative, 0);
        }
        let top = if ctx.clamp { ctx.etop() } else { ctx.emax };
        let zeros = trailing_zeros(&result.coefficient, top - result.exponent);
        if zeros > 0 {
            result.coefficient /= &*power_of_ten(zeros as u64);
            result.exponent += zeros;
        }
        result
    }

    /// The nearest number above (`up`) or below.
    pub fn next(&self, up: bool, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return nan;
        }
        if self.is_infinite() {
            return match self.negative == up {
                true => Decimal::largest(self.negative, ctx, status),
                false => self.clone(),
            };
        }
        let rounding = if up { Rounding::Ceiling } else { Rounding::Floor };
        let tiny = Decimal::new(!up, BigUint::one(), ctx.etiny() - 1);
        let ctx = &ctx.with_rounding(rounding);
        let mut work = Status::NONE;
        // Rounding alone may lead there.
        let mut result = self.clone().finalize(ctx, &mut work);
        if !work.has(Status(Status::INEXACT.0 | Status::ERRORS.0)) {
            result = self.add(&tiny, ctx, &mut work);
        }
        status.add(work.only(Status::ERRORS));
        // Coming from below, zero keeps the sign it is approached with.
        if result.is_zero() && !self.is_zero() {
            result.negative = self.negative;
        }
        result
    }

    /// The nearest number in the direction of another.
    pub fn next_toward(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        let order = self.order(other).unwrap_or(Ordering::Equal);
        if order == Ordering::Equal {
            return self.with_sign_of(other);
        }
        let result = self.next(order == Ordering::Less, ctx, status);
        if result.is_infinite() {
            status.add(Status(Status::OVERFLOW.0 | Status::ROUNDED.0 | Status::INEXACT.0));
        } else if result.is_zero() || result.adjusted() < ctx.emin {
            let small = Status::UNDERFLOW.0 | Status::SUBNORMAL.0 | Status::ROUNDED.0 | Status::INEXACT.0;
            status.add(Status(small));
            if result.is_zero() {
                status.add(Status::CLAMPED);
            }
        }
        result
    }

    /// The exponent of the first digit as a number.
    pub fn logb(&self, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return nan;
        }
        if self.is_infinite() {
            return Decimal::infinity(false);
        }
        if self.is_zero() {
            status.add(Status::DIVISION_BY_ZERO);
            return Decimal::infinity(true);
        }
        Decimal::from_i64(self.adjusted()).finalize(ctx, status)
    }

    /// `self * 10 ** other`
    pub fn scaleb(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        let limit = 2 * (i128::from(ctx.emax) + i128::from(ctx.precision));
        let n = match other.to_i64() {
            Some(n) if other.exponent == 0 && i128::from(n).abs() <= limit => n,
            _ => return Decimal::error(status, Status::INVALID_OPERATION),
        };
        if self.is_infinite() {
            return self.clone();
        }
        let exponent = (self.exponent.saturating_add(n)).clamp(-(i64::MAX / 4), i64::MAX / 4);
        Decimal { exponent, ..self.clone() }.finalize(ctx, status)
    }
}
