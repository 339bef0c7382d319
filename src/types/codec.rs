//! Text encodings: UTF-8, UTF-16, UTF-32, Latin-1 and ASCII, with the handlers of what cannot be converted.

use super::{bytes, exception, int};
use crate::object::{Raised, Result, Value};
use crate::protocol::{raise, value_error};

/// The encodings. For UTF-16 and UTF-32: whether the most significant byte comes first, or `None` if a mark
/// at the start tells.
#[derive(Clone, Copy, PartialEq)]
enum Codec {
    Utf8,
    Utf8Sig,
    Utf16(Option<bool>),
    Utf32(Option<bool>),
    Latin1,
    Ascii,
}

/// Finds the codec by one of its names.
fn find(name: &str) -> Result<Codec> {
    // The usual spellings without any work.
    match name {
        "utf-8" | "utf8" | "UTF-8" => return Ok(Codec::Utf8),
        "ascii" => return Ok(Codec::Ascii),
        "latin-1" => return Ok(Codec::Latin1),
        _ => {}
    }
    if name.contains('\0') {
        return value_error("embedded null character");
    }
    // Runs of punctuation count as one separator.
    let mut plain = String::new();
    for c in name.chars() {
        match c {
            'A'..='Z' => plain.push(c.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' | '.' => plain.push(c),
            _ if plain.ends_with('_') || plain.is_empty() => {}
            _ => plain.push('_'),
        }
    }
    Ok(match plain.trim_end_matches('_') {
        "utf_8" | "utf8" | "u8" | "utf" | "cp65001" | "utf8_ucs2" | "utf8_ucs4" => Codec::Utf8,
        "utf_8_sig" => Codec::Utf8Sig,
        "utf_16" | "utf16" | "u16" => Codec::Utf16(None),
        "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Codec::Utf16(Some(false)),
        "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Codec::Utf16(Some(true)),
        "utf_32" | "utf32" | "u32" => Codec::Utf32(None),
        "utf_32_le" | "utf_32le" => Codec::Utf32(Some(false)),
        "utf_32_be" | "utf_32be" => Codec::Utf32(Some(true)),
        "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "8859" | "cp819" | "iso8859"
        | "iso_ir_100" | "csisolatin1" | "ibm819" | "iso_8859_1_1987" => Codec::Latin1,
        "ascii" | "us_ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367"
        | "csascii" | "ibm367" | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "us" => Codec::Ascii,
        _ => return Err(raise(&exception::LOOKUP_ERROR, format!("unknown encoding: {name}"))),
    })
}

/// The plain name of an encoding that is known here.
pub fn canonical(name: &str) -> Option<&'static str> {
    Some(match find(name).ok()? {
        Codec::Utf8 => "utf-8",
        Codec::Utf8Sig => "utf-8-sig",
        Codec::Utf16(None) => "utf-16",
        Codec::Utf16(Some(false)) => "utf-16-le",
        Codec::Utf16(Some(true)) => "utf-16-be",
        Codec::Utf32(None) => "utf-32",
        Codec::Utf32(Some(false)) => "utf-32-le",
        Codec::Utf32(Some(true)) => "utf-32-be",
        Codec::Latin1 => "latin-1",
        Codec::Ascii => "ascii",
    })
}

/// What an encoder or decoder could not convert: a range, and why.
struct Bad {
    start: usize,
    end: usize,
    reason: &'static str,
}

fn unknown_handler(name: &str) -> Raised {
    raise(&exception::LOOKUP_ERROR, format!("unknown error handler name '{name}'"))
}

fn unicode_error(ty: &crate::object::Type, encoding: &str, object: Value, bad: &Bad) -> Raised {
    let place = [bad.start, bad.end].map(int::from_usize);
    let [start, end] = place;
    Raised(exception::new(ty, vec![Value::str(encoding), object, start, end, Value::str(bad.reason)]))
}

/// Handlers that need characters which a string cannot hold here act like `strict`.
fn is_strict(errors: &str) -> bool {
    matches!(errors, "strict" | "surrogateescape" | "surrogatepass")
}

