//! `math`

mod exact;
mod gamma;
mod integers;

use super::elementary as c;
use super::sys::seconds as number;
use crate::object::{BinOp, Def, Result, Value, arg};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::{float, int};
use std::f64::consts;

fn domain<T>() -> Result<T> {
    value_error("math domain error")
}

fn range<T>() -> Result<T> {
    overflow_error("math range error")
}

/// A function of one number. A NaN of a number is a `ValueError`; so is an infinity of a finite number, or it is an
/// `OverflowError` if the function may be too large.
fn real(a: &[Value], may_overflow: bool, f: fn(f64) -> f64) -> Result {
    let x = number(&a[0])?;
    checked(x, f(x), may_overflow)
}

fn checked(x: f64, y: f64, may_overflow: bool) -> Result {
    if y.is_nan() && !x.is_nan() {
        return domain();
    }
    if y.is_infinite() && x.is_finite() {
        return if may_overflow { range() } else { domain() };
    }
    Ok(float::from_f64(y))
}

/// A logarithm, also of integers that no float holds.
fn log(v: &Value, f: fn(f64) -> f64) -> Result<f64> {
    if let Some(n) = int::view(v) {
        if n.is_negative() || n.bits() == 0 {
            return domain();
        }
        let x = n.to_f64();
        if x.is_finite() {
            return Ok(f(x));
        }
        // As a fraction between 1/2 and 1, and a power of two.
        let (m, e) = exact::split(&n.to_big());
        return Ok(f(m) + f(2.0) * e as f64);
    }
    let x = number(v)?;
    if x <= 0.0 { domain() } else { Ok(f(x)) }
}

fn log_to_base(a: &[Value]) -> Result {
    let a = a[0].as_tuple().unwrap_or_default();
    if !(1..=2).contains(&a.len()) {
        return type_error("math.log requires 1 to 2 arguments");
    }
    let x = log(&a[0], f64::ln)?;
    let Some(base) = arg(a, 1).as_bound() else { return Ok(float::from_f64(x)) };
    match log(base, f64::ln)? {
        0.0 => protocol::zero_division("float division by zero"),
        base => Ok(float::from_f64(x / base)),
    }
}

fn whole(a: &[Value], method: &'static str, f: fn(f64) -> f64) -> Result {
    if a[0].is_exact(&float::FLOAT)
        && let Some(x) = float::to_f64(&a[0])
    {
        return float::to_int(f(x));
    }
    match protocol::call_special(&a[0], method, &[]) {
        Some(r) => r,
        None if method == "__trunc__" => {
            type_error(format!("type {} doesn't define __trunc__ method", a[0].ty().name()))
        }
        None => float::to_int(f(number(&a[0])?)),
    }
}

fn power(a: &[Value]) -> Result {
    let (x, y) = (number(&a[0])?, number(&a[1])?);
    let r = x.powf(y);
    if !x.is_finite() || !y.is_finite() {
        return Ok(float::from_f64(r));
    }
    if r.is_nan() {
        return domain();
    }
    if r.is_infinite() {
        // A pole, or too large.
        return if x == 0.0 { domain() } else { range() };
    }
    Ok(float::from_f64(r))
}

fn modulo(a: &[Value]) -> Result {
    let (x, y) = (number(&a[0])?, number(&a[1])?);
    if y.is_infinite() && x.is_finite() {
        return Ok(float::from_f64(x));
    }
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() { domain() } else { Ok(float::from_f64(r)) }
}

fn remainder(a: &[Value]) -> Result {
    let (x, y) = (number(&a[0])?, number(&a[1])?);
    if x.is_nan() || y.is_nan() {
        return Ok(float::from_f64(if x.is_nan() { x } else { y }));
    }
    if x.is_infinite() || y == 0.0 { domain() } else { Ok(float::from_f64(c::remainder(x, y))) }
}

