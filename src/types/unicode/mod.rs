//! Properties of characters, as Python 3.11 sees them: by Unicode 14.
//!
//! `tables.bin` is written by `scripts/unicode-tables`. Its seven sections, whose lengths come first:
//! for each block of 256 characters which of the different blocks it is; these blocks, of record numbers; the
//! [`Record`]s; the characters that have a decomposition, with tag and mark; where each ends in the text; the
//! text of all decompositions; runs of characters that are numbers.

mod case;
mod names;
mod normalize;

pub use case::{
    is_case_ignorable, is_cased, is_identifier, is_lower, is_space, is_title, is_upper, push_folded,
    push_lower, push_title, push_upper,
};
pub use minipy_syntax::surrogate::{any as has_surrogates, char_of, code_of, is_surrogate};
pub use names::{character, name};
pub use normalize::{Form, is_normalized, normalize};

static TABLES: &[u8] = include_bytes!("tables.bin");

const SECTIONS: usize = 7;

/// Section `n` of the tables.
const fn section(n: usize) -> &'static [u8] {
    const fn length(i: usize) -> usize {
        let t = TABLES;
        u32::from_le_bytes([t[i * 4], t[i * 4 + 1], t[i * 4 + 2], t[i * 4 + 3]]) as usize
    }
    let (mut start, mut i) = (SECTIONS * 4, 0);
    while i < n {
        start += length(i);
        i += 1;
    }
    TABLES.split_at(start).1.split_at(length(n)).0
}

static BLOCK_OF: &[u8] = section(0);
static BLOCKS: &[u8] = section(1);
static RECORDS: &[u8] = section(2);
static DECOMPOSED: &[u8] = section(3);
static ENDS: &[u8] = section(4);
static TEXT: &[u8] = section(5);
static NUMBERS: &[u8] = section(6);

/// The general categories, in the order of their numbers.
pub static CATEGORIES: [&str; 30] = [
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
];

/// The bidirectional classes, in the order of their numbers.
pub static BIDIRECTIONAL: [&str; 24] = [
    "", "L", "LRE", "LRO", "R", "AL", "RLE", "RLO", "PDF", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B",
    "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI",
];

/// The East Asian widths, in the order of their numbers.
pub static WIDTHS: [&str; 6] = ["N", "Na", "H", "W", "F", "A"];

/// The tags of decompositions, in the order of their numbers; the first is that of canonical ones.
pub static TAGS: [&str; 17] = [
    "",
    "<font>",
    "<noBreak>",
    "<initial>",
    "<medial>",
    "<final>",
    "<isolated>",
    "<circle>",
    "<super>",
    "<sub>",
    "<vertical>",
    "<wide>",
    "<narrow>",
    "<small>",
    "<square>",
    "<fraction>",
    "<compat>",
];

/// What the tables say of a character.
#[derive(Clone, Copy)]
pub struct Record {
    /// Its place in [`CATEGORIES`].
    pub category: u8,
    /// Its place in [`BIDIRECTIONAL`].
    pub bidirectional: u8,
    /// Its canonical combining class.
    pub combining: u8,
    /// Whether it is mirrored in text from right to left.
    pub mirrored: bool,
    /// Its place in [`WIDTHS`].
    pub width: u8,
}

/// The order of two strings, which is that of their code points.
pub fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    let order = a.cmp(b);
    // What stands for surrogates comes too late in the order of bytes.
    match a.bytes().zip(b.bytes()).find(|(x, y)| x != y) {
        Some((x, y)) if x.max(y) == 0xf4 => a.chars().map(code_of).cmp(b.chars().map(code_of)),
        _ => order,
    }
}

/// What the tables say of a code point.
pub fn record(code: u32) -> Record {
    let block = BLOCK_OF.get(code as usize >> 8).copied().unwrap_or(0) as usize;
    let at = BLOCKS[block << 8 | code as usize & 0xff] as usize * 4;
    let [category, bidirectional, combining, rest] = [0, 1, 2, 3].map(|i| RECORDS[at + i]);
    Record { category, bidirectional, combining, mirrored: rest & 8 != 0, width: rest & 7 }
}

/// How many columns of a terminal a character takes.
pub fn columns(c: char) -> usize {
    if c.is_ascii() || !matches!(WIDTHS[record(c as u32).width as usize], "W" | "F") { 1 } else { 2 }
}

/// The general category of a character.
pub fn category(c: char) -> &'static str {
    CATEGORIES[record(c as u32).category as usize]
}

