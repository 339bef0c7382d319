//! Number literals: how far one reaches, what is wrong with it, and its value.
//!
//! [`scan`] accepts exactly the literals of Python and words its complaints as CPython does;
//! [`value`] may therefore assume that the form is right.

use crate::ast::Constant;
use crate::token::LexFault;
use bumpalo::Bump;

/// A complaint about the character before `end`, where CPython puts the caret.
fn fault(message: impl Into<String>, end: usize) -> LexFault {
    LexFault { message: message.into(), start: end.saturating_sub(1), end, incomplete: false }
}

/// The length of the number at the start of `text`.
pub fn scan(text: &str) -> Result<usize, LexFault> {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    if at(0) == b'0' {
        let (radix, kind) = match at(1) | 0x20 {
            b'x' => (16, "hexadecimal"),
            b'o' => (8, "octal"),
            b'b' => (2, "binary"),
            _ => return scan_decimal(bytes),
        };
        return scan_radix(bytes, radix, kind);
    }
    scan_decimal(bytes)
}

/// The rest of `0x`, `0o` and `0b` literals.
fn scan_radix(bytes: &[u8], radix: u32, kind: &str) -> Result<usize, LexFault> {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let mut i = 2;
    loop {
        if at(i) == b'_' {
            i += 1;
        }
        if !(at(i) as char).is_digit(radix) {
            if at(i).is_ascii_digit() {
                let digit = at(i) as char;
                return Err(fault(format!("invalid digit '{digit}' in {kind} literal"), i + 1));
            }
            return Err(fault(format!("invalid {kind} literal"), i));
        }
        while (at(i) as char).is_digit(radix) {
            i += 1;
        }
        if at(i) != b'_' {
            break;
        }
    }
    if at(i).is_ascii_digit() {
        let digit = at(i) as char;
        return Err(fault(format!("invalid digit '{digit}' in {kind} literal"), i + 1));
    }
    check_end(bytes, i, kind)
}

/// Decimal integers, floats and imaginary numbers.
fn scan_decimal(bytes: &[u8]) -> Result<usize, LexFault> {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let mut i = 0;
    let mut kind = "decimal";
    if at(0) != b'.' {
        i = scan_digits(bytes, 0)?;
    }
    let integer_end = i;
    if at(i) == b'.' {
        kind = "decimal";
        i += 1;
        if at(i).is_ascii_digit() {
            i = scan_digits(bytes, i)?;
        }
    }
    let mut float = i > integer_end;
    if at(i) | 0x20 == b'e' {
        let sign = usize::from(matches!(at(i + 1), b'+' | b'-'));
        if at(i + 1 + sign).is_ascii_digit() {
            i = scan_digits(bytes, i + 1 + sign)?;
            float = true;
        } else if sign == 1 {
            return Err(fault("invalid decimal literal", i + 2));
        }
        // Otherwise it may be `1else`, which `check_end` knows.
    }
    if at(i) | 0x20 == b'j' {
        return check_end(bytes, i + 1, "imaginary");
    }
    if at(i) | 0x20 == b'e' {
        // No exponent follows, and unless a keyword does, that comes before what the zeros mean.
        check_end(bytes, i, kind)?;
    }
    if !float && at(0) == b'0' {
        let zeros = bytes[..i].iter().take_while(|&&b| b == b'0' || b == b'_').count();
        if zeros < i {
            let message = "leading zeros in decimal integer literals are not permitted; \
                           use an 0o prefix for octal integers";
            return Err(LexFault { message: message.into(), start: 0, end: zeros, incomplete: false });
        }
    }
    check_end(bytes, i, kind)
}

/// Digits with single underscores between them.
fn scan_digits(bytes: &[u8], mut i: usize) -> Result<usize, LexFault> {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    loop {
        while at(i).is_ascii_digit() {
            i += 1;
        }
        if at(i) != b'_' {
            return Ok(i);
        }
        i += 1;
        if !at(i).is_ascii_digit() {
            return Err(fault("invalid decimal literal", i));
        }
    }
}

/// A number must not run into a name; CPython still tolerates some keywords, as in `1if x else 2`.
fn check_end(bytes: &[u8], i: usize, kind: &str) -> Result<usize, LexFault> {
    let rest = &bytes[i..];
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
    let Some(&next) = rest.first() else { return Ok(i) };
    let whole = [b"and".as_slice(), b"else", b"for", b"or", b"not"];
    let keyword =
        whole.iter().any(|k| rest.starts_with(k) && !rest.get(k.len()).copied().is_some_and(is_name));
    let tolerated = keyword || matches!(rest, [b'i', b'f' | b'n' | b's', ..]);
    // A character beyond ASCII is for the next token to judge.
    if !tolerated && next.is_ascii() && is_name(next) {
        return Err(fault(format!("invalid {kind} literal"), i));
    }
    Ok(i)
}

/// The value of a well-formed literal.
pub fn value<'a>(arena: &'a Bump, text: &'a str) -> Constant<'a> {
    let digits: &'a str = if text.contains('_') { arena.alloc_str(&text.replace('_', "")) } else { text };
    let bytes = digits.as_bytes();
    let radix = match bytes.get(1).map(|b| b | 0x20) {
        Some(b'x') => 16,
        Some(b'o') => 8,
        Some(b'b') => 2,
        _ => 10,
    };
    if radix != 10 {
        return integer(&digits[2..], radix);
    }
    if let Some(imaginary) = digits.strip_suffix(['j', 'J']) {
        return Constant::Complex(float(imaginary));
    }
    if bytes.iter().any(|b| matches!(b, b'.' | b'e' | b'E')) {
        return Constant::Float(float(digits));
    }
    integer(digits, 10)
}

fn integer(digits: &str, radix: u32) -> Constant<'_> {
    match i64::from_str_radix(digits, radix) {
        Ok(value) => Constant::Int(value),
        Err(_) => Constant::BigInt { digits: digits.trim_start_matches('0'), radix },
    }
}

/// Rust's own conversion rounds correctly, as CPython's does, and knows the forms `1.` and `.5`.
fn float(digits: &str) -> f64 {
    digits.parse().unwrap_or(f64::NAN)
}
