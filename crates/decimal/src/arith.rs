//! Sums and products.

use crate::context::{Context, Rounding, Status};
use crate::number::{Decimal, MOST_DIGITS, shift_left};
use num_bigint::BigUint;
use num_traits::{One, Zero};
use std::cmp::Ordering;

impl Decimal {
    /// `self + other`
    pub fn add(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        add_signed(self, other, other.negative, ctx, status)
    }

    /// `self - other`
    pub fn sub(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        add_signed(self, other, !other.negative, ctx, status)
    }

    /// `self * other`
    pub fn mul(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        self.product(other, ctx, status).finalize(ctx, status)
    }

    /// The product, not rounded.
    fn product(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        let negative = self.negative != other.negative;
        if self.is_infinite() || other.is_infinite() {
            if self.is_zero() || other.is_zero() {
                return Decimal::error(status, Status::INVALID_OPERATION);
            }
            return Decimal::infinity(negative);
        }
        Decimal::new(negative, &self.coefficient * &other.coefficient, self.exponent + other.exponent)
    }

    /// `self * other + third` with one rounding.
    pub fn fma(&self, other: &Decimal, third: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            // A signaling third operand is reported even so.
            return match third.is_signaling() && !status.has(Status::INVALID_OPERATION) {
                true => Decimal::check_nans(&[third], ctx, status).unwrap_or(nan),
                false => nan,
            };
        }
        let mut undefined = Status::NONE;
        let product = self.product(other, ctx, &mut undefined);
        if undefined.has(Status::INVALID_OPERATION) {
            status.add(undefined);
            return product;
        }
        product.add(third, ctx, status)
    }

    /// `+self`
    pub fn plus(&self, ctx: &Context, status: &mut Status) -> Decimal {
        self.signed(self.negative, ctx, status)
    }

    /// `-self`
    pub fn minus(&self, ctx: &Context, status: &mut Status) -> Decimal {
        self.signed(!self.negative, ctx, status)
    }

    /// `abs(self)`
    pub fn abs(&self, ctx: &Context, status: &mut Status) -> Decimal {
        self.signed(false, ctx, status)
    }

    fn signed(&self, negative: bool, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return nan;
        }
        // Zero has a sign only if it is rounded to minus infinity.
        let negative = if self.is_zero() { negative && ctx.rounding == Rounding::Floor } else { negative };
        Decimal { negative, ..self.clone() }.finalize(ctx, status)
    }
}

fn add_signed(a: &Decimal, b: &Decimal, b_negative: bool, ctx: &Context, status: &mut Status) -> Decimal {
    if let Some(nan) = Decimal::check_nans(&[a, b], ctx, status) {
        return nan;
    }
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) if a.negative != b_negative => {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        (true, _) => return Decimal::infinity(a.negative),
        (_, true) => return Decimal::infinity(b_negative),
        _ => {}
    }
    let ((high, high_negative), (low, low_negative)) = if a.exponent >= b.exponent {
        ((a, a.negative), (b, b_negative))
    } else {
        ((b, b_negative), (a, a.negative))
    };
    let (mut low_coefficient, mut exponent) = (&low.coefficient, low.exponent);
    let tiny = if low.coefficient.is_zero() { BigUint::zero() } else { BigUint::one() };
    if high.exponent != low.exponent && !high.coefficient.is_zero() {
        // What stands far behind the last digit is as good as anything behind it.
        let digits = high.digits();
        let behind = high.exponent - 1 + if digits > ctx.precision { 0 } else { digits - ctx.precision - 1 };
        if low.adjusted() < behind {
            (low_coefficient, exponent) = (&tiny, behind);
        }
    }
    let shift = high.exponent - exponent;
    if shift > MOST_DIGITS && !high.coefficient.is_zero() {
        return Decimal::error(status, Status::OUT_OF_MEMORY);
    }
    let shifted;
    let high_coefficient = if shift == 0 || high.coefficient.is_zero() {
        &high.coefficient
    } else {
        shifted = shift_left(&high.coefficient, shift as u64);
        &shifted
    };
    let (coefficient, negative) = if high_negative == low_negative {
        (high_coefficient + low_coefficient, high_negative)
    } else {
        match high_coefficient.cmp(low_coefficient) {
            Ordering::Greater => (high_coefficient - low_coefficient, high_negative),
            Ordering::Less => (low_coefficient - high_coefficient, low_negative),
            Ordering::Equal => (BigUint::zero(), ctx.rounding == Rounding::Floor),
        }
    };
    Decimal::new(negative, coefficient, exponent).finalize(ctx, status)
}
