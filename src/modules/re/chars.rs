//! Characters: categories, sets, and letters of both cases.

use super::escape::Item;
use crate::types::unicode;

/// A class of characters; with whether only ASCII characters belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Category {
    Digit(bool),
    Space(bool),
    Word(bool),
}

impl Category {
    /// Whether a character belongs to it.
    pub fn has(self, c: u32) -> bool {
        let Some(c) = char::from_u32(c) else { return false };
        match self {
            _ if c.is_ascii() => match self {
                Category::Digit(_) => c.is_ascii_digit(),
                Category::Space(ascii) => {
                    matches!(c, ' ' | '\t'..='\r') || (!ascii && matches!(c, '\x1c'..='\x1f'))
                }
                Category::Word(_) => c.is_ascii_alphanumeric() || c == '_',
            },
            Category::Digit(false) => unicode::decimal_digit(c).is_some(),
            Category::Space(false) => unicode::is_space(c),
            Category::Word(false) => {
                unicode::is_alpha(c)
                    || unicode::is_numeric(c)
                    || unicode::decimal_digit(c).is_some()
                    || unicode::is_digit(c)
            }
            _ => false,
        }
    }
}

/// Letters that are the same but for their case, where these are not just a pair that converts either way.
static FAMILIES: [&[u32]; 32] = [
    &[0x49, 0x69, 0x130, 0x131],
    &[0x4b, 0x6b, 0x212a],
    &[0x53, 0x73, 0x17f],
    &[0xb5, 0x39c, 0x3bc],
    &[0xc5, 0xe5, 0x212b],
    &[0xdf, 0x1e9e],
    &[0x1c4, 0x1c5, 0x1c6],
    &[0x1c7, 0x1c8, 0x1c9],
    &[0x1ca, 0x1cb, 0x1cc],
    &[0x1f1, 0x1f2, 0x1f3],
    &[0x345, 0x399, 0x3b9, 0x1fbe],
    &[0x390, 0x1fd3],
    &[0x392, 0x3b2, 0x3d0],
    &[0x395, 0x3b5, 0x3f5],
    &[0x398, 0x3b8, 0x3d1, 0x3f4],
    &[0x39a, 0x3ba, 0x3f0],
    &[0x3a0, 0x3c0, 0x3d6],
    &[0x3a1, 0x3c1, 0x3f1],
    &[0x3a3, 0x3c2, 0x3c3],
    &[0x3a6, 0x3c6, 0x3d5],
    &[0x3a9, 0x3c9, 0x2126],
    &[0x3b0, 0x1fe3],
    &[0x412, 0x432, 0x1c80],
    &[0x414, 0x434, 0x1c81],
    &[0x41e, 0x43e, 0x1c82],
    &[0x421, 0x441, 0x1c83],
    &[0x422, 0x442, 0x1c84, 0x1c85],
    &[0x42a, 0x44a, 0x1c86],
    &[0x462, 0x463, 0x1c87],
    &[0x1c88, 0xa64a, 0xa64b],
    &[0x1e60, 0x1e61, 0x1e9b],
    &[0xfb05, 0xfb06],
];

/// The form of a character in another case, if that is a single one.
fn single(c: u32, convert: impl Fn(char, &mut String)) -> Option<u32> {
    let mut out = String::new();
    convert(char::from_u32(c)?, &mut out);
    let mut chars = out.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => Some(one as u32),
        _ => None,
    }
}

/// Every character that is `c` but for its case; some are there more than once.
pub fn variants(c: u32, ascii: bool) -> [u32; 4] {
    if ascii || c < 128 {
        let other = if matches!(c, 65..91 | 97..123) { c ^ 32 } else { c };
        let odd = ascii || !matches!(c | 32, 0x69 | 0x6b | 0x73);
        if odd {
            return [c, other, c, c];
        }
    }
    if let Some(family) = FAMILIES.iter().find(|f| f.contains(&c)) {
        let nth = |i: usize| family.get(i).copied().unwrap_or(c);
        return [nth(0), nth(1), nth(2), nth(3)];
    }
    let low = single(c, unicode::push_lower).unwrap_or(c);
    let up = single(c, unicode::push_upper).or_else(|| single(c, unicode::push_title)).unwrap_or(c);
    [c, low, up, c]
}

/// Whether two characters are the same but for their case.
pub fn same_folded(a: u32, b: u32, ascii: bool) -> bool {
    a == b || variants(a, ascii).contains(&b)
}

/// Whether a character belongs to words.
#[inline]
pub fn is_word(c: u32, ascii: bool) -> bool {
    match c {
        0..128 => (c as u8).is_ascii_alphanumeric() || c == b'_' as u32,
        _ => Category::Word(ascii).has(c),
    }
}

/// Which bytes, or which of the first 256 characters, are in a set.
pub type Bits = [u64; 4];

/// Whether a byte is in a set.
#[inline(always)]
pub fn bit(bits: &Bits, b: u8) -> bool {
    bits[b as usize / 64] >> (b % 64) & 1 != 0
}

/// A set of characters.
#[derive(Debug)]
pub struct Set {
    /// Which of the first 256 characters belong to it, everything considered.
    pub table: Bits,
    ranges: Vec<(u32, u32)>,
    categories: Vec<(Category, bool)>,
    negate: bool,
    ignore_case: bool,
    ascii: bool,
}

impl Set {
    pub fn new(ignore_case: bool, ascii: bool, negate: bool) -> Set {
        Set { table: [0; 4], ranges: Vec::new(), categories: Vec::new(), negate, ignore_case, ascii }
    }

    /// The characters of a category, or all others.
    pub fn of_category(category: Category, negate: bool) -> Set {
        let mut set = Set::new(false, true, false);
        set.categories.push((category, negate));
        set.finish();
        set
    }

    pub fn add_range(&mut self, low: u32, high: u32) {
        self.ranges.push((low, high));
    }

    pub fn add_item(&mut self, item: &Item) {
        match item {
            Item::Char(c) => self.add_range(*c, *c),
            Item::Category(category, negate) => self.categories.push((*category, *negate)),
        }
    }

    /// The set of some characters.
    pub fn of_characters(characters: &[u32]) -> Set {
        let mut set = Set::new(false, true, false);
        characters.iter().for_each(|c| set.add_range(*c, *c));
        set.finish();
        set
    }

    /// Prepares the table; afterwards nothing is added.
    pub fn finish(&mut self) {
        for c in 0..256 {
            if self.compute(c) {
                self.table[c as usize / 64] |= 1 << (c % 64);
            }
        }
    }

    fn compute(&self, c: u32) -> bool {
        let plain = |c: u32| {
            self.ranges.iter().any(|r| r.0 <= c && c <= r.1)
                || self.categories.iter().any(|(category, negate)| category.has(c) != *negate)
        };
        let found = plain(c) || (self.ignore_case && variants(c, self.ascii).into_iter().any(plain));
        found != self.negate
    }

    #[inline]
    pub fn has(&self, c: u32) -> bool {
        if c < 256 { bit(&self.table, c as u8) } else { self.compute(c) }
    }
}
