//! The base of event loops: the queue of what is ready, and running it.

use super::{future, helper, task};
use crate::modules::native::{make, this};
use crate::object::{Boxed, Layout, Result, Slots, Trace, Tracer, Type, Value, intern};
use crate::protocol::{self, runtime_error};
use crate::types::exception;
use crate::vm::{Thread, safepoint};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// What is ready to be run.
pub enum Entry {
    /// A handle, which runs itself unless it is cancelled.
    Handle(Value),
    /// The next step of a task; the exception to be raised in it, or unbound.
    Step(Value, Value),
    /// A task whose future is done.
    Wakeup(Value, Value),
    /// A call of a function with a future, in a context.
    Call(Value, Value, Value),
}

impl Trace for Entry {
    fn trace(&self, tracer: &mut Tracer) {
        match self {
            Entry::Handle(a) => a.trace(tracer),
            Entry::Step(a, b) | Entry::Wakeup(a, b) => {
                a.trace(tracer);
                b.trace(tracer);
            }
            Entry::Call(a, b, c) => [a, b, c].into_iter().for_each(|v| v.trace(tracer)),
        }
    }
}

/// The fields of an event loop.
pub struct LoopBody {
    ready: RefCell<VecDeque<Entry>>,
    closed: Cell<bool>,
    stopping: Cell<bool>,
    /// Somebody waits for descriptors or timers, so that every turn has to look.
    busy: Cell<bool>,
}

crate::body!(LoopBody: EventLoop { ready });

/// An event loop as an object.
pub type Loop = Boxed<LoopBody>;

/// After so many turns without a look at descriptors there is one, whatever is ready.
const PATIENCE: u32 = 32;

impl LoopBody {
    /// Adds to the queue. `RuntimeError` if the loop is closed.
    pub fn push(&self, entry: Entry) -> Result<()> {
        if self.closed.get() {
            return runtime_error("Event loop is closed");
        }
        self.ready.borrow_mut().push_back(entry);
        Ok(())
    }
}

/// Calls `callback(future)` soon, in a context.
pub fn call_soon(event_loop: &Value, callback: &Value, future: &Value, context: &Value) -> Result<()> {
    if let Some(body) = event_loop.cast::<Loop>() {
        return body.push(Entry::Call(callback.clone(), future.clone(), context.clone()));
    }
    let args = [callback.clone(), future.clone(), context.clone()];
    let names = Value::tuple(vec![intern("context")]);
    let method = protocol::get_attr(event_loop, &intern("call_soon"))?;
    protocol::call_kw(&method, &args, Some(&names)).map(drop)
}

fn run_entry(event_loop: &Value, entry: Entry) -> Result<()> {
    match entry {
        Entry::Handle(handle) => protocol::call_method(&handle, "_run", &[]).map(drop),
        Entry::Step(task, exception) => task::step(&task, exception.bound()),
        Entry::Wakeup(task, future) => task::wakeup(&task, &future),
        Entry::Call(callback, future, context) => {
            let result = future::call_in(&context, &callback, std::slice::from_ref(&future));
            let Err(e) = result else { return Ok(()) };
            if is_fatal(&e.0) {
                return Err(e);
            }
            let report = helper("asyncio.events", "_callback_failed")?;
            protocol::call(&report, &[event_loop.clone(), callback, Value::tuple(vec![future]), e.0])
                .map(drop)
        }
    }
}

/// Whether an exception ends the loop rather than a task.
pub fn is_fatal(e: &Value) -> bool {
    e.ty().is_subtype(&exception::SYSTEM_EXIT) || e.ty().is_subtype(&exception::KEYBOARD_INTERRUPT)
}

/// Runs what is ready now, and not what becomes ready by that.
fn run_ready(v: &Value) -> Result<()> {
    let body = this::<LoopBody>(v);
    let n = body.ready.borrow().len();
    let th = Thread::current();
    for _ in 0..n {
        let Some(entry) = body.ready.borrow_mut().pop_front() else { break };
        run_entry(v, entry)?;
        if safepoint::requested() {
            safepoint::run(th)?;
        }
    }
    Ok(())
}

/// Turns until the loop is to stop: `_poll` looks at timers and descriptors, waiting for them if nothing is ready.
fn run_until_stopped(v: &Value) -> Result {
    let body = this::<LoopBody>(v);
    let mut since = 0;
    loop {
        let idle = body.ready.borrow().is_empty();
        since += 1;
        if idle || body.busy.get() || body.stopping.get() || since >= PATIENCE {
            since = 0;
            protocol::call_method(v, "_poll", &[Value::bool(idle && !body.stopping.get())])?;
        }
        run_ready(v)?;
        if body.stopping.replace(false) {
            return Ok(Value::NONE);
        }
    }
}

fn flag(v: Option<Value>) -> Result<bool> {
    v.map_or(Ok(false), |v| protocol::truth(&v))
}

/// `_asyncio._Loop`
pub static LOOP: Type = Type::builtin::<Loop>(
    "_asyncio._Loop",
    Layout::EventLoop,
    "The base of event loops: the queue of what is ready.",
    crate::defs! {
        fn "_push(handle, /)" "Run a handle soon." => |a| {
            this::<LoopBody>(&a[0]).push(Entry::Handle(a[1].clone()))?;
            Ok(Value::NONE)
        };
        fn "_run_ready()" "Run what is ready now." => |a| run_ready(&a[0]).map(|()| Value::NONE);
        fn "_run_until_stopped()" "Run until the loop is told to stop." => |a| run_until_stopped(&a[0]);
        fn "_drop_ready()" "Forget what is ready." => |a| {
            let old = this::<LoopBody>(&a[0]).ready.take();
            drop(old);
            Ok(Value::NONE)
        };
        get "_ready_count()" "How much is ready." => |v| Ok(Value::small(this::<LoopBody>(v).ready.borrow().len() as i32));
        get "_closed()" "" => |v| Ok(Value::bool(this::<LoopBody>(v).closed.get())), |v, x| {
            this::<LoopBody>(v).closed.set(flag(x)?);
            Ok(())
        };
        get "_stopping()" "" => |v| Ok(Value::bool(this::<LoopBody>(v).stopping.get())), |v, x| {
            this::<LoopBody>(v).stopping.set(flag(x)?);
            Ok(())
        };
        get "_busy()" "" => |v| Ok(Value::bool(this::<LoopBody>(v).busy.get())), |v, x| {
            this::<LoopBody>(v).busy.set(flag(x)?);
            Ok(())
        };
    },
)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Loop>())
.with_slots(Slots {
    new: Some(|ty, _, _| {
        let no = || Cell::new(false);
        make(ty, LoopBody { ready: RefCell::default(), closed: no(), stopping: no(), busy: no() })
    }),
    init: Some(|_, _, _| Ok(())),
    ..Slots::EMPTY
});
