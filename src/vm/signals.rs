//! What a program does about signals: its handlers, and calling them at safepoints of the main thread.
//!
//! The scheduler notes signals (`crates/sched/src/signals.rs`); here they become calls of Python functions.

use super::frame;
use crate::object::{Raised, Result, Value};
use crate::protocol;
use crate::types::exception;
use minipy_sched::{put_back_signals, take_signals};
use std::cell::RefCell;

/// How many numbers there are, 0 included, which is no signal.
pub const COUNT: usize = 65;

/// The handler of each signal, or unbound: Ctrl-C raises `KeyboardInterrupt` then, others do nothing here.
struct Handlers(RefCell<[Value; COUNT]>);
// SAFETY: only the holder of the GIL uses it, and no borrow is held while Python code runs.
unsafe impl Sync for Handlers {}
static HANDLERS: Handlers = Handlers(RefCell::new([const { Value::UNBOUND }; COUNT]));

/// The handler of a signal, or unbound.
pub fn handler(signal: usize) -> Value {
    HANDLERS.0.borrow().get(signal).cloned().unwrap_or(Value::UNBOUND)
}

/// Sets the handler of a signal; returns the one before.
pub fn set_handler(signal: usize, handler: Value) -> Value {
    match HANDLERS.0.borrow_mut().get_mut(signal) {
        Some(place) => std::mem::replace(place, handler),
        None => Value::UNBOUND,
    }
}

/// Forgets all handlers.
pub fn clear() {
    let old = HANDLERS.0.replace([const { Value::UNBOUND }; COUNT]);
    drop(old);
}

/// `KeyboardInterrupt`
pub fn keyboard_interrupt() -> Raised {
    Raised(exception::new(&exception::KEYBOARD_INTERRUPT, Vec::new()))
}

/// Calls the handlers of the signals that have come, the lowest number first. When one raises, the rest come at
/// the next safepoint.
#[cold]
pub(super) fn deliver() -> Result<()> {
    let mut pending = take_signals();
    while pending != 0 {
        let signal = pending.trailing_zeros() as usize + 1;
        pending &= pending - 1;
        let result = call(signal);
        if result.is_err() {
            put_back_signals(pending);
            return result;
        }
    }
    Ok(())
}

fn call(signal: usize) -> Result<()> {
    let handler = handler(signal);
    if handler.is_unbound() {
        return if signal == libc::SIGINT as usize { Err(keyboard_interrupt()) } else { Ok(()) };
    }
    // Changed to SIG_DFL or SIG_IGN since the signal came.
    if handler.ty().slots().call.is_none() {
        return Ok(());
    }
    let frame = frame::running(0).unwrap_or(Value::NONE);
    protocol::call(&handler, &[Value::small(signal as i32), frame]).map(drop)
}