fn load_exponent(a: &[Value]) -> Result {
    let x = number(&a[0])?;
    if int::view(&a[1]).is_none() {
        return type_error("Expected an int as second argument to ldexp.");
    }
    // Far enough for every float.
    let n = protocol::index_clipped(&a[1])?.clamp(-5000, 5000) as i32;
    let y = libm::ldexp(x, n);
    if y.is_infinite() && x.is_finite() { range() } else { Ok(float::from_f64(y)) }
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
    let close =
        difference <= (relative * y).abs() || difference <= (relative * x).abs() || difference <= absolute;
    Ok(Value::bool(close))
}

fn product(a: &[Value]) -> Result {
    let mut total = arg(a, 1).as_bound().cloned().unwrap_or(Value::small(1));
    protocol::for_each(&a[0], |x| {
        total = protocol::binary(BinOp::Mul, &total, &x)?;
        Ok(())
    })?;
    Ok(total)
}

fn pair(x: f64, y: Value) -> Result {
    Ok(Value::tuple(vec![float::from_f64(x), y]))
}

fn unit_in_last_place(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let up = x.next_up();
    if up.is_infinite() { x - x.next_down() } else { up - x }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "acos(x, /)" "The arc cosine of x, from 0 to pi." => |a| real(a, false, f64::acos);
    fn "acosh(x, /)" "The inverse of cosh." => |a| real(a, false, c::acosh);
    fn "asin(x, /)" "The arc sine of x, from -pi/2 to pi/2." => |a| real(a, false, f64::asin);
    fn "asinh(x, /)" "The inverse of sinh." => |a| real(a, false, c::asinh);
    fn "atan(x, /)" "The arc tangent of x, from -pi/2 to pi/2." => |a| real(a, false, f64::atan);
    fn "atan2(y, x, /)" "The angle of the point (x, y) from the positive x-axis, in radians." => |a| Ok(float::from_f64(number(&a[0])?.atan2(number(&a[1])?)));
    fn "atanh(x, /)" "The inverse of tanh." => |a| real(a, false, c::atanh);
    fn "cbrt(x, /)" "The cube root." => |a| real(a, false, c::cbrt);
    fn "ceil(x, /)" "The smallest integer that is not less than x." => |a| whole(a, "__ceil__", f64::ceil);
    fn "comb(n, k, /)" "In how many ways k of n items can be chosen, whatever their order." => |a| integers::combinations(&a[0], &a[1]);
    fn "copysign(x, y, /)" "The absolute value of x with the sign of y." => |a| Ok(float::from_f64(number(&a[0])?.copysign(number(&a[1])?)));
    fn "cos(x, /)" "The cosine of an angle in radians." => |a| real(a, false, f64::cos);
    fn "cosh(x, /)" "The hyperbolic cosine." => |a| real(a, true, f64::cosh);
    fn "degrees(x, /)" "An angle in degrees instead of radians." => |a| Ok(float::from_f64(number(&a[0])? * (180.0 / consts::PI)));
    fn "dist(p, q, /)" "The distance between two points." => |a| exact::distance(&a[0], &a[1]);
    fn "erf(x, /)" "The error function." => |a| real(a, false, c::erf);
    fn "erfc(x, /)" "1 - erf(x), without loss of digits." => |a| real(a, false, c::erfc);
    fn "exp(x, /)" "e to the power of x." => |a| real(a, true, f64::exp);
    fn "exp2(x, /)" "2 to the power of x." => |a| real(a, true, c::exp2);
    fn "expm1(x, /)" "Return exp(x)-1." => |a| real(a, true, c::expm1);
    fn "fabs(x, /)" "The absolute value, as a float." => |a| real(a, false, f64::abs);
    fn "factorial(n, /)" "The product of the integers from 1 to n." => |a| integers::factorial(&a[0]);
    fn "floor(x, /)" "The largest integer that is not greater than x." => |a| whole(a, "__floor__", f64::floor);
    fn "fmod(x, y, /)" "The remainder with the sign of x, as C's fmod." => modulo;
    fn "frexp(x, /)" "The mantissa, from 0.5 up to 1, and the exponent to base 2." => |a| {
        let x = number(&a[0])?;
        let (m, e) = if x.is_finite() { libm::frexp(x) } else { (x, 0) };
        pair(m, Value::small(e))
    };
    fn "fsum(seq, /)" "The sum without rounding in between." => |a| exact::sum(&a[0]);
    fn "gamma(x, /)" "The gamma function." => |a| gamma::gamma(number(&a[0])?);
    fn "gcd(*integers)" "The greatest common divisor." => |a| integers::common_divisor(a[0].as_tuple().unwrap_or_default());
    fn "hypot(*coordinates)" "Multidimensional Euclidean distance from the origin to a point." => |a| exact::norm_of(a[0].as_tuple().unwrap_or_default());
    fn "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" "Whether two numbers differ little." => is_close;
    fn "isfinite(x, /)" "Whether x is neither infinite nor a NaN." => |a| Ok(Value::bool(number(&a[0])?.is_finite()));
    fn "isinf(x, /)" "Whether x is infinite." => |a| Ok(Value::bool(number(&a[0])?.is_infinite()));
    fn "isnan(x, /)" "Whether x is a NaN." => |a| Ok(Value::bool(number(&a[0])?.is_nan()));
    fn "isqrt(n, /)" "The square root of an integer, rounded down." => |a| integers::square_root(&a[0]);
    fn "lcm(*integers)" "The least common multiple." => |a| integers::common_multiple(a[0].as_tuple().unwrap_or_default());
    fn "ldexp(x, i, /)" "x times 2 to the power of i." => load_exponent;
    fn "lgamma(x, /)" "The logarithm of the absolute value of the gamma function." => |a| gamma::log_gamma(number(&a[0])?);
    fn "log(*args)" "log(x[, base])\n\nThe logarithm of x to a base, e by default." => log_to_base;
    fn "log10(x, /)" "The logarithm to base 10." => |a| Ok(float::from_f64(log(&a[0], f64::log10)?));
    fn "log1p(x, /)" "The natural logarithm of 1+x, exact for small x, too." => |a| real(a, false, c::log1p);
    fn "log2(x, /)" "The logarithm to base 2." => |a| Ok(float::from_f64(log(&a[0], f64::log2)?));
    fn "modf(x, /)" "The fraction and the integer part, both as floats with the sign of x." => |a| {
        let x = number(&a[0])?;
        let fraction = if x.is_infinite() { 0.0f64.copysign(x) } else { x.fract().copysign(x) };
        pair(fraction, float::from_f64(x.trunc()))
    };
    fn "nextafter(x, y, /)" "The float that comes after x on the way to y." => |a| Ok(float::from_f64(libm::nextafter(number(&a[0])?, number(&a[1])?)));
    fn "perm(n, k=None, /)" "In how many ways k of n items can be put in a row." => |a| integers::permutations(&a[0], arg(a, 1));
    fn "pow(x, y, /)" "x to the power of y, as floats." => power;
    fn "prod(iterable, /, *, start=1)" "The product of the items and the start." => product;
    fn "radians(x, /)" "An angle in radians instead of degrees." => |a| Ok(float::from_f64(number(&a[0])? * (consts::PI / 180.0)));
    fn "remainder(x, y, /)" "The difference between x and the nearest multiple of y." => remainder;
    fn "sin(x, /)" "The sine of an angle in radians." => |a| real(a, false, f64::sin);
    fn "sinh(x, /)" "The hyperbolic sine." => |a| real(a, true, f64::sinh);
    fn "sqrt(x, /)" "The square root." => |a| real(a, false, f64::sqrt);
    fn "tan(x, /)" "The tangent of an angle in radians." => |a| real(a, false, f64::tan);
    fn "tanh(x, /)" "The hyperbolic tangent." => |a| real(a, false, f64::tanh);
    fn "trunc(x, /)" "The integer part." => |a| whole(a, "__trunc__", f64::trunc);
    fn "ulp(x, /)" "The distance to the next float." => |a| Ok(float::from_f64(unit_in_last_place(number(&a[0])?)));
    val "pi()" "" => || float::from_f64(consts::PI);
    val "e()" "" => || float::from_f64(consts::E);
    val "tau()" "" => || float::from_f64(consts::TAU);
    val "inf()" "" => || float::from_f64(f64::INFINITY);
    val "nan()" "" => || float::from_f64(f64::NAN);
};
