//! A line of uuencode: its length and the bytes, six bits to a character.

use super::fail;
use crate::object::Result;

/// How many bytes a line has at most.
const LINE: usize = 45;

pub(super) fn encode(data: &[u8], backtick: bool) -> Result<Vec<u8>> {
    if data.len() > LINE {
        return fail("At most 45 bytes at once");
    }
    let letter = |bits: u32| match bits as u8 & 63 {
        0 if backtick => b'`',
        six => b' ' + six,
    };
    let mut out = Vec::with_capacity(2 + data.len().div_ceil(3) * 4);
    out.push(letter(data.len() as u32));
    for group in data.chunks(3) {
        let part = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        out.extend([18, 12, 6, 0].map(|shift| letter(bits >> shift)));
    }
    out.push(b'\n');
    Ok(out)
}

pub(super) fn decode(line: &[u8]) -> Result<Vec<u8>> {
    let len = line.first().copied().unwrap_or(0).wrapping_sub(b' ') as usize & 63;
    let mut rest = line.get(1..).unwrap_or_default();
    let mut out = Vec::with_capacity(len);
    let (mut bits, mut count) = (0u32, 0);
    while out.len() < len {
        let six = match rest.split_first() {
            // A line may have lost blanks at its end.
            None | Some((b'\n' | b'\r', _)) => 0,
            Some((&c @ b' '..=b'`', _)) => (c - b' ') & 63,
            Some(_) => return fail("Illegal char"),
        };
        rest = rest.get(1..).unwrap_or_default();
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    match rest.iter().all(|c| matches!(c, b' ' | b'`' | b'\n' | b'\r')) {
        true => Ok(out),
        false => fail("Trailing garbage"),
    }
}
