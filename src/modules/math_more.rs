//! The rarer functions of `math`.

use super::sys::seconds as number;
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::{float, int};
use num_bigint::BigInt;
use num_traits::One;

/// A function of one number; a `nan` of a number is a `ValueError`, an infinity of a finite one an `OverflowError`.
fn real(a: &[Value], f: fn(f64) -> f64) -> Result {
    let x = number(&a[0])?;
    let y = f(x);
    if y.is_nan() && !x.is_nan() {
        return value_error("math domain error");
    }
    if y.is_infinite() && x.is_finite() {
        return overflow_error("math range error");
    }
    Ok(float::from_f64(y))
}

/// The same, where a pole is a `ValueError` too.
fn with_poles(a: &[Value], f: fn(f64) -> f64) -> Result {
    let x = number(&a[0])?;
    let y = f(x);
    if (y.is_nan() && !x.is_nan()) || (y.is_infinite() && x.is_finite()) {
        return value_error("math domain error");
    }
    Ok(float::from_f64(y))
}

fn gamma(a: &[Value]) -> Result {
    let x = number(&a[0])?;
    if x == f64::NEG_INFINITY || (x <= 0.0 && x == x.floor()) {
        return value_error("math domain error");
    }
    // Whole numbers have exact factorials, as far as floats hold them.
    if x == x.floor() && x <= 23.0 {
        return Ok(float::from_f64((1..x as i64).map(|n| n as f64).product()));
    }
    let y = libm::tgamma(x);
    if y.is_infinite() && x.is_finite() { overflow_error("math range error") } else { Ok(float::from_f64(y)) }
}

fn log_gamma(a: &[Value]) -> Result {
    let x = number(&a[0])?;
    if x.is_infinite() {
        return Ok(float::from_f64(f64::INFINITY));
    }
    if x <= 0.0 && x == x.floor() {
        return value_error("math domain error");
    }
    let y = libm::lgamma(x);
    if y.is_infinite() { overflow_error("math range error") } else { Ok(float::from_f64(y)) }
}

fn permutations(a: &[Value]) -> Result {
    let Some(k) = arg(a, 1).as_bound().filter(|k| !k.is_none()) else { return super::math::factorial(&a[0]) };
    let (n, k) = (protocol::index(&a[0])?, protocol::index(k)?);
    let (Some(n), Some(k)) = (int::to_big(&n), int::to_big(&k)) else { return value_error("not an integer") };
    let zero = BigInt::default();
    if n < zero {
        return value_error("n must be a non-negative integer");
    }
    if k < zero {
        return value_error("k must be a non-negative integer");
    }
    if k > n {
        return Ok(Value::small(0));
    }
    let Ok(k) = u64::try_from(&k) else { return overflow_error("k must not exceed 18446744073709551615") };
    let mut product = BigInt::one();
    for i in 0..k {
        product *= &n - BigInt::from(i);
    }
    Ok(int::from_big(product))
}

fn distance(a: &[Value]) -> Result {
    let (p, q) = (protocol::collect(&a[0])?, protocol::collect(&a[1])?);
    if p.len() != q.len() {
        return value_error("both points must have the same number of dimensions");
    }
    let mut differences = Vec::new();
    for (x, y) in p.iter().zip(&q) {
        differences.push((number(x)? - number(y)?).abs());
    }
    let norm = match differences.as_slice() {
        [x, y] => x.hypot(*y),
        all => {
            let largest = all.iter().copied().fold(0.0, f64::max);
            if largest == 0.0 || largest.is_infinite() {
                largest
            } else {
                largest * all.iter().map(|d| (d / largest) * (d / largest)).sum::<f64>().sqrt()
            }
        }
    };
    Ok(float::from_f64(norm))
}

