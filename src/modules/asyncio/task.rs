//! `Task`: a future whose result a coroutine makes, step by step.

use super::event_loop::{self, Entry, Loop, is_fatal};
use super::future::{self, FUTURE, Future, FutureBody, State};
use super::{CANCELLED_ERROR, helper, registry, tell};
use crate::modules::contextvars;
use crate::modules::native::{peek, this};
use crate::object::{Layout, Raised, Result, Slots, Trace, Tracer, Type, Value, arg, intern};
use crate::protocol::{self, raise, runtime_error, type_error};
use crate::types::exception::{self, RUNTIME_ERROR};
use crate::types::int;
use crate::vm::generator::{self, Step};
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

/// What tasks have beside the fields of a future.
pub struct TaskFields {
    coroutine: Cell<Value>,
    /// `str`, or the number of its name while nobody has asked for that.
    name: Cell<Value>,
    context: Cell<Value>,
    /// The future that it waits for, or unbound.
    waits_for: Cell<Value>,
    must_cancel: Cell<bool>,
    cancels: Cell<u32>,
    /// It tells the loop if it dies before it is done.
    tells_of_death: Cell<bool>,
    /// Its place in the registry.
    pub(super) place: Cell<usize>,
}

impl Default for TaskFields {
    fn default() -> TaskFields {
        let unset = || Cell::new(Value::UNBOUND);
        TaskFields {
            coroutine: unset(),
            name: unset(),
            context: unset(),
            waits_for: unset(),
            must_cancel: Cell::new(false),
            cancels: Cell::new(0),
            tells_of_death: Cell::new(true),
            place: Cell::new(registry::NOWHERE),
        }
    }
}

impl Trace for TaskFields {
    fn trace(&self, tracer: &mut Tracer) {
        for cell in [&self.coroutine, &self.name, &self.context, &self.waits_for] {
            cell.trace(tracer);
        }
    }
}

fn fields(v: &Value) -> &TaskFields {
    &this::<FutureBody>(v).task
}

/// The context that a task's steps run in.
pub fn context(task: &Value) -> Value {
    peek(&fields(task).context)
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let a = protocol::bind_args(
        "Task",
        crate::sig!("Task(coro, *, loop=None, name=None, context=None)"),
        args,
        names,
    )?;
    let f = this::<FutureBody>(v);
    f.start(arg(&a, 1))?;
    if !generator::is_coroutine(&a[0])
        && !protocol::truth(&protocol::call(&helper("asyncio.coroutines", "iscoroutine")?, &a[..1])?)?
    {
        // It has not begun, so that nothing is lost when it dies.
        f.task.tells_of_death.set(false);
        return type_error(format!("a coroutine was expected, got {}", protocol::repr_string(&a[0])?));
    }
    let given = |i| arg(&a, i).as_bound().filter(|v| !v.is_none()).cloned();
    let name = match given(2) {
        None => int::from_u64(COUNT.fetch_add(1, Ordering::Relaxed) + 1),
        Some(name) if name.as_str().is_some() => name,
        Some(name) => protocol::str(&name)?,
    };
    drop(f.task.name.replace(name));
    drop(f.task.context.replace(given(3).unwrap_or_else(contextvars::copy_current)));
    drop(f.task.coroutine.replace(a[0].clone()));
    f.task.place.set(registry::add(v));
    schedule_step(v, None)
}

/// The next step comes soon, with an exception to be raised in it if one is given.
fn schedule_step(v: &Value, e: Option<Value>) -> Result<()> {
    let event_loop = future::event_loop(this::<FutureBody>(v));
    if let Some(body) = event_loop.cast::<Loop>() {
        return body.push(Entry::Step(v.clone(), e.unwrap_or(Value::UNBOUND)));
    }
    let step = protocol::get_attr(v, &intern("_step"))?;
    event_loop::call_soon(&event_loop, &step, &e.unwrap_or(Value::NONE), &context(v))
}

/// The future that a task waited for is done: its next step.
pub fn wakeup(task: &Value, future: &Value) -> Result<()> {
    if let Some(f) = future.cast::<Future>() {
        return step(task, f.failure());
    }
    match protocol::call_method(future, "result", &[]) {
        Ok(_) => step(task, None),
        Err(e) => step(task, Some(e.0)),
    }
}

