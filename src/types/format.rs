//! The format specification mini-language: `[[fill]align][sign][z][#][0][width][,_][.precision][type]`.

use super::{bool, float, int};
use crate::object::{Result, Str, StrWriter, Value};
use crate::protocol::{memory_error, overflow_error, str, value_error};
use float::Flags;
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use std::str::Chars;

/// Whether `v` is of a built-in type that [`format_value`] serves, not of a subclass.
pub fn is_formatted_directly(v: &Value) -> bool {
    v.is_exact(&super::str::STR)
        || v.is_exact(&int::INT)
        || v.is_exact(&float::FLOAT)
        || v.is_exact(&bool::BOOL)
}

/// `format(v, spec)` for `str`, `int`, `float`, `bool` and their subclasses.
pub fn format_value(v: &Value, spec: &str) -> Result {
    if spec.is_empty() {
        return str(v);
    }
    if let Some(s) = v.cast::<Str>() {
        format_str(s, &Spec::parse(spec, '<', 's', "str")?)
    } else if let Some(f) = float::to_f64(v) {
        let spec = Spec::parse(spec, '>', '\0', v.ty().name())?;
        match spec.kind {
            '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%' => format_float(f, &spec),
            kind => unknown_code(kind, v),
        }
    } else if let Some(i) = int::view(v) {
        let spec = Spec::parse(spec, '>', 'd', v.ty().name())?;
        match spec.kind {
            'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n' => format_int(v, i, &spec),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => format_float(int::to_float(v)?, &spec),
            kind => unknown_code(kind, v),
        }
    } else {
        str(v)
    }
}

/// `format(v, spec)` for a complex number, whose parts are `re` and `im`.
pub fn format_complex(v: &Value, (re, im): (f64, f64), spec: &str) -> Result {
    let spec = Spec::parse(spec, '>', '\0', v.ty().name())?;
    if !matches!(spec.kind, '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n') {
        return unknown_code(spec.kind, v);
    }
    if spec.fill == '0' {
        return value_error("Zero padding is not allowed in complex format specifier");
    }
    if spec.align == '=' {
        return value_error("'=' alignment flag is not allowed in complex format specifier");
    }
    // Without a type it looks as `str` shows it.
    let bare = spec.kind == '\0';
    let kind = if bare && spec.precision.is_some() { 'g' } else { spec.kind };
    let part = |f: f64, sign| float_text(f, &Spec { fill: ' ', width: 0, sign, kind, ..spec }, false);
    let only_imaginary = bare && re == 0.0 && re.is_sign_positive();
    let (open, close) = if bare && !only_imaginary { ("(", ")") } else { ("", "") };
    let (re, im) = match only_imaginary {
        true => (Value::str(""), part(im, spec.sign)?),
        false => (part(re, spec.sign)?, part(im, Some('+'))?),
    };
    let parts = [open, re.as_str().unwrap_or_default(), im.as_str().unwrap_or_default(), "j", close];
    spec.pad(&parts, parts.iter().map(|p| p.len()).sum())
}

fn unknown_code<T>(kind: char, v: &Value) -> Result<T> {
    let shown =
        if ('!'..'\u{80}').contains(&kind) { kind.to_string() } else { format!("\\x{:x}", kind as u32) };
    value_error(format!("Unknown format code '{shown}' for object of type '{}'", v.ty().name()))
}

/// A parsed specification.
#[derive(Clone, Copy)]
struct Spec {
    fill: char,
    align: char,
    sign: Option<char>,
    no_negative_zero: bool,
    alternate: bool,
    width: usize,
    /// Group separator and how many digits form a group.
    grouping: Option<(char, usize)>,
    precision: Option<usize>,
    kind: char,
}

