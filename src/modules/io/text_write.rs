//! Writing of text, and the short way from `print`.

use super::text::{self, Copies, TEXT_IO_WRAPPER, TextBody, flush_below, opened};
use super::{bytesio, fileio, method, stringio, unsupported, writer};
use crate::modules::native::{peek, this};
use crate::object::{Result, Str, Value};
use crate::protocol::type_error;
use crate::types::unicode::has_surrogates;
use crate::types::{bytes, int, str};

/// What has to happen after a piece has been written.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Then {
    Nothing,
    /// The bytes go to the stream below.
    Pass,
    /// That is flushed, too.
    Flush,
}

/// `write`
pub fn write(a: &[Value]) -> Result {
    let Some(s) = a[1].cast::<Str>() else {
        return type_error(format!("write() argument must be str, not {}", str::given(&a[1])));
    };
    let body = opened(&a[0])?;
    let then = put(body, &a[1], s)?;
    finish(body, then)?;
    Ok(int::from_usize(s.chars()))
}

/// Encodes a string into the bytes that are to be written.
#[inline]
fn put(body: &TextBody, text: &Value, s: &Str) -> Result<Then> {
    let line_end = body.newline.get().written();
    let line_buffering = body.line_buffering.get();
    let has_lf =
        (line_end.is_some() || line_buffering) && memchr::memchr(b'\n', s.as_str().as_bytes()).is_some();
    let replaced = match line_end {
        Some(end) if has_lf => Some(Value::str(&s.as_str().replace('\n', end))),
        _ => None,
    };
    let (text, s) = match replaced.as_ref().and_then(|r| Some((r, r.cast::<Str>()?))) {
        Some(replaced) => replaced,
        None => (text, s),
    };
    let mut then = if body.write_through.get() { Then::Pass } else { Then::Nothing };
    if line_buffering && (has_lf || memchr::memchr(b'\r', s.as_str().as_bytes()).is_some()) {
        then = Then::Flush;
    }
    let copies = body.copies.get();
    let as_it_is = copies != Copies::Nothing && s.is_ascii();
    if as_it_is || (copies == Copies::All && !has_surrogates(s.as_str())) {
        add(body, s.as_str().as_bytes(), &mut then)?;
    } else {
        let mut data = Vec::new();
        // Python code may run: nothing is borrowed meanwhile.
        let encoder = body.encoder.borrow_mut().take();
        let Some(mut encoder) = encoder else { return unsupported("not writable") };
        let encoded = encoder.encode(text, &mut data);
        body.encoder.replace(Some(encoder));
        encoded?;
        add(body, &data, &mut then)?;
    }
    forget_read(body)?;
    Ok(then)
}

/// Adds bytes to those that are to be written.
#[inline]
fn add(body: &TextBody, data: &[u8], then: &mut Then) -> Result<()> {
    let limit = body.chunk_size.get();
    let waiting = body.pending.borrow().len();
    if waiting > 0 && waiting + data.len() > limit {
        flush_pending(body)?;
    }
    let mut pending = body.pending.borrow_mut();
    pending.extend_from_slice(data);
    if pending.len() >= limit && *then == Then::Nothing {
        *then = Then::Pass;
    }
    Ok(())
}

/// What has been read ahead no longer follows.
#[inline]
fn forget_read(body: &TextBody) -> Result<()> {
    let mut reading = body.reading.borrow_mut();
    if reading.snapshot.take().is_some() {
        reading.clear();
    }
    if let Some(decoder) = reading.decoder.take() {
        drop(reading);
        let mut decoder = decoder;
        let reset = decoder.reset();
        let mut reading = body.reading.borrow_mut();
        reading.decoder = Some(decoder);
        if let Some(newlines) = &mut reading.newlines {
            newlines.pending = false;
        }
        return reset;
    }
    Ok(())
}

#[inline]
fn finish(body: &TextBody, then: Then) -> Result<()> {
    if then != Then::Nothing {
        flush_pending(body)?;
    }
    if then == Then::Flush { flush_below(body) } else { Ok(()) }
}

/// Writes the encoded bytes to the stream below.
#[inline]
pub fn flush_pending(body: &TextBody) -> Result<()> {
    if body.pending.borrow().is_empty() { Ok(()) } else { pass(body) }
}

fn pass(body: &TextBody) -> Result<()> {
    // Whoever writes meanwhile writes after this.
    let mut data = body.pending.take();
    let buffer = peek(&body.buffer);
    let written = if let Some(below) = writer::exact(&buffer) {
        writer::write_bytes(&buffer, below, &data).map(drop)
    } else if let Some(file) = fileio::exact(&buffer).filter(|f| f.fd.get() >= 0 && f.mode.get().writable) {
        write_unbuffered(file.fd.get(), &data)
    } else if bytesio::exact(&buffer) {
        bytesio::write_bytes(&buffer, &data)
    } else {
        method(&buffer, "write", &[bytes::from_slice(&data)]).map(drop)
    };
    let mut pending = body.pending.borrow_mut();
    if written.is_ok() && pending.capacity() == 0 {
        // The memory serves again.
        data.clear();
        *pending = data;
    }
    written
}

fn write_unbuffered(fd: i32, data: &[u8]) -> Result<()> {
    let mut done = 0;
    while done < data.len() {
        match fileio::write_fd(fd, &data[done..])? {
            Some(n) => done += n,
            // It would block: as with any raw stream, what it does not take is lost.
            None => break,
        }
    }
    Ok(())
}

/// Where `print` writes without calling methods: a stream of this module that the program has left as it is.
pub enum Printer<'a> {
    /// A `TextIOWrapper`.
    Text(&'a Value, Pieces),
    /// A `StringIO`.
    Memory(&'a Value),
}

/// What the pieces so far ask for.
pub struct Pieces(Then);

/// The short way to write to `file`, if there is one.
#[inline]
pub fn printer(file: &Value) -> Option<Printer<'_>> {
    if super::is_plain(file, &TEXT_IO_WRAPPER) {
        return Some(Printer::Text(file, Pieces(Then::Nothing)));
    }
    if stringio::exact(file) {
        return Some(Printer::Memory(file));
    }
    None
}

impl Printer<'_> {
    /// Writes a piece, a string. Line ends are passed on when all pieces are there, so that a line stays whole.
    #[inline]
    pub fn write(&mut self, text: &Value) -> Result<()> {
        let Some(s) = text.cast::<Str>() else { return Ok(()) };
        match self {
            Printer::Text(file, pieces) => {
                let then = put(opened(file)?, text, s)?;
                if then > pieces.0 {
                    pieces.0 = then;
                }
                Ok(())
            }
            Printer::Memory(file) => stringio::write_text(file, s),
        }
    }

    /// All pieces are there.
    #[inline]
    pub fn finish(self, flush: bool) -> Result<()> {
        match self {
            Printer::Text(file, pieces) => {
                finish(this::<TextBody>(file), pieces.0)?;
                if flush { text::flush(file) } else { Ok(()) }
            }
            Printer::Memory(_) => Ok(()),
        }
    }
}
