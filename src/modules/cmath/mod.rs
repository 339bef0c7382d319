//! `cmath`: functions of complex numbers, after Kahan's "Branch cuts for complex elementary functions". What
//! infinities and NaNs give stands in tables (C99, annex G).

mod special;

use super::elementary as c;
use super::sys::seconds as number;
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{overflow_error, value_error};
use crate::types::{complex, float};
use std::f64::consts::{E, LN_2, LN_10, PI, TAU};

/// Real and imaginary part.
type Parts = (f64, f64);

/// What went wrong: no value there, or one that is too large.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Failure {
    Domain,
    Range,
}

type Outcome = std::result::Result<Parts, Failure>;

/// Beyond this, sums of squares overflow.
const LARGE: f64 = f64::MAX / 4.0;

/// The square root of [`LARGE`].
fn sqrt_large() -> f64 {
    LARGE.sqrt()
}

/// Beyond this, exponentials overflow.
fn log_large() -> f64 {
    LARGE.ln()
}

fn is_large((re, im): Parts) -> bool {
    re.abs() > LARGE || im.abs() > LARGE
}

fn is_special((re, im): Parts) -> bool {
    !re.is_finite() || !im.is_finite()
}

/// The logarithm of the absolute value of a large number.
fn log_of_large((re, im): Parts) -> f64 {
    (re / 2.0).hypot(im / 2.0).ln() + LN_2 * 2.0
}

/// A result that is too large if it is infinite.
fn finite(r: Parts) -> Outcome {
    if r.0.is_infinite() || r.1.is_infinite() { Err(Failure::Range) } else { Ok(r) }
}

fn acos(z: Parts) -> Outcome {
    if is_special(z) {
        return Ok(special::ACOS.get(z));
    }
    let (re, im) = z;
    if is_large(z) {
        let log = log_of_large(z);
        let log = if re < 0.0 { -log.copysign(im) } else { log.copysign(-im) };
        return Ok((im.abs().atan2(re), log));
    }
    let (s1, s2) = (sqrt((1.0 - re, -im)), sqrt((1.0 + re, im)));
    Ok((2.0 * s1.0.atan2(s2.0), c::asinh(s2.0 * s1.1 - s2.1 * s1.0)))
}

fn acosh(z: Parts) -> Outcome {
    if is_special(z) {
        return Ok(special::ACOSH.get(z));
    }
    let (re, im) = z;
    if is_large(z) {
        return Ok((log_of_large(z), im.atan2(re)));
    }
    let (s1, s2) = (sqrt((re - 1.0, im)), sqrt((re + 1.0, im)));
    Ok((c::asinh(s1.0 * s2.0 + s1.1 * s2.1), 2.0 * s1.1.atan2(s2.0)))
}

fn asinh(z: Parts) -> Outcome {
    if is_special(z) {
        return Ok(special::ASINH.get(z));
    }
    let (re, im) = z;
    if is_large(z) {
        let log = log_of_large(z);
        let log = if im >= 0.0 { log.copysign(re) } else { -log.copysign(-re) };
        return Ok((log, im.atan2(re.abs())));
    }
    let (s1, s2) = (sqrt((1.0 + im, -re)), sqrt((1.0 - im, re)));
    Ok((c::asinh(s1.0 * s2.1 - s2.0 * s1.1), im.atan2(s1.0 * s2.0 - s1.1 * s2.1)))
}

