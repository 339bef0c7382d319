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

/// The lower-case form of a character, if that is a single one.
pub fn lower(c: u32, ascii: bool) -> u32 {
    if c < 128 || ascii {
        return if (65..91).contains(&c) { c + 32 } else { c };
    }
    single(c, unicode::push_lower)
}

fn single(c: u32, convert: impl Fn(char, &mut String)) -> u32 {
    let Some(ch) = char::from_u32(c) else { return c };
    let mut out = String::new();
    convert(ch, &mut out);
    let mut chars = out.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => one as u32,
        _ => c,
    }
}

/// Every character that is `c` but for its case.
pub fn variants(c: u32, ascii: bool) -> [u32; 3] {
    let low = lower(c, ascii);
    if ascii || c < 128 {
        let up = if (97..123).contains(&low) { low - 32 } else { low };
        // The Kelvin sign and the long s are letters of ASCII in another case.
        let odd = match low {
            0x6b if !ascii => 0x212a,
            0x73 if !ascii => 0x17f,
            _ => low,
        };
        return [low, up, odd];
    }
    let up = single(c, unicode::push_upper);
    [low, up, lower(up, false)]
}

/// Whether two characters are the same but for their case.
pub fn same_folded(a: u32, b: u32, ascii: bool) -> bool {
    a == b || lower(a, ascii) == lower(b, ascii) || variants(a, ascii).contains(&b)
}

/// A set of characters.
#[derive(Debug)]
pub struct Set {
    /// Which of the first 256 characters belong to it, everything considered.
    table: [u64; 4],
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
        if c < 256 { self.table[c as usize / 64] >> (c % 64) & 1 != 0 } else { self.compute(c) }
    }
}
