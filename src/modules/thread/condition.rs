//! `threading.Condition`: threads wait for a state of things that a lock guards. The lock may be any object.

use super::{lock, patience};
use crate::modules::native::{make, this};
use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, call_method, get_attr, get_attr_opt, runtime_error};
use crate::types::int;
use crate::vm::safepoint;
use minipy_sched::WaitQueue;
use std::cell::RefCell;

/// The fields of a condition.
pub struct ConditionBody {
    lock: RefCell<Value>,
    waiters: WaitQueue,
}

crate::body!(ConditionBody: Condition { lock });

fn lock_of(v: &Value) -> Value {
    this::<ConditionBody>(v).lock.borrow().clone()
}

/// A condition with this lock.
pub fn new(lock: Value) -> Value {
    Value::new(&CONDITION, ConditionBody { lock: RefCell::new(lock), waiters: WaitQueue::new() })
}

/// Whether this is a condition of this class itself.
pub fn is_plain(v: &Value) -> bool {
    v.is_exact(&CONDITION)
}

/// Whether a thread waits.
pub fn has_waiters(v: &Value) -> bool {
    !this::<ConditionBody>(v).waiters.is_empty()
}

/// Whether the lock is held: by the calling thread, if it knows its owner.
fn is_owned(lock: &Value) -> Result<bool> {
    if let Some(owned) = lock::is_owned(lock) {
        return Ok(owned);
    }
    if let Some(f) = get_attr_opt(lock, &intern("_is_owned"))? {
        return protocol::truth(&protocol::call(&f, &[])?);
    }
    if protocol::truth(&call_method(lock, "acquire", &[Value::FALSE])?)? {
        call_method(lock, "release", &[])?;
        return Ok(false);
    }
    Ok(true)
}

/// Lets go of the lock, however often it is held; what `acquire_restore` needs.
fn release_save(lock: &Value) -> Result {
    if let Some(state) = lock::release_save(lock) {
        return state;
    }
    if let Some(f) = get_attr_opt(lock, &intern("_release_save"))? {
        return protocol::call(&f, &[]);
    }
    call_method(lock, "release", &[])?;
    Ok(Value::NONE)
}

fn acquire_restore(lock: &Value, state: Value) -> Result<()> {
    if let Some(done) = lock::acquire_restore(lock, &state) {
        return done;
    }
    if let Some(f) = get_attr_opt(lock, &intern("_acquire_restore"))? {
        return protocol::call(&f, &[state]).map(drop);
    }
    call_method(lock, "acquire", &[]).map(drop)
}

/// Waits without the lock until notified; false at the deadline.
pub fn wait(v: &Value, timeout: &Value) -> Result<bool> {
    let lock = lock_of(v);
    if !is_owned(&lock)? {
        return runtime_error("cannot wait on un-acquired lock");
    }
    let state = release_save(&lock)?;
    let notified = sleep(v, timeout);
    acquire_restore(&lock, state)?;
    notified
}

fn sleep(v: &Value, timeout: &Value) -> Result<bool> {
    let (blocking, deadline) = patience(timeout)?;
    if !blocking {
        return Ok(false);
    }
    loop {
        // The place in the queue is taken before the GIL is free, so that no notification is missed.
        if safepoint::wait(&this::<ConditionBody>(v).waiters, v, "condition", deadline)? {
            return Ok(true);
        }
        if deadline.is_some_and(|d| d <= minipy_sched::now()) {
            return Ok(false);
        }
    }
}

fn wait_for(a: &[Value]) -> Result {
    let timeout = arg(a, 2);
    let (_, deadline) = patience(timeout)?;
    let timed = timeout.as_bound().is_some_and(|t| !t.is_none());
    loop {
        let result = protocol::call(&a[1], &[])?;
        if protocol::truth(&result)? {
            return Ok(result);
        }
        let left = if timed {
            let left = deadline.map_or(0, |d| d.saturating_sub(minipy_sched::now()));
            if left == 0 {
                return Ok(result);
            }
            crate::types::float::from_f64(left as f64 / 1e9)
        } else {
            Value::NONE
        };
        if a[0].is_exact(&CONDITION) {
            wait(&a[0], &left)?;
        } else {
            call_method(&a[0], "wait", &[left])?;
        }
    }
}

/// Wakes at most `n` of the waiting threads, those that have waited longest.
pub fn notify(v: &Value, n: usize) -> Result<()> {
    if !is_owned(&lock_of(v))? {
        return runtime_error("cannot notify on un-acquired lock");
    }
    let waiters = &this::<ConditionBody>(v).waiters;
    for _ in 0..n {
        if waiters.is_empty() || waiters.wake_one().is_none() {
            break;
        }
    }
    Ok(())
}

