//! Objects as decimals.

use super::signals::{Current, FLOAT_OPERATION, installed};
use super::{as_decimal, python};
use crate::object::{Compare, List, Result, Value, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::{complex, float, int, unicode};
use minipy_decimal::{Decimal, Kind, Status};
use num_bigint::BigUint;

/// The number that an operand stands for: that of the object itself, or one made of an `int`.
pub(super) enum Operand<'a> {
    Borrowed(&'a Decimal),
    Owned(Decimal),
}

impl std::ops::Deref for Operand<'_> {
    type Target = Decimal;

    #[inline]
    fn deref(&self) -> &Decimal {
        match self {
            Operand::Borrowed(d) => d,
            Operand::Owned(d) => d,
        }
    }
}

impl Operand<'_> {
    /// What operators accept: a `Decimal` or an `int`.
    #[inline]
    pub fn of(v: &Value) -> Option<Operand<'_>> {
        match as_decimal(v) {
            Some(d) => Some(Operand::Borrowed(d)),
            None => from_int(v).map(Operand::Owned),
        }
    }

    /// The same, and a `TypeError` for everything else.
    pub fn need(v: &Value) -> Result<Operand<'_>> {
        match Operand::of(v) {
            Some(d) => Ok(d),
            None => type_error(format!("conversion from {} to Decimal is not supported", v.ty().name())),
        }
    }
}

fn from_int(v: &Value) -> Option<Decimal> {
    match int::view(v)? {
        int::Int::Small(n) => Some(Decimal::from_i64(n)),
        int::Int::Big(n) => Some(Decimal::from_big(n)),
    }
}

/// What `Decimal(v)` is, exactly.
pub(super) fn exact(v: &Value, current: &Current) -> Result<Decimal> {
    let mut status = Status::NONE;
    let d = if let Some(text) = v.as_str() {
        match plain_digits(text, true) {
            Some(text) => Decimal::parse_exact(&text, &mut status),
            None => Decimal::error(&mut status, Status::CONVERSION_SYNTAX),
        }
    } else if let Some(d) = Operand::of(v) {
        d.clone()
    } else if let Some(f) = float::to_f64(v) {
        status.add(FLOAT_OPERATION);
        Decimal::from_f64(f)
    } else if v.as_tuple().is_some() || v.cast::<List>().is_some() {
        within_limits(from_parts(&protocol::collect(v)?)?, &mut status)
    } else {
        return type_error(format!("conversion from {} to Decimal is not supported", v.ty().name()));
    };
    current.report(status)?;
    Ok(d)
}

/// What `context.create_decimal(v)` is: rounded, and text must be nothing but the number.
pub(super) fn rounded(v: &Value, current: &Current) -> Result<Decimal> {
    let mut status = Status::NONE;
    let d = match v.as_str() {
        Some(text) => plain_digits(text, false).and_then(|t| Decimal::parse(&t)),
        None if v.as_tuple().is_some() || v.cast::<List>().is_some() => {
            Some(from_parts(&protocol::collect(v)?)?)
        }
        None => Some(exact(v, current)?),
    };
    let ctx = current.context();
    // A payload that is too long has no place in this context.
    let room = ctx.precision - i64::from(ctx.clamp);
    let d = match d {
        Some(d) if !(d.is_nan() && d.digits() > room) => d.finalize(&ctx, &mut status),
        _ => Decimal::error(&mut status, Status::CONVERSION_SYNTAX),
    };
    current.report(status)?;
    Ok(d)
}

/// The text in ASCII; `lenient`: without blanks around it and without underscores.
fn plain_digits(text: &str, lenient: bool) -> Option<String> {
    let text = if lenient { text.trim_matches(unicode::is_space) } else { text };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '_' if lenient => {}
            _ if c.is_ascii() => out.push(c),
            _ => out.push(char::from_digit(unicode::decimal_digit(c)?, 10)?),
        }
    }
    Some(out)
}

