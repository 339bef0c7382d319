//! The operations of contexts, which take their operands as arguments.

use super::context::{body, copy_of, reduce, rounding_name, set_attribute, signal_dict};
use super::convert::{self, Operand};
use super::signals::Current;
use super::{Binary, Unary, from_decimal};
use crate::object::{Def, Result, Value, arg};
use crate::protocol::type_error;
use crate::types::{float, int};
use minipy_decimal::{Decimal, Rounding, Status};

/// Runs an operation on one operand in a context.
pub(super) fn unary_op(current: &Current, x: &Value, op: Unary) -> Result {
    let x = Operand::need(x)?;
    let mut status = Status::NONE;
    let result = op(&x, &current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

/// Runs an operation on two operands in a context.
pub(super) fn binary_op(current: &Current, x: &Value, y: &Value, op: Binary) -> Result {
    let (x, y) = (Operand::need(x)?, Operand::need(y)?);
    let mut status = Status::NONE;
    let result = op(&x, &y, &current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

pub(super) fn fma(current: &Current, x: &Value, y: &Value, z: &Value) -> Result {
    let (x, y, z) = (Operand::need(x)?, Operand::need(y)?, Operand::need(z)?);
    let mut status = Status::NONE;
    let result = x.fma(&y, &z, &current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

/// The way of rounding that an argument names.
pub(super) fn rounding_of(v: &Value) -> Result<Rounding> {
    let found = v.as_str().and_then(|t| super::context::ROUNDINGS.iter().find(|r| r.0 == t));
    match found {
        Some(r) => Ok(r.1),
        None => type_error(
            "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   \
             ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
        ),
    }
}

fn one(a: &[Value], op: Unary) -> Result {
    unary_op(&Current::from_value(&a[0]), &a[1], op)
}

fn two(a: &[Value], op: Binary) -> Result {
    binary_op(&Current::from_value(&a[0]), &a[1], &a[2], op)
}

fn truth(a: &[Value], op: fn(&Decimal) -> bool) -> Result {
    Ok(Value::bool(op(&*Operand::need(&a[1])?)))
}

fn power(a: &[Value]) -> Result {
    let Some(m) = arg(a, 3).as_bound().filter(|m| !m.is_none()) else { return two(a, Decimal::pow) };
    let current = Current::from_value(&a[0]);
    let (x, y, m) = (Operand::need(&a[1])?, Operand::need(&a[2])?, Operand::need(m)?);
    let mut status = Status::NONE;
    let result = x.pow_mod(&y, &m, &current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

fn div_mod(a: &[Value]) -> Result {
    let current = Current::from_value(&a[0]);
    let (x, y) = (Operand::need(&a[1])?, Operand::need(&a[2])?);
    let mut status = Status::NONE;
    let (q, r) = x.div_mod(&y, &current.context(), &mut status);
    current.report(status)?;
    Ok(Value::tuple(vec![from_decimal(q), from_decimal(r)]))
}

fn create(a: &[Value]) -> Result {
    let current = Current::from_value(&a[0]);
    match arg(a, 1).as_bound() {
        Some(v) => convert::rounded(v, &current).map(from_decimal),
        None => Ok(from_decimal(Decimal::zero(false, 0))),
    }
}

fn create_from_float(a: &[Value]) -> Result {
    let current = Current::from_value(&a[0]);
    let d = match (float::to_f64(&a[1]), int::view(&a[1])) {
        (Some(f), _) => Decimal::from_f64(f),
        (None, Some(n)) => Decimal::from_big(&n.to_big()),
        _ => return type_error("argument must be int or float"),
    };
    let mut status = Status::NONE;
    let d = d.finalize(&current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(d))
}

fn text(a: &[Value], write: fn(&Decimal, bool) -> String) -> Result {
    let current = Current::from_value(&a[0]);
    Ok(Value::str(&write(&*Operand::need(&a[1])?, current.capitals())))
}

/// The settings and operations of contexts.
pub(super) static DEFS: &[Def] = crate::defs! {
    get "prec()" "The precision." => |v| Ok(int::from_i64(body(v).context.get().precision)), |v, x| set_attribute(v, "prec", x);
    get "rounding()" "How to round." => |v| Ok(Value::str(rounding_name(body(v).context.get().rounding))), |v, x| set_attribute(v, "rounding", x);
    get "Emin()" "The least exponent." => |v| Ok(int::from_i64(body(v).context.get().emin)), |v, x| set_attribute(v, "Emin", x);
    get "Emax()" "The largest exponent." => |v| Ok(int::from_i64(body(v).context.get().emax)), |v, x| set_attribute(v, "Emax", x);
    get "capitals()" "Whether exponents are written with a large E." => |v| Ok(int::from_i64(body(v).capitals.get().into())), |v, x| set_attribute(v, "capitals", x);
    get "clamp()" "Whether exponents are limited from above." => |v| Ok(int::from_i64(body(v).context.get().clamp.into())), |v, x| set_attribute(v, "clamp", x);
    get "flags()" "The signals that were reported." => |v| signal_dict(v, false), |v, x| set_attribute(v, "flags", x);
    get "traps()" "The signals that raise exceptions." => |v| signal_dict(v, true), |v, x| set_attribute(v, "traps", x);
    fn "Etiny()" "The smallest exponent that a number can have." => |a| Ok(int::from_i64(body(&a[0]).context.get().etiny()));
    fn "Etop()" "Return a value equal to Emax - prec + 1, the maximum exponent if the digits are to have full precision." => |a| Ok(int::from_i64(body(&a[0]).context.get().etop()));
    fn "clear_flags()" "Say of no signal that it has happened." => |a| {
        body(&a[0]).flags.set(Status::NONE);
        Ok(Value::NONE)
    };
    fn "clear_traps()" "Raise an exception for no signal." => |a| {
        body(&a[0]).traps.set(Status::NONE);
        Ok(Value::NONE)
    };
    fn "copy()" "A context with the same settings, in which nothing has happened yet." => |a| Ok(copy_of(&a[0], false));
    fn "__copy__()" "" => |a| Ok(copy_of(&a[0], false));
    fn "__reduce__()" "" => reduce;
    fn "abs(x, /)" "The absolute value, rounded." => |a| one(a, Decimal::abs);
    fn "exp(x, /)" "e to the power of x." => |a| one(a, Decimal::exp);
    fn "ln(x, /)" "The natural logarithm." => |a| one(a, Decimal::ln);
    fn "log10(x, /)" "The logarithm to base 10." => |a| one(a, Decimal::log10);
    fn "logb(x, /)" "The exponent of the first digit." => |a| one(a, Decimal::logb);
    fn "logical_invert(x, /)" "The digits, all 0 or 1, each the other one." => |a| one(a, Decimal::logical_invert);
    fn "minus(x, /)" "-x, rounded." => |a| one(a, Decimal::minus);
    fn "plus(x, /)" "+x, rounded." => |a| one(a, Decimal::plus);
    fn "next_minus(x, /)" "The next number below x that the context can have." => |a| one(a, |d, c, s| d.next(false, c, s));
    fn "next_plus(x, /)" "The next number above x that the context can have." => |a| one(a, |d, c, s| d.next(true, c, s));
    fn "normalize(x, /)" "The number without zeros at the end." => |a| one(a, Decimal::normalize);
    fn "sqrt(x, /)" "The square root." => |a| one(a, Decimal::sqrt);
    fn "to_integral(x, /)" "As to_integral_value()." => |a| one(a, |d, c, s| d.to_integral(false, c, s));
    fn "to_integral_value(x, /)" "x rounded to an integer; nothing is signaled." => |a| one(a, |d, c, s| d.to_integral(false, c, s));
    fn "to_integral_exact(x, /)" "x rounded to an integer; it is signaled if that changes it." => |a| one(a, |d, c, s| d.to_integral(true, c, s));
    fn "canonical(x, /)" "The number in its one encoding." => |a| match super::as_decimal(&a[1]) {
        Some(_) => Ok(a[1].clone()),
        None => type_error("argument must be a Decimal"),
    };
    fn "copy_abs(x, /)" "x without its sign, not rounded." => |a| one(a, |d, _, _| d.abs_copy());
    fn "copy_decimal(x, /)" "x as it is." => |a| one(a, |d, _, _| d.clone());
    fn "copy_negate(x, /)" "x with the other sign, not rounded." => |a| one(a, |d, _, _| d.negated_copy());
    fn "_apply(x, /)" "Apply context to Decimal x." => |a| one(a, |d, c, s| d.clone().finalize(c, s));
    fn "add(x, y, /)" "x + y" => |a| two(a, Decimal::add);
    fn "subtract(x, y, /)" "x - y" => |a| two(a, Decimal::sub);
    fn "multiply(x, y, /)" "x * y" => |a| two(a, Decimal::mul);
    fn "divide(x, y, /)" "x / y" => |a| two(a, Decimal::div);
    fn "divide_int(x, y, /)" "The integer part of x / y." => |a| two(a, Decimal::div_integer);
    fn "divmod(x, y, /)" "The integer part of x / y, and the remainder." => div_mod;
    fn "remainder(x, y, /)" "What is left of x when a multiple of y is taken away that is rounded toward zero." => |a| two(a, Decimal::remainder);
    fn "remainder_near(x, y, /)" "Return x - y * n, where n is the integer nearest the exact value of x / y." => |a| two(a, Decimal::remainder_near);
    fn "compare(x, y, /)" "-1, 0 or 1, as x is less than, equal to or greater than y." => |a| two(a, Decimal::compare);
    fn "compare_signal(x, y, /)" "As compare(), but any NaN is signaled." => |a| two(a, Decimal::compare_signal);
    fn "compare_total(x, y, /)" "-1, 0 or 1 by an order of all numbers, that tells 1 from 1.0." => |a| two(a, |x, y, _, _| x.compare_total(y));
    fn "compare_total_mag(x, y, /)" "As compare_total(), without the signs." => |a| two(a, |x, y, _, _| x.compare_total_size(y));
    fn "copy_sign(x, y, /)" "x with the sign of y, not rounded." => |a| two(a, |x, y, _, _| x.with_sign_of(y));
    fn "logical_and(x, y, /)" "The digits, all 0 or 1, joined by and." => |a| two(a, |x, y, c, s| x.logical(y, |p, q| p && q, c, s));
    fn "logical_or(x, y, /)" "The digits, all 0 or 1, joined by or." => |a| two(a, |x, y, c, s| x.logical(y, |p, q| p || q, c, s));
    fn "logical_xor(x, y, /)" "The digits, all 0 or 1, joined by exclusive or." => |a| two(a, |x, y, c, s| x.logical(y, |p, q| p != q, c, s));
    fn "max(x, y, /)" "The greater one." => |a| two(a, |x, y, c, s| x.extreme(y, true, false, c, s));
    fn "max_mag(x, y, /)" "Compare the values numerically with their sign ignored and return the maximum." => |a| two(a, |x, y, c, s| x.extreme(y, true, true, c, s));
    fn "min(x, y, /)" "The smaller one." => |a| two(a, |x, y, c, s| x.extreme(y, false, false, c, s));
    fn "min_mag(x, y, /)" "Compare the values numerically with their sign ignored and return the minimum." => |a| two(a, |x, y, c, s| x.extreme(y, false, true, c, s));
    fn "next_toward(x, y, /)" "The next number from x on the way to y that the context can have." => |a| two(a, Decimal::next_toward);
    fn "quantize(x, y, /)" "x rounded so that its exponent is that of y." => |a| two(a, Decimal::quantize);
    fn "rotate(x, y, /)" "The digits of x, moved in a circle by y places." => |a| two(a, Decimal::rotate);
    fn "scaleb(x, y, /)" "Return the first operand after adding the second value to its exponent." => |a| two(a, Decimal::scaleb);
    fn "shift(x, y, /)" "The digits of x, moved by y places; zeros come in." => |a| two(a, Decimal::shift);
    fn "same_quantum(x, y, /)" "Whether both have the same exponent." => |a| Ok(Value::bool(Operand::need(&a[1])?.same_quantum(&*Operand::need(&a[2])?)));
    fn "power(a, b, modulo=None)" "Compute a**b. If 'a' is negative, then 'b' must be integral." => power;
    fn "fma(x, y, z, /)" "x * y + z, rounded once." => |a| fma(&Current::from_value(&a[0]), &a[1], &a[2], &a[3]);
    fn "radix()" "The base of the numbers." => |_| Ok(from_decimal(Decimal::from_i64(10)));
    fn "is_canonical(x, /)" "Whether the encoding is the one there is: always." => |a| match super::as_decimal(&a[1]) {
        Some(_) => Ok(Value::TRUE),
        None => type_error("argument must be a Decimal"),
    };
    fn "is_finite(x, /)" "Whether x is neither infinite nor a NaN." => |a| truth(a, Decimal::is_finite);
    fn "is_infinite(x, /)" "Whether x is infinite." => |a| truth(a, Decimal::is_infinite);
    fn "is_nan(x, /)" "Whether x is a NaN of any kind." => |a| truth(a, Decimal::is_nan);
    fn "is_qnan(x, /)" "Whether x is a quiet NaN." => |a| truth(a, |d| d.is_nan() && !d.is_signaling());
    fn "is_snan(x, /)" "Whether x is a signaling NaN." => |a| truth(a, Decimal::is_signaling);
    fn "is_signed(x, /)" "Whether the sign is negative." => |a| truth(a, Decimal::is_negative);
    fn "is_zero(x, /)" "Whether x is zero." => |a| truth(a, Decimal::is_zero);
    fn "is_normal(x, /)" "Whether x is finite, not zero, and not too small for all its digits." => |a| Ok(Value::bool(Operand::need(&a[1])?.is_normal(&Current::from_value(&a[0]).context())));
    fn "is_subnormal(x, /)" "Whether x is too small for all its digits, but not zero." => |a| Ok(Value::bool(Operand::need(&a[1])?.is_subnormal(&Current::from_value(&a[0]).context())));
    fn "number_class(x, /)" "What kind of number it is, in words of the specification." => |a| Ok(Value::str(Operand::need(&a[1])?.class(&Current::from_value(&a[0]).context()).0));
    fn "to_sci_string(x, /)" "The number as text, with an exponent where that is shorter." => |a| text(a, Decimal::to_text);
    fn "to_eng_string(x, /)" "The number as text, with an exponent that is a multiple of three." => |a| text(a, Decimal::to_engineering);
    fn "create_decimal(num='0', /)" "A number by the rules of this context." => create;
    fn "create_decimal_from_float(f, /)" "Create a new Decimal instance from float f, rounded in this context." => create_from_float;
};
