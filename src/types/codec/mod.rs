//! Text encodings. Which codec a name means, converting with it, and what the library's module `codecs` needs to
//! do the same piece by piece. Names that are not known here are looked up in that module.

mod charmap;
mod escape;
mod handlers;
mod multibyte;
mod unicode;

pub use charmap::{build as charmap_build, decode as charmap_decode, encode as charmap_encode};
pub use escape::{bytes_literal, escape_decode};

use super::{bytes, exception, int};
use crate::object::{Raised, Result, Value, intern};
use crate::protocol::{self, type_error, value_error};
use crate::vm::import::import_absolute;
use charmap::Charmap;
use handlers::{Replacement, on_decoding, on_encoding};
use multibyte::Multibyte;

/// The encodings. For UTF-16 and UTF-32: whether the most significant byte comes first, or `None` if a mark
/// at the start tells.
#[derive(Clone, Copy)]
pub enum Codec {
    /// `utf-8`
    Utf8,
    /// `utf-8-sig`
    Utf8Sig,
    /// `utf-16`
    Utf16(Option<bool>),
    /// `utf-32`
    Utf32(Option<bool>),
    /// `latin-1`
    Latin1,
    /// `ascii`
    Ascii,
    /// `unicode_escape`
    UnicodeEscape,
    /// `raw_unicode_escape`
    RawUnicodeEscape,
    /// An 8-bit encoding with a table.
    Charmap(&'static Charmap),
    /// One of more bytes for each character.
    Multibyte(&'static Multibyte),
}

/// Finds a codec by one of its names.
pub fn find(name: &str) -> Result<Option<Codec>> {
    // The usual spellings without any work.
    match name {
        "utf-8" | "utf8" | "UTF-8" => return Ok(Some(Codec::Utf8)),
        "ascii" => return Ok(Some(Codec::Ascii)),
        "latin-1" => return Ok(Some(Codec::Latin1)),
        _ => {}
    }
    if name.contains('\0') {
        return value_error("embedded null character");
    }
    let plain = normalize(name);
    Ok(Some(match plain.as_str() {
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
        "unicode_escape" | "unicodeescape" => Codec::UnicodeEscape,
        "raw_unicode_escape" | "rawunicodeescape" => Codec::RawUnicodeEscape,
        other => {
            let more = || multibyte::find(other).map(Codec::Multibyte);
            return Ok(charmap::find(other).map(Codec::Charmap).or_else(more));
        }
    }))
}

/// The plain name of one of the encodings of Unicode that need no table, which streams convert by themselves.
pub fn canonical(name: &str) -> Option<&'static str> {
    Some(match find(name).ok()?? {
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
        Codec::UnicodeEscape | Codec::RawUnicodeEscape | Codec::Charmap(_) | Codec::Multibyte(_) => {
            return None;
        }
    })
}

/// A name in small letters, with one underscore for each run of punctuation.
fn normalize(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'A'..='Z' => plain.push(c.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' | '.' => plain.push(c),
            _ if plain.ends_with('_') || plain.is_empty() => {}
            _ => plain.push('_'),
        }
    }
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

/// What an encoder or decoder could not convert: a range, and why.
pub struct Bad {
    start: usize,
    end: usize,
    reason: &'static str,
    /// Whether more bytes could make it good.
    incomplete: bool,
}

impl Bad {
    fn new(start: usize, end: usize, reason: &'static str) -> Bad {
        Bad { start, end, reason, incomplete: false }
    }

