//! Locks and semaphores between processes: a word in shared memory and a futex.
//!
//! A semaphore's word is its value. A lock's word is the number of the process that holds it, so that a process that
//! waits without a deadline can take it over from one that has died. Invariant: the second word is at least the
//! number of living sleepers; dead ones only cost a wake-up too many.

use super::futex::{self, Slept};
use super::pipe;
use super::region::{self, RegionBody};
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::{exception, int};
use crate::vm::safepoint::Deadline;
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Recursive,
    Semaphore,
    Lock,
}

/// The fields of a lock or semaphore, as this process sees it.
pub struct SemLockBody {
    region: Value,
    offset: usize,
    kind: Kind,
    max: u32,
    /// How often this process has taken it and not released it.
    count: Cell<u32>,
    /// The thread that took it last.
    owner: Cell<u64>,
    /// The process whose `count` it is: one that was forked has taken nothing.
    process: Cell<u32>,
}

crate::body!(SemLockBody: SemLock { region });

impl SemLockBody {
    fn memory(&self) -> Result<&RegionBody> {
        region::region(&self.region)
    }

    fn word(&self) -> Result<&AtomicU32> {
        self.memory()?.word(self.offset)
    }

    fn sleepers(&self) -> Result<&AtomicU32> {
        self.memory()?.word(self.offset + 4)
    }

    fn count(&self) -> u32 {
        if self.process.replace(minipy_sched::process_id()) != minipy_sched::process_id() {
            self.count.set(0);
        }
        self.count.get()
    }

    fn is_mine(&self) -> bool {
        self.count() > 0 && self.owner.get() == minipy_sched::current().0
    }

    /// Takes it if it is free.
    fn try_take(&self, word: &AtomicU32) -> bool {
        if self.kind == Kind::Semaphore {
            return word.fetch_update(SeqCst, SeqCst, |n| n.checked_sub(1)).is_ok();
        }
        word.compare_exchange(0, minipy_sched::process_id(), SeqCst, SeqCst).is_ok()
    }

    /// Takes a lock over from a process that has died.
    fn inherit(&self, word: &AtomicU32) -> bool {
        let holder = word.load(SeqCst);
        self.kind != Kind::Semaphore
            && holder != 0
            && futex::is_dead(holder)
            && word.compare_exchange(holder, minipy_sched::process_id(), SeqCst, SeqCst).is_ok()
    }

    fn taken(&self) -> bool {
        self.count.set(self.count() + 1);
        self.owner.set(minipy_sched::current().0);
        true
    }

    fn acquire(&self, blocking: bool, deadline: Deadline) -> Result<bool> {
        if self.kind == Kind::Recursive && self.is_mine() {
            return Ok(self.taken());
        }
        let (word, sleepers) = (self.word()?, self.sleepers()?);
        if self.try_take(word) {
            return Ok(self.taken());
        }
        if !blocking {
            return Ok(false);
        }
        loop {
            sleepers.fetch_add(1, SeqCst);
            let seen = word.load(SeqCst);
            let free = if self.kind == Kind::Semaphore { seen > 0 } else { seen == 0 };
            let slept = if free { Ok(Slept::Awake) } else { futex::sleep(word, seen, deadline) };
            sleepers.fetch_sub(1, SeqCst);
            let slept = slept?;
            if self.try_take(word) || (slept == Slept::Long && deadline.is_none() && self.inherit(word)) {
                return Ok(self.taken());
            }
            if slept == Slept::TimedOut {
                return Ok(false);
            }
        }
    }

    fn release(&self) -> Result<()> {
        let word = self.word()?;
        match self.kind {
            Kind::Recursive => {
                if !self.is_mine() {
                    let text = "attempt to release recursive lock not owned by thread";
                    return Err(raise(&exception::ASSERTION_ERROR, text));
                }
                if self.count() > 1 {
                    self.count.set(self.count() - 1);
                    return Ok(());
                }
                word.store(0, SeqCst);
            }
            Kind::Lock => {
                if word.swap(0, SeqCst) == 0 {
                    return value_error("semaphore or lock released too many times");
                }
            }
            Kind::Semaphore => {
                if word.fetch_update(SeqCst, SeqCst, |n| (n < self.max).then(|| n + 1)).is_err() {
                    return value_error("semaphore or lock released too many times");
                }
            }
        }
        self.count.set(self.count().saturating_sub(1));
        if self.sleepers()?.load(SeqCst) > 0 {
            futex::wake(word, 1);
        }
        Ok(())
    }

    fn value(&self) -> Result<u32> {
        let n = self.word()?.load(SeqCst);
        Ok(if self.kind == Kind::Semaphore { n } else { (n == 0) as u32 })
    }
}

fn lock(v: &Value) -> &SemLockBody {
    this::<SemLockBody>(v)
}

/// Whether to wait, and until when: `block` and `timeout` of `multiprocessing`.
pub fn patience(block: &Value, timeout: &Value) -> Result<(bool, Deadline)> {
    let block = block.as_bound().map_or(Ok(true), protocol::truth)?;
    let Some(t) = timeout.as_bound().filter(|t| !t.is_none()) else { return Ok((block, None)) };
    let nanos = (protocol_float(t)?.max(0.0) * 1e9).min(u64::MAX as f64 / 4.0) as u64;
    Ok((block, Some(minipy_sched::now().saturating_add(nanos))))
}

