//! Lone surrogates in text. Rust's characters have none, so that strings stay valid UTF-8; 2,048 characters of the
//! last private use area stand for them, which in turn cannot be used as themselves.

/// The first stand-in, for U+D800.
const FIRST: u32 = 0x10_f000;
const SURROGATES: std::ops::Range<u32> = 0xd800..0xe000;
const COUNT: u32 = SURROGATES.end - SURROGATES.start;

/// The code point that a character means.
#[inline]
pub fn code_of(c: char) -> u32 {
    let n = c as u32;
    if n.wrapping_sub(FIRST) < COUNT { n - FIRST + SURROGATES.start } else { n }
}

/// The character for a code point, `None` above U+10FFFF.
#[inline]
pub fn char_of(code: u32) -> Option<char> {
    char::from_u32(if SURROGATES.contains(&code) { code - SURROGATES.start + FIRST } else { code })
}

/// Whether a character stands for a surrogate.
#[inline]
pub fn is_surrogate(c: char) -> bool {
    (c as u32).wrapping_sub(FIRST) < COUNT
}

/// Whether a text has a character that stands for a surrogate.
pub fn any(text: &str) -> bool {
    // The stand-ins are encoded as F4 8F 80 80 to F4 8F 9F BF.
    let bytes = text.as_bytes();
    bytes.contains(&0xf4) && bytes.windows(3).any(|w| w[0] == 0xf4 && w[1] == 0x8f && w[2] < 0xa0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins() {
        for code in [0xd800, 0xdcff, 0xdfff] {
            let c = char_of(code).expect("a character");
            assert!(is_surrogate(c) && code_of(c) == code && any(&format!("a{c}")));
        }
        assert!(char_of(0x10_ffff) == Some('\u{10ffff}') && char_of(0x11_0000).is_none());
        assert!(!is_surrogate('\u{10efff}') && !is_surrogate('\u{10f800}') && !any("\u{10efff}\u{10f800}"));
    }
}
