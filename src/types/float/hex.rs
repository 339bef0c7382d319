//! `float.hex` and `float.fromhex`.

use super::{from_f64, value_of};
use crate::object::{Result, Value};
use crate::protocol::{call, overflow_error, type_error, value_error};
use crate::types::unicode;
use num_bigint::{BigInt, BigUint};
use num_traits::Num;

pub(super) fn hex(args: &[Value]) -> Result {
    Ok(Value::str(&to_hex(value_of(&args[0]))))
}

fn to_hex(f: f64) -> String {
    if !f.is_finite() {
        return super::repr_f64(f);
    }
    let sign = if f.is_sign_negative() { "-" } else { "" };
    let bits = f.to_bits();
    let (exponent, mantissa) = ((bits >> 52 & 0x7ff) as i64, bits & ((1 << 52) - 1));
    match (exponent, mantissa) {
        (0, 0) => format!("{sign}0x0.0p+0"),
        (0, m) => format!("{sign}0x0.{m:013x}p-1022"),
        (e, m) => format!("{sign}0x1.{m:013x}p{:+}", e - 1023),
    }
}

pub(super) fn from_hex(args: &[Value]) -> Result {
    let Some(text) = args[1].as_str() else {
        return type_error("fromhex() argument must be str");
    };
    let value = from_f64(match parse(text) {
        Ok(f) => f,
        Err(Failure::Syntax) => return value_error("invalid hexadecimal floating-point string"),
        Err(Failure::TooLarge) => {
            return overflow_error("hexadecimal value too large to represent as a float");
        }
    });
    if args[0].is(&super::FLOAT.value()) { Ok(value) } else { call(&args[0], &[value]) }
}

#[derive(Debug, PartialEq)]
enum Failure {
    Syntax,
    TooLarge,
}

fn parse(text: &str) -> std::result::Result<f64, Failure> {
    let text = text.trim_matches(unicode::is_space).to_ascii_lowercase();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let magnitude = match rest {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => parse_digits(rest.strip_prefix("0x").unwrap_or(rest))?,
    };
    Ok(if negative { -magnitude } else { magnitude })
}

fn parse_digits(text: &str) -> std::result::Result<f64, Failure> {
    let (mantissa, exponent) = match text.split_once('p') {
        Some((m, e)) => {
            let digits = e.strip_prefix(['+', '-']).unwrap_or(e);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(Failure::Syntax);
            }
            // An exponent out of range is as good as a huge one.
            let limit = if e.starts_with('-') { i64::MIN / 4 } else { i64::MAX / 4 };
            (m, e.parse::<i64>().unwrap_or(limit).clamp(i64::MIN / 4, i64::MAX / 4))
        }
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Failure::Syntax);
    }
    let value = BigUint::from_str_radix(&digits, 16).map_err(|_| Failure::Syntax)?;
    if value.bits() == 0 {
        return Ok(0.0);
    }
    let exponent = exponent - 4 * fraction.len() as i64;
    let top = exponent.saturating_add(value.bits() as i64);
    if top > 1024 {
        return Err(Failure::TooLarge);
    }
    if top < -1080 {
        return Ok(0.0);
    }
    // A division of integers rounds correctly, also among the subnormal numbers.
    let (numerator, denominator) = if exponent >= 0 {
        (value << exponent as u64, BigUint::from(1u8))
    } else {
        (value, BigUint::from(1u8) << exponent.unsigned_abs())
    };
    let (n, d) = (BigInt::from(numerator), BigInt::from(denominator));
    crate::types::int::divide_big(&n, &d).ok_or(Failure::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        assert_eq!(to_hex(1.0), "0x1.0000000000000p+0");
        assert_eq!(to_hex(-0.1), "-0x1.999999999999ap-4");
        assert_eq!(to_hex(5e-324), "0x0.0000000000001p-1022");
        for f in [0.1, 1e300, 5e-324, 2.2250738585072014e-308, 123.456] {
            assert_eq!(parse(&to_hex(f)), Ok(f));
        }
        assert_eq!(parse("0x.8p1"), Ok(1.0));
        assert_eq!(parse("0x1p1024"), Err(Failure::TooLarge));
        assert_eq!(parse("0x1p-9999999999999999999999"), Ok(0.0));
        assert_eq!(parse("x"), Err(Failure::Syntax));
    }
}
