//! `Future`: a result that will be there. A task is a future too, with the fields in [`task::TaskFields`].

use super::event_loop::{self, Entry, Loop};
use super::task::{self, TaskFields};
use super::{CANCELLED_ERROR, helper, invalid_state, registry, some_loop, tell};
use crate::modules::contextvars;
use crate::modules::native::{class, make, peek, this};
use crate::object::{Boxed, Def, Layout, Raised, Result, Sent, Slots, Type, Value, arg, intern};
use crate::protocol::{self, attribute_error, runtime_error, type_error, value_error};
use crate::types::exception;
use crate::vm::generator;
use std::cell::{Cell, RefCell};

/// What has become of a future.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    Pending,
    /// It was cancelled.
    Cancelled,
    /// It has a result or an exception.
    Finished,
}

/// The fields of a future.
pub struct FutureBody {
    pub(super) state: Cell<State>,
    /// A coroutine awaits it, which is how a task tells a future that is awaited from one that is yielded.
    pub(super) blocking: Cell<bool>,
    /// It has an exception that nobody has asked for.
    pub(super) unseen: Cell<bool>,
    /// Unbound: `__init__` has not been called.
    event_loop: Cell<Value>,
    /// Functions with their contexts, and tasks (without) that wait for it.
    callbacks: RefCell<Vec<(Value, Value)>>,
    /// The result, or unbound.
    result: Cell<Value>,
    /// The exception and its traceback, or unbound.
    exception: Cell<Value>,
    traceback: Cell<Value>,
    pub(super) cancel_message: Cell<Value>,
    /// The exception that ended a cancelled task, to be raised once.
    cancelled_error: Cell<Value>,
    pub(super) task: TaskFields,
}

crate::body!(FutureBody: Future { event_loop, callbacks, result, exception, traceback, cancel_message, cancelled_error, task });

/// A future as an object.
pub type Future = Boxed<FutureBody>;

fn unset() -> Cell<Value> {
    Cell::new(Value::UNBOUND)
}

fn new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    make(
        ty,
        FutureBody {
            state: Cell::new(State::Pending),
            blocking: Cell::new(false),
            unseen: Cell::new(false),
            event_loop: unset(),
            callbacks: RefCell::default(),
            result: unset(),
            exception: unset(),
            traceback: unset(),
            cancel_message: Cell::new(Value::NONE),
            cancelled_error: unset(),
            task: TaskFields::default(),
        },
    )
}

/// The loop of a future, unbound before `__init__`.
pub fn event_loop(f: &FutureBody) -> Value {
    peek(&f.event_loop)
}

impl FutureBody {
    /// Whether it is no longer pending.
    pub fn is_done(&self) -> bool {
        self.state.get() != State::Pending
    }

    /// What `__init__` begins with: everything as new, and the loop given or the one that there is.
    pub(super) fn start(&self, event_loop: &Value) -> Result<()> {
        let event_loop =
            event_loop.as_bound().filter(|l| !l.is_none()).map_or_else(some_loop, |l| Ok(l.clone()))?;
        drop(self.event_loop.replace(event_loop));
        self.state.set(State::Pending);
        self.unseen.set(false);
        drop(self.callbacks.take());
        for cell in [&self.result, &self.exception, &self.traceback, &self.cancelled_error] {
            drop(cell.replace(Value::UNBOUND));
        }
        Ok(())
    }

    fn initialised(&self) -> Result {
        let event_loop = event_loop(self);
        if event_loop.is_unbound() {
            return runtime_error("Future object is not initialized.");
        }
        Ok(event_loop)
    }

    /// The exception of a future that was cancelled.
    pub(super) fn make_cancelled_error(&self) -> Value {
        if let Some(e) = self.cancelled_error.replace(Value::UNBOUND).bound() {
            return e;
        }
        let message = peek(&self.cancel_message);
        class(&CANCELLED_ERROR);
        exception::new(&CANCELLED_ERROR, if message.is_none() { Vec::new() } else { vec![message] })
    }

    /// Remembers the exception by which a task was cancelled.
    pub(super) fn set_cancelled_error(&self, e: Value) {
        drop(self.cancelled_error.replace(e));
    }

    /// The exception that awaiting it raises, if it is done.
    pub(super) fn failure(&self) -> Option<Value> {
        if self.state.get() == State::Cancelled {
            return Some(self.make_cancelled_error());
        }
        self.unseen.set(false);
        let e = peek(&self.exception).bound()?;
        let tb = peek(&self.traceback).bound().unwrap_or(Value::NONE);
        // What is stored is a traceback.
        let _ = exception::set_traceback(&e, tb);
        Some(e)
    }