fn notify_some(a: &[Value]) -> Result {
    let Some(n) = arg(a, 1).as_bound() else { return notify(&a[0], 1).map(|()| Value::NONE) };
    let some = protocol::compare_bool(n, &Value::small(0), Compare::Gt)?;
    notify(&a[0], if some { protocol::index_clipped(n)? as usize } else { 0 })?;
    Ok(Value::NONE)
}

fn notify_all(a: &[Value]) -> Result {
    notify(&a[0], usize::MAX)?;
    Ok(Value::NONE)
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let params = "__init__(lock=None)";
    let bound = super::bind_init("Condition", params, args, names)?;
    let lock = match bound[0].as_bound().filter(|l| !l.is_none()) {
        Some(lock) => {
            // A thing that is no lock is found out here.
            get_attr(lock, &intern("acquire"))?;
            get_attr(lock, &intern("release"))?;
            lock.clone()
        }
        None => lock::new_rlock(),
    };
    let old = this::<ConditionBody>(v).lock.replace(lock);
    drop(old);
    Ok(())
}

/// `threading.Condition`
pub static CONDITION: Type = Type::builtin::<Boxed<ConditionBody>>(
    "threading.Condition",
    Layout::Condition,
    "A condition that threads wait for, and the lock that guards it.",
    crate::defs! {
        fn "__enter__()" "Take the lock." => |a| enter(&a[0]);
        fn "__exit__(*args)" "Release the lock." => |a| leave(&a[0]);
        fn "wait(timeout=None)" "Release the lock until notified, at most for a number of seconds; whether notified." => |a| wait(&a[0], arg(a, 1)).map(Value::bool);
        fn "wait_for(predicate, timeout=None)" "Wait until the predicate is true, at most for a number of seconds; its last value." => wait_for;
        fn "notify(n=1)" "Wake at most n of the waiting threads, those that have waited longest." => notify_some;
        fn "notify_all()" "Wake all waiting threads." => notify_all;
        fn "notifyAll()" "The same as notify_all; deprecated." => |a| {
            super::deprecated("notifyAll() is deprecated, use notify_all() instead")?;
            call_method(&a[0], "notify_all", &[])
        };
        get "acquire()" "The lock's acquire." => |v| get_attr(&lock_of(v), &intern("acquire"));
        get "release()" "The lock's release." => |v| get_attr(&lock_of(v), &intern("release"));
        get "_lock()" "The lock." => |v| Ok(lock_of(v));
        fn "_is_owned()" "Whether the lock is held." => |a| is_owned(&lock_of(&a[0])).map(Value::bool);
        fn "_release_save()" "Release the lock, however often it is held." => |a| release_save(&lock_of(&a[0]));
        fn "_acquire_restore(state, /)" "Take the lock as often as it was held." => |a| acquire_restore(&lock_of(&a[0]), a[1].clone()).map(|()| Value::NONE);
        get "_waiters()" "How many wait, as a list of thread numbers." => |v| {
            let ids = this::<ConditionBody>(v).waiters.ids();
            Ok(Value::list(ids.iter().map(|id| int::from_u64(id.0)).collect()))
        };
        fn "_at_fork_reinit()" "In a new process: nobody waits, and the lock is free." => |a| {
            call_method(&lock_of(&a[0]), "_at_fork_reinit", &[])
        };
        fn "__reduce__()" "Raises TypeError." => |a| super::unpicklable(&lock_of(&a[0]));
    },
).with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<ConditionBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, ConditionBody { lock: RefCell::new(Value::NONE), waiters: WaitQueue::new() })),
    init: Some(init),
    manager: Some((enter, leave)),
    repr: Some(|v| {
        let lock = protocol::str_string(&lock_of(v))?;
        Ok(Value::str(&format!("<Condition({lock}, {})>", this::<ConditionBody>(v).waiters.len())))
    }),
    ..Slots::EMPTY
});

fn enter(v: &Value) -> Result {
    let lock = lock_of(v);
    match lock::acquire_any(&lock) {
        Some(done) => done.map(Value::bool),
        None => call_method(&lock, "__enter__", &[]),
    }
}

fn leave(v: &Value) -> Result {
    let lock = lock_of(v);
    match lock::release_any(&lock) {
        Some(done) => done.map(|()| Value::NONE),
        None => call_method(&lock, "__exit__", &[Value::NONE, Value::NONE, Value::NONE]),
    }
}
