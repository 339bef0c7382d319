//! Compression: `zlib`, `_bz2` and `_lzma`, over the C libraries that CPython uses, so that the bytes are the same.
//!
//! The libraries differ little: each call is given some input and some room for output, and says how much of both
//! it has used. An [`Engine`] is one such call; [`run`] calls it as often as needed, without the GIL. What is fed
//! in pieces is an object with an engine in a [`Shared`] place: while one thread runs it, others wait.

pub mod bz2;
mod coder;
mod deflate;
pub mod lzma;
mod lzma_filters;
pub mod zlib;

use crate::object::{Result, Value};
use crate::protocol::memory_error;
use crate::types::bytes::{self, Buffer};
use crate::vm::safepoint;
use minipy_sched::WaitQueue;
use std::borrow::Cow;
use std::cell::Cell;
use std::mem::MaybeUninit;

/// Room for the first piece of output; it doubles from there.
const FIRST_ROOM: usize = 16 << 10;
/// The most that one call is given, of input and of room: the libraries count in 32 bits.
const MOST: usize = 1 << 30;

/// What one call of a library did.
pub struct Step {
    /// How many bytes of the input it took.
    read: usize,
    /// How many bytes it wrote.
    written: usize,
    /// The library's code.
    code: i32,
    /// Whether there is no point in going on: the end, or an error.
    stop: bool,
}

/// A stream that a library compresses or decompresses.
pub trait Engine: Send {
    /// One call. `last` says that this is all of the input.
    fn step(&mut self, input: &[u8], room: &mut [MaybeUninit<u8>], last: bool) -> Step;
}

/// What [`run`] made of its input.
pub struct Outcome {
    /// The output.
    pub data: Vec<u8>,
    /// How many bytes of the input were taken.
    pub read: usize,
    /// The library's last code.
    pub code: i32,
    /// Whether the output ends because it may be no longer.
    pub full: bool,
}

/// Feeds `input` to an engine and collects what comes out, `limit` bytes at most. `None`: there is no memory. Needs
/// no GIL.
fn feed(engine: &mut dyn Engine, input: &[u8], limit: Option<usize>) -> Option<Outcome> {
    let mut out = Outcome { data: Vec::new(), read: 0, code: 0, full: false };
    loop {
        let wanted = out.data.len().clamp(FIRST_ROOM, MOST);
        let size = limit.map_or(wanted, |limit| wanted.min(limit - out.data.len()));
        if size == 0 {
            out.full = true;
            return Some(out);
        }
        out.data.try_reserve(size).ok()?;
        let rest = &input[out.read..];
        let part = &rest[..rest.len().min(MOST)];
        let step = engine.step(part, &mut out.data.spare_capacity_mut()[..size], part.len() == rest.len());
        // SAFETY: the library has written so many bytes of the room it was given.
        unsafe { out.data.set_len(out.data.len() + step.written) };
        out.read += step.read;
        out.code = step.code;
        let idle = step.read == 0 && step.written == 0;
        let fed = out.read == input.len() && step.written < size;
        if step.stop || idle || fed {
            return Some(out);
        }
    }
}

/// [`feed`] without the GIL.
///
/// # Errors
/// `MemoryError`
pub fn run(engine: &mut dyn Engine, input: &[u8], limit: Option<usize>) -> Result<Outcome> {
    match minipy_sched::without_gil(|| feed(engine, input, limit)) {
        Some(outcome) => Ok(outcome),
        None => memory_error(),
    }
}

/// The content of a bytes-like object, which stays as it is while other threads run.
pub fn input(v: &Value) -> Result<Cow<'_, [u8]>> {
    Ok(match bytes::need(v)? {
        Buffer::Slice(data) => Cow::Borrowed(data),
        other => Cow::Owned(other.into_vec()),
    })
}

/// Something that one thread at a time takes out, uses without the GIL and puts back.
pub struct Shared<T> {
    place: Cell<Option<T>>,
    waiting: WaitQueue,
}

impl<T> Shared<T> {
    /// With `value` in its place.
    pub fn new(value: T) -> Shared<T> {
        Shared { place: Cell::new(Some(value)), waiting: WaitQueue::new() }
    }

    /// Calls `f` with the value, when no other thread has it. `owner` is the object it belongs to.
    pub fn with<R>(&self, owner: &Value, f: impl FnOnce(&mut T) -> Result<R>) -> Result<R> {
        let mut value = loop {
            match self.place.take() {
                Some(value) => break value,
                None => safepoint::wait(&self.waiting, owner, "a stream in use", None)?,
            };
        };
        let result = f(&mut value);
        self.place.set(Some(value));
        self.waiting.wake_one();
        result
    }
}
