//! From byte offsets to lines and columns, for tracebacks and error messages.
//!
//! Only the starts of lines are kept, so that an index costs four bytes a line and can stay with a
//! code object for as long as it lives. They are looked for when the first is asked for: most modules of the
//! library never are. A line ends with `\n`, `\r\n` or `\r`.

use std::borrow::Cow;
use std::sync::OnceLock;

/// The starts of the lines of a source text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    source: Cow<'static, str>,
    starts: OnceLock<Box<[u32]>>,
    /// For a tree that no text was parsed to: an offset is an index into these places.
    places: Option<Box<[(u32, u32)]>>,
}

impl LineIndex {
    /// The lines of a text.
    pub fn new(source: impl Into<Cow<'static, str>>) -> LineIndex {
        LineIndex { source: source.into(), starts: OnceLock::new(), places: None }
    }

    /// An index without a text, for a tree that a program made: the "offset" `i` stands for the line and the column
    /// in bytes that `places[i]` says.
    pub fn of_places(places: Vec<(u32, u32)>) -> LineIndex {
        LineIndex { source: "".into(), starts: OnceLock::new(), places: Some(places.into()) }
    }

    /// What [`of_places`](Self::of_places) was told; offsets are not always those of nodes.
    fn place(&self, offset: u32) -> Option<(u32, u32)> {
        self.places.as_ref().map(|places| places.get(offset as usize).copied().unwrap_or((1, 0)))
    }

    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let bytes = self.source.as_bytes();
            let mut starts = vec![0];
            for (i, &b) in bytes.iter().enumerate() {
                if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                    starts.push(i as u32 + 1);
                }
            }
            starts.into()
        })
    }

    /// The whole text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The number of lines; a text that ends with a line end has an empty last line.
    pub fn line_count(&self) -> u32 {
        self.starts().len() as u32
    }

    /// The offset at which a line, from 1, starts.
    pub fn start(&self, line: u32) -> Option<u32> {
        self.starts().get((line as usize).checked_sub(1)?).copied()
    }

    /// The line, from 1, in which an offset stands.
    pub fn line(&self, offset: u32) -> u32 {
        if let Some((line, _)) = self.place(offset) {
            return line;
        }
        self.starts().partition_point(|&start| start <= offset) as u32
    }

    /// The line, from 1, and the column in UTF-8 bytes, from 0: CPython's `lineno`, `col_offset`.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        if let Some(place) = self.place(offset) {
            return place;
        }
        let line = self.line(offset);
        (line, offset - self.starts()[line as usize - 1])
    }

    /// The line, from 1, and the column in characters, from 0.
    pub fn char_position(&self, offset: u32) -> (u32, u32) {
        let (line, bytes) = self.position(offset);
        if self.places.is_some() {
            return (line, bytes);
        }
        let start = self.starts()[line as usize - 1] as usize;
        let before = self.source.get(start..start + bytes as usize).unwrap_or_default();
        (line, before.chars().count() as u32)
    }

    /// The text of a line, from 1, without its line end; `None` if there is no such line.
    pub fn line_text(&self, line: u32) -> Option<&str> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.starts().get(index)? as usize;
        let end = self.starts().get(index + 1).map_or(self.source.len(), |&end| end as usize);
        Some(self.source[start..end].trim_end_matches(['\n', '\r']))
    }
}

/// The number of line ends in a text.
pub fn count_line_ends(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |(i, &b): (usize, &u8)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    bytes.iter().enumerate().filter(|&pair| ends(pair)).count() as u32
}
