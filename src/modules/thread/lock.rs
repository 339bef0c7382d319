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
    /// What it serves as, for reports.
    what: &'static str,
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

/// A new lock. `what` is what it serves as, for reports; `held` by the calling thread from the start.
pub fn new(what: &'static str, held: bool) -> Value {
    let owner = Cell::new(if held { current().0 } else { 0 });
    Value::new(&LOCK, LockBody { owner, what, queue: WaitQueue::new() })
}

/// For reports: the number of the thread that holds a lock, if it is one and is held.
pub fn owner(v: &Value) -> Option<u64> {
    let owner = match v.cast::<Boxed<LockBody>>() {
        Some(l) => l.body.owner.get(),
        None => v.cast::<Boxed<RLockBody>>()?.body.owner.get(),
    };
    (owner != 0).then_some(owner)
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

fn acquire(v: &Value, how: (bool, Deadline)) -> Result<bool> {
    let l = lock(v);
    take(v, l.what, &l.queue, how, || {
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
    l.queue.wake_one();
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
        l.queue.wake_one();
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
        fn "_release_save()" "Release it however often it is held; what _acquire_restore needs." => |a| {
            let l = rlock(&a[0]);
            if l.count.get() == 0 {
                return runtime_error("cannot release un-acquired lock");
            }
            let (count, owner) = (l.count.replace(0), l.owner.replace(0));
            l.queue.wake_one();
            Ok(Value::tuple(vec![int::from_u64(count), int::from_u64(owner)]))
        };
        fn "_acquire_restore(state, /)" "Take it as often as it was held." => |a| {
            let count = a[1].as_tuple().and_then(|t| int::to_i64(t.first()?)).filter(|&n| n > 0);
            let Some(count) = count else { return type_error("not a state of _release_save()") };
            racquire(&a[0], (true, None))?;
            rlock(&a[0]).count.set(count as u64);
            Ok(Value::NONE)
        };
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