impl Spec {
    fn parse(text: &str, default_align: char, default_kind: char, type_name: &str) -> Result<Spec> {
        let invalid =
            || value_error(format!("Invalid format specifier '{text}' for object of type '{type_name}'"));
        fn take(rest: &mut Chars<'_>, wanted: impl Fn(char) -> bool) -> Option<char> {
            let mut tail = rest.clone();
            let first = tail.next().filter(|&c| wanted(c))?;
            *rest = tail;
            Some(first)
        }
        let is_align = |c| matches!(c, '<' | '>' | '=' | '^');
        let mut rest = text.chars();
        let mut tail = rest.clone();
        let mut fill = tail.next();
        let mut align = take(&mut tail, is_align);
        if align.is_some() {
            rest = tail;
        } else {
            fill = None;
            align = take(&mut rest, is_align);
        }
        let sign = take(&mut rest, |c| matches!(c, ' ' | '+' | '-'));
        let no_negative_zero = take(&mut rest, |c| c == 'z').is_some();
        let alternate = take(&mut rest, |c| c == '#').is_some();
        if fill.is_none() && take(&mut rest, |c| c == '0').is_some() {
            fill = Some('0');
            if align.is_none() && default_align == '>' {
                align = Some('=');
            }
        }
        let width = number(&mut rest)?.unwrap_or(0);
        let mut separator = take(&mut rest, |c| c == ',');
        if let Some(underscore) = take(&mut rest, |c| c == '_') {
            if separator.replace(underscore).is_some() {
                return value_error("Cannot specify both ',' and '_'.");
            }
            if rest.as_str().starts_with(',') {
                return value_error("Cannot specify both ',' and '_'.");
            }
        }
        let mut precision = None;
        if take(&mut rest, |c| c == '.').is_some() {
            precision = number(&mut rest)?;
            if precision.is_none() {
                return value_error("Format specifier missing precision");
            }
        }
        let kind = match (rest.next(), rest.next()) {
            (None, _) => default_kind,
            (Some(kind), None) => kind,
            _ => return invalid(),
        };
        let grouping = match (separator, kind) {
            (None, _) => None,
            (Some(s), 'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0') => Some((s, 3)),
            (Some('_'), 'b' | 'o' | 'x' | 'X') => Some(('_', 4)),
            (Some(s), '!'..'\u{80}') => return value_error(format!("Cannot specify '{s}' with '{kind}'.")),
            (Some(s), _) => {
                return value_error(format!("Cannot specify '{s}' with '\\x{:x}'.", kind as u32));
            }
        };
        Ok(Spec {
            fill: fill.unwrap_or(' '),
            align: align.unwrap_or(default_align),
            sign,
            no_negative_zero,
            alternate,
            width,
            grouping,
            precision,
            kind,
        })
    }

