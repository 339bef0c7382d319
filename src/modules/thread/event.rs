//! `threading.Event`: a flag that threads wait for.

use super::{no_arguments, patience};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::type_error;
use crate::vm::safepoint;
use minipy_sched::WaitQueue;
use std::cell::Cell;

/// The fields of an event.
pub struct EventBody {
    set: Cell<bool>,
    queue: WaitQueue,
}

crate::body!(EventBody: Event);

fn event(v: &Value) -> &EventBody {
    &v.cast::<Boxed<EventBody>>().expect("methods are only called on their own type").body
}

fn wait(v: &Value, timeout: &Value) -> Result<bool> {
    let e = event(v);
    if e.set.get() {
        return Ok(true);
    }
    let (blocking, deadline) = patience(timeout)?;
    // A wake-up is enough: the flag may have been cleared again since.
    while blocking && !safepoint::wait(&e.queue, v, "Event", deadline)? {
        // A signal that raises nothing does not shorten the wait.
        if e.set.get() || deadline.is_some_and(|d| d <= minipy_sched::now()) {
            return Ok(e.set.get());
        }
    }
    Ok(blocking)
}

/// `threading.Event`
pub static EVENT: Type = Type::builtin::<Boxed<EventBody>>(
    "threading.Event",
    Layout::Event,
    "A flag that is false at first; threads wait until it is set.",
    crate::defs! {
        fn "is_set()" "Whether the flag is true." => |a| Ok(Value::bool(event(&a[0]).set.get()));
        fn "isSet()" "The same as is_set; deprecated." => |a| {
            super::deprecated("isSet() is deprecated, use is_set() instead")?;
            Ok(Value::bool(event(&a[0]).set.get()))
        };
        fn "set()" "Set the flag to true and wake everybody who waits for that." => |a| {
            let e = event(&a[0]);
            e.set.set(true);
            e.queue.wake_all();
            Ok(Value::NONE)
        };
        fn "clear()" "Set the flag to false." => |a| {
            event(&a[0]).set.set(false);
            Ok(Value::NONE)
        };
        fn "wait(timeout=None)" "Wait until the flag is true, at most for a number of seconds; whether it was." => |a| wait(&a[0], arg(a, 1)).map(Value::bool);
    },
).with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<EventBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| match ty.cast::<Type>() {
        Some(ty) => Ok(Value::new(ty, EventBody { set: Cell::new(false), queue: WaitQueue::new() })),
        None => type_error("__new__(X): X is not a type object"),
    }),
    init: Some(|_, args, names| no_arguments("Event", args, names)),
    repr: Some(|v| {
        let state = if event(v).set.get() { "set" } else { "unset" };
        let name = crate::types::type_::full_name(v.ty());
        Ok(Value::str(&format!("<{name} at {:#x}: {state}>", v.id())))
    }),
    ..Slots::EMPTY
});
