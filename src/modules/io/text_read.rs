//! Reading of text.

use super::decoder::{Decoder, State};
use super::newline::Newlines;
use super::text::{TextBody, opened};
use super::{method, reader, size_arg, text_write, unsupported};
use crate::modules::native::peek;
use crate::object::{Result, Trace, Tracer, Value, arg};
use crate::protocol::{self, raise, type_error};
use crate::types::{bytes, exception, int};
use std::borrow::Cow;

/// Where the latest chunk of bytes began.
#[derive(Default)]
pub struct Snapshot {
    /// The decoder's flags before it, with nothing kept.
    pub flags: i64,
    /// A `\r` was waiting for a `\n`.
    pub cr: bool,
    /// The bytes since then, the kept ones first.
    pub input: Vec<u8>,
}

/// What has been decoded, and by whom.
#[derive(Default)]
pub struct Reading {
    /// `None` if the stream cannot be read, or the decoder is at work.
    pub decoder: Option<Decoder>,
    /// `None` if line ends are not recognised.
    pub newlines: Option<Newlines>,
    /// Decoded text.
    pub text: String,
    /// How much of it has been read, in bytes.
    pub at: usize,
    /// Where in it the text of the latest chunk begins.
    pub chunk: usize,
    /// It is all ASCII.
    pub ascii: bool,
    pub snapshot: Option<Snapshot>,
    /// How many bytes a character of the latest chunk took.
    pub ratio: f64,
}

impl Trace for Reading {
    fn trace(&self, tracer: &mut Tracer) {
        self.decoder.trace(tracer);
    }
}

impl Reading {
    /// Forgets what has been decoded.
    pub fn clear(&mut self) {
        self.text.clear();
        (self.at, self.chunk, self.ascii) = (0, 0, true);
    }

    /// What has been decoded and not read.
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The next bytes of the text as a string.
    fn take(&mut self, end: usize) -> Value {
        let piece = &self.text[self.at..end];
        let value = if self.ascii { Value::str_counted(piece, piece.len()) } else { Value::str(piece) };
        self.at = end;
        value
    }

    /// The place behind `n` more characters, and how many are missing.
    fn after(&self, n: usize) -> (usize, usize) {
        let rest = self.rest();
        if self.ascii || n >= rest.len() {
            let there = if self.ascii { rest.len() } else { rest.chars().count() };
            return if n >= there { (self.text.len(), n - there) } else { (self.at + n, 0) };
        }
        let mut chars = rest.char_indices();
        match chars.by_ref().nth(n) {
            Some((i, _)) => (self.at + i, 0),
            None => (self.text.len(), n - rest.chars().count()),
        }
    }

    /// Appends the text of a new chunk to what is left.
    pub fn append(&mut self, text: String) {
        let ascii = text.is_ascii();
        if self.at >= self.text.len() {
            self.text = text;
            (self.chunk, self.ascii) = (0, ascii);
        } else {
            drop(self.text.drain(..self.at));
            self.chunk = self.text.len();
            self.text += &text;
            self.ascii &= ascii;
        }
        self.at = 0;
    }
}

/// Runs `f` with the decoder, which is not there for others meanwhile: it may be Python code.
pub fn with_decoder<R>(body: &TextBody, f: impl FnOnce(&mut Decoder) -> Result<R>) -> Result<R> {
    let decoder = body.reading.borrow_mut().decoder.take();
    let Some(mut decoder) = decoder else { return unsupported("not readable") };
    let result = f(&mut decoder);
    body.reading.borrow_mut().decoder = Some(decoder);
    result
}

/// Decodes a piece for the stream.
fn decode(body: &TextBody, data: &[u8], last: bool) -> Result<String> {
    with_decoder(body, |decoder| {
        let text = decoder.decode(data, last)?;
        Ok(match &mut body.reading.borrow_mut().newlines {
            None => text,
            Some(newlines) => newlines.feed(Cow::Owned(text), last).into_owned(),
        })
    })
}

/// Reads bytes from the stream below.
fn bytes_below(body: &TextBody, n: usize) -> Result<Vec<u8>> {
    let buffer = peek(&body.buffer);
    if let Some(below) = reader::exact(&buffer) {
        below.need_open("read of closed file")?;
        return reader::read1(&buffer, below, n);
    }
    let name = if body.has_read1.get() { "read1" } else { "read" };
    let data = method(&buffer, name, &[int::from_usize(n)])?;
    match bytes::copy_of(&data) {
        Some(data) => Ok(data),
        None => type_error(format!(
            "underlying {name}() should have returned a bytes-like object, not '{}'",
            data.ty().name()
        )),
    }
}