    /// What ends before it is complete.
    fn cut(start: usize, end: usize, reason: &'static str) -> Bad {
        Bad { start, end, reason, incomplete: true }
    }
}

fn unicode_error(ty: &crate::object::Type, encoding: &str, object: Value, bad: &Bad) -> Raised {
    let [start, end] = [bad.start, bad.end].map(int::from_usize);
    Raised(exception::new(ty, vec![Value::str(encoding), object, start, end, Value::str(bad.reason)]))
}

/// What the codec with this name in the library, which knows the registered ones, too, makes of `v` by its method
/// `encode` or `decode`.
fn by_library(name: &str, method: &str, v: &Value, errors: Option<&str>) -> Result {
    let library = import_absolute("codecs")?;
    let find = protocol::get_attr(&library, &intern("_text_codec"))?;
    let function = protocol::call(&find, &[Value::str(name), Value::str(method)])?;
    let [kind, errors, name] =
        [&format!("{method}r"), errors.unwrap_or("strict"), name].map(|text: &str| Value::str(text));
    let convert = protocol::get_attr(&library, &intern("_call"))?;
    protocol::call(&convert, &[function, kind, v.clone(), errors, name])
}

/// The string `v` as bytes. Absent arguments are `utf-8` and `strict`.
///
/// # Errors
/// `UnicodeEncodeError`; `LookupError` for an unknown encoding or handler.
pub fn encode(v: &Value, encoding: Option<&str>, errors: Option<&str>) -> Result<Vec<u8>> {
    let codec = encoding.map_or(Ok(Some(Codec::Utf8)), find)?;
    if let Some(codec) = codec {
        return encode_with(codec, v, errors.unwrap_or("strict"));
    }
    let name = encoding.unwrap_or_default();
    let result = by_library(name, "encode", v, errors)?;
    match bytes::buffer(&result) {
        Some(data) => Ok(data.into_vec()),
        None => type_error(format!(
            "'{name}' encoder returned '{}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types",
            result.ty().name()
        )),
    }
}

/// The string `v` as bytes by a known codec.
pub fn encode_with(codec: Codec, v: &Value, errors: &str) -> Result<Vec<u8>> {
    use crate::types::unicode::{code_of, has_surrogates};
    let text = v.as_str().unwrap_or_default();
    let run = |name, reason, single, put: fn(u32, &mut Vec<u8>) -> bool| {
        each(&Encoding { name, reason, single }, v, text, errors, put)
    };
    const SURROGATES: &str = "surrogates not allowed";
    match codec {
        Codec::Utf8 | Codec::Utf8Sig => {
            let data = if has_surrogates(text) {
                run("utf-8", SURROGATES, false, unicode::put_utf8)?
            } else {
                text.as_bytes().to_vec()
            };
            Ok(if matches!(codec, Codec::Utf8) { data } else { [b"\xef\xbb\xbf", &*data].concat() })
        }
        Codec::Utf16(big) => {
            let name = unicode::name("utf-16", "utf-16-le", "utf-16-be", big);
            let put =
                if big == Some(true) { unicode::put_utf16::<true> } else { unicode::put_utf16::<false> };
            let data = run(name, SURROGATES, true, put)?;
            Ok(if big.is_none() { [b"\xff\xfe", &*data].concat() } else { data })
        }
        Codec::Utf32(big) => {
            let name = unicode::name("utf-32", "utf-32-le", "utf-32-be", big);
            let put =
                if big == Some(true) { unicode::put_utf32::<true> } else { unicode::put_utf32::<false> };
            let data = run(name, SURROGATES, true, put)?;
            Ok(if big.is_none() { [b"\xff\xfe\0\0", &*data].concat() } else { data })
        }
        Codec::Latin1 | Codec::Ascii if text.is_ascii() => Ok(text.as_bytes().to_vec()),
        Codec::Latin1 => run("latin-1", "ordinal not in range(256)", false, |c, out| {
            out.push(c as u8);
            c < 0x100
        }),
        Codec::Ascii => run("ascii", "ordinal not in range(128)", false, |c, out| {
            out.push(c as u8);
            c < 0x80
        }),
        Codec::UnicodeEscape => Ok(escape::encode(text.chars().map(code_of), true)),
        Codec::RawUnicodeEscape => Ok(escape::encode(text.chars().map(code_of), false)),
        Codec::Multibyte(codec) => codec.encode(v, text, errors),
        Codec::Charmap(map) => each(&charmap::ENCODING, v, text, errors, |c, out| match map.byte(c) {
            Some(b) => {
                out.push(b);
                true
            }
            None => {
                out.push(0);
                false
            }
        }),
    }
}

/// How errors of an encoder are told.
struct Encoding {
    name: &'static str,
    reason: &'static str,
    /// Whether characters in a row that cannot be encoded are errors of their own.
    single: bool,
}

/// Encodes character by character. `put` appends a code point's bytes, or says that it cannot; what it appended
/// then does not count.
fn each(
    encoding: &Encoding,
    v: &Value,
    text: &str,
    errors: &str,
    put: impl Fn(u32, &mut Vec<u8>) -> bool,
) -> Result<Vec<u8>> {
    use crate::types::unicode::code_of;
    let put = |c: char, out: &mut Vec<u8>| {
        let before = out.len();
        let good = put(code_of(c), out);
        if !good {
            out.truncate(before);
        }
        good
    };
    let mut out = Vec::with_capacity(text.len());
    let (mut chars, mut i) = (text.chars(), 0);
    while let Some(c) = chars.next() {
        if put(c, &mut out) {
            i += 1;
            continue;
        }
        let mut scratch = Vec::new();
        let more =
            if encoding.single { 0 } else { chars.clone().take_while(|&c| !put(c, &mut scratch)).count() };
        let bad = Bad::new(i, i + 1 + more, encoding.reason);
        let (replacement, to) = on_encoding(errors, encoding.name, v, text, &bad)?;
        match replacement {
            Replacement::Bytes(b) => out.extend(b),
            Replacement::Text(t) => {
                if !t.chars().all(|c| put(c, &mut out)) {
                    return Err(unicode_error(
                        &exception::UNICODE_ENCODE_ERROR,
                        encoding.name,
                        v.clone(),
                        &bad,
                    ));
                }
            }
        }
        i = to;
        chars = text.chars();
        if to > 0 {
            chars.nth(to - 1);
        }
    }
    Ok(out)
}

/// Bytes as a string. Absent arguments are `utf-8` and `strict`.
///
/// # Errors
/// `UnicodeDecodeError`; `LookupError` for an unknown encoding or handler.
pub fn decode(data: &[u8], encoding: Option<&str>, errors: Option<&str>) -> Result {
    match encoding.map_or(Ok(Some(Codec::Utf8)), find)? {
        Some(codec) => decode_with(codec, data, errors.unwrap_or("strict"), true).map(|(text, _)| text),
        None => {
            let name = encoding.unwrap_or_default();
            let result = by_library(name, "decode", &bytes::from_slice(data), errors)?;
            if result.as_str().is_some() {
                return Ok(result);
            }
            type_error(format!(
                "'{name}' decoder returned '{}' instead of 'str'; use codecs.decode() to decode to arbitrary types",
                result.ty().name()
            ))
        }
    }
}

/// Appends what can be decoded from a position on; says where and why it stopped before the end.
type Step = fn(&[u8], usize, &mut String) -> std::result::Result<(), Bad>;

/// Bytes as a string by a known codec, and how many of them were used: unless `is_final`, not those at the end
/// that more could complete.
pub fn decode_with(codec: Codec, data: &[u8], errors: &str, is_final: bool) -> Result<(Value, usize)> {
    let (name, skipped, step): (_, _, Step) = match codec {
        Codec::Utf8 => ("utf-8", 0, unicode::utf8),
        Codec::Utf8Sig if data.starts_with(b"\xef\xbb\xbf") => {
            let (text, used) = decode_with(Codec::Utf8, &data[3..], errors, is_final)?;
            return Ok((text, used + 3));
        }
        Codec::Utf8Sig => ("utf-8", 0, unicode::utf8),
        Codec::Latin1 => {
            let text: String = data.iter().map(|&b| b as char).collect();
            return Ok((Value::str(&text), data.len()));
        }
        Codec::Ascii => ("ascii", 0, unicode::ascii),
        Codec::Utf16(big) => match (big, data) {
            (None, [0xff, 0xfe, ..]) => ("utf-16-le", 2, unicode::utf16::<false>),
            (None, [0xfe, 0xff, ..]) => ("utf-16-be", 2, unicode::utf16::<true>),
            (Some(true), _) => ("utf-16-be", 0, unicode::utf16::<true>),
            _ => ("utf-16-le", 0, unicode::utf16::<false>),
        },
        Codec::Utf32(big) => match (big, data) {
            (None, [0xff, 0xfe, 0, 0, ..]) => ("utf-32-le", 4, unicode::utf32::<false>),
            (None, [0, 0, 0xfe, 0xff, ..]) => ("utf-32-be", 4, unicode::utf32::<true>),
            (Some(true), _) => ("utf-32-be", 0, unicode::utf32::<true>),
            _ => ("utf-32-le", 0, unicode::utf32::<false>),
        },
        Codec::UnicodeEscape => ("unicodeescape", 0, escape::unicode_escape),
        Codec::RawUnicodeEscape => ("rawunicodeescape", 0, escape::raw_unicode_escape),
        Codec::Charmap(map) => return charmap::decode_table(map, data, errors),
        Codec::Multibyte(codec) => return codec.decode(data, errors, is_final),
    };
    if matches!(codec, Codec::Utf8 | Codec::Utf8Sig)
        && let Ok(text) = std::str::from_utf8(data)
    {
        return Ok((Value::str(text), data.len()));
    }
    decode_steps(name, data, skipped, errors, is_final, step)
}

/// Decodes by steps, with the handler asked after each.
fn decode_steps(
    name: &str,
    data: &[u8],
    skipped: usize,
    errors: &str,
    is_final: bool,
    step: impl Fn(&[u8], usize, &mut String) -> std::result::Result<(), Bad>,
) -> Result<(Value, usize)> {
    let mut out = String::with_capacity(data.len());
    let (mut at, mut changed): (_, Option<Vec<u8>>) = (skipped, None);
    loop {
        let input = changed.as_deref().unwrap_or(data);
        let Err(bad) = step(input, at, &mut out) else { return Ok((Value::str(&out), input.len())) };
        if bad.incomplete && !is_final {
            return Ok((Value::str(&out), bad.start));
        }
        let (to, new) = on_decoding(errors, name, input, &bad, &mut out)?;
        at = to;
        // A handler may put other bytes in the place of those that are decoded.
        if let Some(new) = new {
            changed = Some(new);
        }
    }
}

/// The shortest escape for a code point: `\xe9`, `\u20ac` or `\U0001f600`.
pub fn escape(code: u32) -> String {
    match code {
        0..0x100 => format!("\\x{code:02x}"),
        0x100..0x10000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}
