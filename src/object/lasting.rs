//! Cells whose objects are borrowed for longer than a read takes.
//!
//! Running frames point into the code object of their function, whatever becomes of the function. So what is taken
//! out of such a cell is kept to the end of the process: programs that replace code do so a few times.

use super::{Object, Value};
use std::cell::{Cell, RefCell};

struct Replaced(RefCell<Vec<Value>>);
// SAFETY: only the holder of the GIL uses it.
unsafe impl Sync for Replaced {}
static REPLACED: Replaced = Replaced(RefCell::new(Vec::new()));

/// The object in a cell that only [`replace`] changes.
#[inline(always)]
pub fn target<T: Object>(cell: &Cell<Value>) -> Option<&T> {
    // SAFETY: reading the word is over before anything else can write it, and the object that it names lives as long
    // as the cell: `replace` releases none.
    unsafe { (*cell.as_ptr()).cast::<T>() }
}

/// Puts another object into a cell.
pub fn replace(cell: &Cell<Value>, value: Value) {
    let old = cell.replace(value);
    REPLACED.0.borrow_mut().push(old);
}

/// Lets go of what has been replaced, when nothing runs any more.
pub fn clear() {
    drop(REPLACED.0.take());
}
