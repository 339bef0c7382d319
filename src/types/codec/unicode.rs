//! UTF-8, UTF-16, UTF-32 and ASCII.
//!
//! The decoders append what they can from `at` on, and say where and why they stopped before the end.

use super::Bad;

type Step = std::result::Result<(), Bad>;

/// One of three names of an encoding, by the order of its bytes.
pub(super) fn name(
    marked: &'static str,
    little: &'static str,
    big: &'static str,
    is_big: Option<bool>,
) -> &'static str {
    match is_big {
        None => marked,
        Some(false) => little,
        Some(true) => big,
    }
}

pub(super) fn put_utf8(code: u32, out: &mut Vec<u8>) -> bool {
    char::from_u32(code).map(|c| out.extend(c.encode_utf8(&mut [0; 4]).bytes())).is_some()
}

pub(super) fn put_utf16<const BIG: bool>(code: u32, out: &mut Vec<u8>) -> bool {
    let Some(c) = char::from_u32(code) else { return false };
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.extend(if BIG { unit.to_be_bytes() } else { unit.to_le_bytes() });
    }
    true
}

pub(super) fn put_utf32<const BIG: bool>(code: u32, out: &mut Vec<u8>) -> bool {
    out.extend(if BIG { code.to_be_bytes() } else { code.to_le_bytes() });
    char::from_u32(code).is_some()
}

pub(super) fn utf8(data: &[u8], at: usize, out: &mut String) -> Step {
    let rest = data.get(at..).unwrap_or_default();
    let error = match std::str::from_utf8(rest) {
        Ok(text) => {
            out.push_str(text);
            return Ok(());
        }
        Err(e) => e,
    };
    let start = at + error.valid_up_to();
    out.push_str(std::str::from_utf8(&data[at..start]).unwrap_or_default());
    Err(match error.error_len() {
        None => Bad::cut(start, data.len(), "unexpected end of data"),
        Some(n) => {
            let starts = matches!(data[start], 0xc2..=0xf4);
            let reason = if starts { "invalid continuation byte" } else { "invalid start byte" };
            Bad::new(start, start + n, reason)
        }
    })
}

pub(super) fn ascii(data: &[u8], at: usize, out: &mut String) -> Step {
    let rest = data.get(at..).unwrap_or_default();
    let good = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
    out.extend(rest[..good].iter().map(|&b| b as char));
    if good == rest.len() {
        return Ok(());
    }
    Err(Bad::new(at + good, at + good + 1, "ordinal not in range(128)"))
}

pub(super) fn utf16<const BIG: bool>(data: &[u8], mut at: usize, out: &mut String) -> Step {
    let unit = |at: usize| {
        let pair = [*data.get(at)?, *data.get(at + 1)?];
        Some(u32::from(if BIG { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }))
    };
    while let Some(u) = unit(at) {
        let c = match u {
            0xd800..0xdc00 => match unit(at + 2) {
                Some(low @ 0xdc00..0xe000) => char::from_u32(0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00)),
                Some(_) => return Err(Bad::new(at, at + 2, "illegal UTF-16 surrogate")),
                None => return Err(Bad::cut(at, data.len(), "unexpected end of data")),
            },
            _ => char::from_u32(u),
        };
        let Some(c) = c else { return Err(Bad::new(at, at + 2, "illegal encoding")) };
        out.push(c);
        at += 2 * c.len_utf16();
    }
    if at < data.len() {
        return Err(Bad::cut(at, data.len(), "truncated data"));
    }
    Ok(())
}

pub(super) fn utf32<const BIG: bool>(data: &[u8], mut at: usize, out: &mut String) -> Step {
    while let Some(&four) = data.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
        let n = if BIG { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
        let Some(c) = char::from_u32(n) else {
            let reason = if n < 0x110000 {
                "code point in surrogate code point range(0xd800, 0xe000)"
            } else {
                "code point not in range(0x110000)"
            };
            return Err(Bad::new(at, at + 4, reason));
        };
        out.push(c);
        at += 4;
    }
    if at < data.len() {
        return Err(Bad::cut(at, data.len(), "truncated data"));
    }
    Ok(())
}
