//! `os.register_at_fork`: what to call around a fork, by the thread that forks.

use crate::object::{Result, Value};
use crate::protocol::{self, type_error};
use crate::types::exception;
use std::cell::RefCell;

/// What has been registered, for each of [`NAMES`].
struct Registered(RefCell<[Vec<Value>; 3]>);
// SAFETY: only the holder of the GIL uses it, and no borrow is held while Python code runs.
#[allow(unsafe_code)]
unsafe impl Sync for Registered {}
static REGISTERED: Registered = Registered(RefCell::new([const { Vec::new() }; 3]));

const NAMES: [&str; 3] = ["before", "after_in_child", "after_in_parent"];

/// `register_at_fork(*, before, after_in_child, after_in_parent)`
pub fn register(a: &[Value]) -> Result {
    if a.iter().all(|f| f.as_bound().is_none()) {
        return type_error("At least one argument is required.");
    }
    for (name, function) in NAMES.iter().zip(a) {
        if function.as_bound().is_some_and(|f| f.ty().slots().call.is_none()) {
            return type_error(format!("'{name}' must be callable, not {}", function.ty().name()));
        }
    }
    for (functions, function) in REGISTERED.0.borrow_mut().iter_mut().zip(a) {
        functions.extend(function.as_bound().cloned());
    }
    Ok(Value::NONE)
}

/// An exception is reported and keeps no other function from being called.
fn call(function: &Value) {
    if let Err(e) = protocol::call(function, &[]) {
        exception::report_unraisable(&e, function);
    }
}

fn functions(which: usize) -> Vec<Value> {
    REGISTERED.0.borrow()[which].clone()
}

/// Calls what is for the time before a fork, the last registered first.
pub fn before() {
    functions(0).iter().rev().for_each(call);
}

/// Calls what is for the new process.
pub fn in_child() {
    functions(1).iter().for_each(call);
}

/// Calls what is for the old process.
pub fn in_parent() {
    functions(2).iter().for_each(call);
}

/// Forgets what is registered.
pub fn clear() {
    let old = REGISTERED.0.take();
    drop(old);
}
