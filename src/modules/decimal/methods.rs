//! The methods of `Decimal`.

use super::convert::{self, Operand};
use super::operations::{binary_op, unary_op};
use super::signals::Current;
use super::{DECIMAL, from_decimal, to_float, to_int, value_of};
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::{complex, float, int};
use minipy_decimal::{Decimal, Rounding, Spec, Status};

/// A method of one operand, the context being the argument `at`.
fn unary(a: &[Value], at: usize, op: super::Unary) -> Result {
    unary_op(&Current::given(arg(a, at))?, &a[0], op)
}

/// A method of two operands and a context.
fn binary(a: &[Value], op: super::Binary) -> Result {
    binary_op(&Current::given(arg(a, 2))?, &a[0], &a[1], op)
}

/// What a method without a context makes of a number.
fn plain(v: &Value, op: fn(&Decimal) -> Decimal) -> Result {
    Ok(from_decimal(op(value_of(v))))
}

fn truth(v: &Value, op: fn(&Decimal) -> bool) -> Result {
    Ok(Value::bool(op(value_of(v))))
}

fn quantize(a: &[Value]) -> Result {
    let current = Current::given(arg(a, 3))?;
    let mut ctx = current.context();
    if let Some(rounding) = arg(a, 2).as_bound().filter(|r| !r.is_none()) {
        ctx.rounding = super::operations::rounding_of(rounding)?;
    }
    let other = Operand::need(&a[1])?;
    let mut status = Status::NONE;
    let result = value_of(&a[0]).quantize(&other, &ctx, &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

fn to_integral(a: &[Value], exact: bool) -> Result {
    let current = Current::given(arg(a, 2))?;
    let mut ctx = current.context();
    if let Some(rounding) = arg(a, 1).as_bound().filter(|r| !r.is_none()) {
        ctx.rounding = super::operations::rounding_of(rounding)?;
    }
    let mut status = Status::NONE;
    let result = value_of(&a[0]).to_integral(exact, &ctx, &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

fn round(a: &[Value]) -> Result {
    let d = value_of(&a[0]);
    let Some(digits) = arg(a, 1).as_bound() else { return to_int(d, Rounding::HalfEven) };
    if int::view(digits).is_none() {
        return type_error("optional arg must be an integer");
    }
    let n = super::settings::word(digits)?;
    let current = Current::get()?;
    let mut status = Status::NONE;
    let quantum = Decimal::new(false, 1u8.into(), n.saturating_neg());
    let result = d.quantize(&quantum, &current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

fn format(a: &[Value]) -> Result {
    let Some(text) = a[1].as_str() else { return type_error("format argument must be str") };
    let current = Current::get()?;
    let d = value_of(&a[0]);
    let Some(spec) = Spec::parse(text, current.capitals()) else {
        return value_error("invalid format string");
    };
    match d.format(&spec, current.context().rounding) {
        Some(text) => Ok(Value::str(&text)),
        None => value_error("format specification exceeds internal limits of _decimal"),
    }
}

fn ratio(a: &[Value]) -> Result {
    let d = value_of(&a[0]);
    if d.is_nan() {
        return value_error("cannot convert NaN to integer ratio");
    }
    if d.is_infinite() {
        return protocol::overflow_error("cannot convert Infinity to integer ratio");
    }
    match d.ratio() {
        Some((n, d)) => Ok(Value::tuple(vec![int::from_big(n), int::from_big(d)])),
        None => protocol::memory_error(),
    }
}

fn from_float(a: &[Value]) -> Result {
    let d = match (float::to_f64(&a[1]), int::view(&a[1])) {
        (Some(f), _) => Decimal::from_f64(f),
        (None, Some(n)) => Decimal::from_big(&n.to_big()),
        _ => return type_error("argument must be int or float"),
    };
    let d = from_decimal(d);
    if a[0].is(&DECIMAL.value()) { Ok(d) } else { protocol::call(&a[0], &[d]) }
}

fn power(a: &[Value]) -> Result {
    let (Some(x), Some(y)) = (Operand::of(&a[0]), Operand::of(&a[1])) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let current = Current::get()?;
    let mut status = Status::NONE;
    let result = match arg(a, 2).as_bound().filter(|m| !m.is_none()) {
        None => x.pow(&y, &current.context(), &mut status),
        Some(m) => {
            let Some(m) = Operand::of(m) else { return Ok(Value::NOT_IMPLEMENTED) };
            x.pow_mod(&y, &m, &current.context(), &mut status)
        }
    };
    current.report(status)?;
    Ok(from_decimal(result))
}

/// Quotient and remainder; `NotImplemented` for what is no number.
fn div_mod(a: &Value, b: &Value) -> Result {
    let (Some(x), Some(y)) = (Operand::of(a), Operand::of(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let current = Current::get()?;
    let mut status = Status::NONE;
    let (q, r) = x.div_mod(&y, &current.context(), &mut status);
    current.report(status)?;
    Ok(Value::tuple(vec![from_decimal(q), from_decimal(r)]))
}

/// The object itself, as it never changes; of a subclass it is a copy of the number alone.
fn same(a: &[Value]) -> Result {
    Ok(a[0].clone())
}

pub(super) static DEFS: &[Def] = crate::defs! {
    fn "exp(context=None)" "e to the power of the number." => |a| unary(a, 1, Decimal::exp);
    fn "ln(context=None)" "The natural logarithm." => |a| unary(a, 1, Decimal::ln);
    fn "log10(context=None)" "The logarithm to base 10." => |a| unary(a, 1, Decimal::log10);
    fn "logb(context=None)" "Return the adjusted exponent of the operand as a Decimal." => |a| unary(a, 1, Decimal::logb);
    fn "logical_invert(context=None)" "The digits, all 0 or 1, each the other one." => |a| unary(a, 1, Decimal::logical_invert);
    fn "next_minus(context=None)" "Return the largest number representable that is smaller than the operand." => |a| unary(a, 1, |d, c, s| d.next(false, c, s));
    fn "next_plus(context=None)" "Return the smallest number representable that is larger than the operand." => |a| unary(a, 1, |d, c, s| d.next(true, c, s));
    fn "normalize(context=None)" "Normalize the number by stripping trailing 0s." => |a| unary(a, 1, Decimal::normalize);
    fn "sqrt(context=None)" "The square root." => |a| unary(a, 1, Decimal::sqrt);
    fn "to_integral(rounding=None, context=None)" "The number rounded to an integer; nothing is signaled." => |a| to_integral(a, false);
    fn "to_integral_value(rounding=None, context=None)" "The number rounded to an integer; nothing is signaled." => |a| to_integral(a, false);
    fn "to_integral_exact(rounding=None, context=None)" "Round to the nearest integer, signaling Inexact or Rounded as appropriate." => |a| to_integral(a, true);
    fn "compare(other, context=None)" "Compare self to other: -1, 0, 1 or NaN as a Decimal." => |a| binary(a, Decimal::compare);
    fn "compare_signal(other, context=None)" "As compare(), but any NaN is signaled." => |a| binary(a, Decimal::compare_signal);
    fn "compare_total(other, context=None)" "-1, 0 or 1 by an order of all numbers, that tells 1 from 1.0." => |a| binary(a, |x, y, _, _| x.compare_total(y));
    fn "compare_total_mag(other, context=None)" "The same, ignoring the sign of each operand." => |a| binary(a, |x, y, _, _| x.compare_total_size(y));
    fn "copy_sign(other, context=None)" "Return a copy with the sign of the other operand." => |a| binary(a, |x, y, _, _| x.with_sign_of(y));
    fn "logical_and(other, context=None)" "The digits, all 0 or 1, joined by and." => |a| binary(a, |x, y, c, s| x.logical(y, |p, q| p && q, c, s));
    fn "logical_or(other, context=None)" "The digits, all 0 or 1, joined by or." => |a| binary(a, |x, y, c, s| x.logical(y, |p, q| p || q, c, s));
    fn "logical_xor(other, context=None)" "The digits, all 0 or 1, joined by exclusive or." => |a| binary(a, |x, y, c, s| x.logical(y, |p, q| p != q, c, s));
    fn "max(other, context=None)" "Maximum of self and other; a number beats a quiet NaN." => |a| binary(a, |x, y, c, s| x.extreme(y, true, false, c, s));
    fn "max_mag(other, context=None)" "Similar to max, but by the absolute values." => |a| binary(a, |x, y, c, s| x.extreme(y, true, true, c, s));
    fn "min(other, context=None)" "Minimum of self and other; a number beats a quiet NaN." => |a| binary(a, |x, y, c, s| x.extreme(y, false, false, c, s));
    fn "min_mag(other, context=None)" "Similar to min, but by the absolute values." => |a| binary(a, |x, y, c, s| x.extreme(y, false, true, c, s));
    fn "next_toward(other, context=None)" "Return the number closest to the first operand in the direction of the second." => |a| binary(a, Decimal::next_toward);
    fn "remainder_near(other, context=None)" "Return the remainder from dividing self by other, of the least absolute value." => |a| binary(a, Decimal::remainder_near);
    fn "rotate(other, context=None)" "Return the digits of the first operand rotated by an amount specified by the second." => |a| binary(a, Decimal::rotate);
    fn "same_quantum(other, context=None)" "Whether both have the same exponent, or both are NaNs." => |a| {
        Current::given(arg(a, 2))?;
        Ok(Value::bool(value_of(&a[0]).same_quantum(&*Operand::need(&a[1])?)))
    };
    fn "scaleb(other, context=None)" "Return the first operand with the exponent adjusted by the second." => |a| binary(a, Decimal::scaleb);
    fn "shift(other, context=None)" "Return the digits of the first operand shifted by an amount specified by the second." => |a| binary(a, Decimal::shift);
    fn "quantize(exp, rounding=None, context=None)" "Return a value equal to the first operand after rounding, with the exponent of the second." => quantize;
    fn "fma(other, third, context=None)" "Fused multiply-add: self*other+third with no rounding of the intermediate product." => |a| {
        let current = Current::given(arg(a, 3))?;
        super::operations::fma(&current, &a[0], &a[1], &a[2])
    };
    fn "is_canonical()" "Return True: all numbers are." => |_| Ok(Value::TRUE);
    fn "is_finite()" "Return True if the argument is a finite number, and False if it is infinite or a NaN." => |a| truth(&a[0], Decimal::is_finite);
    fn "is_infinite()" "Whether it is infinite." => |a| truth(&a[0], Decimal::is_infinite);
    fn "is_nan()" "Whether it is a NaN of any kind." => |a| truth(&a[0], Decimal::is_nan);
    fn "is_qnan()" "Whether it is a quiet NaN." => |a| truth(&a[0], |d| d.is_nan() && !d.is_signaling());
    fn "is_snan()" "Whether it is a signaling NaN." => |a| truth(&a[0], Decimal::is_signaling);
    fn "is_signed()" "Whether the sign is negative." => |a| truth(&a[0], Decimal::is_negative);
    fn "is_zero()" "Whether it is zero." => |a| truth(&a[0], Decimal::is_zero);
    fn "is_normal(context=None)" "Return True if the argument is a normal finite number." => |a| Ok(Value::bool(value_of(&a[0]).is_normal(&Current::given(arg(a, 1))?.context())));
    fn "is_subnormal(context=None)" "Whether it is too small for all its digits, but not zero." => |a| Ok(Value::bool(value_of(&a[0]).is_subnormal(&Current::given(arg(a, 1))?.context())));
    fn "adjusted()" "The exponent of the first digit." => |a| {
        let d = value_of(&a[0]);
        Ok(int::from_i64(if d.is_finite() { d.adjusted() } else { 0 }))
    };
    fn "canonical()" "The number in its one encoding." => same;
    fn "conjugate()" "The number itself." => same;
    fn "radix()" "The base of the numbers." => |_| Ok(from_decimal(Decimal::from_i64(10)));
    fn "copy_abs()" "Return the absolute value of the argument, whatever the context says." => |a| plain(&a[0], Decimal::abs_copy);
    fn "copy_negate()" "Return the negation of the argument, whatever the context says." => |a| plain(&a[0], Decimal::negated_copy);
    fn "number_class(context=None)" "What kind of number it is, in words of the specification." => |a| Ok(Value::str(value_of(&a[0]).class(&Current::given(arg(a, 1))?.context()).0));
    fn "to_eng_string(context=None)" "The number as text, with an exponent that is a multiple of three." => |a| {
        let current = Current::given(arg(a, 1))?;
        Ok(Value::str(&value_of(&a[0]).to_engineering(current.capitals())))
    };
    fn "as_tuple()" "Sign, digits and exponent." => |a| convert::to_parts(value_of(&a[0]));
    fn "as_integer_ratio()" "Return a pair of integers, whose ratio is exactly equal to the number and with a positive denominator." => ratio;
    class "from_float(f, /)" "The exact value of a float." => from_float;
    get "real()" "" => |v| Ok(v.clone());
    get "imag()" "" => |_| Ok(from_decimal(Decimal::zero(false, 0)));
    fn "__copy__()" "" => same;
    fn "__deepcopy__(memo, /)" "" => same;
    fn "__reduce__()" "" => |a| {
        let text = protocol::str(&a[0])?;
        Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(vec![text])]))
    };
    fn "__format__(format_spec, /)" "" => format;
    fn "__round__(ndigits=<unrepresentable>, /)" "" => round;
    fn "__trunc__()" "" => |a| to_int(value_of(&a[0]), Rounding::Down);
    fn "__floor__()" "" => |a| to_int(value_of(&a[0]), Rounding::Floor);
    fn "__ceil__()" "" => |a| to_int(value_of(&a[0]), Rounding::Ceiling);
    fn "__complex__()" "" => |a| Ok(complex::new(to_float(value_of(&a[0]))?, 0.0));
    fn "__sizeof__()" "" => |a| Ok(int::from_usize(size_of::<super::Object>() + value_of(&a[0]).coefficient().bits() as usize / 8));
    fn "__pow__(value, mod=None, /)" "pow(self, value, mod)" => power;
    fn "__divmod__(value, /)" "divmod(self, value)" => |a| div_mod(&a[0], &a[1]);
    fn "__rdivmod__(value, /)" "divmod(value, self)" => |a| div_mod(&a[1], &a[0]);
};