/// Runs the coroutine until it waits again or ends. What it raises is the task's; only what ends the loop is raised.
pub fn step(v: &Value, exception: Option<Value>) -> Result<()> {
    let f = this::<FutureBody>(v);
    let t = &f.task;
    if f.is_done() {
        let text = format!("_step(): already done: {}", protocol::repr_string(v)?);
        return Err(raise(&super::INVALID_STATE_ERROR, text));
    }
    let mut e = exception;
    if t.must_cancel.replace(false) && !e.as_ref().is_some_and(|e| e.ty().is_subtype(&CANCELLED_ERROR)) {
        e = Some(f.make_cancelled_error());
    }
    drop(t.waits_for.replace(Value::UNBOUND));
    let event_loop = future::event_loop(f);
    registry::enter(&event_loop, v)?;
    let context = peek(&t.context);
    let result = match contextvars::enter(&context) {
        Ok(before) => {
            let result = resume(&peek(&t.coroutine), e);
            contextvars::leave(&context, before);
            result
        }
        Err(e) => Err(e),
    };
    registry::leave(&event_loop);
    match result {
        Ok(Step::Yielded(waited) | Step::Produced(waited)) => wait(v, waited),
        Ok(Step::Returned(value)) => {
            if t.must_cancel.replace(false) {
                future::cancel(v, &peek(&f.cancel_message)).map(drop)
            } else {
                future::set_result(v, value)
            }
        }
        Err(e) if e.0.ty().is_subtype(&CANCELLED_ERROR) => {
            f.set_cancelled_error(e.0);
            future::cancel(v, &peek(&f.cancel_message)).map(drop)
        }
        Err(e) => {
            future::set_exception(v, &e.0)?;
            if is_fatal(&e.0) { Err(e) } else { Ok(()) }
        }
    }
}

/// A step of any object with the methods of coroutines.
fn resume(coroutine: &Value, e: Option<Value>) -> Result<Step> {
    if generator::is_coroutine(coroutine) {
        return generator::resume(coroutine, e.map_or(Ok(Value::NONE), |e| Err(Raised(e))));
    }
    let result = match e {
        None => protocol::call_method(coroutine, "send", &[Value::NONE]),
        Some(e) => protocol::call_method(coroutine, "throw", &[e]),
    };
    match result {
        Ok(v) => Ok(Step::Yielded(v)),
        Err(e) if e.0.ty().is_subtype(&exception::STOP_ITERATION) => {
            Ok(Step::Returned(exception::get_field(&e.0, "value").unwrap_or(Value::NONE)))
        }
        Err(e) => Err(e),
    }
}

/// The coroutine has yielded what it waits for; nothing: the next step comes soon.
fn wait(v: &Value, waited: Value) -> Result<()> {
    if waited.is_none() {
        return schedule_step(v, None);
    }
    let f = this::<FutureBody>(v);
    let wrong = if waited.cast::<Future>().is_some() {
        let other = this::<FutureBody>(&waited);
        if !future::event_loop(other).is(&future::event_loop(f)) {
            other_loop(v, &waited)?
        } else if !other.blocking.replace(false) {
            yielded(v, &waited)?
        } else if waited.is(v) {
            format!("Task cannot await on itself: {}", protocol::repr_string(v)?)
        } else {
            future::add_waiter(&waited, v)?;
            return waiting(v, waited);
        }
    } else if let Some(blocking) =
        protocol::get_attr_opt(&waited, &intern("_asyncio_future_blocking"))?.filter(|b| !b.is_none())
    {
        let its_loop =
            protocol::call(&helper("asyncio.futures", "_get_loop")?, std::slice::from_ref(&waited))?;
        if !its_loop.is(&future::event_loop(f)) {
            other_loop(v, &waited)?
        } else if !protocol::truth(&blocking)? {
            yielded(v, &waited)?
        } else {
            protocol::set_attr(&waited, &intern("_asyncio_future_blocking"), Some(Value::FALSE))?;
            let add = protocol::get_attr(&waited, &intern("add_done_callback"))?;
            let args = [protocol::get_attr(v, &intern("_wakeup"))?, context(v)];
            protocol::call_kw(&add, &args, Some(&Value::tuple(vec![intern("context")])))?;
            return waiting(v, waited);
        }
    } else if generator::is_generator(&waited) {
        let (task, it) = (protocol::repr_string(v)?, protocol::repr_string(&waited)?);
        format!("yield was used instead of yield from for generator in task {task} with {it}")
    } else {
        format!("Task got bad yield: {}", protocol::repr_string(&waited)?)
    };
    schedule_step(v, Some(raise(&RUNTIME_ERROR, wrong).0))
}

/// The task waits for a future, which is cancelled at once if the task was meanwhile.
fn waiting(v: &Value, waited: Value) -> Result<()> {
    let f = this::<FutureBody>(v);
    drop(f.task.waits_for.replace(waited.clone()));
    if f.task.must_cancel.get() && future::cancel_any(&waited, &peek(&f.cancel_message))? {
        f.task.must_cancel.set(false);
    }
    Ok(())
}

fn other_loop(task: &Value, waited: &Value) -> Result<String> {
    let (task, waited) = (protocol::repr_string(task)?, protocol::repr_string(waited)?);
    Ok(format!("Task {task} got Future {waited} attached to a different loop"))
}

fn yielded(task: &Value, waited: &Value) -> Result<String> {
    let (task, waited) = (protocol::repr_string(task)?, protocol::repr_string(waited)?);
    Ok(format!("yield was used instead of yield from in task {task} with {waited}"))
}

