//! Powers.

use crate::context::{Context, Status};
use crate::number::{Decimal, MOST_DIGITS, shift_left};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Zero};
use std::cmp::Ordering;

/// Digits for an exponent, beside those of a power.
const EXPONENT_DIGITS: i64 = 19;

impl Decimal {
    /// `self ** other`
    pub fn pow(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        let whole = other.is_integer();
        let negative = whole && self.negative && other.is_odd();
        let one = || Decimal::new(negative, BigUint::one(), 0);
        if self.is_zero() {
            return match (other.is_zero(), other.negative) {
                (true, _) => Decimal::error(status, Status::INVALID_OPERATION),
                (false, true) => Decimal::infinity(negative),
                (false, false) => Decimal::zero(negative, 0),
            };
        }
        if self.negative && !whole {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        let size = self.abs_copy().order(&Decimal::one()).unwrap_or(Ordering::Equal);
        if other.is_infinite() {
            return match size {
                Ordering::Equal => inexact_one(negative, ctx, status),
                _ if (size == Ordering::Less) != other.negative => Decimal::zero(negative, 0),
                _ => Decimal::infinity(negative),
            };
        }
        if self.is_infinite() {
            return match (other.is_zero(), other.negative) {
                (true, _) => one(),
                (false, true) => Decimal::zero(negative, 0),
                (false, false) => Decimal::infinity(negative),
            };
        }
        if other.is_zero() {
            return one();
        }
        if size == Ordering::Equal {
            return self.power_of_one(other, negative, ctx, status);
        }
        if let Some(result) = self.extreme_power(other, size, negative, ctx, status) {
            return result;
        }
        if whole {
            self.integer_power(other, negative, ctx, status)
        } else {
            self.real_power(other, ctx, status)
        }
    }

    /// A power of one or minus one, written with as many zeros as it would have.
    fn power_of_one(&self, other: &Decimal, negative: bool, ctx: &Context, status: &mut Status) -> Decimal {
        if !other.is_integer() {
            return inexact_one(negative, ctx, status);
        }
        if other.negative {
            return Decimal::new(negative, BigUint::one(), 0);
        }
        let places = -i128::from(self.exponent);
        let zeros = match other.to_i64() {
            Some(n) => i128::from(n) * places,
            None => {
                if places > 0 {
                    i128::MAX
                } else {
                    0
                }
            }
        };
        let most = i128::from(ctx.precision - 1);
        if zeros > most {
            status.add(Status::ROUNDED);
        }
        one_with_zeros(negative, zeros.clamp(0, most) as i64, status)
    }

    /// A power that is out of range whatever its digits are.
    fn extreme_power(
        &self,
        other: &Decimal,
        size: Ordering,
        negative: bool,
        ctx: &Context,
        status: &mut Status,
    ) -> Option<Decimal> {
        // The size of the logarithm, from below.
        let exponent = self.adjusted();
        let log = match (size, exponent) {
            (Ordering::Less, -1) | (_, 0) => {
                let mut ignored = Status::NONE;
                let difference =
                    self.abs_copy().sub(&Decimal::one(), &ctx.wide(self.digits() + 2), &mut ignored);
                difference.adjusted() - 1
            }
            (Ordering::Less, e) => count(e.unsigned_abs() - 1) - 1,
            (_, e) => count(e.unsigned_abs()) - 1,
        };
        let limit = count(ctx.emax.unsigned_abs().max(ctx.etiny().unsigned_abs()) + 2);
        if log + other.adjusted() <= limit {
            return None;
        }
        let large = (size == Ordering::Less) == other.negative;
        let exponent = if large { crate::MAX_EMAX * 2 } else { crate::MIN_ETINY * 2 };
        Some(Decimal::new(negative, BigUint::one(), exponent).finalize(ctx, status))
    }

    fn integer_power(&self, other: &Decimal, negative: bool, ctx: &Context, status: &mut Status) -> Decimal {
        let Some(n) = other.to_integer() else { return Decimal::error(status, Status::OUT_OF_MEMORY) };
        let mut work = Context {
            precision: ctx.precision.saturating_add(other.digits() + other.exponent + 2),
            rounding: crate::Rounding::HalfEven,
            clamp: false,
            ..*ctx
        };
        let mut base = self.clone();
        if other.negative {
            work.precision += 1;
            base = Decimal::one().div(&base, &work, status);
            if status.has(Status::ERRORS) {
                return Decimal::nan(false, crate::Kind::Quiet, BigUint::zero());
            }
        }
        let mut power = base.clone();
        for i in (0..n.bits().saturating_sub(1)).rev() {
            power = power.mul(&power, &work, status);
            if n.bit(i) {
                power = power.mul(&base, &work, status);
            }
            if !power.is_finite() || (power.is_zero() && status.has(Status::CLAMPED)) {
                break;
            }
        }
        power.negative = negative;
        if power.is_infinite() {
            // Rounding may turn it into the largest number.
            power = Decimal::new(negative, BigUint::one(), crate::MAX_EMAX * 2);
        }
        power.finalize(ctx, status)
    }

    fn real_power(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        let precision = self.digits().max(ctx.precision).saturating_add(4 + EXPONENT_DIGITS);
        let work_ctx = ctx.wide(precision);
        let mut work = Status::NONE;
        let log = self.ln(&work_ctx, &mut work);
        let product = log.mul(other, &work_ctx, &mut work);
        let result = product.exp(&work_ctx, &mut work);
        status.add(work.only(Status::ERRORS));
        status.add(Status(Status::INEXACT.0 | Status::ROUNDED.0));
        if result.is_nan() {
            return result;
        }
        if result.is_finite() && result.order(&Decimal::one()) == Some(Ordering::Equal) {
            return one_with_zeros(false, ctx.precision - 1, status);
        }
        let result = match result.is_infinite() {
            true => Decimal::new(false, BigUint::one(), crate::MAX_EMAX * 2),
            false => result,
        };
        result.finalize(ctx, status)
    }

    /// `self ** exponent % modulus` for integers.
    pub fn pow_mod(
        &self,
        exponent: &Decimal,
        modulus: &Decimal,
        ctx: &Context,
        status: &mut Status,
    ) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self, exponent, modulus], ctx, status) {
            return nan;
        }
        let integers = self.is_integer() && exponent.is_integer() && modulus.is_integer();
        let negative_exponent = exponent.negative && !exponent.is_zero();
        if !integers || modulus.is_zero() || negative_exponent || modulus.adjusted() >= ctx.precision {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        if self.is_zero() && exponent.is_zero() {
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        let negative = self.negative && exponent.is_odd();
        let (Some(m), Some(e)) = (modulus.to_integer(), exponent.to_integer()) else {
            return Decimal::error(status, Status::OUT_OF_MEMORY);
        };
        let whole = |d: &Decimal| -> BigUint {
            // A power of ten may be too long to be written, but not modulo something.
            match d.to_integer() {
                Some(n) => n,
                None => {
                    let power = BigUint::from(10u8).modpow(&d.exponent.unsigned_abs().into(), &m);
                    &d.coefficient * power
                }
            }
        };
        let result = (whole(self) % &m).modpow(&e, &m);
        Decimal::new(negative, result, 0).finalize(ctx, status)
    }

    /// Numerator and denominator in lowest terms; `None` for what is no number or too long.
    pub fn ratio(&self) -> Option<(BigInt, BigInt)> {
        if !self.is_finite() || self.exponent > MOST_DIGITS || self.exponent < -MOST_DIGITS {
            return None;
        }
        let sign = if self.negative { Sign::Minus } else { Sign::Plus };
        let (numerator, denominator) = if self.exponent >= 0 {
            (shift_left(&self.coefficient, self.exponent as u64), BigUint::one())
        } else {
            let power = crate::power_of_ten(self.exponent.unsigned_abs());
            let common = self.coefficient.gcd(&power);
            (&self.coefficient / &common, &*power / &common)
        };
        Some((BigInt::from_biguint(sign, numerator), denominator.into()))
    }
}

/// How many decimal digits there are.
fn count(n: u64) -> i64 {
    i64::from(n.checked_ilog10().unwrap_or(0)) + 1
}

fn one_with_zeros(negative: bool, zeros: i64, status: &mut Status) -> Decimal {
    if zeros > MOST_DIGITS {
        return Decimal::error(status, Status::OUT_OF_MEMORY);
    }
    Decimal::new(negative, shift_left(&BigUint::one(), zeros as u64), -zeros)
}

/// One as a result that is not exact.
fn inexact_one(negative: bool, ctx: &Context, status: &mut Status) -> Decimal {
    status.add(Status(Status::INEXACT.0 | Status::ROUNDED.0));
    one_with_zeros(negative, ctx.precision - 1, status)
}