fn atanh(z: Parts) -> Outcome {
    if is_special(z) {
        return Ok(special::ATANH.get(z));
    }
    let (re, im) = z;
    if re.is_sign_negative() {
        return atanh((-re, -im)).map(|(x, y)| (-x, -y));
    }
    let size = im.abs();
    if re > sqrt_large() || size > sqrt_large() {
        // Only the order of magnitude of the real part matters.
        let h = (re / 2.0).hypot(im / 2.0);
        return Ok((re / 4.0 / h / h, -(PI / 2.0).copysign(-im)));
    }
    if re == 1.0 && size < f64::MIN_POSITIVE.sqrt() {
        if size == 0.0 {
            return Err(Failure::Domain);
        }
        let x = -(size.sqrt() / size.hypot(2.0).sqrt()).ln();
        return Ok((x, (2f64.atan2(-size) / 2.0).copysign(im)));
    }
    let x = c::log1p(4.0 * re / ((1.0 - re) * (1.0 - re) + size * size)) / 4.0;
    Ok((x, -(-2.0 * im).atan2((1.0 - re) * (1.0 + re) - size * size) / 2.0))
}

/// `f` along the other axis: `-i * f(i * z)`.
fn turned(z: Parts, f: fn(Parts) -> Outcome) -> Outcome {
    f((-z.1, z.0)).map(|(x, y)| (y, -x))
}

