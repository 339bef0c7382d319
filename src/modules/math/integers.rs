//! Functions of integers of any size.

use crate::object::{Result, Value};
use crate::protocol::{self, overflow_error, value_error};
use crate::types::int::{self, Int};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

fn big(v: &Value) -> Result<BigInt> {
    let i = protocol::index(v)?;
    Ok(int::to_big(&i).unwrap_or_default())
}

/// The product of `low..=high`: halves of about the same size, so that large factors meet large ones.
fn product(low: u64, high: u64) -> BigUint {
    match high.saturating_sub(low) {
        _ if low > high => BigUint::one(),
        0..=8 => {
            let (mut total, mut word) = (BigUint::one(), 1u64);
            for n in low..=high {
                match word.checked_mul(n) {
                    Some(w) => word = w,
                    None => {
                        total *= word;
                        word = n;
                    }
                }
            }
            total * word
        }
        distance => {
            let middle = low + distance / 2;
            product(low, middle) * product(middle + 1, high)
        }
    }
}

/// The product of the odd numbers in `low..=high`.
fn odd_product(low: u64, high: u64) -> BigUint {
    if high.saturating_sub(low) <= 32 {
        let (mut total, mut word) = (BigUint::one(), 1u64);
        for n in (low..=high).filter(|n| n % 2 == 1) {
            match word.checked_mul(n) {
                Some(w) => word = w,
                None => {
                    total *= word;
                    word = n;
                }
            }
        }
        return total * word;
    }
    let middle = low + (high - low) / 2;
    odd_product(low, middle) * odd_product(middle + 1, high)
}

/// `n!`: the odd parts of its factors, and the power of two that they leave.
fn factorial_of(n: u64) -> BigUint {
    let (mut odd, mut total) = (BigUint::one(), BigUint::one());
    // The numbers whose odd part lies between n >> (i + 1) and n >> i occur in the products of all lower shifts.
    let mut low = 1;
    for i in (0..64 - n.leading_zeros()).rev() {
        let high = n >> i;
        odd *= odd_product(low + 1, high);
        low = high;
        total *= &odd;
    }
    total << (n - u64::from(n.count_ones()))
}

pub(super) fn factorial(v: &Value) -> Result {
    let n = big(v)?;
    if n.is_negative() {
        return value_error("factorial() not defined for negative values");
    }
    match n.to_u64().filter(|&n| n <= i64::MAX as u64) {
        Some(n @ 0..=20) => Ok(int::from_u64((1..=n).product())),
        Some(n) if n < 1 << 32 => Ok(int::from_big(factorial_of(n).into())),
        Some(_) => protocol::memory_error(),
        None => overflow_error("factorial() argument should not exceed 9223372036854775807"),
    }
}

/// `n` and `k`, neither of which may be negative.
fn arguments(n: &Value, k: &Value) -> Result<(BigInt, BigInt)> {
    let (n, k) = (big(n)?, big(k)?);
    if n.is_negative() {
        return value_error("n must be a non-negative integer");
    }
    if k.is_negative() {
        return value_error("k must be a non-negative integer");
    }
    Ok((n, k))
}

/// `n * (n - 1) * ... * (n - k + 1)`
fn falling(n: &BigInt, k: u64) -> BigInt {
    if let Some(n) = n.to_u64() {
        return product(n - k + 1, n).into();
    }
    match k {
        0 => BigInt::one(),
        1 => n.clone(),
        _ => {
            let half = k / 2;
            falling(n, half) * falling(&(n - half), k - half)
        }
    }
}

pub(super) fn permutations(n: &Value, k: &Value) -> Result {
    let Some(k) = k.as_bound().filter(|k| !k.is_none()) else { return factorial(n) };
    let (n, k) = arguments(n, k)?;
    if k > n {
        return Ok(Value::small(0));
    }
    match k.to_u64().filter(|&k| k <= i64::MAX as u64) {
        Some(k) => Ok(int::from_big(falling(&n, k))),
        None => overflow_error("k must not exceed 9223372036854775807"),
    }
}

pub(super) fn combinations(n: &Value, k: &Value) -> Result {
    let (n, k) = arguments(n, k)?;
    if k > n {
        return Ok(Value::small(0));
    }
    let k = (&n - &k).min(k);
    let Some(k) = k.to_u64().filter(|&k| k <= i64::MAX as u64) else {
        return overflow_error("min(n - k, k) must not exceed 9223372036854775807");
    };
    Ok(int::from_big(choose(&n, k)))
}

fn choose(n: &BigInt, k: u64) -> BigInt {
    if k == 0 {
        return BigInt::one();
    }
    if k < 64 || n.to_u64().is_none() {
        let mut total = BigInt::one();
        for i in 0..k {
            total = total * (n - i) / (i + 1);
        }
        return total;
    }
    falling(n, k) / BigInt::from(factorial_of(k))
}

pub(super) fn square_root(v: &Value) -> Result {
    let n = protocol::index(v)?;
    match int::view(&n) {
        Some(n) if n.is_negative() => value_error("isqrt() argument must be nonnegative"),
        Some(Int::Small(n)) => Ok(int::from_u64((n as u64).isqrt())),
        Some(Int::Big(n)) => Ok(int::from_big(root(n.magnitude()).into())),
        None => Ok(n),
    }
}

/// The integer part of the square root: of the upper half first, then corrected by one division (Zimmermann).
fn root(n: &BigUint) -> BigUint {
    let bits = n.bits();
    if bits <= 1024 {
        return n.sqrt();
    }
    let quarter = bits / 4;
    let high = root(&(n >> (2 * quarter)));
    // One step of Newton's method; it may be one too large.
    let guess = ((&high << quarter) + (n >> quarter) / &high) >> 1u8;
    let mut guess = guess;
    while &guess * &guess > *n {
        guess -= 1u8;
    }
    loop {
        let next = &guess + 1u8;
        if &next * &next > *n {
            return guess;
        }
        guess = next;
    }
}

pub(super) fn common_divisor(integers: &[Value]) -> Result {
    let mut total = Value::small(0);
    for v in integers {
        let n = protocol::index(v)?;
        total = match (int::view(&total), int::view(&n)) {
            (Some(a), Some(b)) => int::gcd(a, b),
            _ => total,
        };
    }
    Ok(total)
}

pub(super) fn common_multiple(integers: &[Value]) -> Result {
    let mut total = BigInt::one();
    let mut zero = false;
    for v in integers {
        let n = big(v)?.abs();
        if n.is_zero() || zero {
            zero = true;
        } else {
            total = &total / total.gcd(&n) * n;
        }
    }
    Ok(if zero { Value::small(0) } else { int::from_big(total) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factorials() {
        let mut expected = BigUint::one();
        for n in 1..300u64 {
            expected *= n;
            assert_eq!(factorial_of(n), expected, "{n}");
        }
    }

    #[test]
    fn roots() {
        let n: BigUint = BigUint::from(7u8).pow(2000);
        for n in [n.clone(), &n + 1u8, &n - 1u8, &n * 7u8] {
            let r = root(&n);
            assert!(&r * &r <= n && (&r + 1u8) * (&r + 1u8) > n);
        }
    }
}
