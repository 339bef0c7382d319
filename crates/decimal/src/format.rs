//! Formatting by a specification, as in `format(number, "+,.2f")`.

use crate::context::{Context, Rounding, Status};
use crate::number::{Decimal, MOST_DIGITS};
use crate::text::place_point;
use num_bigint::BigUint;

/// A specification.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    fill: char,
    align: char,
    sign: char,
    /// Minus is not shown if all digits are zero.
    no_minus_zero: bool,
    width: usize,
    separator: Option<char>,
    precision: Option<i64>,
    kind: char,
}

/// Zeros between sign and digits.
const ZEROS: char = 'z';

impl Spec {
    /// Parses a specification; `None` if it is invalid. `capitals` decides how an exponent is written by default.
    pub fn parse(text: &str, capitals: bool) -> Option<Spec> {
        let is_align = |c: &char| matches!(c, '<' | '>' | '=' | '^');
        let chars: Vec<char> = text.chars().collect();
        let mut spec = Spec {
            fill: ' ',
            align: '>',
            sign: '-',
            no_minus_zero: false,
            width: 0,
            separator: None,
            precision: None,
            kind: if capitals { 'G' } else { 'g' },
        };
        let mut at = 0;
        let aligned = if let Some(&align) = chars.get(1).filter(|c| is_align(c)) {
            (spec.fill, spec.align, at) = (chars[0], align, 2);
            true
        } else if let Some(&align) = chars.first().filter(|c| is_align(c)) {
            (spec.align, at) = (align, 1);
            true
        } else {
            false
        };
        let mut next = |accepted: &dyn Fn(char) -> bool| {
            let c = chars.get(at).copied().filter(|&c| accepted(c))?;
            at += 1;
            Some(c)
        };
        if let Some(sign) = next(&|c| matches!(c, '+' | '-' | ' ')) {
            spec.sign = sign;
        }
        spec.no_minus_zero = next(&|c| c == 'z').is_some();
        if next(&|c| c == '0').is_some() {
            if aligned {
                return None;
            }
            (spec.align, spec.fill) = (ZEROS, '0');
        }
        let digit = |c: char| c.is_ascii_digit();
        let mut width = String::new();
        while let Some(c) = next(&digit) {
            width.push(c);
        }
        if width.starts_with('0') {
            return None;
        }
        if !width.is_empty() {
            spec.width = width.parse().ok()?;
        }
        spec.separator = next(&|c| c == ',');
        if next(&|c| c == '.').is_some() {
            let mut precision = String::new();
            while let Some(c) = next(&digit) {
                precision.push(c);
            }
            spec.precision = Some(precision.parse().ok()?);
        }
        if let Some(kind) = next(&|c| "eEfFgG%n".contains(c)) {
            if kind == 'n' && spec.separator.is_some() {
                return None;
            }
            spec.kind = if kind == 'n' { 'g' } else { kind };
        }
        (at == chars.len()).then_some(spec)
    }
}

impl Decimal {
    /// The number as text; `None` if it would be too long.
    pub fn format(&self, spec: &Spec, rounding: Rounding) -> Option<String> {
        if spec.width as i64 > MOST_DIGITS || spec.precision.is_some_and(|p| p > MOST_DIGITS) {
            return None;
        }
        let kind = spec.kind.to_ascii_lowercase();
        let percent = if kind == '%' { "%" } else { "" };
        if !self.is_finite() {
            let body = self.abs_copy().to_text(true) + percent;
            let spec = match spec.align {
                ZEROS => &Spec { fill: ' ', align: '>', ..spec.clone() },
                _ => spec,
            };
            return Some(spec.aligned(self.negative, &body));
        }
        let rounded = self.rounded_for(spec, kind, rounding)?;
        let negative = rounded.negative && !(spec.no_minus_zero && rounded.is_zero());
        let digits = rounded.coefficient.to_string();
        let left = rounded.exponent + digits.len() as i64;
        let point = match kind {
            'e' if rounded.is_zero() => 1 - spec.precision.unwrap_or(0),
            'e' => 1,
            'g' if rounded.exponent > 0 || left <= -6 => 1,
            _ => left,
        };
        let mut body = String::new();
        if !(-MOST_DIGITS..=MOST_DIGITS).contains(&point) {
            return None;
        }
        place_point(&mut body, &digits, point);
        if kind == 'e' || left != point {
            let letter = if spec.kind.is_ascii_uppercase() { 'E' } else { 'e' };
            // A zero's exponent is that of the digit in front of the point.
            body += &format!("{letter}{:+}", left - point);
        }
        Some(spec.aligned(negative, &spec.grouped(&body, negative, percent)))
    }

