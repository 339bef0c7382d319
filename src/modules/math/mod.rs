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
    fn "acos(x, /)" "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi." => |a| real(a, false, f64::acos);
    fn "acosh(x, /)" "Return the inverse hyperbolic cosine of x." => |a| real(a, false, c::acosh);
    fn "asin(x, /)" "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2." => |a| real(a, false, f64::asin);
    fn "asinh(x, /)" "Return the inverse hyperbolic sine of x." => |a| real(a, false, c::asinh);
    fn "atan(x, /)" "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2." => |a| real(a, false, f64::atan);
    fn "atan2(y, x, /)" "Return the arc tangent (measured in radians) of y/x." => |a| Ok(float::from_f64(number(&a[0])?.atan2(number(&a[1])?)));
    fn "atanh(x, /)" "Return the inverse hyperbolic tangent of x." => |a| real(a, false, c::atanh);
    fn "cbrt(x, /)" "Return the cube root of x." => |a| real(a, false, c::cbrt);
    fn "ceil(x, /)" "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x." => |a| whole(a, "__ceil__", f64::ceil);
    fn "comb(n, k, /)" "Number of ways to choose k items from n items without repetition and without order." => |a| integers::combinations(&a[0], &a[1]);
    fn "copysign(x, y, /)" "Return a float with the magnitude (absolute value) of x but the sign of y." => |a| Ok(float::from_f64(number(&a[0])?.copysign(number(&a[1])?)));
    fn "cos(x, /)" "Return the cosine of x (measured in radians)." => |a| real(a, false, f64::cos);
    fn "cosh(x, /)" "Return the hyperbolic cosine of x." => |a| real(a, true, f64::cosh);
    fn "degrees(x, /)" "Convert angle x from radians to degrees." => |a| Ok(float::from_f64(number(&a[0])? * (180.0 / consts::PI)));
    fn "dist(p, q, /)" "Return the Euclidean distance between two points p and q." => |a| exact::distance(&a[0], &a[1]);
    fn "erf(x, /)" "Error function at x." => |a| real(a, false, c::erf);
    fn "erfc(x, /)" "Complementary error function at x." => |a| real(a, false, c::erfc);
    fn "exp(x, /)" "Return e raised to the power of x." => |a| real(a, true, f64::exp);
    fn "exp2(x, /)" "Return 2 raised to the power of x." => |a| real(a, true, c::exp2);
    fn "expm1(x, /)" "Return exp(x)-1." => |a| real(a, true, c::expm1);
    fn "fabs(x, /)" "Return the absolute value of the float x." => |a| real(a, false, f64::abs);
    fn "factorial(n, /)" "Find n!.\n\nRaise a ValueError if x is negative or non-integral." => |a| integers::factorial(&a[0]);
    fn "floor(x, /)" "Return the floor of x as an Integral.\n\nThis is the largest integer <= x." => |a| whole(a, "__floor__", f64::floor);
    fn "fmod(x, y, /)" "Return fmod(x, y), according to platform C.\n\nx % y may differ." => modulo;
    fn "frexp(x, /)" "Return the mantissa and exponent of x, as pair (m, e)." => |a| {
        let x = number(&a[0])?;
        let (m, e) = if x.is_finite() { libm::frexp(x) } else { (x, 0) };
        pair(m, Value::small(e))
    };
    fn "fsum(seq, /)" "Return an accurate floating point sum of values in the iterable seq." => |a| exact::sum(&a[0]);
    fn "gamma(x, /)" "Gamma function at x." => |a| gamma::gamma(number(&a[0])?);
    fn "gcd(*integers)" "Greatest Common Divisor." => |a| integers::common_divisor(a[0].as_tuple().unwrap_or_default());
    fn "hypot(*coordinates)" "Multidimensional Euclidean distance from the origin to a point." => |a| exact::norm_of(a[0].as_tuple().unwrap_or_default());
    fn "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" "Determine whether two floating point numbers are close in value." => is_close;
    fn "isfinite(x, /)" "Return True if x is neither an infinity nor a NaN, and False otherwise." => |a| Ok(Value::bool(number(&a[0])?.is_finite()));
    fn "isinf(x, /)" "Return True if x is a positive or negative infinity, and False otherwise." => |a| Ok(Value::bool(number(&a[0])?.is_infinite()));
    fn "isnan(x, /)" "Return True if x is a NaN (not a number), and False otherwise." => |a| Ok(Value::bool(number(&a[0])?.is_nan()));
    fn "isqrt(n, /)" "Return the integer part of the square root of the input." => |a| integers::square_root(&a[0]);
    fn "lcm(*integers)" "Least Common Multiple." => |a| integers::common_multiple(a[0].as_tuple().unwrap_or_default());
    fn "ldexp(x, i, /)" "Return x * (2**i).\n\nThis is essentially the inverse of frexp()." => load_exponent;
    fn "lgamma(x, /)" "Natural logarithm of absolute value of Gamma function at x." => |a| gamma::log_gamma(number(&a[0])?);
    fn "log(*args)" "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base not specified, returns the natural logarithm (base e) of x." => log_to_base;
    fn "log10(x, /)" "Return the base 10 logarithm of x." => |a| Ok(float::from_f64(log(&a[0], f64::log10)?));
    fn "log1p(x, /)" "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero." => |a| real(a, false, c::log1p);
    fn "log2(x, /)" "Return the base 2 logarithm of x." => |a| Ok(float::from_f64(log(&a[0], f64::log2)?));
    fn "modf(x, /)" "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats." => |a| {
        let x = number(&a[0])?;
        let fraction = if x.is_infinite() { 0.0f64.copysign(x) } else { x.fract().copysign(x) };
        pair(fraction, float::from_f64(x.trunc()))
    };
    fn "nextafter(x, y, /)" "Return the next floating-point value after x towards y." => |a| Ok(float::from_f64(libm::nextafter(number(&a[0])?, number(&a[1])?)));
    fn "perm(n, k=None, /)" "Number of ways to choose k items from n items without repetition and with order." => |a| integers::permutations(&a[0], arg(a, 1));
    fn "pow(x, y, /)" "Return x**y (x to the power of y)." => power;
    fn "prod(iterable, /, *, start=1)" "Calculate the product of all the elements in the input iterable." => product;
    fn "radians(x, /)" "Convert angle x from degrees to radians." => |a| Ok(float::from_f64(number(&a[0])? * (consts::PI / 180.0)));
    fn "remainder(x, y, /)" "Difference between x and the closest integer multiple of y." => remainder;
    fn "sin(x, /)" "Return the sine of x (measured in radians)." => |a| real(a, false, f64::sin);
    fn "sinh(x, /)" "Return the hyperbolic sine of x." => |a| real(a, true, f64::sinh);
    fn "sqrt(x, /)" "Return the square root of x." => |a| real(a, false, f64::sqrt);
    fn "tan(x, /)" "Return the tangent of x (measured in radians)." => |a| real(a, false, f64::tan);
    fn "tanh(x, /)" "Return the hyperbolic tangent of x." => |a| real(a, false, f64::tanh);
    fn "trunc(x, /)" "Truncates the Real x to the nearest Integral toward 0." => |a| whole(a, "__trunc__", f64::trunc);
    fn "ulp(x, /)" "Return the value of the least significant bit of the float x." => |a| Ok(float::from_f64(unit_in_last_place(number(&a[0])?)));
    val "pi()" "" => || float::from_f64(consts::PI);
    val "e()" "" => || float::from_f64(consts::E);
    val "tau()" "" => || float::from_f64(consts::TAU);
    val "inf()" "" => || float::from_f64(f64::INFINITY);
    val "nan()" "" => || float::from_f64(f64::NAN);
};
