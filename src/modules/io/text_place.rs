//! Places in a stream of text: `tell` and `seek`.
//!
//! A place is a number, the *cookie*: the position in bytes, and above it what the decoder must know to go on from
//! there, if that is not simply the state at the start of a character. It has the same form as CPython's.

use super::decoder::State;
use super::newline::Newlines;
use super::text::{TextBody, opened};
use super::text_read::{Snapshot, with_decoder};
use super::{method, text_write, unsupported};
use crate::modules::native::peek;
use crate::object::{Compare, Result, Value, arg};
use crate::protocol::{self, raise, value_error};
use crate::types::{bytes, exception, int, str};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::borrow::Cow;

/// A place in a stream of text.
#[derive(Default, Debug, PartialEq)]
struct Cookie {
    /// Where to go in the stream below.
    start: u64,
    /// The decoder's flags there, with one bit below them for a `\r` that waits.
    flags: u64,
    /// How many bytes to decode from there,
    feed: u64,
    /// and how many characters of these to skip.
    skip: u64,
    /// They are the last bytes of the stream.
    end: bool,
}

impl Cookie {
    fn value(&self) -> Value {
        let fields = [self.start, self.flags, self.feed, self.skip, self.end as u64];
        let mut all = BigInt::from(0);
        for field in fields.iter().rev() {
            all = (all << 64) | BigInt::from(*field);
        }
        int::from_big(all)
    }

    fn parse(v: &Value) -> Result<Cookie> {
        let mut all = int::to_big(v).unwrap_or_default();
        let mut field = || {
            let low = (&all & BigInt::from(u64::MAX)).to_u64().unwrap_or(0);
            all >>= 64;
            low
        };
        Ok(Cookie { start: field(), flags: field(), feed: field(), skip: field(), end: field() != 0 })
    }
}

/// `tell`
pub fn tell(v: &Value) -> Result {
    let body = opened(v)?;
    if !body.seekable.get() {
        return unsupported("underlying stream is not seekable");
    }
    if !body.telling.get() {
        return Err(raise(&exception::OS_ERROR, "telling position disabled by next() call"));
    }
    text_write::flush_pending(body)?;
    method(v, "flush", &[])?;
    let at = method(&peek(&body.buffer), "tell", &[])?;
    let (snapshot, used) = {
        let mut reading = body.reading.borrow_mut();
        if reading.decoder.is_none() {
            return Ok(at);
        }
        let used = reading.text[reading.chunk.min(reading.at)..reading.at].chars().count();
        match reading.snapshot.take() {
            Some(snapshot) => (snapshot, used),
            None => return Ok(at),
        }
    };
    let at = protocol::index_i64(&at)?;
    let start = at.saturating_sub(snapshot.input.len() as i64).max(0) as u64;
    let place = find_place(body, &snapshot, start, used);
    body.reading.borrow_mut().snapshot = Some(snapshot);
    Ok(place?.value())
}

/// What decoding from the snapshot yields.
struct Probe {
    chars: usize,
    /// How many bytes of an unfinished character are kept.
    kept: usize,
    flags: u64,
}

fn find_place(body: &TextBody, snapshot: &Snapshot, start: u64, used: usize) -> Result<Cookie> {
    let universal = body.reading.borrow().newlines.is_some();
    let flags = |flags: i64, cr: bool| -> u64 {
        if universal { (flags as u64) << 1 | cr as u64 } else { flags as u64 }
    };
    let first = flags(snapshot.flags, snapshot.cr);
    if used == 0 {
        return Ok(Cookie { start, flags: first, ..Cookie::default() });
    }
    let ratio = body.reading.borrow().ratio;
    let translate = body.reading.borrow().newlines.as_ref().map(|n| n.translate);
    with_decoder(body, |decoder| {
        let saved = decoder.state()?;
        let mut probe = |n: usize, end: bool| -> Result<Probe> {
            decoder.set_state(&State { kept: Vec::new(), flags: snapshot.flags })?;
            let text = decoder.decode(&snapshot.input[..n], end)?;
            let mut cr = false;
            let chars = match translate {
                None => text.chars().count(),
                Some(translate) => {
                    let mut newlines = Newlines::new(translate);
                    newlines.pending = snapshot.cr;
                    let chars = newlines.feed(Cow::Owned(text), end).chars().count();
                    cr = newlines.pending;
                    chars
                }
            };
            let state = decoder.state()?;
            Ok(Probe { chars, kept: state.kept.len(), flags: flags(state.flags, cr) })
        };
        let cookie = Cookie { start, flags: first, ..Cookie::default() };
        let place = search(&mut probe, snapshot, used, ratio, cookie);
        decoder.set_state(&saved)?;
        place
    })
}

/// The place `used` characters behind the snapshot: where to start, and how many bytes to decode from there.
///
/// It is looked for where CPython looks, which begins at a guess, so that the numbers are the same.
fn search(
    probe: &mut impl FnMut(usize, bool) -> Result<Probe>,
    snapshot: &Snapshot,
    used: usize,
    ratio: f64,
    mut cookie: Cookie,
) -> Result<Cookie> {
    let len = snapshot.input.len();
    let (mut from, mut back) = (((ratio * used as f64) as usize).min(len), 1);
    let mut skipped = 0;
    while from > 0 {
        let p = probe(from, false)?;
        if p.chars > used {
            from = from.saturating_sub(back);
            back *= 2;
        } else if p.kept == 0 {
            (cookie.flags, skipped) = (p.flags, p.chars);
            break;
        } else {
            from = from.saturating_sub(p.kept);
            back = 1;
        }
    }
    cookie.start += from as u64;
    // Byte by byte, from the last place where the decoder keeps nothing.
    let mut at = from;
    while at < len && skipped < used {
        at += 1;
        let p = probe(at, false)?;
        if p.kept == 0 && p.chars <= used {
            cookie.start += (at - from) as u64;
            (from, skipped, cookie.flags) = (at, p.chars, p.flags);
        } else if p.chars >= used {
            break;
        }
    }
    if skipped == used {
        return Ok(cookie);
    }
    (cookie.feed, cookie.skip) = ((at - from) as u64, (used - skipped) as u64);
    if at == len && probe(at, false)?.chars < used {
        cookie.end = true;
        if probe(at, true)?.chars < used {
            return Err(raise(&exception::OS_ERROR, "can't reconstruct logical file position"));
        }
    }
    Ok(cookie)
}

