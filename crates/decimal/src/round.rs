//! Rounding a coefficient, and fitting a result into its context.

use crate::context::{Context, Rounding, Status};
use crate::number::{Decimal, count_digits, power_of_ten, shift_left, small_power};
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};
use std::cmp::Ordering;

/// What is cut off, in units of the last place that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    Zero,
    BelowHalf,
    Half,
    AboveHalf,
}

/// The coefficient without its last `n` digits, and what they were.
pub(crate) fn cut(c: &BigUint, n: i64) -> (BigUint, Rest) {
    if n <= 0 || c.is_zero() {
        return (c.clone(), Rest::Zero);
    }
    let digits = count_digits(c);
    if n > digits {
        return (BigUint::zero(), Rest::BelowHalf);
    }
    let (q, order, exact) = match small_power(n as u64) {
        Some(p) => {
            let (q, r) = c.div_rem(&p.into());
            let r = r.to_u64().unwrap_or_default();
            (q, r.cmp(&(p / 2)), r == 0)
        }
        None => {
            let p = power_of_ten(n as u64);
            let (q, r) = c.div_rem(&*p);
            (q, (&r << 1u8).cmp(&*p), r.is_zero())
        }
    };
    let rest = match order {
        _ if exact => Rest::Zero,
        Ordering::Less => Rest::BelowHalf,
        Ordering::Equal => Rest::Half,
        Ordering::Greater => Rest::AboveHalf,
    };
    (q, rest)
}

/// Whether a coefficient grows by one when `rest` is rounded off.
pub(crate) fn rounds_up(c: &BigUint, rest: Rest, negative: bool, rounding: Rounding) -> bool {
    if rest == Rest::Zero {
        return false;
    }
    match rounding {
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::Ceiling => !negative,
        Rounding::Floor => negative,
        Rounding::HalfUp => rest != Rest::BelowHalf,
        Rounding::HalfDown => rest == Rest::AboveHalf,
        Rounding::HalfEven => rest == Rest::AboveHalf || (rest == Rest::Half && c.bit(0)),
        Rounding::ZeroFiveUp => (c % 5u8).is_zero(),
    }
}

impl Decimal {
    /// Takes `n` digits off the end and rounds; reports what was lost.
    pub(crate) fn round_off(&mut self, n: i64, rounding: Rounding, status: &mut Status) {
        if n <= 0 {
            return;
        }
        let (mut c, rest) = cut(&self.coefficient, n);
        if rounds_up(&c, rest, self.negative, rounding) {
            c += 1u8;
        }
        self.coefficient = c;
        self.exponent += n;
        status.add(Status::ROUNDED);
        if rest != Rest::Zero {
            status.add(Status::INEXACT);
        }
    }

    /// Fits a result into the context.
    pub fn finalize(mut self, ctx: &Context, status: &mut Status) -> Decimal {
        if !self.is_finite() {
            return if self.is_nan() { self.fixed_payload(ctx) } else { self };
        }
        if self.coefficient.is_zero() {
            let top = if ctx.clamp { ctx.etop() } else { ctx.emax };
            let fit = self.exponent.clamp(ctx.etiny(), top);
            if fit != self.exponent {
                status.add(Status::CLAMPED);
                self.exponent = fit;
            }
            return self;
        }
        let digits = self.digits();
        let adjusted = self.exponent + digits - 1;
        if adjusted > ctx.emax {
            return self.overflow(ctx, status);
        }
        if adjusted < ctx.emin {
            return self.subnormal(ctx, status).folded(ctx, status);
        }
        if digits > ctx.precision {
            self.round_off(digits - ctx.precision, ctx.rounding, status);
            if self.digits() > ctx.precision {
                // It was all nines.
                self.coefficient /= 10u8;
                self.exponent += 1;
                if self.adjusted() > ctx.emax {
                    return self.overflow(ctx, status);
                }
            }
        }
        self.folded(ctx, status)
    }

    /// With zeros at the end, if the exponent is above the limit for a full coefficient.
    fn folded(mut self, ctx: &Context, status: &mut Status) -> Decimal {
        if ctx.clamp && self.exponent > ctx.etop() && !self.coefficient.is_zero() {
            let pad = self.exponent - ctx.etop();
            self.coefficient = shift_left(&self.coefficient, pad as u64);
            self.exponent = ctx.etop();
            status.add(Status::CLAMPED);
        }
        self
    }

    fn subnormal(mut self, ctx: &Context, status: &mut Status) -> Decimal {
        status.add(Status::SUBNORMAL);
        let missing = ctx.etiny() - self.exponent;
        if missing <= 0 {
            return self;
        }
        let mut lost = Status::NONE;
        self.round_off(missing, ctx.rounding, &mut lost);
        status.add(lost);
        if lost.has(Status::INEXACT) {
            status.add(Status::UNDERFLOW);
        }
        if self.coefficient.is_zero() {
            status.add(Status::CLAMPED);
        }
        self
    }

    fn overflow(self, ctx: &Context, status: &mut Status) -> Decimal {
        status.add(Status::OVERFLOW);
        status.add(Status::INEXACT);
        status.add(Status::ROUNDED);
        let infinite = match ctx.rounding {
            Rounding::Up | Rounding::HalfUp | Rounding::HalfDown | Rounding::HalfEven => true,
            Rounding::Down | Rounding::ZeroFiveUp => false,
            Rounding::Ceiling => !self.negative,
            Rounding::Floor => self.negative,
        };
        if infinite { Decimal::infinity(self.negative) } else { Decimal::largest(self.negative, ctx, status) }
    }

    /// The largest finite number.
    pub(crate) fn largest(negative: bool, ctx: &Context, status: &mut Status) -> Decimal {
        if ctx.precision > crate::number::MOST_DIGITS {
            return Decimal::error(status, Status::OUT_OF_MEMORY);
        }
        let nines = &*power_of_ten(ctx.precision as u64) - 1u8;
        Decimal::new(negative, nines, ctx.etop())
    }
}
