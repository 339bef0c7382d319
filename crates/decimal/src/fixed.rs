//! Fixed-point numbers with many binary places, for exponentials and logarithms. A number `x` is the integer
//! `x * 2 ** bits`; results may be off by a few units of the last place, which callers allow for.

use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};
use std::cell::RefCell;

thread_local! {
    /// The natural logarithm of ten, as far as it has been needed: places, number.
    static LN_TEN: RefCell<(u64, BigInt)> = RefCell::default();
}

/// `atanh(1 / n)`
fn atanh_inverse(n: u32, bits: u64) -> BigInt {
    let square = n * n;
    let mut power = (BigInt::one() << bits) / n;
    let (mut sum, mut k) = (power.clone(), 1u32);
    while !power.is_zero() {
        power /= square;
        k += 2;
        sum += &power / k;
    }
    sum
}

/// The natural logarithm of ten.
pub(crate) fn ln_ten(bits: u64) -> BigInt {
    LN_TEN.with_borrow_mut(|known| {
        if known.0 < bits {
            let work = bits + 32;
            // By 10 = 2 * 5, and the factors of 31² - 1, 49² - 1 and 161² - 1.
            let sum =
                atanh_inverse(31, work) * 46 + atanh_inverse(49, work) * 34 + atanh_inverse(161, work) * 20;
            *known = (bits, sum >> 32);
        }
        &known.1 >> (known.0 - bits)
    })
}

/// `e ** x` for `x` of a small size.
pub(crate) fn exp(x: &BigInt, bits: u64) -> BigInt {
    // Halved so often that the series is about as long, then squared as often.
    let halvings = (bits as f64).sqrt() as u64 / 2 + 4;
    let work = bits + 2 * halvings + 16;
    let r: BigInt = (x << (work - bits)) >> halvings;
    let mut term = BigInt::one() << work;
    let mut sum = term.clone();
    let mut n = 1u32;
    loop {
        term = ((term * &r) >> work) / n;
        if term.is_zero() || term == -BigInt::one() {
            break;
        }
        sum += &term;
        n += 1;
    }
    for _ in 0..halvings {
        sum = (&sum * &sum) >> work;
    }
    sum >> (work - bits)
}

/// The natural logarithm of `x`, which is near one.
pub(crate) fn ln(x: &BigInt, bits: u64) -> BigInt {
    const FIRST: u64 = 48;
    if bits <= FIRST {
        let f = (x << (FIRST - bits)).to_f64().unwrap_or(1.0) / (1u64 << FIRST) as f64;
        return BigInt::from((f.ln() * (1u64 << FIRST) as f64) as i64) >> (FIRST - bits);
    }
    // Halley's iteration triples the places that are right.
    let few = bits / 3 + 8;
    let guess = if few < bits {
        ln(&(x >> (bits - few)), few) << (bits - few)
    } else {
        ln(x, FIRST) << (bits - FIRST)
    };
    let e = exp(&guess, bits);
    let correction: BigInt = ((x - &e) << (bits + 1)) / (x + &e);
    guess + correction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(x: &BigInt, bits: u64) -> f64 {
        (x >> (bits - 60)).to_f64().unwrap_or_default() / (1u64 << 60) as f64
    }

    #[test]
    fn known_values() {
        for bits in [64, 200, 1000, 4000] {
            assert!((value(&ln_ten(bits), bits) - std::f64::consts::LN_10).abs() < 1e-15);
            let one = BigInt::one() << bits;
            assert!((value(&exp(&one, bits), bits) - std::f64::consts::E).abs() < 1e-15);
            assert!((value(&ln(&(&one << 1), bits), bits) - std::f64::consts::LN_2).abs() < 1e-15);
            let there_and_back: BigInt = exp(&ln(&(&one * 3), bits), bits) - &one * 3;
            assert!(there_and_back.bits() < 10, "{bits}: {}", there_and_back.bits());
        }
    }
}
