//! Decimal numbers.

use crate::context::{Context, Status};
use num_bigint::BigUint;
use num_traits::{One, ToPrimitive, Zero};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A coefficient and an exponent.
    Finite,
    /// An infinity.
    Infinite,
    /// A NaN that goes on through operations; the coefficient is its payload.
    Quiet,
    /// A NaN that operations report.
    Signaling,
}

/// A decimal number: `coefficient * 10 ** exponent` with a sign, an infinity or a NaN.
#[derive(Clone, Debug)]
pub struct Decimal {
    pub(crate) negative: bool,
    pub(crate) kind: Kind,
    pub(crate) coefficient: BigUint,
    pub(crate) exponent: i64,
}

/// More digits than this are refused: numbers so long would not be computed in any time.
pub(crate) const MOST_DIGITS: i64 = 1 << 28;

const SMALL_POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut i = 1;
    while i < 20 {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// Powers up to this are kept.
const CACHED: u64 = 40_000;

thread_local! {
    static POWERS: RefCell<HashMap<u64, Rc<BigUint>>> = RefCell::default();
}

/// `10 ** n` in a machine word.
pub(crate) fn small_power(n: u64) -> Option<u64> {
    SMALL_POWERS.get(n as usize).copied()
}

/// `10 ** n`
pub fn power_of_ten(n: u64) -> Rc<BigUint> {
    if let Some(p) = small_power(n) {
        return Rc::new(p.into());
    }
    if let Some(p) = POWERS.with_borrow(|cache| cache.get(&n).cloned()) {
        return p;
    }
    let power = Rc::new(BigUint::from(5u8).pow(n as u32) << n);
    if n <= CACHED {
        POWERS.with_borrow_mut(|cache| {
            if cache.len() >= 256 {
                cache.clear();
            }
            cache.insert(n, power.clone());
        });
    }
    power
}

/// `c * 10 ** n`
pub(crate) fn shift_left(c: &BigUint, n: u64) -> BigUint {
    match small_power(n) {
        Some(1) => c.clone(),
        Some(p) => c * p,
        None if c.is_zero() => BigUint::zero(),
        None => c * &*power_of_ten(n),
    }
}

/// `floor(n * log10(2))`, exact for all numbers of bits that fit a memory.
fn digits_of_bits(n: u64) -> u64 {
    (u128::from(n) * 30_102_999_566_398_119 / 100_000_000_000_000_000) as u64
}

/// How many decimal digits there are; zero has one.
pub(crate) fn count_digits(c: &BigUint) -> i64 {
    let bits = c.bits();
    if bits == 0 {
        return 1;
    }
    if bits <= 63 {
        let n = c.to_u64().unwrap_or_default();
        return i64::from(n.ilog10()) + 1;
    }
    let least = digits_of_bits(bits - 1);
    if digits_of_bits(bits) == least {
        return least as i64 + 1;
    }
    let more = *c >= *power_of_ten(least + 1);
    least as i64 + 1 + i64::from(more)
}

/// How many zeros the digits end in, `most` at most.
pub(crate) fn trailing_zeros(c: &BigUint, most: i64) -> i64 {
    let most = most.min(c.trailing_zeros().unwrap_or_default() as i64);
    if most <= 0 {
        return 0;
    }
    // Blocks of digits, doubling while they are zero.
    let (mut zeros, mut rest) = (0, c.clone());
    let mut step = 16;
    while zeros < most {
        step = step.min(most - zeros);
        let power = power_of_ten(step as u64);
        let (q, r) = num_integer::Integer::div_rem(&rest, &*power);
        if r.is_zero() {
            rest = q;
            zeros += step;
            step *= 2;
        } else if step == 1 {
            break;
        } else {
            step /= 2;
        }
    }
    zeros
}

impl Decimal {
    /// A finite number.
    pub fn new(negative: bool, coefficient: BigUint, exponent: i64) -> Decimal {
        Decimal { negative, kind: Kind::Finite, coefficient, exponent }
    }

    /// Zero.
    pub fn zero(negative: bool, exponent: i64) -> Decimal {
        Decimal::new(negative, BigUint::zero(), exponent)
    }

    /// One.
    pub fn one() -> Decimal {
        Decimal::new(false, BigUint::one(), 0)
    }

    /// A small whole number.
    pub fn from_i64(n: i64) -> Decimal {
        Decimal::new(n < 0, n.unsigned_abs().into(), 0)
    }

    /// An infinity.
    pub fn infinity(negative: bool) -> Decimal {
        Decimal { kind: Kind::Infinite, ..Decimal::zero(negative, 0) }
    }

    /// A NaN with a payload.
    pub fn nan(negative: bool, kind: Kind, payload: BigUint) -> Decimal {
        Decimal { negative, kind, coefficient: payload, exponent: 0 }
    }

    /// The result of an operation that has none.
    pub fn error(status: &mut Status, why: Status) -> Decimal {
        status.add(why);
        Decimal::nan(false, Kind::Quiet, BigUint::zero())
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether its sign is minus.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// The coefficient, or the payload of a NaN.
    pub fn coefficient(&self) -> &BigUint {
        &self.coefficient
    }

    /// The exponent of the last digit.
    pub fn exponent(&self) -> i64 {
        self.exponent
    }

    /// How many digits the coefficient has; that of zero has one.
    pub fn digits(&self) -> i64 {
        count_digits(&self.coefficient)
    }

    /// The exponent of the first digit.
    pub fn adjusted(&self) -> i64 {
        self.exponent + self.digits() - 1
    }

    /// Whether it is a number other than an infinity.
    pub fn is_finite(&self) -> bool {
        self.kind == Kind::Finite
    }

    /// Whether it is an infinity.
    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }

    /// Whether it is a NaN of either kind.
    pub fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::Quiet | Kind::Signaling)
    }

    /// Whether it is a signaling NaN.
    pub fn is_signaling(&self) -> bool {
        self.kind == Kind::Signaling
    }

    /// Whether it is a zero.
    pub fn is_zero(&self) -> bool {
        self.is_finite() && self.coefficient.is_zero()
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        if !self.is_finite() {
            return false;
        }
        if self.exponent >= 0 || self.coefficient.is_zero() {
            return true;
        }
        let fraction = -self.exponent;
        fraction < self.digits() && trailing_zeros(&self.coefficient, fraction) >= fraction
    }

    /// Whether it is a whole number and odd.
    pub fn is_odd(&self) -> bool {
        self.is_integer() && self.exponent <= 0 && {
            let whole = self.shifted_right(-self.exponent);
            whole.bit(0)
        }
    }

    /// The coefficient without its last `n` digits.
    pub(crate) fn shifted_right(&self, n: i64) -> BigUint {
        if n >= self.digits() {
            return BigUint::zero();
        }
        match small_power(n as u64) {
            Some(p) => &self.coefficient / p,
            None => &self.coefficient / &*power_of_ten(n as u64),
        }
    }

    /// The integer that it is, towards zero; `None` for what is none or is too long.
    pub fn to_integer(&self) -> Option<BigUint> {
        match self.exponent {
            _ if !self.is_finite() => None,
            _ if self.coefficient.is_zero() => Some(BigUint::zero()),
            e if e < 0 => Some(self.shifted_right(-e)),
            e if e > MOST_DIGITS => None,
            e => Some(shift_left(&self.coefficient, e as u64)),
        }
    }

    /// The value as a machine word, if it is a whole number that fits.
    pub fn to_i64(&self) -> Option<i64> {
        if !self.is_integer() || self.adjusted() > 18 {
            return if self.is_zero() { Some(0) } else { None };
        }
        let n = self.to_integer()?.to_u64()?;
        if self.negative { 0i64.checked_sub_unsigned(n) } else { i64::try_from(n).ok() }
    }

    /// The same with the sign `+`.
    pub fn abs_copy(&self) -> Decimal {
        Decimal { negative: false, ..self.clone() }
    }

    /// The same with the other sign.
    pub fn negated_copy(&self) -> Decimal {
        Decimal { negative: !self.negative, ..self.clone() }
    }

    /// The same with the sign of another.
    pub fn with_sign_of(&self, other: &Decimal) -> Decimal {
        Decimal { negative: other.negative, ..self.clone() }
    }

    /// The result that NaNs among the operands determine.
    pub(crate) fn check_nans(operands: &[&Decimal], ctx: &Context, status: &mut Status) -> Option<Decimal> {
        let signaling = operands.iter().find(|d| d.is_signaling());
        let found = signaling.or_else(|| operands.iter().find(|d| d.is_nan()))?;
        if signaling.is_some() {
            status.add(Status::INVALID_OPERATION);
        }
        Some(Decimal { kind: Kind::Quiet, ..(*found).clone() }.fixed_payload(ctx))
    }

    /// A NaN whose payload fits the context.
    pub(crate) fn fixed_payload(mut self, ctx: &Context) -> Decimal {
        let room = ctx.precision - i64::from(ctx.clamp);
        if self.digits() > room {
            self.coefficient %= &*power_of_ten(room as u64);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        for n in 0..200u64 {
            let p = power_of_ten(n);
            assert_eq!(count_digits(&p), n as i64 + 1);
            assert_eq!(count_digits(&(&*p * 9u8)), n as i64 + 1);
            assert_eq!(trailing_zeros(&(&*p * 7u8), 1000), n as i64);
            if n > 0 {
                assert_eq!(count_digits(&(&*p - 1u8)), n as i64);
            }
        }
    }
}
