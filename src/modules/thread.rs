//! `_thread`: starting threads, and the lock that everything else is made of.

use crate::object::{
    Body, BodyLayout, Boxed, Def, Dict, Layout, Raised, Result, Slots, Type, Value, arg, intern,
};
use crate::protocol::{self, call, runtime_error, value_error};
use crate::types::{exception, int, traceback};
use crate::vm::Thread;
use minipy_sched::Wake;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Native stack of a thread, in bytes of address space.
const STACK: usize = 16 << 20;

/// A lock: plain data, guarded by the GIL.
pub struct Lock {
    owner: Cell<u64>,
    depth: Cell<u32>,
    reentrant: bool,
    waiters: RefCell<VecDeque<u64>>,
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

/// The deadline of a timeout argument; `None` waits for ever.
fn deadline(blocking: &Value, timeout: &Value) -> Result<(bool, Option<Instant>)> {
    let blocking = blocking.as_bound().map_or(Ok(true), protocol::truth)?;
    let Some(t) = timeout.as_bound().filter(|t| !t.is_none()) else { return Ok((blocking, None)) };
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
    match Duration::try_from_secs_f64(t).ok().and_then(|d| Instant::now().checked_add(d)) {
        Some(d) if t < 9.2e9 => Ok((blocking, Some(d))),
        _ => protocol::overflow_error("timeout value is too large"),
    }
}

impl Lock {
    fn acquire(&self, blocking: bool, deadline: Option<Instant>) -> Result<bool> {
        let me = minipy_sched::current();
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
            self.waiters.borrow_mut().push_back(me);
            let wake = minipy_sched::wait("lock", self.owner.get(), deadline);
            self.waiters.borrow_mut().retain(|w| *w != me);
            match wake {
                Wake::Woken => {}
                Wake::TimedOut if self.depth.get() == 0 => {}
                Wake::TimedOut => return Ok(false),
                Wake::Interrupted => {
                    if minipy_sched::take_interrupt() {
                        return Err(Raised(exception::new(&exception::KEYBOARD_INTERRUPT, Vec::new())));
                    }
                }
            }
        }
    }

    fn release(&self) -> Result<()> {
        if self.reentrant && (self.depth.get() == 0 || self.owner.get() != minipy_sched::current()) {
            return runtime_error("cannot release un-acquired lock");
        }
        if self.depth.get() == 0 {
            return runtime_error("release unlocked lock");
        }
        self.depth.set(self.depth.get() - 1);
        if self.depth.get() == 0 {
            self.owner.set(0);
            let next = self.waiters.borrow_mut().pop_front();
            if let Some(id) = next {
                minipy_sched::wake(id);
            }
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
    let waiters = RefCell::new(VecDeque::new());
    Ok(Value::new(&LOCK, Lock { owner: Cell::new(0), depth: Cell::new(0), reentrant, waiters }))
}

/// A value on its way to another thread, which will hold the GIL when it uses it.
struct Parcel(Vec<Value>);
// SAFETY: opened only by the new thread once it holds the GIL.
#[allow(unsafe_code)]
unsafe impl Send for Parcel {}

fn start(a: &[Value]) -> Result {
    let mut all = vec![a[0].clone()];
    all.extend(protocol::collect(&a[1])?);
    let parcel = Parcel(all);
    let body = move || {
        let parcel = parcel;
        Thread::enter(STACK, |_| {
            let Parcel(all) = parcel;
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
    match minipy_sched::spawn(STACK, Box::new(body)) {
        Ok(id) => Ok(int::from_i64(id as i64)),
        Err(_) => runtime_error("can't start new thread"),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "start_new_thread(function, args, /)" "Starts a thread; returns its number." => start;
    fn "allocate_lock()" "A new lock." => |_| new_lock(false);
    fn "RLock()" "A new lock that its owner may take again." => |_| new_lock(true);
    fn "get_ident()" "The number of the calling thread." => |_| Ok(int::from_i64(minipy_sched::current() as i64));
    fn "format_exception(exception, /)" "The text of an uncaught exception." => |a| Ok(Value::str(&traceback::render(&a[0])));
    val "TIMEOUT_MAX()" "" => || crate::types::float::from_f64(9223372036.0);
    val "error()" "" => || exception::RUNTIME_ERROR.value();
};

/// `threading`'s name for a thread, if that module is there.
pub fn thread_name(id: u64) -> String {
    let modules = crate::vm::import::modules();
    let threading = modules.cast::<Dict>().and_then(|m| m.get_interned(&intern("threading")).cloned());
    let name = threading.and_then(|t| {
        let table = protocol::get_attr_opt(&t, &intern("_active")).ok().flatten()?;
        let thread = table.cast::<Dict>()?.get(&int::from_i64(id as i64)).ok().flatten()?;
        protocol::get_attr_opt(&thread, &intern("name")).ok().flatten()
    });
    match name.as_ref().and_then(Value::as_str) {
        Some(n) => n.to_owned(),
        None if id == 1 => "MainThread".to_owned(),
        None => format!("thread {id}"),
    }
}

/// Reports a deadlock and ends the process.
pub fn report_deadlock(threads: &[minipy_sched::ThreadInfo]) {
    let mut text = "Deadlock: every thread waits, and none will wake by itself.\n".to_owned();
    for t in threads {
        if let minipy_sched::Activity::Waiting { what, object, .. } = t.activity {
            let name = thread_name(t.id);
            text += &match object {
                0 => format!("  {name} waits for a {what}\n"),
                owner => format!("  {name} waits for a {what} held by {}\n", thread_name(owner)),
            };
        }
    }
    let places: Vec<exception::Place> = crate::vm::stack_trace(Thread::current())
        .into_iter()
        .map(|(code, at)| exception::Place { code, at })
        .collect();
    text += "The last one to wait was at (most recent call last):\n";
    text += &traceback::render_places(&places);
    let _ = super::sys_io::write_stderr(&text);
    std::process::exit(1);
}
