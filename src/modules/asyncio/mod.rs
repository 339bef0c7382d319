//! `_asyncio`: what every switch between tasks goes through: futures, tasks, and the queue of what is ready.
//!
//! An event loop is an object of Python whose base, [`event_loop`], holds the ready queue and runs it. A task that
//! waits for a future is itself the future's callback: waking it pushes it to the queue, and its next step resumes
//! its coroutine, so that nothing on the way is Python but the coroutines themselves. So is what a queue does beside
//! waiting. All else (timers, descriptors, `gather`, locks) is Python in `src/frozen/asyncio`.

pub mod event_loop;
pub mod future;
pub mod queue;
pub mod registry;
pub mod task;
pub mod turn;

use super::native::class;
use crate::object::{Boxed, Def, Dict, Layout, Result, Type, Value, arg, intern};
use crate::protocol::{self, raise, runtime_error};
use crate::types::exception;
use crate::vm::Thread;

/// `asyncio.CancelledError`
pub static CANCELLED_ERROR: Type = Type::builtin::<Boxed<exception::ExcBody>>(
    "asyncio.exceptions.CancelledError",
    Layout::Exception,
    "A task or future was cancelled.",
    &[],
)
.with_base(&exception::BASE_EXCEPTION)
.with_base_flag()
.with_attrs(size_of::<Boxed<exception::ExcBody>>());

/// `asyncio.InvalidStateError`
pub static INVALID_STATE_ERROR: Type = Type::builtin::<Boxed<exception::ExcBody>>(
    "asyncio.exceptions.InvalidStateError",
    Layout::Exception,
    "A future is not in the state for this.",
    &[],
)
.with_base(&exception::EXCEPTION)
.with_base_flag()
.with_attrs(size_of::<Boxed<exception::ExcBody>>());

fn invalid_state<T>(message: &str) -> Result<T> {
    Err(raise(&INVALID_STATE_ERROR, message))
}

/// A function of the Python part.
fn helper(module: &str, name: &str) -> Result {
    protocol::get_attr(&crate::vm::import::import_absolute(module)?, &intern(name))
}

/// The loop that runs in the calling thread, or `None`.
fn running_loop() -> Value {
    Thread::current().event_loop.borrow().as_bound().cloned().unwrap_or(Value::NONE)
}

/// The running loop, or the one that the policy has.
fn some_loop() -> Result {
    let running = running_loop();
    if running.is_none() {
        return protocol::call(&helper("asyncio.events", "_loop_of_policy")?, &[]);
    }
    Ok(running)
}

/// Tells the loop of something that nobody else will hear of.
fn tell(event_loop: &Value, items: &[(&str, Value)]) -> Result<()> {
    let context = Dict::new();
    if let Some(d) = context.cast::<Dict>() {
        items.iter().for_each(|(name, v)| d.set_interned(&intern(name), v.clone()));
    }
    protocol::call_method(event_loop, "call_exception_handler", &[context]).map(drop)
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "_get_running_loop()" "The loop that runs in this thread, or None." => |_| Ok(running_loop());
    fn "_set_running_loop(loop, /)" "Say which loop runs in this thread." => |a| {
        let new = if a[0].is_none() { Value::UNBOUND } else { a[0].clone() };
        drop(Thread::current().event_loop.replace(new));
        Ok(Value::NONE)
    };
    fn "get_running_loop()" "The loop that runs in this thread; RuntimeError if none does." => |_| {
        let running = running_loop();
        if running.is_none() { runtime_error("no running event loop") } else { Ok(running) }
    };
    fn "get_event_loop()" "The loop that runs in this thread, or else the one that the policy has." => |_| some_loop();
    fn "current_task(loop=None)" "The task that runs in a loop, by default the running one; None if none does." => |a| {
        let event_loop = match arg(a, 0).as_bound().filter(|l| !l.is_none()) {
            Some(l) => l.clone(),
            None => {
                let running = running_loop();
                if running.is_none() {
                    return runtime_error("no running event loop");
                }
                running
            }
        };
        Ok(registry::current(&event_loop))
    };
    fn "all_tasks(loop=None)" "The tasks of a loop, by default the running one, that are not done." => |a| {
        let event_loop = match arg(a, 0).as_bound().filter(|l| !l.is_none()) {
            Some(l) => l.clone(),
            None => {
                let running = running_loop();
                if running.is_none() {
                    return runtime_error("no running event loop");
                }
                running
            }
        };
        registry::all(&event_loop)
    };
    fn "_enter_task(loop, task)" "Say that a task runs." => |a| registry::enter(&a[0], &a[1]).map(|()| Value::NONE);
    fn "_leave_task(loop, task)" "Say that it no longer does." => |a| registry::leave_checked(&a[0], &a[1]).map(|()| Value::NONE);
    fn "_give_way()" "An awaitable that lets the others run, once." => turn::give;
    val "Future()" "" => || class(&future::FUTURE);
    val "Task()" "" => || { class(&future::FUTURE); class(&task::TASK) };
    val "_Loop()" "" => || class(&event_loop::LOOP);
    val "_Queue()" "" => || class(&queue::QUEUE);
    val "CancelledError()" "" => || class(&CANCELLED_ERROR);
    val "InvalidStateError()" "" => || class(&INVALID_STATE_ERROR);
};
