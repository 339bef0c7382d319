//! Exponentials and logarithms, rounded correctly: they are computed with ever more digits until there is no doubt
//! how the result rounds.

use crate::context::{Context, Rounding, Status};
use crate::fixed;
use crate::number::{Decimal, MOST_DIGITS, count_digits, power_of_ten, shift_left};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// Binary places for as many decimal ones.
fn bits_for(digits: i64) -> u64 {
    (digits.max(0) as u64 * 3_322).div_ceil(1000) + 16
}

/// `c * 10 ** e` in fixed point.
fn to_fixed(c: &BigUint, e: i64, bits: u64) -> BigInt {
    let n =
        if e >= 0 { shift_left(c, e as u64) << bits } else { (c << bits) / &*power_of_ten(e.unsigned_abs()) };
    BigInt::from(n)
}

/// The coefficient of a number known to a few units, `digits` of which are wanted; `None` if it is in doubt how it
/// rounds. Its last digit tells that more follow.
fn decided(n: BigUint, digits: i64) -> Option<BigUint> {
    const DOUBT: u8 = 8;
    let extra = count_digits(&n) - digits;
    if extra < 2 {
        return None;
    }
    let power = power_of_ten(extra as u64);
    let rest = n.mod_floor(&*power);
    let half = &*power >> 1u8;
    let distance = if rest > half { &rest - &half } else { &half - &rest };
    if distance <= DOUBT.into() {
        return None;
    }
    Some(if (&n % 5u8).is_zero() { n + 1u8 } else { n })
}

impl Decimal {
    /// `e ** self`
    pub fn exp(&self, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return nan;
        }
        if self.is_infinite() {
            return if self.negative { Decimal::zero(false, 0) } else { self.clone() };
        }
        if self.is_zero() {
            return Decimal::one();
        }
        if ctx.precision > MOST_DIGITS {
            return Decimal::error(status, Status::OUT_OF_MEMORY);
        }
        let ctx = &ctx.with_rounding(Rounding::HalfEven);
        let wanted = ctx.precision;
        if self.adjusted() > 19 {
            // Beyond all exponents.
            let exponent = if self.negative { crate::MIN_ETINY * 2 } else { crate::MAX_EMAX * 2 };
            return Decimal::new(false, BigUint::one(), exponent).finalize(ctx, status);
        }
        if self.adjusted() < -(wanted + 2) {
            let near_one = &*power_of_ten(wanted as u64 + 2);
            let c = if self.negative { near_one - 1u8 } else { near_one + 1u8 };
            return Decimal::new(false, c, -(wanted + 2)).finalize(ctx, status);
        }
        let mut guard = 10;
        loop {
            let digits = wanted + guard;
            let bits = bits_for(digits) + 80;
            let mut x = to_fixed(&self.coefficient, self.exponent, bits);
            if self.negative {
                x = -x;
            }
            let ln_ten = fixed::ln_ten(bits);
            let (k, r) = x.div_mod_floor(&ln_ten);
            let power = fixed::exp(&r, bits);
            let n = (power.magnitude() * &*power_of_ten(digits as u64 - 1)) >> bits;
            if let Some(c) = decided(n, wanted) {
                let k = i64::try_from(&k).unwrap_or(if self.negative { i64::MIN / 4 } else { i64::MAX / 4 });
                return Decimal::new(false, c, k - (digits - 1)).finalize(ctx, status);
            }
            guard *= 2;
        }
    }

    /// What logarithms have in common: `None` if it is a positive number other than infinity.
    fn special_logarithm(&self, ctx: &Context, status: &mut Status) -> Option<Decimal> {
        if let Some(nan) = Decimal::check_nans(&[self], ctx, status) {
            return Some(nan);
        }
        if self.is_zero() {
            return Some(Decimal::infinity(true));
        }
        if self.negative {
            return Some(Decimal::error(status, Status::INVALID_OPERATION));
        }
        if self.is_infinite() {
            return Some(Decimal::infinity(false));
        }
        None
    }

    /// The natural logarithm.
    pub fn ln(&self, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(result) = self.special_logarithm(ctx, status) {
            return result;
        }
        if self.order(&Decimal::one()) == Some(std::cmp::Ordering::Equal) {
            return Decimal::zero(false, 0);
        }
        self.logarithm(false, ctx, status)
    }

    /// The logarithm to the base ten.
    pub fn log10(&self, ctx: &Context, status: &mut Status) -> Decimal {
        if let Some(result) = self.special_logarithm(ctx, status) {
            return result;
        }
        let digits = self.digits();
        if self.coefficient == *power_of_ten(digits as u64 - 1) {
            let ctx = ctx.with_rounding(Rounding::HalfEven);
            return Decimal::from_i64(self.adjusted()).finalize(&ctx, status);
        }
        self.logarithm(true, ctx, status)
    }

    fn logarithm(&self, base_ten: bool, ctx: &Context, status: &mut Status) -> Decimal {
        if ctx.precision > MOST_DIGITS {
            return Decimal::error(status, Status::OUT_OF_MEMORY);
        }
        let ctx = &ctx.with_rounding(Rounding::HalfEven);
        let wanted = ctx.precision;
        let digits = self.digits();
        // As m * 10 ** k with m between 1/3 and 3, so that the logarithm of what is near one has no other part.
        let first = &self.coefficient / &*power_of_ten(digits.max(2) as u64 - 2);
        let near_ten = first > BigUint::from(if digits == 1 { 3u8 } else { 31 });
        let k = self.adjusted() + i64::from(near_ten);
        let scale = -(digits - 1) - i64::from(near_ten);
        // How small the result is.
        let zeros = if k == 0 {
            let mut ignored = Status::NONE;
            let difference = self.sub(&Decimal::one(), &ctx.wide(digits + 2), &mut ignored);
            (-difference.adjusted()).max(0) + 1
        } else {
            0
        };
        let mut guard = 10;
        loop {
            let places = wanted + guard + zeros;
            let bits = bits_for(places) + 80;
            let m = to_fixed(&self.coefficient, scale, bits);
            let mut y = fixed::ln(&m, bits);
            let ln_ten = fixed::ln_ten(bits);
            y += &ln_ten * k;
            if base_ten {
                y = (y << bits) / ln_ten;
            }
            let negative = y.is_negative();
            let n = (y.magnitude() * &*power_of_ten(places as u64)) >> bits;
            if let Some(c) = decided(n, wanted) {
                return Decimal::new(negative, c, -places).finalize(ctx, status);
            }
            guard *= 2;
        }
    }
}
