//! `_thread.lock` and `_thread.RLock`: plain data under the GIL, and the threads that wait.

use super::waiting;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{runtime_error, type_error};
use crate::types::int;
use crate::vm::safepoint::{self, Deadline};
use minipy_sched::{WaitQueue, current};
use std::cell::Cell;

/// A lock that anybody may release.
pub struct LockBody {
    /// The number of the thread that took it; 0 if it is free.
    owner: Cell<u64>,
    queue: WaitQueue,
}

/// A lock that its owner may take again.
pub struct RLockBody {
    owner: Cell<u64>,
    count: Cell<u64>,
    queue: WaitQueue,
}

crate::body!(LockBody: Lock);
crate::body!(RLockBody: RLock);

fn lock(v: &Value) -> &LockBody {
    &v.cast::<Boxed<LockBody>>().expect("methods are only called on their own type").body
}

fn rlock(v: &Value) -> &RLockBody {
    &v.cast::<Boxed<RLockBody>>().expect("methods are only called on their own type").body
}

/// A new lock that is free.
pub fn new() -> Value {
    Value::new(&LOCK, LockBody { owner: Cell::new(0), queue: WaitQueue::new() })
}

/// For reports: the number of the thread that holds a lock, if it is one and is held.
pub fn owner(v: &Value) -> Option<u64> {
    let owner = match v.cast::<Boxed<LockBody>>() {
        Some(l) => l.body.owner.get(),
        None => v.cast::<Boxed<RLockBody>>()?.body.owner.get(),
    };
    (owner != 0).then_some(owner)
}

/// A new `RLock`.
pub fn new_rlock() -> Value {
    Value::new(&RLOCK, RLockBody { owner: Cell::new(0), count: Cell::new(0), queue: WaitQueue::new() })
}

/// Takes a lock of this module, for as long as it takes; `None` if it is something else.
pub fn acquire_any(v: &Value) -> Option<Result<bool>> {
    match () {
        _ if v.is_exact(&LOCK) => Some(acquire(v, (true, None))),
        _ if v.is_exact(&RLOCK) => Some(racquire(v, (true, None))),
        _ => None,
    }
}

/// Releases a lock of this module; `None` if it is something else.
pub fn release_any(v: &Value) -> Option<Result<()>> {
    match () {
        _ if v.is_exact(&LOCK) => Some(release(v)),
        _ if v.is_exact(&RLOCK) => Some(rrelease(v)),
        _ => None,
    }
}

/// Whether a lock of this module is held, an `RLock` by the calling thread.
pub fn is_owned(v: &Value) -> Option<bool> {
    match () {
        _ if v.is_exact(&LOCK) => Some(lock(v).owner.get() != 0),
        _ if v.is_exact(&RLOCK) => Some(rlock(v).owner.get() == current().0),
        _ => None,
    }
}

/// Releases a lock of this module however often it is held; what [`acquire_restore`] needs.
pub fn release_save(v: &Value) -> Option<Result> {
    match () {
        _ if v.is_exact(&LOCK) => Some(release(v).map(|()| Value::NONE)),
        _ if v.is_exact(&RLOCK) => Some(rrelease_save(v)),
        _ => None,
    }
}

/// Takes a lock of this module as often as it was held.
pub fn acquire_restore(v: &Value, state: &Value) -> Option<Result<()>> {
    match () {
        _ if v.is_exact(&LOCK) => Some(acquire(v, (true, None)).map(drop)),
        _ if v.is_exact(&RLOCK) => Some(racquire_restore(v, state)),
        _ => None,
    }
}

#[inline]
fn wake(waiters: &WaitQueue) {
    if !waiters.is_empty() {
        waiters.wake_one();
    }
}

fn rrelease_save(v: &Value) -> Result {
    let l = rlock(v);
    if l.count.get() == 0 {
        return runtime_error("cannot release un-acquired lock");
    }
    let (count, owner) = (l.count.replace(0), l.owner.replace(0));
    wake(&l.queue);
    Ok(Value::tuple(vec![int::from_u64(count), int::from_u64(owner)]))
}

fn racquire_restore(v: &Value, state: &Value) -> Result<()> {
    let count = state.as_tuple().and_then(|t| int::to_i64(t.first()?)).filter(|&n| n > 0);
    let Some(count) = count else { return type_error("not a state of _release_save()") };
    racquire(v, (true, None))?;
    rlock(v).count.set(count as u64);
    Ok(())
}

/// Waits until `free` says that a lock is, which it is told to take at once; false at the deadline.
fn take(
    v: &Value,
    what: &'static str,
    queue: &WaitQueue,
    (blocking, deadline): (bool, Deadline),
    free: impl Fn() -> bool,
) -> Result<bool> {
    loop {
        if free() {
            return Ok(true);
        }
        if !blocking {
            return Ok(false);
        }
        // Whoever is woken has to compete with whoever comes by, as in CPython: a lock that is handed over
        // would cost a switch each time.
        if !safepoint::wait(queue, v, what, deadline)? && deadline.is_some_and(|d| d <= minipy_sched::now()) {
            return Ok(free());
        }
    }
}

#[inline]
fn acquire(v: &Value, how: (bool, Deadline)) -> Result<bool> {
    let l = lock(v);
    if l.owner.get() == 0 {
        l.owner.set(current().0);
        return Ok(true);
    }
    take(v, "lock", &l.queue, how, || {
        let free = l.owner.get() == 0;
        if free {
            l.owner.set(current().0);
        }
        free
    })
}