    fn take_result(&self) -> Result {
        match self.failure() {
            Some(e) => Err(Raised(e)),
            None => Ok(peek(&self.result).bound().unwrap_or(Value::NONE)),
        }
    }
}

/// Pushes the callbacks of a future that is done to the loop.
fn schedule_callbacks(v: &Value) -> Result<()> {
    let f = this::<FutureBody>(v);
    if f.task.place.get() != registry::NOWHERE {
        registry::remove(f.task.place.replace(registry::NOWHERE));
    }
    let callbacks = f.callbacks.take();
    if callbacks.is_empty() {
        return Ok(());
    }
    let event_loop = event_loop(f);
    for (callback, context) in callbacks {
        if !context.is_unbound() {
            event_loop::call_soon(&event_loop, &callback, v, &context)?;
        } else if let Some(body) = event_loop.cast::<Loop>() {
            body.push(Entry::Wakeup(callback, v.clone()))?;
        } else {
            let wakeup = protocol::get_attr(&callback, &intern("_wakeup"))?;
            event_loop::call_soon(&event_loop, &wakeup, v, &task::context(&callback))?;
        }
    }
    Ok(())
}

fn need_pending(f: &FutureBody) -> Result<()> {
    f.initialised()?;
    if f.is_done() { invalid_state("invalid state") } else { Ok(()) }
}

/// `future.set_result(result)`
pub fn set_result(v: &Value, result: Value) -> Result<()> {
    let f = this::<FutureBody>(v);
    need_pending(f)?;
    drop(f.result.replace(result));
    f.state.set(State::Finished);
    schedule_callbacks(v)
}

/// `future.set_exception(exception)`
pub fn set_exception(v: &Value, given: &Value) -> Result<()> {
    let f = this::<FutureBody>(v);
    need_pending(f)?;
    let mut e = given.clone();
    if e.cast::<Type>().is_some_and(|t| t.is_subtype(&exception::BASE_EXCEPTION)) {
        let made = protocol::call(&e, &[])?;
        e = made;
    }
    if !e.ty().is_subtype(&exception::BASE_EXCEPTION) {
        return type_error("invalid exception object");
    }
    if e.is_exact(&exception::STOP_ITERATION) {
        return type_error(
            "StopIteration interacts badly with generators and cannot be raised into a Future",
        );
    }
    let tb = exception::traceback(&e).unwrap_or(Value::UNBOUND);
    drop(f.traceback.replace(tb));
    drop(f.exception.replace(e));
    f.state.set(State::Finished);
    schedule_callbacks(v)?;
    f.unseen.set(true);
    Ok(())
}

/// `Future.cancel`: whether it was still pending.
pub fn cancel(v: &Value, message: &Value) -> Result<bool> {
    let f = this::<FutureBody>(v);
    f.initialised()?;
    f.unseen.set(false);
    if f.is_done() {
        return Ok(false);
    }
    f.state.set(State::Cancelled);
    drop(f.cancel_message.replace(message.as_bound().cloned().unwrap_or(Value::NONE)));
    schedule_callbacks(v)?;
    Ok(true)
}

/// Calls `cancel` of whatever a task waits for.
pub fn cancel_any(v: &Value, message: &Value) -> Result<bool> {
    if v.is_exact(&FUTURE) {
        return cancel(v, message);
    }
    let method = protocol::get_attr(v, &intern("cancel"))?;
    let names = Value::tuple(vec![intern("msg")]);
    protocol::truth(&protocol::call_kw(&method, std::slice::from_ref(message), Some(&names))?)
}

/// Calls a function in a context.
pub fn call_in(context: &Value, function: &Value, args: &[Value]) -> Result {
    let before = contextvars::enter(context)?;
    let result = protocol::call(function, args);
    contextvars::leave(context, before);
    result
}

fn add_done_callback(a: &[Value]) -> Result {
    let f = this::<FutureBody>(&a[0]);
    let event_loop = f.initialised()?;
    let context =
        arg(a, 2).as_bound().filter(|c| !c.is_none()).cloned().unwrap_or_else(contextvars::copy_current);
    if f.is_done() {
        event_loop::call_soon(&event_loop, &a[1], &a[0], &context)?;
    } else {
        f.callbacks.borrow_mut().push((a[1].clone(), context));
    }
    Ok(Value::NONE)
}