fn cancel(a: &[Value]) -> Result {
    let f = this::<FutureBody>(&a[0]);
    f.unseen.set(false);
    if f.is_done() {
        return Ok(Value::FALSE);
    }
    f.task.cancels.set(f.task.cancels.get().saturating_add(1));
    let message = arg(a, 1).as_bound().cloned().unwrap_or(Value::NONE);
    let waited = peek(&f.task.waits_for);
    if !waited.is_unbound() && future::cancel_any(&waited, &message)? {
        return Ok(Value::TRUE);
    }
    f.task.must_cancel.set(true);
    drop(f.cancel_message.replace(message));
    Ok(Value::TRUE)
}

fn name(v: &Value) -> Value {
    let name = peek(&fields(v).name);
    match int::to_i64(&name) {
        Some(n) if name.as_str().is_none() => Value::str(&format!("Task-{n}")),
        _ => name,
    }
}

fn unsupported(what: &str) -> Result {
    runtime_error(format!("Task does not support {what} operation"))
}

/// A task that dies before it is done tells its loop.
fn finalize(v: &Value) {
    let f = this::<FutureBody>(v);
    let pending = f.state.get() == State::Pending && !peek(&f.task.coroutine).is_unbound();
    registry::remove(f.task.place.replace(registry::NOWHERE));
    if pending && f.task.tells_of_death.get() {
        let message = Value::str("Task was destroyed but it is pending!");
        if let Err(e) = tell(&future::event_loop(f), &[("task", v.clone()), ("message", message)]) {
            exception::report_unraisable(&e, v);
        }
    }
    future::finalize(v);
}

/// A cell as an attribute; `None` while it is unbound.
macro_rules! cell {
    ($field:ident) => {
        |v| Ok(peek(&fields(v).$field).bound().unwrap_or(Value::NONE))
    };
}

/// `asyncio.Task`
pub static TASK: Type = Type::builtin::<Future>(
    "_asyncio.Task",
    Layout::Future,
    "Task(coro, *, loop=None, name=None, context=None): a coroutine that runs in an event loop, beside others.",
    crate::defs! {
        fn "cancel(msg=None)" "Raise CancelledError in the coroutine when it runs next; False if it is done." => cancel;
        fn "cancelling()" "How many requests to cancel there are." => |a| Ok(int::from_u64(fields(&a[0]).cancels.get() as u64));
        fn "uncancel()" "Take one request to cancel back; how many are left." => |a| {
            let cancels = &fields(&a[0]).cancels;
            cancels.set(cancels.get().saturating_sub(1));
            Ok(int::from_u64(cancels.get() as u64))
        };
        fn "get_coro()" "The coroutine." => |a| Ok(peek(&fields(&a[0]).coroutine).bound().unwrap_or(Value::NONE));
        fn "get_name()" "The name." => |a| Ok(name(&a[0]));
        fn "set_name(value, /)" "Change the name." => |a| {
            let name = protocol::str(&a[1])?;
            drop(fields(&a[0]).name.replace(name));
            Ok(Value::NONE)
        };
        fn "set_result(result, /)" "Not for tasks." => |_| unsupported("set_result");
        fn "set_exception(exception, /)" "Not for tasks." => |_| unsupported("set_exception");
        fn "get_stack(*, limit=None)" "The frames of the coroutine." => |a| {
            let limit = arg(a, 1).as_bound().cloned().unwrap_or(Value::NONE);
            protocol::call(&helper("asyncio.base_tasks", "_task_get_stack")?, &[a[0].clone(), limit])
        };
        fn "print_stack(*, limit=None, file=None)" "Write the frames of the coroutine." => |a| {
            let given = |i| arg(a, i).as_bound().cloned().unwrap_or(Value::NONE);
            protocol::call(&helper("asyncio.base_tasks", "_task_print_stack")?, &[a[0].clone(), given(1), given(2)])
        };
        fn "_step(exception=None, /)" "" => |a| step(&a[0], arg(a, 1).as_bound().filter(|e| !e.is_none()).cloned()).map(|()| Value::NONE);
        fn "_wakeup(future, /)" "" => |a| wakeup(&a[0], &a[1]).map(|()| Value::NONE);
        get "_coro()" "" => cell!(coroutine);
        get "_fut_waiter()" "" => cell!(waits_for);
        get "_must_cancel()" "" => |v| Ok(Value::bool(fields(v).must_cancel.get()));
        get "_log_destroy_pending()" "" => |v| Ok(Value::bool(fields(v).tells_of_death.get())), |v, x| {
            let on = x.map_or(Ok(false), |x| protocol::truth(&x))?;
            fields(v).tells_of_death.set(on);
            Ok(())
        };
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    },
)
.with_base(&FUTURE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Future>())
.with_slots(Slots {
    init: Some(init),
    awaitable: Some(future::wait_for),
    repr: Some(|v| future::repr_by(v, "asyncio.base_tasks", "_task_repr")),
    finalize: Some(finalize),
    ..Slots::EMPTY
});