/// The string `v` as bytes. Absent arguments are `utf-8` and `strict`.
///
/// # Errors
/// `UnicodeEncodeError`; `LookupError` for an unknown encoding or handler.
pub fn encode(v: &Value, encoding: Option<&str>, errors: Option<&str>) -> Result<Vec<u8>> {
    let text = v.as_str().unwrap_or_default();
    let codec = encoding.map_or(Ok(Codec::Utf8), find)?;
    Ok(match codec {
        Codec::Utf8 => text.as_bytes().to_vec(),
        Codec::Utf8Sig => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Codec::Utf16(big) => {
            let mark = if big.is_none() { Some(0xfeff) } else { None };
            let units = mark.into_iter().chain(text.encode_utf16());
            let big = big == Some(true);
            units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        }
        Codec::Utf32(big) => {
            let mark = if big.is_none() { Some(0xfeff) } else { None };
            let units = mark.into_iter().chain(text.chars().map(u32::from));
            let big = big == Some(true);
            units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        }
        Codec::Latin1 => narrow(v, text, "latin-1", 0x100, "ordinal not in range(256)", errors)?,
        Codec::Ascii => narrow(v, text, "ascii", 0x80, "ordinal not in range(128)", errors)?,
    })
}

/// Encodes the characters below `limit` as one byte each.
fn narrow(
    v: &Value,
    text: &str,
    encoding: &str,
    limit: u32,
    reason: &'static str,
    errors: Option<&str>,
) -> Result<Vec<u8>> {
    if text.is_ascii() {
        return Ok(text.as_bytes().to_vec());
    }
    let mut out = Vec::with_capacity(text.len());
    for (i, c) in text.chars().enumerate() {
        if (c as u32) < limit {
            out.push(c as u8);
            continue;
        }
        match errors.unwrap_or("strict") {
            "ignore" => {}
            "replace" => out.push(b'?'),
            "xmlcharrefreplace" => out.extend(format!("&#{};", c as u32).bytes()),
            "backslashreplace" => out.extend(escape(c as u32).bytes()),
            "namereplace" => match super::unicode::name(c) {
                Some(name) => out.extend(format!("\\N{{{name}}}").bytes()),
                None => out.extend(escape(c as u32).bytes()),
            },
            errors if is_strict(errors) => {
                let run = text.chars().skip(i).take_while(|&c| c as u32 >= limit).count();
                let bad = Bad { start: i, end: i + run, reason };
                return Err(unicode_error(&exception::UNICODE_ENCODE_ERROR, encoding, v.clone(), &bad));
            }
            errors => return Err(unknown_handler(errors)),
        }
    }
    Ok(out)
}

