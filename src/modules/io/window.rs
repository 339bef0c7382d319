//! The buffer of a buffered stream: a window on the raw stream that holds bytes read ahead, and bytes to be
//! written.
//!
//! All places are counted from the start of the window. A stream that reads and writes has both kinds of bytes in
//! one window, so that what has been written is read again without asking the raw stream.

/// See above.
#[derive(Default)]
pub struct Window {
    /// The bytes; none until they are needed, then as many as the stream's buffer size.
    pub data: Vec<u8>,
    /// Where the program is.
    pub pos: usize,
    /// Where the raw stream is; `None` if the window does not know.
    pub raw: Option<usize>,
    /// The end of what has been read; `None` if nothing has.
    pub read_end: Option<usize>,
    /// From where to where bytes are to be written.
    pub dirty: Option<(usize, usize)>,
}

impl Window {
    /// How many bytes can be read without the raw stream.
    #[inline]
    pub fn ahead(&self) -> usize {
        self.read_end.map_or(0, |end| end.saturating_sub(self.pos))
    }

    /// Those bytes.
    pub fn readable(&self) -> &[u8] {
        &self.data[self.pos..self.pos + self.ahead()]
    }

    /// How far the raw stream is ahead of the program.
    pub fn raw_offset(&self) -> i64 {
        match self.raw {
            Some(raw) if self.read_end.is_some() || self.dirty.is_some() => raw as i64 - self.pos as i64,
            _ => 0,
        }
    }

    /// Takes `n` bytes that have been read ahead.
    pub fn take(&mut self, n: usize) -> &[u8] {
        let start = self.pos;
        self.pos += n;
        &self.data[start..start + n]
    }

    /// The program goes to `pos`.
    pub fn go(&mut self, pos: usize) {
        self.pos = pos;
        if self.read_end.is_some_and(|end| end < pos) {
            self.read_end = Some(pos);
        }
    }

    /// Puts bytes, for which there is room, where the program is; they are to be written.
    pub fn put(&mut self, data: &[u8]) {
        let (start, end) = (self.pos, self.pos + data.len());
        self.data[start..end].copy_from_slice(data);
        let (first, last) = self.dirty.unwrap_or((start, end));
        self.dirty = Some((first.min(start), last.max(end)));
        self.go(end);
    }

    /// Forgets what has been read ahead.
    pub fn forget_read(&mut self) {
        self.read_end = None;
    }
}
