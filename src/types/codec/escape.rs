//! `unicode_escape` and `raw_unicode_escape`, and the escapes of bytes literals.

use super::{Bad, escape};
use crate::object::Result;
use crate::protocol::value_error;
use crate::types::unicode::{char_of, character};

type Step = std::result::Result<(), Bad>;

/// The two encodings: all but the visible ASCII characters escaped, or only those that are not in Latin-1.
pub(super) fn encode(codes: impl Iterator<Item = u32>, all: bool) -> Vec<u8> {
    let mut out = Vec::new();
    for code in codes {
        match code {
            0x5c if all => out.extend(b"\\\\"),
            0x0a if all => out.extend(b"\\n"),
            0x0d if all => out.extend(b"\\r"),
            0x09 if all => out.extend(b"\\t"),
            0x20..0x7f => out.push(code as u8),
            0..0x100 if !all => out.push(code as u8),
            _ => out.extend(escape(code).bytes()),
        }
    }
    out
}

/// The value of the `n` hexadecimal digits at the start, or how many digits there are.
fn hexadecimal(data: &[u8], n: usize) -> std::result::Result<u32, usize> {
    let digits = data.iter().take(n).map_while(|&b| (b as char).to_digit(16));
    let (value, count) = digits.fold((0_u32, 0), |(value, count), d| (value << 4 | d, count + 1));
    if count == n { Ok(value) } else { Err(count) }
}

/// The character of an escape of `n` digits, which start at `at` in `data`; the escape starts at `start`.
fn numbered(data: &[u8], start: usize, at: usize, n: usize) -> std::result::Result<char, Bad> {
    let reason = match n {
        2 => "truncated \\xXX escape",
        4 => "truncated \\uXXXX escape",
        _ => "truncated \\UXXXXXXXX escape",
    };
    match hexadecimal(&data[at.min(data.len())..], n) {
        Ok(code) => char_of(code).ok_or_else(|| Bad::new(start, at + n, "illegal Unicode character")),
        Err(count) if at + count >= data.len() => Err(Bad::cut(start, data.len(), reason)),
        Err(count) => Err(Bad::new(start, at + count, reason)),
    }
}

/// The character of an escape in octal digits, the first of which is at the start, and how many there are.
fn octal(data: &[u8]) -> (u32, usize) {
    let digits = data.iter().take(3).map_while(|&b| (b as char).to_digit(8));
    digits.fold((0, 0), |(value, count), d| (value << 3 | d, count + 1))
}

/// What a backslash and this character stand for.
fn simple(b: u8) -> Option<u8> {
    Some(match b {
        b'\\' | b'\'' | b'"' => b,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'r' => b'\r',
        b'f' => 12,
        b'v' => 11,
        b'a' => 7,
        _ => return None,
    })
}

pub(super) fn unicode_escape(data: &[u8], mut at: usize, out: &mut String) -> Step {
    while let Some(&b) = data.get(at) {
        if b != b'\\' {
            out.push(b as char);
            at += 1;
            continue;
        }
        let start = at;
        let Some(&kind) = data.get(at + 1) else {
            return Err(Bad::cut(start, data.len(), "\\ at end of string"));
        };
        at += 2;
        match kind {
            b'\n' => {}
            b'x' | b'u' | b'U' => {
                let n = if kind == b'x' {
                    2
                } else if kind == b'u' {
                    4
                } else {
                    8
                };
                out.push(numbered(data, start, at, n)?);
                at += n;
            }
            b'0'..=b'7' => {
                let (code, n) = octal(&data[at - 1..]);
                out.extend(char_of(code));
                at += n - 1;
            }
            b'N' => {
                const MALFORMED: &str = "malformed \\N character escape";
                let rest = &data[at..];
                if rest.first().is_some_and(|&b| b != b'{') {
                    return Err(Bad::new(start, at, MALFORMED));
                }
                let Some(end) = rest.iter().position(|&b| b == b'}').filter(|&n| n > 1) else {
                    return Err(Bad::cut(start, data.len(), MALFORMED));
                };
                let name = std::str::from_utf8(&rest[1..end]).ok().and_then(character);
                at += end + 1;
                out.push(name.ok_or_else(|| Bad::new(start, at, "unknown Unicode character name"))?);
            }
            _ => match simple(kind) {
                Some(b) => out.push(b as char),
                // An unknown escape stands for itself.
                None => out.extend(['\\', kind as char]),
            },
        }
    }
    Ok(())
}

pub(super) fn raw_unicode_escape(data: &[u8], mut at: usize, out: &mut String) -> Step {
    while let Some(&b) = data.get(at) {
        let kind = data.get(at + 1).copied();
        match (b, kind) {
            (b'\\', Some(b'u' | b'U')) => {
                let n = if kind == Some(b'u') { 4 } else { 8 };
                out.push(numbered(data, at, at + 2, n)?);
                at += 2 + n;
            }
            // The second of two backslashes does not start an escape.
            (b'\\', Some(next)) => {
                out.extend([b as char, next as char]);
                at += 2;
            }
            (b'\\', None) => return Err(Bad::cut(at, data.len(), "\\ at end of string")),
            _ => {
                out.push(b as char);
                at += 1;
            }
        }
    }
    Ok(())
}

/// `codecs.escape_decode`: the bytes that the inside of a bytes literal means.
pub fn escape_decode(data: &[u8], errors: &str) -> Result<Vec<u8>> {
    let (mut out, mut at) = (Vec::with_capacity(data.len()), 0);
    while let Some(&b) = data.get(at) {
        at += 1;
        if b != b'\\' {
            out.push(b);
            continue;
        }
        let Some(&kind) = data.get(at) else { return value_error("Trailing \\ in string") };
        at += 1;
        match kind {
            b'\n' => {}
            b'x' => match hexadecimal(&data[at..], 2) {
                Ok(code) => {
                    out.push(code as u8);
                    at += 2;
                }
                Err(count) => {
                    match errors {
                        "strict" => return value_error(format!("invalid \\x escape at position {}", at - 2)),
                        "replace" => out.push(b'?'),
                        "ignore" => {}
                        other => {
                            return value_error(format!(
                                "decoding error; unknown error handling code: {other}"
                            ));
                        }
                    }
                    at += count;
                }
            },
            b'0'..=b'7' => {
                let (code, n) = octal(&data[at - 1..]);
                out.push(code as u8);
                at += n - 1;
            }
            _ => match simple(kind) {
                Some(b) => out.push(b),
                None => out.extend([b'\\', kind]),
            },
        }
    }
    Ok(out)
}

/// `codecs.escape_encode`: the inside of a bytes literal.
pub fn bytes_literal(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    for &b in data {
        match b {
            b'\\' | b'\'' => out.extend([b'\\', b]),
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b' '..=b'~' => out.push(b),
            _ => out.extend(escape(b.into()).bytes()),
        }
    }
    out
}