/// The shortest escape for a code point: `\xe9`, `\u20ac` or `\U0001f600`.
pub fn escape(code: u32) -> String {
    match code {
        0..0x100 => format!("\\x{code:02x}"),
        0x100..0x10000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// Bytes as a string. Absent arguments are `utf-8` and `strict`.
///
/// # Errors
/// `UnicodeDecodeError`; `LookupError` for an unknown encoding or handler.
pub fn decode(data: &[u8], encoding: Option<&str>, errors: Option<&str>) -> Result {
    let codec = encoding.map_or(Ok(Codec::Utf8), find)?;
    let (name, data, start, step): (_, _, _, fn(&[u8], usize, &mut String) -> std::result::Result<(), Bad>) =
        match codec {
            Codec::Utf8 => ("utf-8", data, 0, utf8),
            Codec::Utf8Sig => ("utf-8", data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data), 0, utf8),
            Codec::Latin1 => return Ok(Value::str(&data.iter().map(|&b| b as char).collect::<String>())),
            Codec::Ascii => ("ascii", data, 0, ascii),
            Codec::Utf16(big) => match (big, data) {
                (None, [0xff, 0xfe, ..]) => ("utf-16-le", data, 2, utf16::<false>),
                (None, [0xfe, 0xff, ..]) => ("utf-16-be", data, 2, utf16::<true>),
                (Some(true), _) => ("utf-16-be", data, 0, utf16::<true>),
                _ => ("utf-16-le", data, 0, utf16::<false>),
            },
            Codec::Utf32(big) => match (big, data) {
                (None, [0xff, 0xfe, 0, 0, ..]) => ("utf-32-le", data, 4, utf32::<false>),
                (None, [0, 0, 0xfe, 0xff, ..]) => ("utf-32-be", data, 4, utf32::<true>),
                (Some(true), _) => ("utf-32-be", data, 0, utf32::<true>),
                _ => ("utf-32-le", data, 0, utf32::<false>),
            },
        };
    if matches!(codec, Codec::Utf8 | Codec::Utf8Sig)
        && let Ok(text) = std::str::from_utf8(data)
    {
        return Ok(Value::str(text));
    }
    let mut out = String::with_capacity(data.len());
    let mut at = start;
    while let Err(bad) = step(data, at, &mut out) {
        match errors.unwrap_or("strict") {
            "ignore" => {}
            "replace" => out.push(char::REPLACEMENT_CHARACTER),
            "backslashreplace" => data[bad.start..bad.end].iter().for_each(|&b| out += &escape(b.into())),
            errors if is_strict(errors) => {
                let object = bytes::from_slice(data);
                return Err(unicode_error(&exception::UNICODE_DECODE_ERROR, name, object, &bad));
            }
            errors => return Err(unknown_handler(errors)),
        }
        at = bad.end;
    }
    Ok(Value::str(&out))
}

// The decoders append what they can from `at` on, and say where and why they stopped before the end.

fn utf8(data: &[u8], at: usize, out: &mut String) -> std::result::Result<(), Bad> {
    let error = match std::str::from_utf8(&data[at..]) {
        Ok(text) => {
            out.push_str(text);
            return Ok(());
        }
        Err(e) => e,
    };
    let start = at + error.valid_up_to();
    out.push_str(std::str::from_utf8(&data[at..start]).unwrap_or_default());
    Err(match error.error_len() {
        None => Bad { start, end: data.len(), reason: "unexpected end of data" },
        Some(n) => {
            let starts = matches!(data[start], 0xc2..=0xf4);
            let reason = if starts { "invalid continuation byte" } else { "invalid start byte" };
            Bad { start, end: start + n, reason }
        }
    })
}

fn ascii(data: &[u8], at: usize, out: &mut String) -> std::result::Result<(), Bad> {
    let rest = &data[at..];
    let good = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
    out.extend(rest[..good].iter().map(|&b| b as char));
    if good == rest.len() {
        return Ok(());
    }
    Err(Bad { start: at + good, end: at + good + 1, reason: "ordinal not in range(128)" })
}

fn utf16<const BIG: bool>(data: &[u8], mut at: usize, out: &mut String) -> std::result::Result<(), Bad> {
    let unit = |at: usize| {
        let pair = [*data.get(at)?, *data.get(at + 1)?];
        Some(u32::from(if BIG { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }))
    };
    while let Some(u) = unit(at) {
        let c = match u {
            0xd800..0xdc00 => match unit(at + 2) {
                Some(low @ 0xdc00..0xe000) => char::from_u32(0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00)),
                Some(_) => {
                    return Err(Bad { start: at, end: at + 2, reason: "illegal UTF-16 surrogate" });
                }
                None => {
                    return Err(Bad { start: at, end: data.len(), reason: "unexpected end of data" });
                }
            },
            _ => char::from_u32(u),
        };
        let Some(c) = c else { return Err(Bad { start: at, end: at + 2, reason: "illegal encoding" }) };
        out.push(c);
        at += 2 * c.len_utf16();
    }
    if at < data.len() {
        return Err(Bad { start: at, end: data.len(), reason: "truncated data" });
    }
    Ok(())
}

fn utf32<const BIG: bool>(data: &[u8], mut at: usize, out: &mut String) -> std::result::Result<(), Bad> {
    while let Some(&four) = data.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
        let n = if BIG { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
        let Some(c) = char::from_u32(n) else {
            let reason = if n < 0x110000 {
                "code point in surrogate code point range(0xd800, 0xe000)"
            } else {
                "code point not in range(0x110000)"
            };
            return Err(Bad { start: at, end: at + 4, reason });
        };
        out.push(c);
        at += 4;
    }
    if at < data.len() {
        return Err(Bad { start: at, end: data.len(), reason: "truncated data" });
    }
    Ok(())
}