/// Whether Unicode 14 knows it; what the standard library of Rust says of others is of later versions.
fn is_assigned(c: char) -> bool {
    record(c as u32).category != 0
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([data[at], data[at + 1]])
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]])
}

/// The low bits of an entry, which hold the code point.
const CODE: u32 = 0x1f_ffff;

/// The last of `data`'s entries of `size` bytes, sorted by the code points they begin with, that is not above
/// `code`.
fn search(data: &[u8], size: usize, code: u32) -> Option<usize> {
    let (mut low, mut high) = (0, data.len() / size);
    while low < high {
        let middle = (low + high) / 2;
        if u32_at(data, middle * size) & CODE <= code { low = middle + 1 } else { high = middle }
    }
    low.checked_sub(1)
}

/// A decomposition.
#[derive(Clone, Copy)]
pub struct Decomposition {
    /// Its place in [`TAGS`]: 0 if it is canonical.
    pub tag: u8,
    /// Whether the composition never puts the character in the place of `text`.
    pub excluded: bool,
    /// What it is put together of.
    pub text: &'static str,
}

/// The decomposition with number `i`, and its character.
fn decomposition_at(i: usize) -> (u32, Decomposition) {
    let entry = u32_at(DECOMPOSED, i * 4);
    let start = if i == 0 { 0 } else { u16_at(ENDS, i * 2 - 2) } as usize;
    let text = std::str::from_utf8(&TEXT[start..u16_at(ENDS, i * 2) as usize]).unwrap_or_default();
    (entry & CODE, Decomposition { tag: (entry >> 21) as u8 & 0x1f, excluded: entry >> 31 != 0, text })
}

/// The decomposition of a character; those of Hangul syllables follow from their numbers, and are not here.
pub fn decomposition(c: char) -> Option<Decomposition> {
    if (c as u32) < 0xa0 {
        return None;
    }
    let i = search(DECOMPOSED, 4, c as u32)?;
    let (code, found) = decomposition_at(i);
    (code == c as u32).then_some(found)
}

/// How a character is a number, from the widest sense to the narrowest.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Numeric {
    /// A number of any kind, as a fraction.
    Number = 1,
    /// A digit, though not one to write numbers with: in a circle, a superscript.
    Digit = 2,
    /// A decimal digit.
    Decimal = 3,
}

/// The value of a character that is a number: numerator and divisor.
pub fn numeric(c: char) -> Option<(Numeric, i64, i64)> {
    if c.is_ascii() {
        return c.to_digit(10).map(|d| (Numeric::Decimal, d.into(), 1));
    }
    const SIZE: usize = 10;
    let at = search(NUMBERS, SIZE, c as u32)? * SIZE;
    let first = u32_at(NUMBERS, at);
    let offset = c as u32 - (first & CODE);
    if offset >= u32::from(NUMBERS[at + 4]) {
        return None;
    }
    let kind = match first >> 21 {
        1 => Numeric::Number,
        2 => Numeric::Digit,
        _ => Numeric::Decimal,
    };
    let mantissa = i64::from(u16_at(NUMBERS, at + 6) as i16);
    let value = mantissa * 10_i64.pow(NUMBERS[at + 5].into()) + i64::from(offset);
    Some((kind, value, u16_at(NUMBERS, at + 8).into()))
}

/// The value of a decimal digit of any script.
pub fn decimal_digit(c: char) -> Option<u32> {
    match numeric(c) {
        Some((Numeric::Decimal, value, _)) => Some(value as u32),
        _ => None,
    }
}

/// `str.isdigit` of one character: decimal digits, and those in circles, superscripts and the like.
pub fn is_digit(c: char) -> bool {
    numeric(c).is_some_and(|(kind, ..)| kind >= Numeric::Digit)
}

/// `str.isnumeric` of one character: also fractions and ideographs of numbers.
pub fn is_numeric(c: char) -> bool {
    numeric(c).is_some()
}

/// Whether `repr` shows it as it is.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    !category(c).starts_with(['C', 'Z'])
}

/// `str.isalpha` of one character.
pub fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { category(c).starts_with('L') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        assert_eq!(decimal_digit('\u{663}'), Some(3));
        assert_eq!(decimal_digit('\u{1d7cf}'), Some(1));
        assert_eq!(decimal_digit('\u{1d7d9}'), Some(1));
        assert_eq!(decimal_digit('\u{b2}'), None);
        assert!(is_digit('\u{b2}') && is_numeric('\u{bd}') && !is_digit('\u{bd}'));
        assert!(numeric('\u{5146}') == Some((Numeric::Number, 1_000_000_000_000, 1)));
    }
}
