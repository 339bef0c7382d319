//! Numbers as text.

use crate::context::{Context, Status};
use crate::number::{Decimal, Kind};
use num_bigint::BigUint;

impl Decimal {
    /// The number that a text of ASCII spells; `None` if it spells none.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let lower = rest.to_ascii_lowercase();
        if lower == "inf" || lower == "infinity" {
            return Some(Decimal::infinity(negative));
        }
        let nan = [("snan", Kind::Signaling), ("nan", Kind::Quiet)];
        for (name, kind) in nan {
            if let Some(payload) = lower.strip_prefix(name) {
                return Some(Decimal::nan(negative, kind, digits(payload, true)?));
            }
        }
        let (mantissa, exponent) = match lower.split_once('e') {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (&*lower, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let coefficient = if fraction.is_empty() {
            digits(whole, false)?
        } else {
            digits(&[whole, fraction].concat(), false)?
        };
        Some(Decimal::new(negative, coefficient, exponent - fraction.len() as i64))
    }

    /// The same, exactly: what is too large or too long for any context is invalid.
    pub fn parse_exact(text: &str, status: &mut Status) -> Decimal {
        let Some(d) = Decimal::parse(text) else { return Decimal::error(status, Status::CONVERSION_SYNTAX) };
        let mut work = Status::NONE;
        let d = d.finalize(&Context::MAX, &mut work);
        if work.has(Status(Status::INEXACT.0 | Status::ROUNDED.0 | Status::CLAMPED.0)) {
            // The limits of the implementation, not those of the current context.
            return Decimal::error(status, Status::INVALID_OPERATION);
        }
        status.add(work.only(Status::ERRORS));
        d
    }

    /// In scientific notation where it is shorter.
    pub fn to_text(&self, capitals: bool) -> String {
        self.write(capitals, false)
    }

    /// The same with exponents that are multiples of three.
    pub fn to_engineering(&self, capitals: bool) -> String {
        self.write(capitals, true)
    }

    fn write(&self, capitals: bool, engineering: bool) -> String {
        let mut out = String::from(if self.negative { "-" } else { "" });
        let name = match self.kind {
            Kind::Finite => "",
            Kind::Infinite => "Infinity",
            Kind::Quiet => "NaN",
            Kind::Signaling => "sNaN",
        };
        if !self.is_finite() {
            out += name;
            if self.is_nan() && self.coefficient.bits() > 0 {
                out += &self.coefficient.to_string();
            }
            return out;
        }
        let digits = self.coefficient.to_string();
        let left = self.exponent + digits.len() as i64;
        let point = match () {
            _ if self.exponent <= 0 && left > -6 => left,
            _ if !engineering => 1,
            _ if self.is_zero() => (left + 1).rem_euclid(3) - 1,
            _ => (left - 1).rem_euclid(3) + 1,
        };
        place_point(&mut out, &digits, point);
        if left != point {
            out.push(if capitals { 'E' } else { 'e' });
            out += &format!("{:+}", left - point);
        }
        out
    }
}

/// Appends digits with a point behind the first `point` of them; zeros are put where digits are missing.
pub(crate) fn place_point(out: &mut String, digits: &str, point: i64) {
    if point <= 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', point.unsigned_abs() as usize));
        out.push_str(digits);
    } else if point as usize >= digits.len() {
        out.push_str(digits);
        out.extend(std::iter::repeat_n('0', point as usize - digits.len()));
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        out.push_str(whole);
        out.push('.');
        out.push_str(fraction);
    }
}

fn digits(text: &str, may_be_empty: bool) -> Option<BigUint> {
    if text.is_empty() {
        return may_be_empty.then(BigUint::default);
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if text.len() <= 18 {
        return text.parse::<u64>().ok().map(BigUint::from);
    }
    Some(from_decimal(text.as_bytes()))
}

/// The number that decimal digits spell: halves of them, put together.
fn from_decimal(digits: &[u8]) -> BigUint {
    if digits.len() <= 400 {
        return BigUint::parse_bytes(digits, 10).unwrap_or_default();
    }
    let low = digits.len() / 2;
    let (high, rest) = digits.split_at(digits.len() - low);
    crate::number::shift_left(&from_decimal(high), low as u64) + from_decimal(rest)
}

/// An exponent; what is beyond all limits becomes a number that is beyond them too.
fn parse_exponent(text: &str) -> Option<i64> {
    const LIMIT: i64 = i64::MAX / 4;
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if rest.is_empty() || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let size = rest.parse::<i64>().unwrap_or(LIMIT).min(LIMIT);
    Some(if negative { -size } else { size })
}
