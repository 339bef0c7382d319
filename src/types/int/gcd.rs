//! The greatest common divisor of integers of any size, by Lehmer's method.
//!
//! The quotients of Euclid's algorithm mostly follow from the leading bits of both numbers. So many steps are done
//! with words, and what they amount to is applied to the whole numbers at once.

use num_bigint::BigUint;
use num_integer::Integer;

/// A number as words, the lowest first and the highest not 0.
type Words = Vec<u64>;

fn words(n: &BigUint) -> Words {
    n.iter_u64_digits().collect()
}

fn number(words: &Words) -> BigUint {
    BigUint::new(words.iter().flat_map(|&w| [w as u32, (w >> 32) as u32]).collect())
}

/// The greatest common divisor.
pub fn gcd(a: &BigUint, b: &BigUint) -> BigUint {
    let (mut a, mut b) = if a >= b { (words(a), words(b)) } else { (words(b), words(a)) };
    while a.len() > 2 && !b.is_empty() {
        // Far apart, or without a quotient that is sure: one plain step.
        let step = if a.len() - b.len() <= 1 { Step::from_leading(&a, &b) } else { None };
        match step {
            Some(step) => (a, b) = (combine(step.a, &a, &b), combine(step.b, &a, &b)),
            None => {
                let rest = words(&number(&a).mod_floor(&number(&b)));
                a = std::mem::replace(&mut b, rest);
            }
        }
    }
    if b.is_empty() { number(&a) } else { BigUint::from(word_pair(&a).gcd(&word_pair(&b))) }
}

/// A number of two words at most.
fn word_pair(words: &Words) -> u128 {
    words.iter().take(2).rev().fold(0, |n, &w| n << 64 | u128::from(w))
}

/// Several steps of Euclid's algorithm: what `a` and `b` are multiplied by to get the new ones.
struct Step {
    a: (i64, i64),
    b: (i64, i64),
}

impl Step {
    /// The steps that follow from the leading 60 bits of `a`, and what stands at these places in `b`; `None` if none
    /// is sure.
    fn from_leading(a: &Words, b: &Words) -> Option<Step> {
        let last = a.len() - 1;
        let top = |n: &Words| {
            let word = |i: usize| u128::from(n.get(i).copied().unwrap_or(0));
            let shift = 68 - a[last].leading_zeros();
            ((word(last) << 64 | word(last - 1)) >> shift) as i64
        };
        let (mut x, mut y) = (top(a), top(b));
        // Signs alternate; the numbers here have none.
        let (mut p, mut q, mut r, mut s) = (1i64, 0i64, 0i64, 1i64);
        let mut odd = false;
        // Collins's condition tells whether the quotient is that of the whole numbers.
        while y != r {
            let quotient = (x + (p - 1)) / (y - r);
            let (next, rest) = (q + quotient * s, x - quotient * y);
            if next > rest {
                break;
            }
            (x, y) = (y, rest);
            let other = p + quotient * r;
            (p, q, r, s) = (s, r, next, other);
            odd = !odd;
        }
        match (odd, q) {
            (false, 0) => None,
            (false, _) => Some(Step { a: (p, -q), b: (-r, s) }),
            (true, _) => Some(Step { a: (-q, p), b: (s, -r) }),
        }
    }
}

/// `m * a + n * b`, which is not negative and not longer than `a`.
fn combine((m, n): (i64, i64), a: &Words, b: &Words) -> Words {
    let mut carry = 0i128;
    let mut out: Words = a
        .iter()
        .enumerate()
        .map(|(i, &a)| {
            let b = b.get(i).copied().unwrap_or(0);
            // The factors have at most 32 bits, so that all this is far from the ends of 128 bits.
            carry += i128::from(m) * i128::from(a) + i128::from(n) * i128::from(b);
            let word = carry as u64;
            carry >>= 64;
            word
        })
        .collect();
    out.truncate(out.iter().rposition(|&w| w != 0).map_or(0, |i| i + 1));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::{Pow, Zero};

    #[test]
    fn as_by_the_library() {
        let mut seed = 1u64;
        let mut random = |words: usize| {
            let digits = (0..2 * words).map(|_| {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (seed >> 32) as u32
            });
            BigUint::new(digits.collect())
        };
        for i in 0..60usize {
            let (a, b, c) = (random(i % 9), random(i % 7), random(i % 5));
            assert_eq!(gcd(&a, &b), a.gcd(&b));
            assert_eq!(gcd(&(&a * &c), &(&b * &c)), (&a * &c).gcd(&(&b * &c)));
            assert_eq!(gcd(&a, &(&a * &b)), a);
            assert_eq!(gcd(&(&a + 1u8), &a), 1u8.into());
            assert_eq!(gcd(&(&a << 200u32), &BigUint::zero()), &a << 200u32);
        }
        let (three, two) = (BigUint::from(3u8).pow(500u32), BigUint::from(2u8).pow(700u32));
        assert_eq!(gcd(&three, &two), 1u8.into());
        assert_eq!(gcd(&(&three * &two), &(&two - 1u8)), (&three * &two).gcd(&(&two - 1u8)));
    }
}
