//! The buffer protocol: objects that let others look at their bytes fill the slot `buffer`.

use super::item::Item;
use crate::object::{Result, Value};
use crate::protocol::raise;
use crate::types::exception;
use std::cell::{Cell, RefCell};

/// Bytes that can change, and who looks at them.
#[derive(Default)]
pub struct Memory {
    /// The bytes.
    pub data: RefCell<Vec<u8>>,
    /// How many views there are: the length must stay.
    pub exports: Cell<usize>,
}

impl Memory {
    /// With these bytes.
    pub fn new(data: Vec<u8>) -> Memory {
        Memory { data: RefCell::new(data), exports: Cell::new(0) }
    }

    /// Runs `f`, which may change the length.
    ///
    /// # Errors
    /// `BufferError` with `message` while there are views.
    pub fn resize_or<R>(&self, message: &str, f: impl FnOnce(&mut Vec<u8>) -> R) -> Result<R> {
        if self.exports.get() > 0 {
            return Err(raise(&exception::BUFFER_ERROR, message));
        }
        Ok(f(&mut self.data.borrow_mut()))
    }

    /// The same, with the message of `bytearray`.
    pub fn resize<R>(&self, f: impl FnOnce(&mut Vec<u8>) -> R) -> Result<R> {
        self.resize_or("Existing exports of data: object cannot be re-sized", f)
    }
}

/// What an object lets others look at.
pub enum Export<'a> {
    /// Bytes that never change.
    Constant(&'a [u8]),
    /// Bytes that may, as items.
    Shared(&'a Memory, Item),
}

impl Export<'_> {
    /// Calls `f` with the bytes.
    pub fn with<R>(&self, f: impl FnOnce(&[u8]) -> R) -> R {
        match self {
            Export::Constant(data) => f(data),
            Export::Shared(memory, _) => f(&memory.data.borrow()),
        }
    }
}

/// What `v` itself exports; a view has nothing of its own.
pub fn export(v: &Value) -> Option<Export<'_>> {
    v.ty().slots().buffer.map(|f| f(v))
}