fn release(v: &Value) -> Result<()> {
    let l = lock(v);
    if l.owner.replace(0) == 0 {
        return runtime_error("release unlocked lock");
    }
    wake(&l.queue);
    Ok(())
}

fn racquire(v: &Value, how: (bool, Deadline)) -> Result<bool> {
    let l = rlock(v);
    take(v, "RLock", &l.queue, how, || {
        let me = current().0;
        let free = l.owner.get() == 0 || l.owner.get() == me;
        if free {
            l.owner.set(me);
            l.count.set(l.count.get() + 1);
        }
        free
    })
}

fn rrelease(v: &Value) -> Result<()> {
    let l = rlock(v);
    if l.owner.get() != current().0 {
        return runtime_error("cannot release un-acquired lock");
    }
    l.count.set(l.count.get() - 1);
    if l.count.get() == 0 {
        l.owner.set(0);
        wake(&l.queue);
    }
    Ok(())
}

/// `_thread.lock`
pub static LOCK: Type = Type::builtin::<Boxed<LockBody>>(
    "_thread.lock",
    Layout::Lock,
    "A lock object is a synchronization primitive: free or held, by nobody in particular.",
    crate::defs! {
        fn "acquire(blocking=True, timeout=-1)" "Take the lock, waiting for it if asked to; whether it was taken." => |a| acquire(&a[0], waiting(arg(a, 1), arg(a, 2))?).map(Value::bool);
        fn "acquire_lock(blocking=True, timeout=-1)" "The same as acquire." => |a| acquire(&a[0], waiting(arg(a, 1), arg(a, 2))?).map(Value::bool);
        fn "release()" "Release the lock, which need not have been taken by the same thread." => |a| release(&a[0]).map(|()| Value::NONE);
        fn "release_lock()" "The same as release." => |a| release(&a[0]).map(|()| Value::NONE);
        fn "locked()" "Whether the lock is held." => |a| Ok(Value::bool(lock(&a[0]).owner.get() != 0));
        fn "locked_lock()" "The same as locked." => |a| Ok(Value::bool(lock(&a[0]).owner.get() != 0));
        fn "__enter__()" "Take the lock." => |a| acquire(&a[0], (true, None)).map(Value::bool);
        fn "__exit__(*args)" "Release the lock." => |a| release(&a[0]).map(|()| Value::NONE);
        fn "_at_fork_reinit()" "In a new process: free the lock." => |a| { lock(&a[0]).owner.set(0); Ok(Value::NONE) };
    },
).with_weakrefs()
.with_slots(Slots {
    manager: Some((|v| acquire(v, (true, None)).map(Value::bool), |v| release(v).map(|()| Value::NONE))),
    new: Some(|_, _, _| type_error("cannot create '_thread.lock' instances")),
    repr: Some(|v| {
        let state = if lock(v).owner.get() != 0 { "locked" } else { "unlocked" };
        Ok(Value::str(&format!("<{state} {} object at {:#x}>", v.ty().static_name(), v.id())))
    }),
    ..Slots::EMPTY
});

/// `_thread.RLock`
pub static RLOCK: Type = Type::builtin::<Boxed<RLockBody>>(
    "_thread.RLock",
    Layout::RLock,
    "A lock that its owner may take again; it is free when it has been released as often.",
    crate::defs! {
        fn "acquire(blocking=True, timeout=-1)" "Take the lock, waiting for it if asked to; whether it was taken." => |a| racquire(&a[0], waiting(arg(a, 1), arg(a, 2))?).map(Value::bool);
        fn "release()" "Release the lock once." => |a| rrelease(&a[0]).map(|()| Value::NONE);
        fn "__enter__()" "Take the lock." => |a| racquire(&a[0], (true, None)).map(Value::bool);
        fn "__exit__(*args)" "Release the lock once." => |a| rrelease(&a[0]).map(|()| Value::NONE);
        fn "_is_owned()" "Whether the calling thread holds it." => |a| Ok(Value::bool(rlock(&a[0]).owner.get() == current().0));
        fn "_recursion_count()" "How often the calling thread holds it." => |a| {
            let l = rlock(&a[0]);
            Ok(int::from_u64(if l.owner.get() == current().0 { l.count.get() } else { 0 }))
        };
        fn "_release_save()" "Release it however often it is held; what _acquire_restore needs." => |a| rrelease_save(&a[0]);
        fn "_acquire_restore(state, /)" "Take it as often as it was held." => |a| racquire_restore(&a[0], &a[1]).map(|()| Value::NONE);
        fn "_at_fork_reinit()" "In a new process: free the lock." => |a| {
            let l = rlock(&a[0]);
            l.owner.set(0);
            l.count.set(0);
            Ok(Value::NONE)
        };
    },
).with_weakrefs()
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, _, _| {
        let Some(ty) = ty.cast::<Type>() else { return type_error("__new__(X): X is not a type object") };
        let body = RLockBody { owner: Cell::new(0), count: Cell::new(0), queue: WaitQueue::new() };
        Ok(Value::new(ty, body))
    }),
    manager: Some((|v| racquire(v, (true, None)).map(Value::bool), |v| rrelease(v).map(|()| Value::NONE))),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| {
        let l = rlock(v);
        let state = if l.count.get() != 0 { "locked" } else { "unlocked" };
        let name = v.ty().name();
        let (owner, count) = (l.owner.get(), l.count.get());
        Ok(Value::str(&format!("<{state} {name} object owner={owner} count={count} at {:#x}>", v.id())))
    }),
    ..Slots::EMPTY
});
