//! The formats of `struct`: parsed once into a list of fields with their places.

use crate::object::Result;
use crate::types::bytes::item::Item;

/// What a field holds.
#[derive(Clone, Copy, PartialEq)]
pub enum Content {
    /// A number, a truth value or a byte.
    Item(Item),
    /// Bytes of a fixed number.
    Bytes,
    /// Bytes of a varying number, which stands in the first one.
    Pascal,
}

/// Fields of the same kind in a row.
pub struct Field {
    /// What each holds.
    pub content: Content,
    /// Where the first begins.
    pub offset: usize,
    /// The width of each.
    pub size: usize,
    /// How many there are.
    pub repeat: usize,
}

/// A parsed format.
pub struct Format {
    /// How many bytes it describes.
    pub size: usize,
    /// How many values.
    pub values: usize,
    /// Whether the most significant byte comes first.
    pub big_endian: bool,
    /// Whether the widths are those of the machine.
    pub native: bool,
    /// The fields.
    pub fields: Vec<Field>,
}

const TOO_LONG: &str = "total struct size too long";

impl Format {
    /// Parses a format.
    pub fn parse(text: &[u8]) -> Result<Format> {
        let (native, big_endian, mut rest) = match text {
            [b'<' | b'=', rest @ ..] => (false, false, rest),
            [b'>' | b'!', rest @ ..] => (false, true, rest),
            [b'@', rest @ ..] => (true, false, rest),
            rest => (true, false, rest),
        };
        let mut format = Format { size: 0, values: 0, big_endian, native, fields: Vec::new() };
        while let [c, after @ ..] = rest {
            rest = after;
            if matches!(c, b' ' | 9..=13) {
                continue;
            }
            let mut letter = *c;
            let mut count = 1usize;
            if letter.is_ascii_digit() {
                count = (letter - b'0').into();
                loop {
                    let [c, after @ ..] = rest else {
                        return super::fail("repeat count given without format specifier");
                    };
                    rest = after;
                    letter = *c;
                    if !letter.is_ascii_digit() {
                        break;
                    }
                    count = match count.checked_mul(10).and_then(|n| n.checked_add((letter - b'0').into())) {
                        Some(n) if n <= isize::MAX as usize => n,
                        _ => return super::fail(TOO_LONG),
                    };
                }
            }
            format.add(letter, count)?;
        }
        Ok(format)
    }

    fn add(&mut self, letter: u8, count: usize) -> Result<()> {
        let (content, size) = match letter {
            b'x' | b's' => (Content::Bytes, 1),
            b'p' => (Content::Pascal, 1),
            _ => {
                let item = match letter {
                    b'w' => None,
                    _ if self.native => Item::native(letter),
                    _ => Item::standard(letter),
                };
                let Some(item) = item else { return super::fail("bad char in struct format") };
                (Content::Item(item), item.size)
            }
        };
        let offset = if self.native { self.size.next_multiple_of(size) } else { self.size };
        let end = count.checked_mul(size).and_then(|n| n.checked_add(offset));
        self.size = match end.filter(|&n| n <= isize::MAX as usize) {
            Some(end) => end,
            None => return super::fail(TOO_LONG),
        };
        let (size, repeat) = if matches!(content, Content::Item(_)) { (size, count) } else { (count, 1) };
        if letter != b'x' {
            self.values += repeat;
            self.fields.push(Field { content, offset, size, repeat });
        }
        Ok(())
    }

    /// Each value's field and place, in order.
    pub fn places(&self) -> impl Iterator<Item = (&Field, usize)> {
        self.fields.iter().flat_map(|f| (0..f.repeat).map(move |i| (f, f.offset + i * f.size)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let size = |text: &str| Format::parse(text.as_bytes()).map_or(usize::MAX, |f| f.size);
        assert_eq!(size("bi"), 8);
        assert_eq!(size("<bi"), 5);
        assert_eq!(size("llh0l"), 24);
        assert_eq!(size(" 3i 2x"), 14);
    }
}