    /// The number with the digits that the specification asks for.
    fn rounded_for(&self, spec: &Spec, kind: char, rounding: Rounding) -> Option<Decimal> {
        let mut number = self.clone();
        if kind == '%' {
            number.exponent += 2;
        }
        let mut status = Status::NONE;
        let mut shorten = |number: &mut Decimal, digits: i64| {
            let extra = number.digits() - digits;
            if extra > 0 {
                number.round_off(extra, rounding, &mut status);
                if number.digits() > digits {
                    number.coefficient /= 10u8;
                    number.exponent += 1;
                }
            }
        };
        match (kind, spec.precision) {
            ('g', Some(p)) => shorten(&mut number, p.max(1)),
            ('e', Some(p)) if !self.is_zero() => {
                shorten(&mut number, p + 1);
                let missing = p + 1 - number.digits();
                number = number.lowered_by(missing)?;
            }
            ('f' | '%', Some(p)) => {
                let shift = number.exponent + p;
                if number.is_zero() {
                    number.exponent = -p;
                } else if shift >= 0 {
                    number = number.lowered_by(shift)?;
                } else {
                    number.round_off(-shift, rounding, &mut status);
                }
            }
            _ => {}
        }
        if number.is_zero() && number.exponent > 0 && matches!(kind, 'f' | '%') {
            number.exponent = 0;
        }
        Some(number)
    }

    /// The same number with `n` zeros at its end.
    fn lowered_by(&self, n: i64) -> Option<Decimal> {
        if n > MOST_DIGITS {
            return None;
        }
        let coefficient: BigUint = crate::number::shift_left(&self.coefficient, n.max(0) as u64);
        Some(Decimal { coefficient, exponent: self.exponent - n.max(0), ..self.clone() })
    }

    /// The number rounded to a whole one, as `round` and the like want it.
    pub fn to_whole(&self, rounding: Rounding) -> Decimal {
        self.to_integral(false, &Context::MAX.with_rounding(rounding), &mut Status::default())
    }
}

impl Spec {
    fn sign_text(&self, negative: bool) -> &str {
        match self.sign {
            _ if negative => "-",
            '+' => "+",
            ' ' => " ",
            _ => "",
        }
    }

    /// The digits with separators, and with zeros in front if the width asks for them.
    fn grouped(&self, body: &str, negative: bool, percent: &str) -> String {
        let whole_end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
        let (whole, rest) = body.split_at(whole_end);
        let rest = format!("{rest}{percent}");
        let width = if self.align == ZEROS { self.width } else { 0 };
        let room = width.saturating_sub(rest.chars().count() + self.sign_text(negative).len());
        let Some(separator) = self.separator else {
            return format!("{whole:0>room$}{rest}");
        };
        // Groups of three from the end; a separator never comes first.
        let mut out: Vec<char> = Vec::new();
        let mut digits = whole.chars().rev();
        let mut count = 0;
        loop {
            let digit = match digits.next() {
                Some(d) => d,
                None if out.len() < room => '0',
                None => break,
            };
            if count > 0 && count % 3 == 0 {
                out.push(separator);
            }
            out.push(digit);
            count += 1;
        }
        out.iter().rev().collect::<String>() + &rest
    }

    fn aligned(&self, negative: bool, body: &str) -> String {
        let sign = self.sign_text(negative);
        let missing = self.width.saturating_sub(sign.len() + body.chars().count());
        let pad = |n: usize| std::iter::repeat_n(self.fill, n).collect::<String>();
        match self.align {
            '<' => format!("{sign}{body}{}", pad(missing)),
            '^' => format!("{}{sign}{body}{}", pad(missing / 2), pad(missing - missing / 2)),
            '=' => format!("{sign}{}{body}", pad(missing)),
            ZEROS => format!("{sign}{body}"),
            _ => format!("{}{sign}{body}", pad(missing)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let f = |n: &str, spec: &str| {
            let spec = Spec::parse(spec, true)?;
            Decimal::parse(n)?.format(&spec, Rounding::HalfEven)
        };
        for (n, spec, text) in [
            ("1234567.891", ",.2f", "1,234,567.89"),
            ("-0.001", "z.1f", "0.0"),
            ("1.5", "", "1.5"),
            ("0", "e", "0e+0"),
            ("0.00", ".3e", "0.000e+1"),
            ("1234", "010,d", ""),
            ("1234", "012,", "0,000,001,234"),
            ("0.25", "%", "25%"),
            ("5", ".3e", "5.000e+0"),
            ("NaN", "010", "       NaN"),
        ] {
            let expected = if text.is_empty() { None } else { Some(text.to_owned()) };
            assert_eq!(f(n, spec), expected, "{n} {spec}");
        }
    }
}
