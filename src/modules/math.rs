//! `math`: the common functions.

use super::sys::seconds as number;
use crate::object::{BinOp, Def, Dict, Result, Value};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::{float, int};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed};

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

fn log(x: &Value, f: fn(f64) -> f64) -> Result<f64> {
    // Integers that no float holds: the logarithm of their first bits, and of the power of two behind them.
    if let Some(n) = int::to_big(x).filter(|n| n.bits() > 1000 && n.is_positive()) {
        let shift = n.bits() - 64;
        let first = u64::try_from(n >> shift).map_or(f64::NAN, |n| n as f64);
        return Ok(f(first) + shift as f64 * f(2.0));
    }
    let v = number(x)?;
    if v <= 0.0 { value_error("math domain error") } else { Ok(f(v)) }
}

fn whole(v: &Value) -> Result<BigInt> {
    let i = protocol::index(v)?;
    Ok(int::to_big(&i).unwrap_or_default())
}

fn rounded(a: &[Value], method: &'static str, f: fn(f64) -> f64) -> Result {
    match float::to_f64(&a[0]) {
        Some(x) => protocol::call(&int::INT.value(), &[float::from_f64(f(x))]),
        None => match protocol::call_special(&a[0], method, &[]) {
            Some(r) => r,
            None => type_error(format!("must be real number, not {}", a[0].ty().name())),
        },
    }
}

/// `math.factorial`
pub(super) fn factorial(v: &Value) -> Result {
    let n = protocol::index_i64(v)?;
    if n < 0 {
        return value_error("factorial() not defined for negative values");
    }
    let mut acc = BigInt::one();
    for i in 2..=n {
        acc *= i;
    }
    Ok(int::from_big(acc))
}

/// Adds the rarer functions.
pub fn init(d: &Dict) {
    crate::builtins::add_defs(d, super::math_more::DEFS, "math");
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "sqrt(x, /)" "" => |a| real(a, f64::sqrt);
    fn "exp(x, /)" "" => |a| real(a, f64::exp);
    fn "sin(x, /)" "" => |a| real(a, f64::sin);
    fn "cos(x, /)" "" => |a| real(a, f64::cos);
    fn "tan(x, /)" "" => |a| real(a, f64::tan);
    fn "asin(x, /)" "" => |a| real(a, f64::asin);
    fn "acos(x, /)" "" => |a| real(a, f64::acos);
    fn "atan(x, /)" "" => |a| real(a, f64::atan);
    fn "sinh(x, /)" "" => |a| real(a, f64::sinh);
    fn "cosh(x, /)" "" => |a| real(a, f64::cosh);
    fn "tanh(x, /)" "" => |a| real(a, f64::tanh);
    fn "radians(x, /)" "" => |a| real(a, |x| x * (std::f64::consts::PI / 180.0));
    fn "degrees(x, /)" "" => |a| real(a, |x| x * (180.0 / std::f64::consts::PI));
    fn "fabs(x, /)" "" => |a| real(a, f64::abs);
    fn "atan2(y, x, /)" "" => |a| Ok(float::from_f64(number(&a[0])?.atan2(number(&a[1])?)));
    fn "pow(x, y, /)" "" => |a| Ok(float::from_f64(number(&a[0])?.powf(number(&a[1])?)));
    fn "fmod(x, y, /)" "" => |a| Ok(float::from_f64(number(&a[0])? % number(&a[1])?));
    fn "copysign(x, y, /)" "" => |a| Ok(float::from_f64(number(&a[0])?.copysign(number(&a[1])?)));
    fn "log(x, base=None, /)" "" => |a| {
        let x = log(&a[0], f64::ln)?;
        match a.get(1) {
            Some(b) => {
                let b = log(b, f64::ln)?;
                if b == 0.0 { protocol::zero_division("float division by zero") } else { Ok(float::from_f64(x / b)) }
            }
            None => Ok(float::from_f64(x)),
        }
    };
    fn "log2(x, /)" "" => |a| Ok(float::from_f64(log(&a[0], f64::log2)?));
    fn "log10(x, /)" "" => |a| Ok(float::from_f64(log(&a[0], f64::log10)?));
    fn "floor(x, /)" "" => |a| rounded(a, "__floor__", f64::floor);
    fn "ceil(x, /)" "" => |a| rounded(a, "__ceil__", f64::ceil);
    fn "trunc(x, /)" "" => |a| rounded(a, "__trunc__", f64::trunc);
    fn "isnan(x, /)" "" => |a| Ok(Value::bool(number(&a[0])?.is_nan()));
    fn "isinf(x, /)" "" => |a| Ok(Value::bool(number(&a[0])?.is_infinite()));
    fn "isfinite(x, /)" "" => |a| Ok(Value::bool(number(&a[0])?.is_finite()));
    fn "hypot(*coordinates)" "" => |a| {
        let mut sum = 0.0;
        for x in a[0].as_tuple().unwrap_or_default() { sum += number(x)?.powi(2); }
        Ok(float::from_f64(sum.sqrt()))
    };
    fn "factorial(n, /)" "" => |a| factorial(&a[0]);
    fn "isqrt(n, /)" "" => |a| {
        let n = whole(&a[0])?;
        if n.is_negative() { value_error("isqrt() argument must be nonnegative") } else { Ok(int::from_big(n.sqrt())) }
    };
    fn "gcd(*integers)" "" => |a| {
        let mut g = BigInt::default();
        for x in a[0].as_tuple().unwrap_or_default() { g = g.gcd(&whole(x)?); }
        Ok(int::from_big(g))
    };
    fn "lcm(*integers)" "" => |a| {
        let mut l = BigInt::one();
        for x in a[0].as_tuple().unwrap_or_default() { l = l.lcm(&whole(x)?); }
        Ok(int::from_big(l))
    };
    fn "comb(n, k, /)" "" => |a| {
        let (n, k) = (protocol::index_i64(&a[0])?, protocol::index_i64(&a[1])?);
        if n < 0 || k < 0 { return value_error("n and k must be non-negative integers"); }
        if k > n { return Ok(Value::small(0)); }
        let mut acc = BigInt::one();
        for i in 0..k.min(n - k) { acc = acc * (n - i) / (i + 1); }
        Ok(int::from_big(acc))
    };
    fn "prod(iterable, /)" "" => |a| {
        let mut acc = Value::small(1);
        protocol::for_each(&a[0], |x| { acc = protocol::binary(BinOp::Mul, &acc, &x)?; Ok(()) })?;
        Ok(acc)
    };
    val "pi()" "" => || float::from_f64(std::f64::consts::PI);
    val "e()" "" => || float::from_f64(std::f64::consts::E);
    val "tau()" "" => || float::from_f64(std::f64::consts::TAU);
    val "inf()" "" => || float::from_f64(f64::INFINITY);
    val "nan()" "" => || float::from_f64(f64::NAN);
};