    /// The text `parts`, of `chars` characters together, surrounded with the fill.
    fn pad(&self, parts: &[&str], chars: usize) -> Result {
        let missing = self.width.saturating_sub(chars);
        let left = match self.align {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        let mut buffer = [0; 4];
        let fill = &*self.fill.encode_utf8(&mut buffer);
        let len: usize = parts.iter().map(|p| p.len()).sum();
        let total = missing.checked_mul(fill.len()).and_then(|n| n.checked_add(len));
        let Some(mut out) = total.and_then(|total| StrWriter::new(total, chars + missing)) else {
            return memory_error();
        };
        out.repeat(fill, left);
        parts.iter().for_each(|p| out.push(p));
        out.repeat(fill, missing - left);
        Ok(out.finish())
    }
}

/// A decimal number at the start of `rest`.
fn number(rest: &mut Chars<'_>) -> Result<Option<usize>> {
    let mut n = None;
    let mut tail = rest.clone();
    while let Some(d) = tail.next().and_then(super::unicode::decimal_digit) {
        let next = n.unwrap_or(0usize).checked_mul(10).and_then(|n| n.checked_add(d as usize));
        match next {
            Some(next) if next <= isize::MAX as usize => n = Some(next),
            _ => return value_error("Too many decimal digits in format string"),
        }
        *rest = tail.clone();
    }
    Ok(n)
}

fn format_str(s: &Str, spec: &Spec) -> Result {
    if spec.kind != 's' {
        return unknown_code(spec.kind, &s.value());
    }
    match spec.sign {
        Some(' ') => return value_error("Space not allowed in string format specifier"),
        Some(_) => return value_error("Sign not allowed in string format specifier"),
        None => {}
    }
    if spec.no_negative_zero {
        return value_error("Negative zero coercion (z) not allowed in string format specifier");
    }
    if spec.alternate {
        return value_error("Alternate form (#) not allowed in string format specifier");
    }
    if spec.align == '=' {
        return value_error("'=' alignment not allowed in string format specifier");
    }
    match spec.precision {
        Some(n) if n < s.chars() => {
            let text: &str = match s.as_str().char_indices().nth(n) {
                Some((end, _)) => &s.as_str()[..end],
                None => s.as_str(),
            };
            spec.pad(&[text], n)
        }
        _ => spec.pad(&[s.as_str()], s.chars()),
    }
}

/// The digits of a magnitude in the base of a presentation type, and the prefix of `#`.
pub fn radix_digits(value: &BigInt, kind: char) -> (String, &'static str) {
    let magnitude = value.magnitude();
    match kind {
        'b' => (magnitude.to_str_radix(2), "0b"),
        'o' => (magnitude.to_str_radix(8), "0o"),
        'X' => (magnitude.to_str_radix(16).to_ascii_uppercase(), "0X"),
        _ => (magnitude.to_str_radix(16), "0x"),
    }
}

fn format_int(v: &Value, i: int::Int, spec: &Spec) -> Result {
    if spec.precision.is_some() {
        return value_error("Precision not allowed in integer format specifier");
    }
    if spec.no_negative_zero {
        return value_error("Negative zero coercion (z) not allowed in integer format specifier");
    }
    if spec.kind == 'c' {
        if spec.sign.is_some() {
            return value_error("Sign not allowed with integer format specifier 'c'");
        }
        if spec.alternate {
            return value_error("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        let int::Int::Small(code) = i else {
            return overflow_error("Python int too large to convert to C long");
        };
        return match u32::try_from(code).ok().and_then(super::unicode::char_of) {
            Some(c) => spec.pad(&[c.encode_utf8(&mut [0; 4])], 1),
            None => overflow_error("%c arg not in range(0x110000)"),
        };
    }
    if let (int::Int::Small(i), 'd' | 'n') = (i, spec.kind) {
        return layout(spec, i < 0, "", int::itoa(i, &mut [0; 20]).trim_start_matches('-'), "");
    }
    let (digits, prefix) = match spec.kind {
        'd' | 'n' => (int::to_decimal(v)?.trim_start_matches('-').to_owned(), ""),
        kind => radix_digits(&i.to_big(), kind),
    };
    let prefix = if spec.alternate { prefix } else { "" };
    layout(spec, i.is_negative(), prefix, &digits, "")
}

fn format_float(f: f64, spec: &Spec) -> Result {
    float_text(f, spec, spec.kind == '\0')
}

/// `point_zero`: what looks like an integer ends in `.0`.
fn float_text(f: f64, spec: &Spec, point_zero: bool) -> Result {
    let flags = Flags { alternate: spec.alternate, point_zero, no_negative_zero: spec.no_negative_zero };
    let precision = spec.precision.unwrap_or(6);
    if precision > i32::MAX as usize {
        return value_error("precision too big");
    }
    super::bytes::reserve_text(&mut String::new(), 0, precision, '0')?;
    let text = match spec.kind {
        '\0' if spec.precision.is_none() => float::to_text(f, 'r', 0, flags),
        '\0' | 'n' => float::to_text(f, 'g', precision, flags),
        '%' => float::to_text(f * 100.0, 'f', precision, flags) + "%",
        kind => float::to_text(f, kind, precision, flags),
    };
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, &text[..]),
    };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    layout(spec, negative, "", &text[..digits], &text[digits..])
}

