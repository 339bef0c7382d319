//! `_thread`: starting threads, and the lock that everything else is made of.

use crate::object::{Body, BodyLayout, Boxed, Def, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, call, runtime_error, value_error};
use crate::types::{exception, int, module, traceback};
use crate::vm::safepoint;
use crate::vm::{Memory, Thread};
use minipy_sched::{Reason, State, ThreadId, ThreadInfo, WaitQueue, Wake};
use std::cell::Cell;
use std::fmt::Write;

/// Native stack of a thread, in bytes of address space.
const STACK: usize = 16 << 20;

/// A lock: plain data, guarded by the GIL.
pub struct Lock {
    /// The number of the thread that took it last.
    owner: Cell<u64>,
    depth: Cell<u32>,
    reentrant: bool,
    waiters: WaitQueue,
}

impl Body for Lock {}
impl BodyLayout for Lock {
    const LAYOUT: Layout = Layout::Other;
}

fn lock(v: &Value) -> &Lock {
    crate::types::iterators::body::<Lock>(v, &LOCK)
        .map(|b| &b.body)
        .expect("methods are only called on their own type")
}

/// The longest timeout, in seconds: `TIMEOUT_MAX`.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// The deadline of a timeout argument, in nanoseconds of the monotonic clock; `None` waits for ever.
fn deadline(blocking: &Value, timeout: &Value) -> Result<(bool, Option<u64>)> {
    let blocking = blocking.as_bound().map_or(Ok(true), protocol::truth)?;
    let Some(t) = timeout.as_bound() else { return Ok((blocking, None)) };
    let t = super::sys::seconds(t)?;
    if !blocking && t != -1.0 {
        return value_error("can't specify a timeout for a non-blocking call");
    }
    if t < 0.0 && t != -1.0 {
        return value_error("timeout value must be a non-negative number");
    }
    if t == -1.0 {
        return Ok((blocking, None));
    }
    if t.is_nan() {
        return value_error("Invalid value NaN (not a number)");
    }
    if t > TIMEOUT_MAX {
        return protocol::overflow_error("timeout value is too large");
    }
    Ok((blocking, Some(minipy_sched::now().saturating_add(super::sys::nanoseconds(t)))))
}

impl Lock {
    fn acquire(&self, blocking: bool, deadline: Option<u64>) -> Result<bool> {
        let me = minipy_sched::current().0;
        loop {
            if self.depth.get() == 0 {
                self.owner.set(me);
                self.depth.set(1);
                return Ok(true);
            }
            if self.reentrant && self.owner.get() == me {
                self.depth.set(self.depth.get() + 1);
                return Ok(true);
            }
            if !blocking {
                return Ok(false);
            }
            let reason = Reason { what: "lock", object: self.owner.get() };
            match minipy_sched::wait(Some(&self.waiters), reason, deadline) {
                Wake::TimedOut if self.depth.get() > 0 => return Ok(false),
                Wake::Interrupted => safepoint::interrupted()?,
                // Somebody may have been quicker: look again.
                _ => {}
            }
        }
    }

    fn release(&self) -> Result<()> {
        if self.reentrant && (self.depth.get() == 0 || self.owner.get() != minipy_sched::current().0) {
            return runtime_error("cannot release un-acquired lock");
        }
        if self.depth.get() == 0 {
            return runtime_error("release unlocked lock");
        }
        self.depth.set(self.depth.get() - 1);
        if self.depth.get() == 0 {
            self.owner.set(0);
            self.waiters.wake_one();
        }
        Ok(())
    }
}

/// `_thread.lock` and `_thread.RLock`
pub static LOCK: Type = Type::builtin::<Boxed<Lock>>(
    "_thread.lock",
    Layout::Other,
    "",
    crate::defs! {
        fn "acquire(blocking=True, timeout=-1)" "Acquire the lock, waiting for it if asked to." => |a| {
            let (blocking, deadline) = deadline(arg(a, 1), arg(a, 2))?;
            lock(&a[0]).acquire(blocking, deadline).map(Value::bool)
        };
        fn "release()" "Release the lock." => |a| lock(&a[0]).release().map(|()| Value::NONE);
        fn "locked()" "Whether the lock is held." => |a| Ok(Value::bool(lock(&a[0]).depth.get() > 0));
        fn "__enter__()" "" => |a| lock(&a[0]).acquire(true, None).map(Value::bool);
        fn "__exit__(*args)" "" => |a| lock(&a[0]).release().map(|()| Value::NONE);
    },
)
.with_slots(Slots {
    repr: Some(|v| {
        let l = lock(v);
        let state = if l.depth.get() > 0 { "locked" } else { "unlocked" };
        Ok(Value::str(&if l.reentrant {
            format!(
                "<{state} _thread.RLock object owner={} count={} at {:#x}>",
                l.owner.get(),
                l.depth.get(),
                v.id()
            )
        } else {
            format!("<{state} _thread.lock object at {:#x}>", v.id())
        }))
    }),
    ..Slots::EMPTY
});

fn new_lock(reentrant: bool) -> Result {
    let lock = Lock { owner: Cell::new(0), depth: Cell::new(0), reentrant, waiters: WaitQueue::new() };
    Ok(Value::new(&LOCK, lock))
}