/// A task waits for a future.
pub fn add_waiter(future: &Value, task: &Value) -> Result<()> {
    let f = this::<FutureBody>(future);
    let event_loop = f.initialised()?;
    if !f.is_done() {
        f.callbacks.borrow_mut().push((task.clone(), Value::UNBOUND));
        return Ok(());
    }
    match event_loop.cast::<Loop>() {
        Some(body) => body.push(Entry::Wakeup(task.clone(), future.clone())),
        None => {
            let wakeup = protocol::get_attr(task, &intern("_wakeup"))?;
            event_loop::call_soon(&event_loop, &wakeup, future, &task::context(task))
        }
    }
}

fn remove_done_callback(a: &[Value]) -> Result {
    let f = this::<FutureBody>(&a[0]);
    let all = f.callbacks.take();
    let before = all.len();
    let mut kept = Vec::new();
    for (callback, context) in all {
        if context.is_unbound() || !protocol::equal(&callback, &a[1])? {
            kept.push((callback, context));
        }
    }
    let removed = before - kept.len();
    // Comparing may have added some.
    let added = f.callbacks.replace(kept);
    f.callbacks.borrow_mut().extend(added);
    Ok(Value::small(removed as i32))
}

fn result(a: &[Value]) -> Result {
    let f = this::<FutureBody>(&a[0]);
    if !f.is_done() { invalid_state("Result is not set.") } else { f.take_result() }
}

fn exception_of(a: &[Value]) -> Result {
    let f = this::<FutureBody>(&a[0]);
    match f.state.get() {
        State::Pending => invalid_state("Exception is not set."),
        State::Cancelled => Err(Raised(f.make_cancelled_error())),
        State::Finished => {
            f.unseen.set(false);
            Ok(peek(&f.exception).bound().unwrap_or(Value::NONE))
        }
    }
}

fn state_name(v: &Value) -> Value {
    Value::str(match this::<FutureBody>(v).state.get() {
        State::Pending => "PENDING",
        State::Cancelled => "CANCELLED",
        State::Finished => "FINISHED",
    })
}

fn callbacks(v: &Value) -> Value {
    let all = this::<FutureBody>(v).callbacks.borrow().clone();
    if all.is_empty() {
        return Value::NONE;
    }
    let pair = |(callback, context): (Value, Value)| {
        let context = if context.is_unbound() { task::context(&callback) } else { context };
        Value::tuple(vec![callback, context])
    };
    Value::list(all.into_iter().map(pair).collect())
}

/// An attribute of a cell; `None` while it is unbound.
macro_rules! cell {
    ($field:ident) => {
        |v| Ok(peek(&this::<FutureBody>(v).$field).bound().unwrap_or(Value::NONE))
    };
}

fn set_unseen(v: &Value, value: Option<Value>) -> Result<()> {
    let Some(value) = value else { return attribute_error("cannot delete attribute") };
    if protocol::truth(&value)? {
        return value_error("_log_traceback can only be set to False");
    }
    this::<FutureBody>(v).unseen.set(false);
    Ok(())
}

/// What futures and tasks have in common.
pub static DEFS: &[Def] = crate::defs! {
    fn "result()" "The result; raises the exception if there is one, InvalidStateError if it is not done." => result;
    fn "exception()" "The exception, or None; InvalidStateError if it is not done." => exception_of;
    fn "set_result(result, /)" "Mark it done, with a result." => |a| set_result(&a[0], a[1].clone()).map(|()| Value::NONE);
    fn "set_exception(exception, /)" "Mark it done, with an exception." => |a| set_exception(&a[0], &a[1]).map(|()| Value::NONE);
    fn "add_done_callback(fn, /, *, context=<unrepresentable>)" "Call a function with the future when it is done." => add_done_callback;
    fn "remove_done_callback(fn, /)" "Forget a function; how often it was there." => remove_done_callback;
    fn "cancel(msg=None)" "Cancel it; whether it was still pending." => |a| cancel(&a[0], arg(a, 1)).map(Value::bool);
    fn "cancelled()" "Whether it was cancelled." => |a| Ok(Value::bool(this::<FutureBody>(&a[0]).state.get() == State::Cancelled));
    fn "done()" "Whether it is done." => |a| Ok(Value::bool(this::<FutureBody>(&a[0]).is_done()));
    fn "get_loop()" "The event loop that it belongs to." => |a| this::<FutureBody>(&a[0]).initialised();
    fn "__await__()" "What await waits for." => |a| wait_for(&a[0]);
    fn "_make_cancelled_error()" "The exception of a cancelled future." => |a| Ok(this::<FutureBody>(&a[0]).make_cancelled_error());
    get "_state()" "" => |v| Ok(state_name(v));
    get "_loop()" "" => cell!(event_loop);
    get "_callbacks()" "" => |v| Ok(callbacks(v));
    get "_result()" "" => cell!(result);
    get "_exception()" "" => cell!(exception);
    get "_source_traceback()" "" => |_| Ok(Value::NONE);
    get "_cancel_message()" "" => cell!(cancel_message), |v, x| {
        drop(this::<FutureBody>(v).cancel_message.replace(x.unwrap_or(Value::NONE)));
        Ok(())
    };
    get "_log_traceback()" "" => |v| Ok(Value::bool(this::<FutureBody>(v).unseen.get())), set_unseen;
    get "_asyncio_future_blocking()" "" => |v| Ok(Value::bool(this::<FutureBody>(v).blocking.get())), |v, x| {
        let on = x.map_or(Ok(false), |x| protocol::truth(&x))?;
        this::<FutureBody>(v).blocking.set(on);
        Ok(())
    };
    class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
};