/// The number of a tuple of sign, digits and exponent.
fn from_parts(parts: &[Value]) -> Result<Decimal> {
    let [sign, digits, exponent] = parts else {
        return value_error("argument must be a sequence of length 3");
    };
    let negative = match int::to_i64(sign) {
        Some(0) => false,
        Some(1) => true,
        _ => return value_error("sign must be an integer with the value 0 or 1"),
    };
    let kind = match exponent.as_str() {
        None => None,
        Some("F") => return Ok(Decimal::infinity(negative)),
        Some("n") => Some(Kind::Quiet),
        Some("N") => Some(Kind::Signaling),
        Some(_) => return value_error("string argument in the third position must be 'F', 'n' or 'N'"),
    };
    let exponent = match kind {
        Some(_) => 0,
        None if int::view(exponent).is_some() => {
            super::settings::word(exponent)?.clamp(i64::MIN / 4, i64::MAX / 4)
        }
        None => return value_error("exponent must be an integer"),
    };
    let items = match digits.as_tuple() {
        Some(items) => items.to_vec(),
        None if digits.cast::<List>().is_some() => protocol::collect(digits)?,
        None => return value_error("coefficient must be a tuple of digits"),
    };
    let mut values = Vec::with_capacity(items.len());
    for d in &items {
        match int::to_i64(d) {
            Some(d @ 0..=9) => values.push(d as u8),
            _ => return value_error("coefficient must be a tuple of digits"),
        }
    }
    let coefficient = BigUint::from_radix_be(&values, 10).unwrap_or_default();
    if let Some(kind) = kind {
        return Ok(Decimal::nan(negative, kind, coefficient));
    }
    Ok(Decimal::new(negative, coefficient, exponent))
}

/// The number, if it fits the widest context as it is.
fn within_limits(d: Decimal, status: &mut Status) -> Decimal {
    let mut work = Status::NONE;
    let d = d.finalize(&minipy_decimal::Context::MAX, &mut work);
    match work.has(Status(Status::INEXACT.0 | Status::ROUNDED.0 | Status::CLAMPED.0)) {
        true => Decimal::error(status, Status::INVALID_OPERATION),
        false => d,
    }
}

/// Both sides of a comparison as decimals; `None` if they cannot be compared.
pub(super) fn comparable<'a>(
    a: &'a Value,
    b: &'a Value,
    op: Compare,
    current: &Current,
) -> Result<Option<(Operand<'a>, Operand<'a>)>> {
    let Some(x) = Operand::of(a) else { return Ok(None) };
    if let Some(y) = Operand::of(b) {
        return Ok(Some((x, y)));
    }
    let equality = matches!(op, Compare::Eq | Compare::Ne);
    let number = match complex::parts(b) {
        Some((re, im)) if equality && im == 0.0 => Some(re),
        Some(_) => return Ok(None),
        None => float::to_f64(b),
    };
    if let Some(f) = number {
        if equality {
            current.note(FLOAT_OPERATION);
        } else {
            current.report(FLOAT_OPERATION)?;
        }
        return Ok(Some((x, Operand::Owned(Decimal::from_f64(f)))));
    }
    if protocol::is_instance(b, &installed(&intern("Rational"))?)? {
        let numerator = protocol::get_attr(b, &intern("numerator"))?;
        let denominator = protocol::get_attr(b, &intern("denominator"))?;
        let (Some(n), Some(d)) = (from_int(&numerator), from_int(&denominator)) else { return Ok(None) };
        if !x.is_finite() {
            return Ok(Some((x, Operand::Owned(n))));
        }
        // Multiplied by the denominator, on both sides.
        let scaled = x.mul(&d, &minipy_decimal::Context::MAX, &mut Status::default());
        return Ok(Some((Operand::Owned(scaled), Operand::Owned(n))));
    }
    Ok(None)
}

/// The digits of a number as the three parts that `as_tuple` gives.
pub(super) fn to_parts(d: &Decimal) -> Result {
    let exponent = match d.kind() {
        Kind::Finite => int::from_i64(d.exponent()),
        Kind::Infinite => Value::str("F"),
        Kind::Quiet => Value::str("n"),
        Kind::Signaling => Value::str("N"),
    };
    let digits = if d.is_nan() && d.coefficient().bits() == 0 {
        Vec::new()
    } else {
        d.coefficient().to_radix_be(10).iter().map(|&d| Value::small(d.into())).collect()
    };
    let parts = [int::from_i64(d.is_negative().into()), Value::tuple(digits), exponent];
    protocol::call(&python("DecimalTuple")?, &parts)
}