fn protocol_float(t: &Value) -> Result<f64> {
    if let Some(x) = crate::types::float::to_f64(t) {
        return Ok(x);
    }
    if t.ty().slots().float.is_none() && t.ty().slots().index.is_none() {
        return type_error(format!("must be real number, not {}", t.ty().name()));
    }
    int::to_float(t)
}

/// `SemLock(kind, value, maxvalue, region, offset, fresh)`
fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let a = protocol::bind_args(
        "SemLock",
        crate::sig!("(kind, value, maxvalue, region, offset, fresh)"),
        args,
        names,
    )?;
    let kind = match protocol::index_i64(&a[0])? {
        0 => Kind::Recursive,
        1 => Kind::Semaphore,
        2 => Kind::Lock,
        _ => return value_error("unrecognized kind"),
    };
    let (value, max) =
        (u32::try_from(protocol::index_i64(&a[1])?), u32::try_from(protocol::index_i64(&a[2])?));
    let (Ok(value), Ok(max)) = (value, max) else {
        return Err(exception::from_io_error(&std::io::Error::from_raw_os_error(libc::EINVAL), None));
    };
    region::region(&a[3])?;
    let body = SemLockBody {
        region: a[3].clone(),
        offset: region::offset(&a[4])?,
        kind,
        max,
        count: Cell::new(0),
        owner: Cell::new(0),
        process: Cell::new(minipy_sched::process_id()),
    };
    if protocol::truth(&a[5])? {
        let start = match kind {
            Kind::Semaphore => value,
            _ if value == 0 => minipy_sched::process_id(),
            _ => 0,
        };
        body.word()?.store(start, SeqCst);
        body.sleepers()?.store(0, SeqCst);
    }
    crate::modules::native::make(ty, body)
}

fn need(v: &Value) -> Result<&SemLockBody> {
    match v.cast::<Boxed<SemLockBody>>() {
        Some(l) => Ok(&l.body),
        None => type_error(format!("a SemLock is needed, not {}", v.ty().name())),
    }
}

/// `take(lock, fd, room)`: a message read under a lock; there is room for another one then.
pub fn take(a: &[Value]) -> Result {
    let (reading, room) = (need(&a[0])?, need(&a[2])?);
    reading.acquire(true, None)?;
    let data = pipe::recv(std::slice::from_ref(&a[1]));
    reading.release()?;
    let data = data?;
    room.release()?;
    Ok(data)
}

/// `give(lock, fd, data)`: as `try_send`, under a lock, and not if that is taken.
pub fn give(a: &[Value]) -> Result {
    let writing = need(&a[0])?;
    if !writing.acquire(false, None)? {
        return Ok(Value::FALSE);
    }
    let sent = pipe::try_send(&a[1..]);
    writing.release()?;
    sent
}

fn acquire(a: &[Value]) -> Result {
    let (block, deadline) = patience(arg(a, 1), arg(a, 2))?;
    lock(&a[0]).acquire(block, deadline).map(Value::bool)
}

/// `_multiprocessing.SemLock`
pub static SEM_LOCK: Type = Type::builtin::<Boxed<SemLockBody>>(
    "_multiprocessing.SemLock",
    Layout::SemLock,
    "Semaphore/Mutex type",
    crate::defs! {
        fn "acquire(block=True, timeout=None)" "Acquire the semaphore/lock." => acquire;
        fn "release()" "Release the semaphore/lock." => |a| lock(&a[0]).release().map(|()| Value::NONE);
        fn "__enter__()" "Enter the semaphore/lock." => |a| lock(&a[0]).acquire(true, None).map(Value::bool);
        fn "__exit__(*args)" "Exit the semaphore/lock." => |a| lock(&a[0]).release().map(|()| Value::NONE);
        fn "_count()" "Num of `acquire()`s minus num of `release()`s for this process." => |a| Ok(int::from_u64(lock(&a[0]).count() as u64));
        fn "_is_mine()" "Whether the lock is owned by this thread." => |a| Ok(Value::bool(lock(&a[0]).is_mine()));
        fn "_get_value()" "Get the value of the semaphore." => |a| Ok(int::from_u64(lock(&a[0]).value()? as u64));
        fn "_is_zero()" "Return whether semaphore has value zero." => |a| Ok(Value::bool(lock(&a[0]).value()? == 0));
        get "maxvalue()" "" => |v| Ok(int::from_u64(lock(v).max as u64));
        get "region()" "The memory that it is in." => |v| Ok(lock(v).region.clone());
        get "offset()" "Where it is there." => |v| Ok(int::from_usize(lock(v).offset));
        get "kind()" "" => |v| Ok(Value::small(lock(v).kind as i32));
    },
)
.with_weakrefs()
.with_slots(Slots {
    new: Some(new),
    init: Some(|_, _, _| Ok(())),
    manager: Some((
        |v| lock(v).acquire(true, None).map(Value::bool),
        |v| lock(v).release().map(|()| Value::NONE),
    )),
    ..Slots::EMPTY
});
