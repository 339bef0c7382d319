//! Cells whose objects are borrowed for longer than a read takes.
//!
//! Running frames point into the code object of their function, whatever becomes of the function. So what is taken
//! out of such a cell is never released: programs that replace code do so a few times.

use super::{Object, Value};
use std::cell::Cell;

/// The object in a cell that only [`replace`] changes.
#[inline(always)]
pub fn target<T: Object>(cell: &Cell<Value>) -> Option<&T> {
    // SAFETY: reading the word is over before anything else can write it, and the object that it names lives as long
    // as the cell: `replace` releases none.
    unsafe { (*cell.as_ptr()).cast::<T>() }
}

/// Puts another object into a cell.
pub fn replace(cell: &Cell<Value>, value: Value) {
    std::mem::forget(cell.replace(value));
}
