//! Where a pickle is read from: bytes that are there, or a file that is asked for more.

use crate::object::{Result, Trace, Tracer, Value};
use crate::protocol::{self, type_error};
use crate::types::{bytes, int};

/// A pickle that is being read.
pub struct Source {
    data: Vec<u8>,
    at: usize,
    /// A file's `read` and `readline`.
    file: Option<(Value, Value)>,
}

impl Trace for Source {
    fn trace(&self, tracer: &mut Tracer) {
        if let Some((read, readline)) = &self.file {
            read.trace(tracer);
            readline.trace(tracer);
        }
    }
}

impl Source {
    /// Bytes.
    pub fn bytes(data: Vec<u8>) -> Source {
        Source { data, at: 0, file: None }
    }

    /// A file's methods.
    pub fn file(read: Value, readline: Value) -> Source {
        Source { data: Vec::new(), at: 0, file: Some((read, readline)) }
    }

    /// Whether what has been read from the file so far is used up.
    fn is_empty(&self) -> bool {
        self.at == self.data.len()
    }

    /// Sees to it that `n` more bytes are there, if there are so many.
    fn fill(&mut self, n: usize) -> Result<()> {
        let have = self.data.len() - self.at;
        if have >= n {
            return Ok(());
        }
        let Some((read, _)) = &self.file else { return Ok(()) };
        let more = protocol::call(read, &[int::from_usize(n - have)])?;
        let Some(more) = bytes::copy_of(&more) else {
            return type_error("read() returned non-bytes object");
        };
        if self.is_empty() {
            self.data = more;
        } else {
            self.data.drain(..self.at);
            self.data.extend(more);
        }
        self.at = 0;
        Ok(())
    }

    /// Reads ahead, up to the end of a frame, which must be there.
    pub fn frame(&mut self, n: usize) -> Result<()> {
        // The length may be wrong: take care not to ask for all memory at once.
        let wanted = n.min(16 << 20);
        self.fill(wanted)?;
        if self.data.len() - self.at < wanted {
            return super::unpickling_error("pickle data was truncated");
        }
        Ok(())
    }

    /// The next byte.
    #[inline]
    pub fn byte(&mut self) -> Result<Option<u8>> {
        if self.is_empty() {
            self.fill(1)?;
        }
        let byte = self.data.get(self.at).copied();
        self.at += byte.is_some() as usize;
        Ok(byte)
    }

    /// The next `n` bytes.
    #[inline]
    pub fn take(&mut self, n: usize) -> Result<&[u8]> {
        self.fill(n)?;
        let start = self.at;
        match self.data.get(start..start.saturating_add(n)) {
            Some(part) => {
                self.at = start + n;
                Ok(part)
            }
            None => super::unpickling_error("pickle data was truncated"),
        }
    }

    /// The same of a line in which there is something.
    pub fn full_line(&mut self) -> Result<Vec<u8>> {
        match self.line()? {
            line if line.is_empty() => super::unpickling_error("pickle data was truncated"),
            line => Ok(line),
        }
    }

    /// The bytes up to the end of the line, without that.
    pub fn line(&mut self) -> Result<Vec<u8>> {
        let rest = &self.data[self.at..];
        if let Some(n) = rest.iter().position(|&b| b == b'\n') {
            let line = rest[..n].to_vec();
            self.at += n + 1;
            return Ok(line);
        }
        let mut line = rest.to_vec();
        self.at = self.data.len();
        if let Some((_, readline)) = &self.file {
            let more = protocol::call(readline, &[])?;
            let Some(more) = bytes::copy_of(&more) else {
                return type_error("readline() returned non-bytes object");
            };
            line.extend(more);
        }
        match line.pop() {
            Some(b'\n') => Ok(line),
            _ => super::unpickling_error("pickle data was truncated"),
        }
    }
}
