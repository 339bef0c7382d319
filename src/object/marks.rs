//! Where the characters of long strings begin: marks, so that indexing is not a walk from one end.
//!
//! Only strings that are not ASCII need them. A table keeps those of the strings that were indexed last, each as far
//! as it was needed; they stay right when a string is appended to in place, and go with it.

use super::string::Str;
use std::cell::{Cell, RefCell};

/// There is a mark for every so many characters.
const STEP: usize = 64;
/// So near to an end a walk is short enough.
const NEAR: usize = 128;
const SLOTS: usize = 64;

struct Marks {
    /// The address of the string, 0 if there is none.
    of: Cell<usize>,
    /// Where characters `STEP`, `2 * STEP`, ... begin.
    places: RefCell<Vec<u32>>,
}

struct Table([Marks; SLOTS]);
// SAFETY: only the holder of the GIL indexes strings.
unsafe impl Sync for Table {}
static TABLE: Table = Table([const { Marks { of: Cell::new(0), places: RefCell::new(Vec::new()) } }; SLOTS]);

fn starts_character(byte: u8) -> bool {
    byte as i8 >= -0x40
}

/// Where the character begins that is `n` characters behind the one that begins at `from`, or the end.
fn skip(text: &str, from: usize, n: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut left) = (from, n);
    // Whole blocks, by counting the bytes that start a character.
    while let Some(block) = bytes.get(at..at + 32) {
        let starts = block.iter().filter(|&&b| starts_character(b)).count();
        if starts > left {
            break;
        }
        left -= starts;
        at += 32;
    }
    while at < bytes.len() {
        if starts_character(bytes[at]) {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        at += 1;
    }
    at
}

/// Where the character begins that is `n` characters before the end.
fn skip_back(text: &str, n: usize) -> usize {
    let starts = text.bytes().enumerate().rev().filter(|&(_, b)| starts_character(b));
    n.checked_sub(1).map_or(text.len(), |n| starts.map(|(i, _)| i).nth(n).unwrap_or(0))
}

/// Marks of a string, made while `more` says of the last one (its character and its byte) that another is needed.
fn marks<R>(s: &Str, more: impl Fn(usize, usize) -> bool, then: impl FnOnce(&[u32]) -> R) -> R {
    let address = std::ptr::from_ref(s) as usize;
    let marks = &TABLE.0[(address >> 4) % SLOTS];
    let mut places = marks.places.borrow_mut();
    if marks.of.replace(address) != address {
        places.clear();
    }
    loop {
        let (char, byte) = (places.len() * STEP, places.last().map_or(0, |&at| at as usize));
        if char + STEP >= s.chars() || !more(char, byte) {
            return then(&places);
        }
        match u32::try_from(skip(s.as_str(), byte, STEP)) {
            Ok(next) => places.push(next),
            Err(_) => return then(&places),
        }
    }
}

impl Str {
    /// Where character `i` begins, or the end.
    #[inline]
    pub fn byte_of(&self, i: usize) -> usize {
        if self.is_ascii() { i.min(self.len()) } else { self.byte_of_wide(i) }
    }

    fn byte_of_wide(&self, i: usize) -> usize {
        let left = self.chars().saturating_sub(i);
        if left <= NEAR {
            return skip_back(self.as_str(), left);
        }
        let (char, byte) = match i {
            0..=NEAR => (0, 0),
            _ => marks(
                self,
                |char, _| char + STEP <= i,
                |places| {
                    let n = places.len().min(i / STEP);
                    (n * STEP, n.checked_sub(1).map_or(0, |last| places[last] as usize))
                },
            ),
        };
        skip(self.as_str(), byte, i - char)
    }

    /// How many characters begin in a range of bytes.
    #[inline]
    pub fn chars_in(&self, from: usize, to: usize) -> usize {
        if self.is_ascii() {
            return to - from;
        }
        if to - from > 4 * NEAR {
            return self.chars_before(to) - self.chars_before(from);
        }
        self.as_str()[from..to].chars().count()
    }

    fn chars_before(&self, at: usize) -> usize {
        let (char, byte) = match at {
            0..=NEAR => (0, 0),
            _ => marks(
                self,
                |_, byte| byte + STEP <= at,
                |places| {
                    let n = places.partition_point(|&place| place as usize <= at);
                    (n * STEP, n.checked_sub(1).map_or(0, |last| places[last] as usize))
                },
            ),
        };
        char + self.as_str()[byte..at].chars().count()
    }

    /// To be called before the string goes.
    #[inline]
    pub(super) fn forget_marks(&self) {
        if self.chars() > NEAR && !self.is_ascii() {
            let address = std::ptr::from_ref(self) as usize;
            let marks = &TABLE.0[(address >> 4) % SLOTS];
            if marks.of.get() == address {
                marks.of.set(0);
                marks.places.take();
            }
        }
    }
}
