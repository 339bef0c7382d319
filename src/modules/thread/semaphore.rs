//! `threading.Semaphore` and `BoundedSemaphore`: a count of what is left, and the threads that wait for some.

use super::patience;
use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::int;
use crate::vm::safepoint;
use minipy_sched::WaitQueue;
use std::cell::Cell;

/// The fields of a semaphore.
pub struct SemaphoreBody {
    value: Cell<i64>,
    /// What the value must not exceed.
    bound: Cell<i64>,
    queue: WaitQueue,
}

crate::body!(SemaphoreBody: Semaphore);

fn semaphore(v: &Value) -> &SemaphoreBody {
    &v.cast::<Boxed<SemaphoreBody>>().expect("methods are only called on their own type").body
}

fn acquire(v: &Value, blocking: &Value, timeout: &Value) -> Result<bool> {
    let s = semaphore(v);
    let blocking = blocking.as_bound().map_or(Ok(true), protocol::truth)?;
    let timed = timeout.as_bound().is_some_and(|t| !t.is_none());
    if !blocking && timed {
        return value_error("can't specify timeout for non-blocking acquire");
    }
    let mut patience_left = None;
    loop {
        if s.value.get() > 0 {
            s.value.set(s.value.get() - 1);
            return Ok(true);
        }
        if !blocking {
            return Ok(false);
        }
        let (blocks, deadline) = match patience_left {
            Some(p) => p,
            None => *patience_left.insert(patience(timeout)?),
        };
        if !blocks || deadline.is_some_and(|d| d <= minipy_sched::now()) {
            return Ok(false);
        }
        safepoint::wait(&s.queue, v, "Semaphore", deadline)?;
    }
}

fn release(a: &[Value]) -> Result {
    let s = semaphore(&a[0]);
    let n = match arg(a, 1).as_bound() {
        None => 1,
        Some(n) if protocol::compare_bool(n, &Value::small(1), Compare::Lt)? => {
            return value_error("n must be one or more");
        }
        Some(n) => protocol::index_i64(n)?,
    };
    let value = s.value.get().saturating_add(n);
    if value > s.bound.get() {
        return value_error("Semaphore released too many times");
    }
    s.value.set(value);
    for _ in 0..n {
        if s.queue.wake_one().is_none() {
            break;
        }
    }
    Ok(Value::NONE)
}

fn new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    let Some(ty) = ty.cast::<Type>() else { return type_error("__new__(X): X is not a type object") };
    let (value, bound) = (Cell::new(1), Cell::new(i64::MAX));
    Ok(Value::new(ty, SemaphoreBody { value, bound, queue: WaitQueue::new() }))
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let bounded = v.ty().is_subtype(&BOUNDED);
    let name = if bounded { "BoundedSemaphore" } else { "Semaphore" };
    let bound = super::bind_init(name, "__init__(value=1)", args, names)?;
    let value = match bound[0].as_bound() {
        None => 1,
        Some(value) if protocol::compare_bool(value, &Value::small(0), Compare::Lt)? => {
            return value_error("semaphore initial value must be >= 0");
        }
        Some(value) => protocol::index_i64(value)?,
    };
    let s = semaphore(v);
    s.value.set(value);
    s.bound.set(if bounded { value } else { i64::MAX });
    Ok(())
}

fn repr(v: &Value) -> Result {
    let s = semaphore(v);
    let mut value = s.value.get().to_string();
    if s.bound.get() != i64::MAX {
        value += &format!("/{}", s.bound.get());
    }
    let name = crate::types::type_::full_name(v.ty());
    Ok(Value::str(&format!("<{name} at {:#x}: value={value}>", v.id())))
}

/// `threading.Semaphore`
pub static SEMAPHORE: Type = Type::builtin::<Boxed<SemaphoreBody>>(
    "threading.Semaphore",
    Layout::Semaphore,
    "A count that acquire takes from, waiting while there is nothing left, and release adds to.",
    crate::defs! {
        fn "acquire(blocking=True, timeout=None)" "Take one, waiting if asked to; whether one was taken." => |a| acquire(&a[0], arg(a, 1), arg(a, 2)).map(Value::bool);
        fn "release(n=1)" "Give back n." => release;
        fn "__enter__(blocking=True, timeout=None)" "The same as acquire." => |a| acquire(&a[0], arg(a, 1), arg(a, 2)).map(Value::bool);
        fn "__exit__(*args)" "Give back one." => |a| release(&a[..1]);
        get "_value()" "How many are left." => |v| Ok(int::from_i64(semaphore(v).value.get()));
    },
).with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<SemaphoreBody>>())
.with_slots(Slots {
    new: Some(new),
    init: Some(init),
    repr: Some(repr),
    manager: Some((
        |v| acquire(v, &Value::UNBOUND, &Value::UNBOUND).map(Value::bool),
        |v| release(std::slice::from_ref(v)),
    )),
    ..Slots::EMPTY
});

/// `threading.BoundedSemaphore`
pub static BOUNDED: Type = Type::builtin::<Boxed<SemaphoreBody>>(
    "threading.BoundedSemaphore",
    Layout::Semaphore,
    "A semaphore whose count must not exceed its initial value.",
    &[],
)
.with_weakrefs()
.with_base(&SEMAPHORE)
.with_base_flag()
.with_attrs(size_of::<Boxed<SemaphoreBody>>());