/// `seek`
pub fn seek(a: &[Value]) -> Result {
    let whence = arg(a, 2).as_bound().map_or(Ok(0), str::c_int)?;
    let v = &a[0];
    let body = opened(v)?;
    if !body.seekable.get() {
        return unsupported("underlying stream is not seekable");
    }
    let mut place = a[1].clone();
    let is_zero = |v: &Value| protocol::equal(v, &Value::small(0));
    match whence {
        0 => {}
        1 => {
            if !is_zero(&place)? {
                return unsupported("can't do nonzero cur-relative seeks");
            }
            method(v, "flush", &[])?;
            place = method(v, "tell", &[])?;
        }
        2 => {
            if !is_zero(&place)? {
                return unsupported("can't do nonzero end-relative seeks");
            }
            method(v, "flush", &[])?;
            forget(body);
            reset(body)?;
            let at = method(&peek(&body.buffer), "seek", &[Value::small(0), Value::small(2)])?;
            let at_start = is_zero(&at)?;
            set_encoder_start(body, at_start)?;
            return Ok(at);
        }
        _ => return value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)")),
    }
    if protocol::compare_bool(&place, &Value::small(0), Compare::Lt)? {
        return value_error(format!("negative seek position {}", protocol::repr_string(&place)?));
    }
    method(v, "flush", &[])?;
    let number = protocol::call(&int::INT.value(), std::slice::from_ref(&place))?;
    let cookie = Cookie::parse(&number)?;
    let buffer = peek(&body.buffer);
    method(&buffer, "seek", &[int::from_u64(cookie.start)])?;
    forget(body);
    restore(body, &cookie)?;
    if cookie.skip > 0 {
        let data = method(&buffer, "read", &[int::from_u64(cookie.feed)])?;
        let Some(data) = bytes::as_bytes(&data) else {
            let given = data.ty().name();
            let text = format!("underlying read() should have returned a bytes object, not '{given}'");
            return protocol::type_error(text);
        };
        skip(body, &cookie, data)?;
    }
    set_encoder_start(body, cookie.start == 0 && cookie.flags == 0)?;
    Ok(place)
}

fn forget(body: &TextBody) {
    let mut reading = body.reading.borrow_mut();
    reading.clear();
    reading.snapshot = None;
}

fn reset(body: &TextBody) -> Result<()> {
    if let Some(newlines) = &mut body.reading.borrow_mut().newlines {
        newlines.reset();
    }
    if body.reading.borrow().decoder.is_none() {
        return Ok(());
    }
    with_decoder(body, |d| d.reset())
}

/// The decoder's flags and whether a `\r` waits.
fn parts(body: &TextBody, cookie: &Cookie) -> (i64, bool) {
    match body.reading.borrow().newlines {
        Some(_) => ((cookie.flags >> 1) as i64, cookie.flags & 1 != 0),
        None => (cookie.flags as i64, false),
    }
}

fn restore(body: &TextBody, cookie: &Cookie) -> Result<()> {
    if body.reading.borrow().decoder.is_none() {
        return Ok(());
    }
    if cookie.start == 0 && cookie.flags == 0 {
        reset(body)?;
    } else {
        let (flags, cr) = parts(body, cookie);
        with_decoder(body, |d| d.set_state(&State { kept: Vec::new(), flags }))?;
        if let Some(newlines) = &mut body.reading.borrow_mut().newlines {
            newlines.pending = cr;
        }
    }
    let (flags, cr) = parts(body, cookie);
    body.reading.borrow_mut().snapshot = Some(Snapshot { flags, cr, ..Snapshot::default() });
    Ok(())
}

/// Decodes the bytes before the place, and skips the characters before it.
fn skip(body: &TextBody, cookie: &Cookie, data: &[u8]) -> Result<()> {
    let text = with_decoder(body, |decoder| {
        let text = decoder.decode(data, cookie.end)?;
        Ok(match &mut body.reading.borrow_mut().newlines {
            None => text,
            Some(newlines) => newlines.feed(Cow::Owned(text), cookie.end).into_owned(),
        })
    })?;
    let skipped = text.char_indices().nth(cookie.skip as usize).map(|(i, _)| i);
    let count = text.chars().count() as u64;
    if count < cookie.skip {
        return Err(raise(&exception::OS_ERROR, "can't restore logical file position"));
    }
    let (flags, cr) = parts(body, cookie);
    let mut reading = body.reading.borrow_mut();
    let len = text.len();
    reading.append(text);
    reading.at = skipped.unwrap_or(len);
    reading.snapshot = Some(Snapshot { flags, cr, input: data.to_vec() });
    Ok(())
}

fn set_encoder_start(body: &TextBody, at_start: bool) -> Result<()> {
    let encoder = body.encoder.borrow_mut().take();
    let Some(mut encoder) = encoder else { return Ok(()) };
    let result = encoder.set_start(at_start);
    body.encoder.replace(Some(encoder));
    result
}
