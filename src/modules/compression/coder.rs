//! What `_bz2` and `_lzma` share: objects that compress and decompress in pieces, and hold back what they cannot use
//! yet.

use super::{Engine, Outcome, Shared, input, run};
use crate::modules::native::this;
use crate::object::{Result, Value, arg};
use crate::protocol::{self, raise, value_error};
use crate::types::{bytes, exception};
use std::cell::{Cell, RefCell};

/// An engine of `_bz2` or `_lzma`.
pub trait Coder: Engine {
    /// From now on the output is to be brought to its end.
    fn finish(&mut self) {}

    /// Raises what the library's code, with which `outcome` ended, stands for.
    fn check(&self, outcome: &Outcome) -> Result<()>;

    /// Whether the code is that of the stream's end.
    fn at_end(&self, code: i32) -> bool;

    /// Whether there may be more output, though all input is used and `outcome` was cut off.
    fn has_more(&self, outcome: &Outcome) -> bool {
        outcome.full
    }

    /// What is said to those who go on behind the stream's end.
    fn past_end(&self) -> &'static str;

    /// What checks the content of the stream, of `_lzma`.
    fn integrity(&self) -> Option<u32> {
        None
    }
}

/// The fields of a compressor.
pub struct Compressor {
    coder: Shared<Box<dyn Coder>>,
    flushed: Cell<bool>,
}
crate::body!(Compressor: Compressor);

impl Compressor {
    /// Over an engine.
    pub fn new(coder: Box<dyn Coder>) -> Compressor {
        Compressor { coder: Shared::new(coder), flushed: Cell::new(false) }
    }
}

/// `compress(data, /)`
pub fn compress(a: &[Value]) -> Result {
    let body = this::<Compressor>(&a[0]);
    let data = input(&a[1])?;
    body.coder.with(&a[0], |coder| {
        if body.flushed.get() {
            return value_error("Compressor has been flushed");
        }
        pump(coder, &data)
    })
}

/// `flush()`
pub fn flush(a: &[Value]) -> Result {
    let body = this::<Compressor>(&a[0]);
    body.coder.with(&a[0], |coder| {
        if body.flushed.replace(true) {
            return value_error("Repeated call to flush()");
        }
        coder.finish();
        pump(coder, b"")
    })
}

fn pump(coder: &mut Box<dyn Coder>, data: &[u8]) -> Result {
    let outcome = run(coder, data, None)?;
    coder.check(&outcome)?;
    Ok(bytes::from_vec(outcome.data))
}

impl Engine for Box<dyn Coder> {
    fn step(&mut self, input: &[u8], room: &mut [std::mem::MaybeUninit<u8>], last: bool) -> super::Step {
        (**self).step(input, room, last)
    }
}

/// The fields of a decompressor.
pub struct Decompressor {
    coder: Shared<Box<dyn Coder>>,
    /// Input that waits for room for output.
    pending: RefCell<Vec<u8>>,
    /// Bytes behind the end of the stream.
    unused: RefCell<Value>,
    needs_input: Cell<bool>,
    ended: Cell<bool>,
    integrity: Cell<Option<u32>>,
}
crate::body!(Decompressor: Decompressor { unused });

impl Decompressor {
    /// Over an engine.
    pub fn new(coder: Box<dyn Coder>) -> Decompressor {
        let integrity = Cell::new(coder.integrity());
        Decompressor {
            coder: Shared::new(coder),
            pending: RefCell::default(),
            unused: bytes::from_slice(b"").into(),
            needs_input: Cell::new(true),
            ended: Cell::new(false),
            integrity,
        }
    }

    /// How the stream checks its content, as far as is known.
    pub fn integrity(&self) -> u32 {
        self.integrity.get().unwrap_or_default()
    }

    fn feed(&self, coder: &mut Box<dyn Coder>, data: &[u8], limit: Option<usize>) -> Result {
        let mut joined = self.pending.take();
        let data = match joined.is_empty() {
            true => data,
            false => {
                bytes::try_reserve(&mut joined, data.len())?;
                joined.extend_from_slice(data);
                &joined
            }
        };
        let outcome = run(coder, data, limit)?;
        let rest = &data[outcome.read..];
        self.integrity.set(coder.integrity());
        coder.check(&outcome)?;
        if coder.at_end(outcome.code) {
            self.ended.set(true);
            self.needs_input.set(false);
            self.unused.replace(bytes::from_slice(rest));
        } else {
            self.needs_input.set(rest.is_empty() && !coder.has_more(&outcome));
            self.pending.replace(rest.to_vec());
        }
        Ok(bytes::from_vec(outcome.data))
    }
}

/// `decompress(data, max_length=-1)`
pub fn decompress(a: &[Value]) -> Result {
    let body = this::<Decompressor>(&a[0]);
    let data = input(&a[1])?;
    let limit = arg(a, 2).as_bound().map_or(Ok(-1), protocol::index_i64)?;
    body.coder.with(&a[0], |coder| {
        if body.ended.get() {
            return Err(raise(&exception::EOF_ERROR, coder.past_end()));
        }
        body.feed(coder, &data, usize::try_from(limit).ok())
    })
}

/// `eof`
pub fn eof(v: &Value) -> Result {
    Ok(Value::bool(this::<Decompressor>(v).ended.get()))
}

/// `needs_input`
pub fn needs_input(v: &Value) -> Result {
    Ok(Value::bool(this::<Decompressor>(v).needs_input.get()))
}

/// `unused_data`
pub fn unused_data(v: &Value) -> Result {
    Ok(this::<Decompressor>(v).unused.borrow().clone())
}