/// Puts sign, prefix, padding, grouped digits and the rest together.
fn layout(spec: &Spec, negative: bool, prefix: &str, digits: &str, rest: &str) -> Result {
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    let head = sign.len() + prefix.len();
    if spec.grouping.is_none() && spec.align != '=' {
        return spec.pad(&[sign, prefix, digits, rest], head + digits.len() + rest.len());
    }
    // Zeros in front of the digits are grouped like digits.
    let min_width =
        if spec.fill == '0' && spec.align == '=' { spec.width.saturating_sub(head + rest.len()) } else { 0 };
    super::bytes::reserve_text(&mut String::new(), digits.len() * 2, min_width, '0')?;
    let digits = match spec.grouping {
        _ if digits.is_empty() => String::new(),
        Some((separator, size)) => group(digits, separator, size, min_width),
        None => "0".repeat(min_width.saturating_sub(digits.len())) + digits,
    };
    let len = head + digits.len() + rest.len();
    if spec.align == '=' {
        let mut padding = String::new();
        let missing = spec.width.saturating_sub(len);
        super::bytes::reserve_text(&mut padding, 0, missing, spec.fill)?;
        padding.extend(std::iter::repeat_n(spec.fill, missing));
        return spec.pad(&[sign, prefix, &padding, &digits, rest], len + missing);
    }
    spec.pad(&[sign, prefix, &digits, rest], len)
}

/// Separates groups of `size` digits, with zeros in front up to `min_width`, which counts separators.
fn group(digits: &str, separator: char, size: usize, min_width: usize) -> String {
    let mut reversed = String::new();
    let mut digits = digits.bytes().rev().map(char::from).peekable();
    let mut in_group = 0;
    while digits.peek().is_some() || reversed.len() < min_width {
        if in_group == size {
            reversed.push(separator);
            in_group = 0;
        }
        reversed.push(digits.next().unwrap_or('0'));
        in_group += 1;
    }
    reversed.chars().rev().collect()
}

/// `bin`, `oct` and `hex`: the digits with sign and prefix.
pub fn with_prefix(value: &BigInt, kind: char) -> String {
    let (digits, prefix) = radix_digits(value, kind);
    let sign = if value.sign() == Sign::Minus { "-" } else { "" };
    format!("{sign}{prefix}{digits}")
}

/// A character code as `%c` and `chr` take it.
pub fn char_of(value: &BigInt) -> Option<char> {
    value.to_u32().and_then(super::unicode::char_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats() {
        for (f, spec, text) in [
            (3.1388, ".2f", "3.14"),
            (1234567.891, ",.2f", "1,234,567.89"),
            (0.5, "%", "50.000000%"),
            (-3.5, "010.2f", "-000003.50"),
            (1234.5, "015,.1f", "0,000,001,234.5"),
            (f64::INFINITY, "010", "0000000inf"),
            (1e20, ".5", "1e+20"),
            (123.0, ".5", "123.0"),
            (123.0, "", "123.0"),
            (1.5, "+", "+1.5"),
            (1.5, "*^9", "***1.5***"),
            (1e6, "g", "1e+06"),
            (0.0001234, "e", "1.234000e-04"),
            (12345.678, "_", "12_345.678"),
        ] {
            let parsed = Spec::parse(spec, '>', '\0', "float").ok();
            let shown = parsed.and_then(|s| format_float(f, &s).ok());
            assert_eq!(shown.as_ref().and_then(Value::as_str), Some(text), "{f} {spec}");
        }
    }

    #[test]
    fn groups() {
        assert_eq!(group("1234567", ',', 3, 0), "1,234,567");
        assert_eq!(group("1234", ',', 3, 9), "0,001,234");
        assert_eq!(group("1234", ',', 3, 8), "0,001,234");
        assert_eq!(group("ff", '_', 4, 6), "0_00ff");
    }
}