/// The exact sum, rounded once: partial sums that do not overlap (Shewchuk, 1997).
fn exact_sum(a: &[Value]) -> Result {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0f64, 0.0f64);
    for v in protocol::collect(&a[0])? {
        let mut x = number(&v)?;
        if !x.is_finite() {
            if x.is_infinite() {
                infinities += x;
            }
            special += x;
            continue;
        }
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
        if x != 0.0 {
            if !x.is_finite() {
                return overflow_error("intermediate overflow in fsum");
            }
            partials.push(x);
        }
    }
    if special != 0.0 || special.is_nan() {
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

fn is_close(a: &[Value]) -> Result {
    let option = |i: usize, default: f64| arg(a, i).as_bound().map_or(Ok(default), number);
    let (x, y, relative, absolute) = (number(&a[0])?, number(&a[1])?, option(2, 1e-9)?, option(3, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return value_error("tolerances must be non-negative");
    }
    if x == y {
        return Ok(Value::TRUE);
    }
    if x.is_infinite() || y.is_infinite() {
        return Ok(Value::FALSE);
    }
    let difference = (x - y).abs();
    Ok(Value::bool(difference <= relative * x.abs().max(y.abs()) || difference <= absolute))
}

fn pair(x: f64, y: Value) -> Value {
    Value::tuple(vec![float::from_f64(x), y])
}

fn load_exponent(a: &[Value]) -> Result {
    let x = number(&a[0])?;
    if a[1].ty().slots().index.is_none() {
        return type_error("Expected an int as second argument to ldexp.");
    }
    let n = protocol::index_clipped(&a[1])?.clamp(-5000, 5000) as i32;
    let y = libm::ldexp(x, n);
    if y.is_infinite() && x.is_finite() { overflow_error("math range error") } else { Ok(float::from_f64(y)) }
}

fn remainder(a: &[Value]) -> Result {
    let (x, y) = (number(&a[0])?, number(&a[1])?);
    if x.is_nan() || y.is_nan() {
        return Ok(float::from_f64(f64::NAN));
    }
    if x.is_infinite() || y == 0.0 {
        return value_error("math domain error");
    }
    Ok(float::from_f64(libm::remainder(x, y)))
}

fn next_after(a: &[Value]) -> Result {
    Ok(float::from_f64(libm::nextafter(number(&a[0])?, number(&a[1])?)))
}

fn unit_in_last_place(a: &[Value]) -> Result {
    let x = number(&a[0])?.abs();
    if !x.is_finite() {
        return Ok(float::from_f64(x));
    }
    let up = libm::nextafter(x, f64::INFINITY);
    Ok(float::from_f64(if up.is_infinite() { x - libm::nextafter(x, f64::NEG_INFINITY) } else { up - x }))
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "acosh(x, /)" "Return the inverse hyperbolic cosine of x." => |a| real(a, libm::acosh);
    fn "asinh(x, /)" "Return the inverse hyperbolic sine of x." => |a| real(a, libm::asinh);
    fn "atanh(x, /)" "Return the inverse hyperbolic tangent of x." => |a| with_poles(a, libm::atanh);
    fn "cbrt(x, /)" "Return the cube root of x." => |a| real(a, libm::cbrt);
    fn "erf(x, /)" "Error function at x." => |a| real(a, libm::erf);
    fn "erfc(x, /)" "Complementary error function at x." => |a| real(a, libm::erfc);
    fn "exp2(x, /)" "Return 2 raised to the power of x." => |a| real(a, f64::exp2);
    fn "expm1(x, /)" "Return exp(x)-1." => |a| real(a, libm::expm1);
    fn "log1p(x, /)" "Return the natural logarithm of 1+x (base e)." => |a| with_poles(a, libm::log1p);
    fn "gamma(x, /)" "Gamma function at x." => gamma;
    fn "lgamma(x, /)" "Natural logarithm of absolute value of Gamma function at x." => log_gamma;
    fn "perm(n, k=None, /)" "Number of ways to choose k items from n items without repetition and with order." => permutations;
    fn "dist(p, q, /)" "Return the Euclidean distance between two points p and q." => distance;
    fn "fsum(seq, /)" "Return an accurate floating point sum of values in the iterable seq." => exact_sum;
    fn "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" "Determine whether two floating point numbers are close in value." => is_close;
    fn "frexp(x, /)" "Return the mantissa and exponent of x, as pair (m, e)." => |a| {
        let x = number(&a[0])?;
        let (m, e) = if x.is_finite() { libm::frexp(x) } else { (x, 0) };
        Ok(pair(m, Value::small(e)))
    };
    fn "modf(x, /)" "Return the fractional and integer parts of x." => |a| {
        let x = number(&a[0])?;
        let fraction = if x.is_infinite() { 0.0f64.copysign(x) } else { x.fract().copysign(x) };
        Ok(pair(fraction, float::from_f64(x.trunc())))
    };
    fn "ldexp(x, i, /)" "Return x * (2**i)." => load_exponent;
    fn "remainder(x, y, /)" "Difference between x and the closest integer multiple of y." => remainder;
    fn "nextafter(x, y, /)" "Return the next floating-point value after x towards y." => next_after;
    fn "ulp(x, /)" "Return the value of the least significant bit of the float x." => unit_in_last_place;
};