/// What a new thread gets: values, which it uses when it holds the GIL, and its memory.
struct Parcel(Vec<Value>, Memory);
// SAFETY: opened only by the new thread once it holds the GIL.
#[allow(unsafe_code)]
unsafe impl Send for Parcel {}

fn start(a: &[Value]) -> Result {
    let mut all = vec![a[0].clone()];
    all.extend(protocol::collect(&a[1])?);
    let Ok(memory) = Memory::take() else { return runtime_error("can't start new thread") };
    let parcel = Parcel(all, memory);
    let body = move || {
        let Parcel(all, memory) = { parcel };
        Thread::enter(memory, STACK, move |_| {
            // They die here, with the thread's state.
            let all = all;
            if let Err(e) = call(&all[0], &all[1..])
                && !e.0.ty().is_subtype(&exception::SYSTEM_EXIT)
            {
                let text = traceback::render(&e.0);
                let what = protocol::repr_string(&all[0]).unwrap_or_default();
                let _ = super::sys_io::write_stderr(&format!(
                    "Exception ignored in thread started by: {what}\n{text}"
                ));
            }
        });
    };
    match minipy_sched::spawn("", STACK, Box::new(body)) {
        Ok(id) => Ok(int::from_u64(id.0)),
        Err(_) => runtime_error("can't start new thread"),
    }
}

fn join(a: &[Value]) -> Result {
    let id = ThreadId(protocol::index_i64(&a[0])? as u64);
    let deadline = match arg(a, 1).as_bound().filter(|t| !t.is_none()) {
        Some(t) => deadline(&Value::TRUE, t)?.1,
        None => None,
    };
    loop {
        match minipy_sched::join(id, deadline) {
            Wake::Interrupted => safepoint::interrupted()?,
            Wake::TimedOut => return Ok(Value::FALSE),
            Wake::Woken if minipy_sched::is_finished(id) => return Ok(Value::TRUE),
            Wake::Woken => {}
        }
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "start_new_thread(function, args, /)" "Starts a thread; returns its number." => start;
    fn "allocate_lock()" "A new lock." => |_| new_lock(false);
    fn "RLock()" "A new lock that its owner may take again." => |_| new_lock(true);
    fn "join(ident, timeout=None, /)" "Waits until a thread has ended; False if the timeout, in seconds, came first." => join;
    fn "get_ident()" "The number of the calling thread." => |_| Ok(int::from_u64(minipy_sched::current().0));
    fn "format_exception(exception, /)" "The text of an uncaught exception." => |a| Ok(Value::str(&traceback::render(&a[0])));
    val "TIMEOUT_MAX()" "" => || crate::types::float::from_f64(TIMEOUT_MAX);
    val "error()" "" => || exception::RUNTIME_ERROR.value();
};

/// `threading`'s name for a thread, if that module is there.
pub fn thread_name(id: u64) -> String {
    let modules = crate::vm::import::modules();
    let threading = modules.cast::<Dict>().and_then(|m| m.get_interned(&intern("threading")).cloned());
    let name = threading.and_then(|t| {
        let table = t.cast::<module::Module>()?.namespace().get_interned(&intern("_active"))?.clone();
        let thread = table.cast::<Dict>()?.get(&int::from_i64(id as i64)).ok().flatten()?;
        // Not the property: nothing of Python may run here.
        crate::object::Attrs::of(&thread)?.get(&intern("_name"))
    });
    match name.as_ref().and_then(Value::as_str) {
        Some(n) => n.to_owned(),
        None if id == 1 => "MainThread".to_owned(),
        None => format!("thread {id}"),
    }
}

/// Who a thread is, in a report.
fn describe(id: u64) -> String {
    if minipy_sched::is_finished(ThreadId(id)) {
        return format!("thread {id}, which does not exist any more in this process");
    }
    thread_name(id)
}

/// Reports a deadlock, who waits for what and where, and ends the process with exit code 1.
pub fn report_deadlock(threads: &[ThreadInfo]) {
    let mut text = "Deadlock: every thread waits, and none will wake by itself.\n".to_owned();
    let waiting = || threads.iter().filter(|t| t.state == State::Waiting);
    for t in waiting() {
        let Some(Reason { what, object }) = t.reason else { continue };
        let name = thread_name(t.id.0);
        let _ = match object {
            other if what == "join" => writeln!(text, "  {name} waits for {} to end", describe(other)),
            0 => writeln!(text, "  {name} waits for a {what}"),
            owner if owner == t.id.0 => writeln!(text, "  {name} waits for a {what} that it holds itself"),
            owner => writeln!(text, "  {name} waits for a {what} held by {}", describe(owner)),
        };
    }
    for t in waiting() {
        let Some(state) = Thread::find(t.id.0) else { continue };
        let place = |(code, at)| exception::Place { code, at };
        let places: Vec<_> = crate::vm::stack_trace(state).into_iter().map(place).collect();
        let _ = writeln!(text, "\n{} (most recent call last):", thread_name(t.id.0));
        text += &traceback::render_places(&places);
    }
    let _ = super::sys_io::write_stderr(&text);
    std::process::exit(1);
}
