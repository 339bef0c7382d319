//! Base 64: three bytes as four characters.

use super::fail;
use crate::object::Result;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What is no character of the alphabet.
const NONE: u8 = 255;

/// The number of each character.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut i = 0;
    while i < 64 {
        values[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    values
};

pub(super) fn encode(data: &[u8], newline: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for group in data.chunks(3) {
        let part = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for i in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= group.len() { letter } else { b'=' });
        }
    }
    if newline {
        out.push(b'\n');
    }
    out
}

pub(super) fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    // Characters since the last whole group, their bits, and `=` since the last character.
    let (mut place, mut bits, mut pads) = (0, 0u32, 0);
    let mut padded = false;
    if strict && text.first() == Some(&b'=') {
        return fail("Leading padding not allowed");
    }
    for (i, &c) in text.iter().enumerate() {
        if c == b'=' {
            padded = true;
            if place >= 2 {
                pads += 1;
                if place + pads >= 4 {
                    // The end, whatever follows.
                    if strict && i + 1 < text.len() {
                        return fail("Excess data after padding");
                    }
                    return Ok(out);
                }
            }
            continue;
        }
        let value = VALUES[c as usize];
        if value == NONE {
            if strict {
                return fail("Only base64 data is allowed");
            }
            continue;
        }
        if strict && padded {
            return fail("Discontinuous padding not allowed");
        }
        pads = 0;
        bits = bits << 6 | u32::from(value);
        match place {
            1 => out.push((bits >> 4) as u8),
            2 => out.push((bits >> 2) as u8),
            3 => out.push(bits as u8),
            _ => {}
        }
        place = (place + 1) % 4;
    }
    match place {
        0 => Ok(out),
        1 => {
            let n = out.len() / 3 * 4 + 1;
            fail(format!(
                "Invalid base64-encoded string: number of data characters ({n}) cannot be 1 more than a multiple of 4"
            ))
        }
        _ => fail("Incorrect padding"),
    }
}
