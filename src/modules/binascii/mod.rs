//! `binascii`: bytes as text of ASCII and back.

mod base64;
mod quoted;
mod uu;

use super::native::class;
use crate::object::{Def, Result, Type, Value, arg};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::bytes::{self, Buffer};
use crate::types::{exception, int, str};

/// `binascii.Error`
static ERROR: Type = exception::subtype("binascii.Error", &exception::VALUE_ERROR);
/// `binascii.Incomplete`
static INCOMPLETE: Type = exception::subtype("binascii.Incomplete", &exception::EXCEPTION);

/// Raises `binascii.Error`.
fn fail<T>(message: impl AsRef<str>) -> Result<T> {
    Err(raise(&ERROR, message))
}

/// The bytes of a bytes-like object or of a text of ASCII.
fn ascii(v: &Value) -> Result<Buffer<'_>> {
    match v.as_str() {
        Some(text) if text.is_ascii() => Ok(Buffer::Slice(text.as_bytes())),
        Some(_) => value_error("string argument should contain only ASCII characters"),
        None if v.ty().slots().buffer.is_none() && bytes::buffer(v).is_none() => {
            let ty = v.ty().name();
            type_error(format!("argument should be bytes, buffer or ASCII string, not '{ty}'"))
        }
        None => bytes::need(v),
    }
}

fn flag(a: &[Value], i: usize, default: bool) -> Result<bool> {
    arg(a, i).as_bound().map_or(Ok(default), protocol::truth)
}

/// The low bits of an integer, as far as a `u32` holds them.
pub fn low_bits(v: &Value) -> Result<u32> {
    let n = int::to_big(&protocol::index(v)?).unwrap_or_default();
    let digit = n.magnitude().iter_u32_digits().next().unwrap_or_default();
    Ok(if n.sign() == num_bigint::Sign::Minus { digit.wrapping_neg() } else { digit })
}

fn hexlify(a: &[Value]) -> Result {
    let separator = bytes::separator(arg(a, 1), false)?;
    let group = arg(a, 2).as_bound().map_or(Ok(1), str::c_int)?;
    let digits = bytes::hex_digits(&bytes::need(&a[0])?, separator, group);
    Ok(bytes::from_vec(digits.chars().map(|c| c as u8).collect()))
}

fn unhexlify(a: &[Value]) -> Result {
    let text = ascii(&a[0])?;
    if text.len() % 2 != 0 {
        return fail("Odd-length string");
    }
    let digit = |b: u8| (b as char).to_digit(16);
    let mut out = Vec::with_capacity(text.len() / 2);
    for pair in text.chunks_exact(2) {
        match (digit(pair[0]), digit(pair[1])) {
            (Some(high), Some(low)) => out.push((high << 4 | low) as u8),
            _ => return fail("Non-hexadecimal digit found"),
        }
    }
    Ok(bytes::from_vec(out))
}

/// The checksum of CRC-32, going on from that of the bytes before.
pub fn crc32(a: &[Value]) -> Result {
    let start = arg(a, 1).as_bound().map_or(Ok(0), low_bits)?;
    let data = bytes::need(&a[0])?;
    let mut hasher = crc32fast::Hasher::new_with_initial(start);
    hasher.update(&data);
    Ok(int::from_i64(hasher.finalize().into()))
}

/// The checksum of CRC-CCITT, as BinHex 4 uses it.
fn crc_hqx(a: &[Value]) -> Result {
    let mut crc = low_bits(&a[1])? as u16;
    for &b in bytes::need(&a[0])?.iter() {
        crc ^= u16::from(b) << 8;
        for _ in 0..8 {
            crc = crc << 1 ^ if crc & 0x8000 != 0 { 0x1021 } else { 0 };
        }
    }
    Ok(int::from_i64(crc.into()))
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "Error()" "" => || class(&ERROR);
    val "Incomplete()" "" => || class(&INCOMPLETE);
    fn "a2b_uu(data, /)" "A line of uuencoded text as bytes." => |a| uu::decode(&ascii(&a[0])?).map(bytes::from_vec);
    fn "b2a_uu(data, /, *, backtick=False)" "Bytes as a line of uuencoded text." => |a| {
        uu::encode(&bytes::need(&a[0])?, flag(a, 1, false)?).map(bytes::from_vec)
    };
    fn "a2b_base64(data, /, *, strict_mode=False)" "Base64 as bytes." => |a| {
        base64::decode(&ascii(&a[0])?, flag(a, 1, false)?).map(bytes::from_vec)
    };
    fn "b2a_base64(data, /, *, newline=True)" "Bytes as a line of Base64." => |a| {
        let newline = flag(a, 1, true)?;
        Ok(bytes::from_vec(base64::encode(&bytes::need(&a[0])?, newline)))
    };
    fn "a2b_qp(data, header=False)" "Quoted-printable text as bytes." => |a| {
        let header = flag(a, 1, false)?;
        Ok(bytes::from_vec(quoted::decode(&ascii(&a[0])?, header)))
    };
    fn "b2a_qp(data, quotetabs=False, istext=True, header=False)" "Bytes as quoted-printable text." => |a| {
        let style = quoted::Style { tabs: flag(a, 1, false)?, text: flag(a, 2, true)?, header: flag(a, 3, false)? };
        Ok(bytes::from_vec(quoted::encode(&bytes::need(&a[0])?, style)))
    };
    fn "b2a_hex(data, sep=<unrepresentable>, bytes_per_sep=1)" "Bytes as hexadecimal digits." => hexlify;
    fn "hexlify(data, sep=<unrepresentable>, bytes_per_sep=1)" "Bytes as hexadecimal digits." => hexlify;
    fn "a2b_hex(hexstr, /)" "Hexadecimal digits as bytes." => unhexlify;
    fn "unhexlify(hexstr, /)" "Hexadecimal digits as bytes." => unhexlify;
    fn "crc32(data, crc=0, /)" "The checksum CRC-32, going on from an earlier one." => crc32;
    fn "crc_hqx(data, crc, /)" "The checksum CRC-CCITT, going on from an earlier one." => crc_hqx;
};