/// Reads and decodes another chunk, of at least `hint` bytes if there are so many; false at the end.
fn read_chunk(body: &TextBody, hint: usize) -> Result<bool> {
    let before = if body.telling.get() {
        let state = with_decoder(body, |d| d.state())?;
        Some((state, body.reading.borrow().newlines.as_ref().is_some_and(|n| n.pending)))
    } else {
        with_decoder(body, |_| Ok(()))?;
        None
    };
    let ratio = body.reading.borrow().ratio.max(1.0);
    let hint = (ratio * hint as f64) as usize;
    let data = bytes_below(body, body.chunk_size.get().max(hint))?;
    let (end, len) = (data.is_empty(), data.len());
    let text = decode(body, &data, end)?;
    let more = !text.is_empty() || !end;
    let mut reading = body.reading.borrow_mut();
    let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
    reading.ratio = if chars > 0 { len as f64 / chars as f64 } else { 0.0 };
    reading.append(text);
    if let Some((State { mut kept, flags }, cr)) = before {
        let input = if kept.is_empty() {
            data
        } else {
            kept.extend_from_slice(&data);
            kept
        };
        reading.snapshot = Some(Snapshot { flags, cr, input });
    }
    Ok(more)
}

/// `read`
pub fn read(a: &[Value]) -> Result {
    let n = size_arg(arg(a, 1))?;
    let body = opened(&a[0])?;
    if body.reading.borrow().decoder.is_none() {
        return unsupported("not readable");
    }
    text_write::flush_pending(body)?;
    match usize::try_from(n) {
        Err(_) => read_all(body),
        Ok(n) => read_some(body, n),
    }
}

fn read_all(body: &TextBody) -> Result {
    let buffer = peek(&body.buffer);
    let data = match reader::exact(&buffer) {
        Some(below) => {
            below.need_open("read of closed file")?;
            reader::read_all(&buffer, below)?
        }
        None => {
            let data = method(&buffer, "read", &[])?;
            match bytes::copy_of(&data) {
                Some(data) => Some(data),
                None if data.is_none() => None,
                None => {
                    return type_error(format!(
                        "underlying read() should have returned a bytes-like object, not '{}'",
                        data.ty().name()
                    ));
                }
            }
        }
    };
    let text = decode(body, &data.unwrap_or_default(), true)?;
    let mut reading = body.reading.borrow_mut();
    let value = match reading.rest() {
        "" => Value::str(&text),
        rest => Value::str(&format!("{rest}{text}")),
    };
    reading.clear();
    reading.snapshot = None;
    Ok(value)
}

fn read_some(body: &TextBody, n: usize) -> Result {
    let (end, missing) = body.reading.borrow().after(n);
    if missing == 0 {
        return Ok(body.reading.borrow_mut().take(end));
    }
    let mut out = String::new();
    let mut missing = n;
    loop {
        {
            let mut reading = body.reading.borrow_mut();
            let (end, left) = reading.after(missing);
            out += &reading.text[reading.at..end];
            reading.at = end;
            missing = left;
        }
        if missing == 0 || !read_chunk(body, missing)? {
            return Ok(Value::str(&out));
        }
    }
}

/// `readline`
pub fn readline(a: &[Value]) -> Result {
    let limit = arg(a, 1).as_bound().map_or(Ok(-1), protocol::index_position)?;
    let body = opened(&a[0])?;
    line(body, usize::try_from(limit).ok())
}

/// The next line, at most `limit` characters of it.
fn line(body: &TextBody, limit: Option<usize>) -> Result {
    text_write::flush_pending(body)?;
    let newline = body.newline.get();
    // From where on a line end is looked for: what has been looked at contains none.
    let mut searched = body.reading.borrow().at;
    loop {
        {
            let mut reading = body.reading.borrow_mut();
            let found = newline.end_of_line(&reading.text.as_bytes()[searched..]).map(|i| searched + i);
            let end = match limit {
                None => found,
                Some(limit) => match reading.after(limit) {
                    (end, 0) => Some(found.map_or(end, |f| f.min(end))),
                    _ => found,
                },
            };
            if let Some(end) = end {
                return Ok(reading.take(end));
            }
        }
        let left = body.reading.borrow().rest().len();
        if !read_chunk(body, 0)? {
            let mut reading = body.reading.borrow_mut();
            let end = reading.text.len();
            let line = reading.take(end);
            reading.clear();
            reading.snapshot = None;
            return Ok(line);
        }
        // A line end of two characters may have been cut in two.
        searched = left.saturating_sub(1);
    }
}

/// The `next` slot.
pub fn next(v: &Value) -> Result<Option<Value>> {
    let body = super::text::attached(v)?;
    body.telling.set(false);
    let line = if super::has_plain_methods(v) {
        if super::text::closed(body)? {
            return super::closed_file();
        }
        line(body, None)?
    } else {
        let line = method(v, "readline", &[])?;
        if line.as_str().is_none() {
            let given = line.ty().name();
            let text = format!("readline() should have returned a str object, not '{given}'");
            return Err(raise(&exception::OS_ERROR, text));
        }
        line
    };
    if line.as_str().is_some_and(|s| !s.is_empty()) {
        return Ok(Some(line));
    }
    body.reading.borrow_mut().snapshot = None;
    body.telling.set(body.seekable.get());
    Ok(None)
}
