//! Sums and norms of floats without needless rounding.

use super::number;
use crate::object::{List, Result, Value};
use crate::protocol::{self, overflow_error, value_error};
use crate::types::float;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// A number as a fraction between 1/2 and 1, and the power of two that it is to be multiplied by.
pub(super) fn split(n: &BigInt) -> (f64, i64) {
    let bits = n.bits() as i64;
    // Rounded once, to the nearest: a sticky bit tells of what is cut off.
    let shift = bits - 64;
    let top = n >> shift.max(0);
    let sticky = shift > 0 && (&top << shift) != *n;
    let f = (top | BigInt::from(u8::from(sticky))).to_f64().unwrap_or(f64::NAN);
    let (m, e) = libm::frexp(f);
    (m, i64::from(e) + shift.max(0))
}

/// The sum, rounded once: partial sums that do not overlap (Shewchuk, 1997).
pub(super) fn sum(v: &Value) -> Result {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0f64, 0.0f64);
    protocol::for_each(v, |item| {
        let original = number(&item)?;
        let mut x = original;
        let mut kept = 0;
        for i in 0..partials.len() {
            let mut y = partials[i];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x == 0.0 {
            return Ok(());
        }
        if x.is_finite() {
            partials.push(x);
            return Ok(());
        }
        if original.is_finite() {
            return overflow_error("intermediate overflow in fsum");
        }
        if original.is_infinite() {
            infinities += original;
        }
        special += original;
        partials.clear();
        Ok(())
    })?;
    if special != 0.0 {
        if infinities.is_nan() {
            return value_error("-inf + inf in fsum");
        }
        return Ok(float::from_f64(special));
    }
    let Some(mut high) = partials.pop() else { return Ok(float::from_f64(0.0)) };
    while let Some(y) = partials.pop() {
        let x = high;
        high = x + y;
        let low = y - (high - x);
        if low != 0.0 {
            // Half-way cases round to even only if what is left is looked at.
            if let Some(next) = partials.last()
                && ((low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0))
            {
                let doubled = low * 2.0;
                let up = high + doubled;
                if doubled == up - high {
                    high = up;
                }
            }
            break;
        }
    }
    Ok(float::from_f64(high))
}

/// A sum that also keeps what rounding has lost.
struct Sum {
    sum: f64,
    lost: [f64; 3],
}

impl Sum {
    /// Adds `x`, which is smaller than the sum, and keeps the loss at place `i`.
    fn add(&mut self, x: f64, i: usize) {
        let old = self.sum;
        self.sum += x;
        self.lost[i] += (old - self.sum) + x;
    }

    /// What was added since the sum was one.
    fn total(&self) -> f64 {
        self.sum - 1.0 + (self.lost[0] + self.lost[1] + self.lost[2])
    }
}

/// A float as two with half the digits each (Veltkamp).
fn halves(x: f64) -> (f64, f64) {
    let t = x * 134_217_729.0;
    let high = t - (t - x);
    (high, x - high)
}

/// The square root of the sum of squares of numbers that are not negative, `largest` of which is the largest.
/// Squares are split so that no digit is lost, and the root is corrected once.
fn norm(numbers: &[f64], largest: f64, nan: bool) -> f64 {
    if largest.is_infinite() {
        return largest;
    }
    if nan {
        return f64::NAN;
    }
    if largest == 0.0 || numbers.len() <= 1 {
        return largest;
    }
    let exponent = libm::frexp(largest).1;
    let mut s = Sum { sum: 1.0, lost: [0.0; 3] };
    if exponent < -1023 {
        // The scale would be infinite.
        for x in numbers {
            let x = x / largest;
            s.add(x * x, 0);
        }
        return largest * (s.sum - 1.0 + s.lost[0]).sqrt();
    }
    let scale = libm::ldexp(1.0, -exponent);
    for x in numbers {
        let (high, low) = halves(x * scale);
        s.add(high * high, 0);
        s.add(2.0 * high * low, 1);
        s.lost[2] += low * low;
    }
    let root = s.total().sqrt();
    let (high, low) = halves(root);
    s.add(-high * high, 0);
    s.add(-2.0 * high * low, 1);
    s.add(-low * low, 2);
    (root + s.total() / (2.0 * root)) / scale
}

/// The norm of numbers of any sign.
fn norm_of_floats(numbers: impl Iterator<Item = f64>) -> f64 {
    let numbers: Vec<f64> = numbers.map(f64::abs).collect();
    let nan = numbers.iter().any(|x| x.is_nan());
    let largest = numbers.iter().copied().fold(0.0, f64::max);
    norm(&numbers, largest, nan)
}

pub(super) fn norm_of(coordinates: &[Value]) -> Result {
    let numbers = coordinates.iter().map(number).collect::<Result<Vec<f64>>>()?;
    Ok(float::from_f64(norm_of_floats(numbers.into_iter())))
}

pub(super) fn distance(p: &Value, q: &Value) -> Result {
    let point = |v: &Value| match (v.as_tuple(), v.cast::<List>()) {
        (Some(items), _) => Ok(items.to_vec()),
        _ => protocol::collect(v),
    };
    let (p, q) = (point(p)?, point(q)?);
    if p.len() != q.len() {
        return value_error("both points must have the same number of dimensions");
    }
    let mut differences = Vec::with_capacity(p.len());
    for (x, y) in p.iter().zip(&q) {
        differences.push(number(x)? - number(y)?);
    }
    Ok(float::from_f64(norm_of_floats(differences.into_iter())))
}