/// Text from a function of the Python part.
pub(super) fn repr_by(v: &Value, module: &str, function: &str) -> Result {
    protocol::call(&helper(module, function)?, std::slice::from_ref(v))
}

/// An exception that nobody has asked for is told to the loop.
pub(super) fn finalize(v: &Value) {
    let f = this::<FutureBody>(v);
    if !f.unseen.replace(false) {
        return;
    }
    let Some(e) = peek(&f.exception).bound() else { return };
    let name = v.ty().name().rsplit('.').next().unwrap_or_default();
    let message = Value::str(&format!("{name} exception was never retrieved"));
    let told = tell(&event_loop(f), &[("message", message), ("exception", e), ("future", v.clone())]);
    if let Err(e) = told {
        exception::report_unraisable(&e, v);
    }
}

/// `asyncio.Future`
pub static FUTURE: Type = Type::builtin::<Future>(
    "_asyncio.Future",
    Layout::Future,
    "Future(*, loop=None): a result that will be there, in one event loop.",
    DEFS,
)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Future>())
.with_slots(Slots {
    new: Some(new),
    init: Some(|v, args, names| {
        let bound = protocol::bind_args("Future", crate::sig!("Future(*, loop=None)"), args, names)?;
        this::<FutureBody>(v).start(arg(&bound, 0))
    }),
    repr: Some(|v| repr_by(v, "asyncio.base_futures", "_future_repr")),
    iter: Some(wait_for),
    awaitable: Some(wait_for),
    finalize: Some(finalize),
    ..Slots::EMPTY
});

/// The fields of what `await` waits for: the future, unbound at the end.
pub struct WaitBody {
    future: Cell<Value>,
}

crate::body!(WaitBody: Other { future });

/// What `await future` waits for.
pub(super) fn wait_for(future: &Value) -> Result {
    this::<FutureBody>(future).initialised()?;
    class(&WAIT);
    Ok(Value::new(&WAIT, WaitBody { future: Cell::new(future.clone()) }))
}

/// A step: the future itself while it is pending, then its result.
fn send(v: &Value, _: Value) -> Result<Sent> {
    let w = this::<WaitBody>(v);
    let future = peek(&w.future);
    let Some(f) = future.cast::<Future>() else { return Ok(Sent::Returned(Value::NONE)) };
    if f.is_done() {
        drop(w.future.replace(Value::UNBOUND));
        return f.take_result().map(Sent::Returned);
    }
    if f.blocking.replace(true) {
        return runtime_error("await wasn't used with future");
    }
    Ok(Sent::Yielded(future))
}

fn next(v: &Value) -> Result<Option<Value>> {
    match send(v, Value::NONE)? {
        Sent::Yielded(v) => Ok(Some(v)),
        Sent::Returned(v) => Err(generator::stop(v)),
    }
}

fn forget(v: &Value) {
    drop(this::<WaitBody>(v).future.replace(Value::UNBOUND));
}

/// `_asyncio.FutureIter`
pub static WAIT: Type = Type::builtin::<Boxed<WaitBody>>("_asyncio.FutureIter", Layout::Other, "", crate::defs! {
    fn "send(value, /)" "Go on." => |a| next(&a[0])?.map_or_else(|| Err(generator::stop(Value::NONE)), Ok);
    fn "throw(typ, val=None, tb=None, /)" "Raise instead of waiting." => |a| {
        forget(&a[0]);
        Err(generator::thrown(&a[1], arg(a, 2))?)
    };
    fn "close()" "Wait no longer." => |a| {
        forget(&a[0]);
        Ok(Value::NONE)
    };
})
.with_slots(Slots { iter: Some(|v| Ok(v.clone())), next: Some(next), send: Some(send), ..Slots::EMPTY });
