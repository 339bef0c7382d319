//! `int(...)`: from text, bytes and other numbers.

use super::{INT, from_big, from_i64, max_str_digits, view, with_type};
use crate::object::{Result, Type, Value, arg};
use crate::protocol::{self, bind_args, type_error, value_error, warn, warn_of_subclass};
use crate::types::{bytes, exception, unicode};
use num_bigint::{BigInt, Sign};

/// `int.__new__`
pub(super) fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let value = match args {
        [x] if names.is_none() => from_object(x)?,
        _ => {
            let args = bind_args("int", crate::sig!("int(x=0, /, base=10)"), args, names)?;
            match (arg(&args, 0).as_bound(), arg(&args, 1).as_bound()) {
                (None, None) => from_i64(0),
                (None, Some(_)) => return type_error("int() missing string argument"),
                (Some(x), None) => from_object(x)?,
                (Some(x), Some(base)) => with_base(x, base)?,
            }
        }
    };
    match ty.cast::<Type>() {
        Some(ty) => Ok(with_type(ty, value)),
        None => Ok(value),
    }
}

fn with_base(x: &Value, base: &Value) -> Result {
    let base = protocol::index_clipped(base)?;
    if base != 0 && !(2..=36).contains(&base) {
        return value_error("int() base must be >= 2 and <= 36, or 0");
    }
    parse_value(x, base as u32)?
        .map_or_else(|| type_error("int() can't convert non-string with explicit base"), Ok)
}

/// `int(x)`
fn from_object(x: &Value) -> Result {
    if x.is_exact(&INT) {
        return Ok(x.clone());
    }
    let slots = x.ty().slots();
    if let Some(f) = slots.int {
        let r = f(x)?;
        return match view(&r) {
            Some(_) => {
                if !r.is_exact(&INT) && !r.is(x) {
                    warn_of_subclass("__int__", "int", &r)?;
                }
                super::exact(&r)
            }
            None => type_error(format!("__int__ returned non-int (type {})", r.ty().name())),
        };
    }
    if slots.index.is_some() {
        return super::exact(&protocol::index(x)?);
    }
    if let Some(r) = protocol::call_special(x, "__trunc__", &[]) {
        warn(&exception::DEPRECATION_WARNING, "The delegation of int() to __trunc__ is deprecated.")?;
        let r = r?;
        return if view(&r).is_some() || r.ty().slots().index.is_some() {
            super::exact(&protocol::index(&r)?)
        } else {
            type_error(format!("__trunc__ returned non-Integral (type {})", r.ty().name()))
        };
    }
    match parse_value(x, 10)? {
        Some(v) => Ok(v),
        None => type_error(format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            x.ty().name()
        )),
    }
}

/// A `str` or bytes-like object as an integer; `None` if it is neither.
pub fn parse_value(x: &Value, base: u32) -> Result<Option<Value>> {
    let parsed = if let Some(text) = x.as_str() {
        parse_text(text, base)?
    } else if let Some(data) = bytes::buffer(x) {
        match std::str::from_utf8(&data) {
            Ok(text) if text.is_ascii() => parse_text(text, base)?,
            _ => None,
        }
    } else {
        return Ok(None);
    };
    match parsed {
        Some(v) => Ok(Some(v)),
        None => {
            let shown: String = protocol::repr_string(x)?.chars().take(200).collect();
            value_error(format!("invalid literal for int() with base {base}: {shown}"))
        }
    }
}

/// The integer that `text` spells; `None` if it spells none.
pub fn parse_text(text: &str, base: u32) -> Result<Option<Value>> {
    let text = text.trim_matches(unicode::is_space);
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let Some((base, digits)) = digits(rest, base) else { return Ok(None) };
    if digits.len() <= 12 {
        let small = digits.iter().fold(0i64, |n, &d| n.saturating_mul(base.into()).saturating_add(d.into()));
        return Ok(Some(from_i64(if negative { -small } else { small })));
    }
    let limit = max_str_digits();
    if limit > 0 && digits.len() > limit && !base.is_power_of_two() {
        return value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        ));
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    Ok(BigInt::from_radix_be(sign, &digits, base).map(from_big))
}

/// The base and the values of the digits, after the sign. `base` 0 takes it from the prefix.
fn digits(text: &str, base: u32) -> Option<(u32, Vec<u8>)> {
    let lower = |i: usize| text.as_bytes().get(i).map(u8::to_ascii_lowercase);
    let prefix = match (lower(0), lower(1)) {
        (Some(b'0'), Some(b'x')) => 16,
        (Some(b'0'), Some(b'o')) => 8,
        (Some(b'0'), Some(b'b')) => 2,
        _ => 0,
    };
    // One underscore may follow a prefix, hence a digit before it is assumed.
    let (base, text, mut after_digit, must_be_zero) = match base {
        0 if prefix != 0 => (prefix, &text[2..], true, false),
        0 => (10, text, false, text.starts_with('0')),
        b if b == prefix => (b, &text[2..], true, false),
        b => (b, text, false, false),
    };
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c == '_' {
            if !after_digit {
                return None;
            }
            after_digit = false;
            continue;
        }
        let d = c.to_digit(36).or_else(|| unicode::decimal_digit(c)).filter(|&d| d < base)?;
        if must_be_zero && d != 0 {
            return None;
        }
        out.push(d as u8);
        after_digit = true;
    }
    if out.is_empty() || !after_digit { None } else { Some((base, out)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        let value =
            |text, base| digits(text, base).map(|(b, d)| d.iter().fold(0, |n, &d| n * b + u32::from(d)));
        assert_eq!(value("0x_ff", 0), Some(255));
        assert_eq!(value("ff", 16), Some(255));
        assert_eq!(value("0b1", 16), Some(0xb1));
        assert_eq!(value("1_000", 10), Some(1000));
        assert_eq!(value("1__0", 10), None);
        assert_eq!(value("_1", 10), None);
        assert_eq!(value("1_", 10), None);
        assert_eq!(value("010", 0), None);
        assert_eq!(value("0_0", 0), Some(0));
        assert_eq!(value("", 10), None);
        assert_eq!(value("0x", 0), None);
        assert_eq!(value("z", 36), Some(35));
        assert_eq!(value("\u{663}\u{661}", 10), Some(31));
    }
}
