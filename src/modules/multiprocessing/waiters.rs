//! What processes wait for at a condition or an event: tickets and flags in shared memory.
//!
//! A condition gives each waiter a ticket, ascending; a notification raises the number below which tickets are
//! called. So who has waited longest is called first, and nobody who comes later takes a call away. Each ticket has a
//! place in a ring that holds its process's number, 0 once it does not wait any more: those, and the dead, are
//! passed over. All but the sleep happens under the condition's lock.

use super::futex::{self, Slept};
use super::region::{self, RegionBody};
use super::semlock::patience;
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, runtime_error};
use crate::types::int;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

/// How many may wait at once.
const PLACES: usize = 240;

/// Bytes of shared memory that a condition takes.
pub const SIZE: usize = 8 + 4 * PLACES;

/// The fields of both: where the words are.
pub struct WaitersBody {
    region: Value,
    offset: usize,
}

crate::body!(WaitersBody: Waiters { region });

impl WaitersBody {
    fn memory(&self) -> Result<&RegionBody> {
        region::region(&self.region)
    }

    /// The next ticket; an event's flag.
    fn next(&self) -> Result<&AtomicU32> {
        self.memory()?.word(self.offset)
    }

    /// Tickets below this have been called; how often an event was set.
    fn called(&self) -> Result<&AtomicU32> {
        self.memory()?.word(self.offset + 4)
    }

    fn place(&self, ticket: u32) -> Result<&AtomicU32> {
        self.memory()?.word(self.offset + 8 + 4 * (ticket as usize % PLACES))
    }

    fn is_called(&self, ticket: u32) -> Result<bool> {
        // The numbers may have gone round.
        Ok((self.called()?.load(SeqCst).wrapping_sub(ticket) as i32) > 0)
    }

    fn enter(&self) -> Result<u32> {
        let ticket = self.next()?.load(SeqCst);
        if ticket.wrapping_sub(self.called()?.load(SeqCst)) as usize >= PLACES {
            return runtime_error("too many processes wait for a condition");
        }
        self.place(ticket)?.store(minipy_sched::process_id(), SeqCst);
        self.next()?.store(ticket.wrapping_add(1), SeqCst);
        Ok(ticket)
    }

    fn notify(&self, n: usize) -> Result<()> {
        let (next, called) = (self.next()?.load(SeqCst), self.called()?);
        let (before, mut at, mut left) = (called.load(SeqCst), called.load(SeqCst), n);
        while at != next && left > 0 {
            let process = self.place(at)?.load(SeqCst);
            if process != 0
                && (n == usize::MAX || process == minipy_sched::process_id() || !futex::is_dead(process))
            {
                left -= 1;
            }
            at = at.wrapping_add(1);
        }
        if at != before {
            called.store(at, SeqCst);
            futex::wake(called, i32::MAX);
        }
        Ok(())
    }
}

fn of(v: &Value) -> &WaitersBody {
    this::<WaitersBody>(v)
}

fn ticket(v: &Value) -> Result<u32> {
    Ok(protocol::index_i64(v)? as u32)
}

/// Sleeps until the ticket is called, at most for a number of seconds.
fn sleep(a: &[Value]) -> Result {
    let (w, ticket) = (of(&a[0]), ticket(&a[1])?);
    let (_, deadline) = patience(&Value::TRUE, arg(a, 2))?;
    loop {
        let seen = w.called()?.load(SeqCst);
        if w.is_called(ticket)? {
            return Ok(Value::TRUE);
        }
        if futex::sleep(w.called()?, seen, deadline)? == Slept::TimedOut {
            return Ok(Value::bool(w.is_called(ticket)?));
        }
    }
}

/// After the sleep, under the lock: whether the ticket was called, which is no longer waited for.
fn leave(a: &[Value]) -> Result {
    let (w, ticket) = (of(&a[0]), ticket(&a[1])?);
    if w.is_called(ticket)? {
        return Ok(Value::TRUE);
    }
    w.place(ticket)?.store(0, SeqCst);
    // Places at the front that nobody waits at are free at once.
    while w.called()?.load(SeqCst) != w.next()?.load(SeqCst) {
        let front = w.called()?.load(SeqCst);
        if w.place(front)?.load(SeqCst) != 0 {
            break;
        }
        w.called()?.store(front.wrapping_add(1), SeqCst);
    }
    Ok(Value::FALSE)
}

fn notify(a: &[Value]) -> Result {
    let n = match arg(a, 1).as_bound().filter(|n| !n.is_none()) {
        Some(n) => protocol::index_i64(n)?.max(0) as usize,
        None => usize::MAX,
    };
    of(&a[0]).notify(n)?;
    Ok(Value::NONE)
}

/// How many wait.
fn len(v: &Value) -> Result<usize> {
    let w = of(v);
    let (mut at, next, mut n) = (w.called()?.load(SeqCst), w.next()?.load(SeqCst), 0);
    while at != next && n < PLACES {
        n += (w.place(at)?.load(SeqCst) != 0) as usize;
        at = at.wrapping_add(1);
    }
    Ok(n)
}

fn set(a: &[Value]) -> Result {
    let w = of(&a[0]);
    w.next()?.store(1, SeqCst);
    w.called()?.fetch_add(1, SeqCst);
    futex::wake(w.called()?, i32::MAX);
    Ok(Value::NONE)
}

/// Waits for the flag; one that has been cleared again since counts.
fn wait(a: &[Value]) -> Result {
    let w = of(&a[0]);
    let (_, deadline) = patience(&Value::TRUE, arg(a, 1))?;
    let sets = w.called()?.load(SeqCst);
    loop {
        if w.next()?.load(SeqCst) != 0 || w.called()?.load(SeqCst) != sets {
            return Ok(Value::TRUE);
        }
        if futex::sleep(w.called()?, sets, deadline)? == Slept::TimedOut {
            return Ok(Value::bool(w.next()?.load(SeqCst) != 0));
        }
    }
}

fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let a = protocol::bind_args("Waiters", crate::sig!("(region, offset)"), args, names)?;
    region::region(&a[0])?;
    crate::modules::native::make(ty, WaitersBody { region: a[0].clone(), offset: region::offset(&a[1])? })
}

/// `_multiprocessing.Waiters`
pub static WAITERS: Type = Type::builtin::<Boxed<WaitersBody>>(
    "_multiprocessing.Waiters",
    Layout::Waiters,
    "Those who wait at a condition, or for an event, in whatever process.",
    crate::defs! {
        fn "enter()" "A ticket for the caller, who will wait." => |a| Ok(int::from_u64(of(&a[0]).enter()? as u64));
        fn "sleep(ticket, timeout=None, /)" "Wait until the ticket is called." => sleep;
        fn "leave(ticket, /)" "Wait no more; whether the ticket was called." => leave;
        fn "notify(n=None, /)" "Call the next tickets, or all." => notify;
        fn "set()" "Set an event." => set;
        fn "clear()" "Clear an event." => |a| {
            of(&a[0]).next()?.store(0, SeqCst);
            Ok(Value::NONE)
        };
        fn "is_set()" "Whether an event is set." => |a| Ok(Value::bool(of(&a[0]).next()?.load(SeqCst) != 0));
        fn "wait(timeout=None, /)" "Wait for an event." => wait;
        get "region()" "The memory that it is in." => |v| Ok(of(v).region.clone());
        get "offset()" "Where it is there." => |v| Ok(int::from_usize(of(v).offset));
    },
)
.with_weakrefs()
.with_slots(Slots { new: Some(new), init: Some(|_, _, _| Ok(())), len: Some(len), ..Slots::EMPTY });
