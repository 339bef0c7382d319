//! How generators begin and die: the hooks of asynchronous ones, and what those leave behind that die early.

use super::{State, close, generator, qualname};
use crate::object::{Result, Value};
use crate::protocol;
use crate::types::exception;
use crate::vm::coroutine::COROUTINE;
use crate::vm::thread::Thread;

/// A suspended generator's `finally` blocks run when it dies.
pub fn finalize(v: &Value) {
    if v.is_exact(&COROUTINE) && generator(v).state.get() == State::Created {
        never_awaited(v);
    }
    let finalizer = generator(v).finalizer.replace(Value::NONE);
    if !finalizer.is_unbound() && !finalizer.is_none() && generator(v).state.get() != State::Finished {
        if let Err(e) = protocol::call(&finalizer, std::slice::from_ref(v)) {
            exception::report_unraisable(&e, v);
        }
        return;
    }
    if generator(v).state.get() == State::Suspended
        && let Err(e) = close(std::slice::from_ref(v))
    {
        exception::report_unraisable(&e, v);
    }
}

/// An asynchronous generator is about to begin: the hooks of the thread that it does so in are its own.
pub fn call_first_hook(v: &Value) -> Result<()> {
    let g = generator(v);
    let before = g.finalizer.replace(Value::NONE);
    if !before.is_unbound() {
        drop(g.finalizer.replace(before));
        return Ok(());
    }
    let [first, last] = Thread::current().asyncgen_hooks.borrow().clone();
    if !last.is_unbound() {
        drop(g.finalizer.replace(last));
    }
    match first.as_bound() {
        Some(first) => protocol::call(first, std::slice::from_ref(v)).map(drop),
        None => Ok(()),
    }
}

/// The warning about a coroutine that dies before it has begun.
#[cold]
fn never_awaited(v: &Value) {
    let text = format!("coroutine '{}' was never awaited", qualname(v).as_str().unwrap_or("?"));
    let category = exception::RUNTIME_WARNING.value();
    let warned = crate::vm::import::import_absolute("warnings")
        .and_then(|m| protocol::call_method(&m, "warn", &[Value::str(&text), category, Value::small(1)]));
    if let Err(e) = warned {
        exception::report_unraisable(&e, v);
    }
}