fn cosh(z: Parts) -> Outcome {
    let (re, im) = z;
    if is_special(z) {
        if im.is_infinite() && !re.is_nan() {
            return Err(Failure::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            let y = f64::INFINITY.copysign(im.sin());
            return Ok((f64::INFINITY.copysign(im.cos()), if re > 0.0 { y } else { -y }));
        }
        return Ok(special::COSH.get(z));
    }
    if re.abs() > log_large() {
        let x = re - 1f64.copysign(re);
        return finite((im.cos() * x.cosh() * E, im.sin() * x.sinh() * E));
    }
    finite((im.cos() * re.cosh(), im.sin() * re.sinh()))
}

fn sinh(z: Parts) -> Outcome {
    let (re, im) = z;
    if is_special(z) {
        if im.is_infinite() && !re.is_nan() {
            return Err(Failure::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            let x = f64::INFINITY.copysign(im.cos());
            return Ok((if re > 0.0 { x } else { -x }, f64::INFINITY.copysign(im.sin())));
        }
        return Ok(special::SINH.get(z));
    }
    if re.abs() > log_large() {
        let x = re - 1f64.copysign(re);
        return finite((im.cos() * x.sinh() * E, im.sin() * x.cosh() * E));
    }
    finite((im.cos() * re.sinh(), im.sin() * re.cosh()))
}

fn tanh(z: Parts) -> Outcome {
    let (re, im) = z;
    if is_special(z) {
        if im.is_infinite() && re.is_finite() {
            return Err(Failure::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            return Ok((1f64.copysign(re), 0f64.copysign(2.0 * im.sin() * im.cos())));
        }
        return Ok(special::TANH.get(z));
    }
    if re.abs() > log_large() {
        return Ok((1f64.copysign(re), 4.0 * im.sin() * im.cos() * (-2.0 * re.abs()).exp()));
    }
    let (tx, ty, cx) = (re.tanh(), im.tan(), 1.0 / re.cosh());
    let both = tx * ty;
    let bottom = 1.0 + both * both;
    Ok((tx * (1.0 + ty * ty) / bottom, ((ty / bottom) * cx) * cx))
}

fn exp(z: Parts) -> Outcome {
    let (re, im) = z;
    if is_special(z) {
        if im.is_infinite() && (re.is_finite() || re == f64::INFINITY) {
            return Err(Failure::Domain);
        }
        if re.is_infinite() && im.is_finite() && im != 0.0 {
            let size = if re > 0.0 { f64::INFINITY } else { 0.0 };
            return Ok((size.copysign(im.cos()), size.copysign(im.sin())));
        }
        return Ok(special::EXP.get(z));
    }
    if re > log_large() {
        let l = (re - 1.0).exp();
        return finite((l * im.cos() * E, l * im.sin() * E));
    }
    let l = re.exp();
    finite((l * im.cos(), l * im.sin()))
}

fn log(z: Parts) -> Outcome {
    if is_special(z) {
        return Ok(special::LOG.get(z));
    }
    let (ax, ay) = (z.0.abs(), z.1.abs());
    let re = if ax > LARGE || ay > LARGE {
        (ax / 2.0).hypot(ay / 2.0).ln() + LN_2
    } else if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        if ax == 0.0 && ay == 0.0 {
            return Err(Failure::Domain);
        }
        // Subnormal numbers have too few digits.
        let up = |x: f64| libm::ldexp(x, 53);
        up(ax).hypot(up(ay)).ln() - 53.0 * LN_2
    } else {
        let h = ax.hypot(ay);
        if (0.71..=1.73).contains(&h) {
            let (most, least) = (ax.max(ay), ax.min(ay));
            c::log1p((most - 1.0) * (most + 1.0) + least * least) / 2.0
        } else {
            h.ln()
        }
    };
    Ok((re, z.1.atan2(z.0)))
}

/// The square root, which every number has.
fn sqrt(z: Parts) -> Parts {
    if is_special(z) {
        return special::SQRT.get(z);
    }
    let (re, im) = z;
    if re == 0.0 && im == 0.0 {
        return (0.0, im);
    }
    let (ax, ay) = (re.abs(), im.abs());
    let s = if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        let ax = libm::ldexp(ax, 53);
        libm::ldexp((ax + ax.hypot(libm::ldexp(ay, 53))).sqrt(), -27)
    } else {
        let ax = ax / 8.0;
        2.0 * (ax + ax.hypot(ay / 8.0)).sqrt()
    };
    let d = ay / (2.0 * s);
    if re >= 0.0 { (s, d.copysign(im)) } else { (d, s.copysign(im)) }
}

fn rect(r: f64, phi: f64) -> Outcome {
    if is_special((r, phi)) {
        if r != 0.0 && !r.is_nan() && phi.is_infinite() {
            return Err(Failure::Domain);
        }
        if r.is_infinite() && phi.is_finite() && phi != 0.0 {
            let (x, y) = (f64::INFINITY.copysign(phi.cos()), f64::INFINITY.copysign(phi.sin()));
            return Ok(if r > 0.0 { (x, y) } else { (-x, -y) });
        }
        return Ok(special::RECT.get((r, phi)));
    }
    // A zero angle gives an imaginary part with its sign.
    Ok(if phi == 0.0 { (r, r * phi) } else { (r * phi.cos(), r * phi.sin()) })
}

fn size((re, im): Parts) -> Outcome {
    let size = re.hypot(im);
    if size.is_infinite() && re.is_finite() && im.is_finite() { Err(Failure::Range) } else { Ok((size, 0.0)) }
}

fn outcome(r: Outcome) -> Result<Parts> {
    match r {
        Ok(z) => Ok(z),
        Err(Failure::Domain) => value_error("math domain error"),
        Err(Failure::Range) => overflow_error("math range error"),
    }
}

fn function(a: &[Value], f: fn(Parts) -> Outcome) -> Result {
    let (re, im) = outcome(f(complex::coerce(&a[0])?))?;
    Ok(complex::new(re, im))
}

fn log_to_base(a: &[Value]) -> Result {
    let z = complex::coerce(&a[0])?;
    let Some(base) = arg(a, 1).as_bound() else { return function(a, log) };
    // Only the logarithm of the base may fail.
    let (re, im) = log(z).unwrap_or((f64::NEG_INFINITY, z.1.atan2(z.0)));
    let base = outcome(log(complex::coerce(base)?))?;
    match complex::div((re, im), base) {
        Some((re, im)) => Ok(complex::new(re, im)),
        None => value_error("math domain error"),
    }
}

fn polar(a: &[Value]) -> Result {
    let z = complex::coerce(&a[0])?;
    let (r, _) = outcome(size(z))?;
    Ok(Value::tuple(vec![float::from_f64(r), float::from_f64(z.1.atan2(z.0))]))
}

fn is_close(a: &[Value]) -> Result {
    let (x, y) = (complex::coerce(&a[0])?, complex::coerce(&a[1])?);
    let option = |i: usize, default: f64| arg(a, i).as_bound().map_or(Ok(default), number);
    let (relative, absolute) = (option(2, 1e-9)?, option(3, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return value_error("tolerances must be non-negative");
    }
    if x == y {
        return Ok(Value::TRUE);
    }
    let infinite = |z: Parts| z.0.is_infinite() || z.1.is_infinite();
    if infinite(x) || infinite(y) {
        return Ok(Value::FALSE);
    }
    let size = |z: Parts| z.0.hypot(z.1);
    let difference = size((x.0 - y.0, x.1 - y.1));
    let close =
        difference <= relative * size(y) || difference <= relative * size(x) || difference <= absolute;
    Ok(Value::bool(close))
}

fn both(a: &[Value], f: fn(f64) -> bool) -> Result<(bool, bool)> {
    let (re, im) = complex::coerce(&a[0])?;
    Ok((f(re), f(im)))
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "acos(z, /)" "The arc cosine." => |a| function(a, acos);
    fn "acosh(z, /)" "The inverse of cosh." => |a| function(a, acosh);
    fn "asin(z, /)" "The arc sine." => |a| function(a, |z| turned(z, asinh));
    fn "asinh(z, /)" "The inverse of sinh." => |a| function(a, asinh);
    fn "atan(z, /)" "The arc tangent." => |a| function(a, |z| turned(z, atanh));
    fn "atanh(z, /)" "The inverse of tanh." => |a| function(a, atanh);
    fn "cos(z, /)" "The cosine." => |a| function(a, |(re, im)| cosh((-im, re)));
    fn "cosh(z, /)" "The hyperbolic cosine." => |a| function(a, cosh);
    fn "exp(z, /)" "e to the power of z." => |a| function(a, exp);
    fn "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" "Whether two numbers differ little." => is_close;
    fn "isfinite(z, /)" "Whether both parts are finite." => |a| both(a, f64::is_finite).map(|(p, q)| Value::bool(p && q));
    fn "isinf(z, /)" "Whether a part is infinite." => |a| both(a, f64::is_infinite).map(|(p, q)| Value::bool(p || q));
    fn "isnan(z, /)" "Whether a part is a NaN." => |a| both(a, f64::is_nan).map(|(p, q)| Value::bool(p || q));
    fn "log(z, base=<unrepresentable>, /)" "log(z[, base])\n\nThe logarithm of z to a base, e by default." => log_to_base;
    fn "log10(z, /)" "The logarithm to base 10." => |a| function(a, |z| log(z).map(|(re, im)| (re / LN_10, im / LN_10)));
    fn "phase(z, /)" "The angle of a number from the positive real axis." => |a| complex::coerce(&a[0]).map(|(re, im)| float::from_f64(im.atan2(re)));
    fn "polar(z, /)" "The distance from 0 and the angle of a number." => polar;
    fn "rect(r, phi, /)" "The number with this distance from 0 and this angle." => |a| {
        let (re, im) = outcome(rect(number(&a[0])?, number(&a[1])?))?;
        Ok(complex::new(re, im))
    };
    fn "sin(z, /)" "The sine." => |a| function(a, |z| turned(z, sinh));
    fn "sinh(z, /)" "The hyperbolic sine." => |a| function(a, sinh);
    fn "sqrt(z, /)" "The square root." => |a| function(a, |z| Ok(sqrt(z)));
    fn "tan(z, /)" "The tangent." => |a| function(a, |z| turned(z, tanh));
    fn "tanh(z, /)" "The hyperbolic tangent." => |a| function(a, tanh);
    val "pi()" "" => || float::from_f64(PI);
    val "e()" "" => || float::from_f64(E);
    val "tau()" "" => || float::from_f64(TAU);
    val "inf()" "" => || float::from_f64(f64::INFINITY);
    val "nan()" "" => || float::from_f64(f64::NAN);
    val "infj()" "" => || complex::new(0.0, f64::INFINITY);
    val "nanj()" "" => || complex::new(0.0, f64::NAN);
};
