//! Generators: a frame whose registers live in an object, resumed by `next`, `send`, `throw` and `close`. Coroutines
//! and asynchronous generators are the same with other methods: see `coroutine` and `async_generator`.

pub mod inline;
mod life;
mod native;
mod place;

pub use life::{call_first_hook, finalize};
pub use place::of_frame;

use super::async_generator::ASYNC_GENERATOR;
use super::code::CodeBody;
use super::coroutine::COROUTINE;
use super::frame;
use super::thread::Thread;
use super::unwind::unwind;
use crate::object::{
    Body, BodyLayout, Boxed, Layout, Raised, Result, Sent, Slots, Trace, Tracer, Type, Value, intern,
};
use crate::protocol::{self, raise, raise_args, type_error, value_error};
use crate::types::exception;
use crate::types::function::{Function, FunctionBody};
use minipy_bytecode::{Instr, Op, flags};
use std::cell::{Cell, RefCell};

/// The fields of a generator.
pub struct GeneratorBody {
    function: Value,
    /// The function's fields, and the code that it had when it was called: one that is replaced lives on.
    body: *const FunctionBody,
    code: *const CodeBody,
    regs: RefCell<Box<[Value]>>,
    pc: Cell<*const Instr>,
    state: Cell<State>,
    /// The exception that it handles while it is suspended, or unbound.
    handled: Cell<Value>,
    /// An asynchronous generator that is in the middle of a step.
    begun: Cell<bool>,
    /// What is called when an asynchronous generator dies early: unbound before it begins, `None` for nothing.
    finalizer: Cell<Value>,
    /// The object for its frame, or unbound.
    pub(super) frame: RefCell<Value>,
    /// What has been assigned to `__name__` and `__qualname__`, or unbound.
    names: [RefCell<Value>; 2],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Created,
    Suspended,
    Running,
    Finished,
}

impl Body for GeneratorBody {
    const TRACKED: bool = true;

    /// The registers of a running generator are left out: they are in use.
    fn trace(&self, tracer: &mut Tracer) {
        self.function.trace(tracer);
        self.handled.trace(tracer);
        self.names.trace(tracer);
        self.frame.trace(tracer);
        self.finalizer.trace(tracer);
        if self.state.get() != State::Running {
            self.regs.trace(tracer);
        }
    }
}

impl Drop for GeneratorBody {
    fn drop(&mut self) {
        self.release_frame();
    }
}

impl BodyLayout for GeneratorBody {
    const LAYOUT: Layout = Layout::Generator;
}

/// The object of all three types.
pub type Generator = Boxed<GeneratorBody>;

/// Whether it is a coroutine, or a generator that `types.coroutine` made one.
pub fn is_coroutine(v: &Value) -> bool {
    v.is_exact(&COROUTINE) || (is_generator(v) && has_flag(v, flags::ITERABLE_COROUTINE))
}

/// Whether it is a generator.
pub fn is_generator(v: &Value) -> bool {
    v.is_exact(&GENERATOR)
}

/// What a step of a delegated iterator gave.
pub enum Step {
    /// It yielded: a generator its next item, others what they wait for.
    Yielded(Value),
    /// The next item of an asynchronous generator.
    Produced(Value),
    /// It ended with this value.
    Returned(Value),
}

/// A new generator of `f`, whose bound locals stand at `locals` and are moved.
///
/// # Safety
/// They are as `calls::bind` leaves them.
pub unsafe fn new(f: &Function, locals: *mut Value) -> Value {
    let code: &CodeBody = f.code();
    let mut regs = Vec::with_capacity(code.nregs);
    // SAFETY: as the caller promises.
    regs.extend((0..code.nlocals).map(|i| unsafe { (*locals.add(i)).take() }));
    regs.resize(code.nregs, Value::UNBOUND);
    let body = GeneratorBody {
        function: f.value(),
        body: &raw const f.body,
        code,
        regs: RefCell::new(regs.into()),
        pc: Cell::new(code.start),
        state: Cell::new(State::Created),
        handled: Cell::new(Value::UNBOUND),
        begun: Cell::new(false),
        finalizer: Cell::new(Value::UNBOUND),
        frame: RefCell::new(Value::UNBOUND),
        names: [const { RefCell::new(Value::UNBOUND) }; 2],
    };
    let ty = match code.code.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) {
        flags::COROUTINE => &COROUTINE,
        flags::ASYNC_GENERATOR => &ASYNC_GENERATOR,
        _ => &GENERATOR,
    };
    Value::new(ty, body)
}

impl GeneratorBody {
    /// Continues with a sent value or a thrown exception.
    fn resume(&self, input: std::result::Result<Value, Raised>) -> Result<Step> {
        let before = self.state.get();
        match before {
            State::Running => return value_error(format!("{} already executing", self.noun())),
            State::Finished if self.noun() == "coroutine" => {
                return protocol::runtime_error("cannot reuse already awaited coroutine");
            }
            State::Finished => return input.map(|_| Step::Returned(Value::NONE)),
            State::Created => match input {
                Ok(v) if !v.is_none() && !v.is_unbound() => {
                    return type_error(format!(
                        "can't send non-None value to a just-started {}",
                        self.noun()
                    ));
                }
                Err(e) => {
                    exception::add_traceback(&e.0, frame::of_generator(self), frame::NOT_BEGUN);
                    self.finish();
                    return Err(self.escaping(e));
                }
                Ok(_) => return self.go_on(None),
            },
            State::Suspended => {}
        }
        match input {
            Ok(sent) => self.go_on(Some(sent)),
            Err(e) => self.go_on_raising(e),
        }
    }

    /// Its code.
    fn code(&self) -> &CodeBody {
        // SAFETY: the code lives as long as the generator.
        unsafe { &*self.code }
    }

    fn flags(&self) -> u32 {
        self.code().code.flags
    }

    /// What messages call it.
    fn noun(&self) -> &'static str {
        match self.flags() & (flags::COROUTINE | flags::ASYNC_GENERATOR) {
            flags::COROUTINE => "coroutine",
            flags::ASYNC_GENERATOR => "async generator",
            _ => "generator",
        }
    }

    /// What an exception that ends it becomes outside: those that tell of an end would be misunderstood.
    fn escaping(&self, e: Raised) -> Raised {
        let ends = e.0.ty().is_subtype(&exception::STOP_ITERATION)
            || self.noun() == "async generator" && e.0.ty().is_subtype(&exception::STOP_ASYNC_ITERATION);
        if !ends {
            return e;
        }
        let new = raise(&exception::RUNTIME_ERROR, format!("{} raised {}", self.noun(), e.0.ty().name()));
        exception::set_context(&new.0, &e.0, false);
        exception::set_cause(&new.0, &e.0);
        new
    }

    fn finish(&self) {
        self.state.set(State::Finished);
        self.release_frame();
        let old = self.regs.replace(Box::default());
        drop(old);
    }

    /// Raises at the point of suspension; a delegated iterator gets the exception first.
    /// Returns what that one yields, if it does.
    unsafe fn throw_into(&self, th: &Thread, e: Raised, depth: usize) -> Result<Option<Value>> {
        let at = self.suspended_at();
        let mut pc = self.pc.get();
        let mut raised = e;
        if at.op == Op::YieldFrom {
            // SAFETY: the register of the delegated iterator.
            let inner = unsafe { (*(*th.fp()).regs.add(at.b as usize)).clone() };
            // SAFETY: past the instruction.
            pc = unsafe { pc.add(1) };
            match throw_inner(&inner, raised) {
                Ok(Step::Yielded(v) | Step::Produced(v)) => {
                    // Stays suspended where it is: run() would start over, so yield from here.
                    th.yielded.set(true);
                    return Ok(Some(v));
                }
                Ok(Step::Returned(v)) => {
                    // SAFETY: the frame is the topmost.
                    let frame = unsafe { &mut *th.fp() };
                    // SAFETY: the register of the result, and that of the iterator, which has ended.
                    unsafe {
                        drop(std::mem::replace(&mut *frame.regs.add(at.a as usize), v));
                        drop((*frame.regs.add(at.b as usize)).take());
                    }
                    frame.pc = pc;
                    return Ok(None);
                }
                Err(e) => raised = e,
            }
        }
        // SAFETY: the generator's frame is the topmost, `pc` is past the suspended instruction.
        unsafe { unwind::<true>(th, raised, pc, depth, true) }.map(|()| None)
    }
}

/// One step of `yield from`: sends `sent` (unbound: `next`).
pub fn delegate(inner: &Value, sent: Value) -> Result<Step> {
    if let Some(g) = inner.cast::<Generator>() {
        return g.resume(Ok(sent));
    }
    if let Some(send) = inner.ty().slots().send {
        let sent = if sent.is_unbound() { Value::NONE } else { sent };
        return send(inner, sent).map(|sent| match sent {
            Sent::Yielded(v) => Step::Yielded(v),
            Sent::Returned(v) => Step::Returned(v),
        });
    }
    if sent.is_unbound() || sent.is_none() {
        return step(protocol::next_or_stop(inner).transpose().unwrap_or_else(|| Err(stop(Value::NONE))));
    }
    step(protocol::call_method(inner, "send", &[sent]))
}

/// What calling a method of a delegated iterator came to.
fn step(result: Result) -> Result<Step> {
    match result {
        Ok(v) => Ok(Step::Yielded(v)),
        Err(e) if e.0.ty().is_subtype(&exception::STOP_ITERATION) => {
            Ok(Step::Returned(exception::get_field(&e.0, "value").unwrap_or(Value::NONE)))
        }
        Err(e) => Err(e),
    }
}

/// Throws into a delegated iterator; gives the exception back if it has no `throw`. `GeneratorExit` closes it
/// instead and goes on in the generator that delegates.
fn throw_inner(inner: &Value, e: Raised) -> Result<Step> {
    if e.0.ty().is_subtype(&exception::GENERATOR_EXIT) {
        if inner.cast::<Generator>().is_some() {
            close(std::slice::from_ref(inner))?;
        } else {
            match protocol::get_attr_opt(inner, &intern("close")) {
                Ok(Some(f)) => drop(protocol::call(&f, &[])?),
                Ok(None) => {}
                Err(e) => exception::report_unraisable(&e, inner),
            }
        }
        return Err(e);
    }
    if let Some(g) = inner.cast::<Generator>() {
        return g.resume(Err(e));
    }
    match protocol::get_attr_opt(inner, &intern("throw"))? {
        Some(f) => step(protocol::call(&f, &[e.0])),
        None => Err(e),
    }
}

/// The iterator of `yield from v`.
pub fn yield_from_iter(v: &Value, flags: u32) -> Result {
    if v.is_exact(&COROUTINE) && flags & flags::ITERABLE_COROUTINE == 0 {
        return type_error("cannot 'yield from' a coroutine object in a non-coroutine generator");
    }
    if v.is_exact(&GENERATOR) || v.is_exact(&COROUTINE) { Ok(v.clone()) } else { protocol::iter(v) }
}

/// The `StopIteration` that carries a result.
pub fn stop(value: Value) -> Raised {
    let args = if value.is_none() { Vec::new() } else { vec![value.clone()] };
    let e = raise_args(&exception::STOP_ITERATION, args);
    exception::set_field(&e.0, "value", value);
    e
}

fn generator(v: &Value) -> &GeneratorBody {
    v.cast::<Generator>().expect("slots are only called on their own type")
}

fn value_of(step: Step) -> Result {
    match step {
        Step::Yielded(v) | Step::Produced(v) => Ok(v),
        Step::Returned(v) => Err(stop(v)),
    }
}

/// The exception that the arguments of `throw` stand for. It is not raised where it is thrown, and what is handled
/// there is not its context. A class that fails to make one has what it raised thrown instead.
pub fn thrown(kind: &Value, value: &Value) -> Result<Raised> {
    let is_exception = |v: &Value| v.ty().is_subtype(&exception::BASE_EXCEPTION);
    let class = kind.cast::<Type>().filter(|t| t.is_subtype(&exception::BASE_EXCEPTION));
    if class.is_none() && !is_exception(kind) {
        let name = kind.ty().name();
        let text = format!("exceptions must be classes or instances deriving from BaseException, not {name}");
        return type_error(text);
    }
    if class.is_none() && !value.is_unbound() && !value.is_none() {
        return type_error("instance exception may not have a separate value");
    }
    let raised = match class {
        None => Raised(kind.clone()),
        Some(class) => made(class, kind, value).unwrap_or_else(|e| e),
    };
    exception::settle_context(&raised.0);
    Ok(raised)
}

/// The exception of a class for the second argument of `throw`.
fn made(class: &Type, kind: &Value, value: &Value) -> Result<Raised> {
    if value.ty().is_subtype(class) {
        return Ok(Raised(value.clone()));
    }
    let e = match value.as_tuple() {
        Some(arguments) => protocol::call(kind, arguments)?,
        None if value.is_unbound() || value.is_none() => protocol::call(kind, &[])?,
        None => protocol::call(kind, std::slice::from_ref(value))?,
    };
    if e.ty().is_subtype(&exception::BASE_EXCEPTION) {
        return Ok(Raised(e));
    }
    type_error(format!(
        "calling {} should have returned an instance of BaseException, not {}",
        protocol::repr_string(kind)?,
        e.ty().name()
    ))
}

/// `throw(type, value, traceback)`
pub fn throw(args: &[Value]) -> Result {
    let tb = crate::object::arg(args, 3).as_bound().filter(|tb| !tb.is_none());
    if tb.is_some_and(|tb| !super::frame::is_traceback(tb)) {
        return type_error("throw() third argument must be a traceback object");
    }
    let e = thrown(&args[1], crate::object::arg(args, 2))?;
    if let Some(tb) = tb {
        exception::set_traceback(&e.0, tb.clone())?;
    }
    value_of(generator(&args[0]).resume(Err(e))?)
}

/// `send(value)`
pub fn send(args: &[Value]) -> Result {
    value_of(generator(&args[0]).resume(Ok(args[1].clone()))?)
}

/// `next(v)`
pub fn next(v: &Value) -> Result<Option<Value>> {
    let g = generator(v);
    let step = match g.state.get() {
        State::Suspended => g.go_on(Some(Value::UNBOUND))?,
        _ => g.resume(Ok(Value::UNBOUND))?,
    };
    match step {
        Step::Yielded(x) | Step::Produced(x) => Ok(Some(x)),
        Step::Returned(x) if x.is_none() => Ok(None),
        Step::Returned(x) => Err(stop(x)),
    }
}

/// A step of a generator or coroutine; `None` for other objects.
pub fn step_of(v: &Value) -> Option<Result<Step>> {
    v.cast::<Generator>().map(|g| g.resume(Ok(Value::NONE)))
}

/// Continues with a sent value or a thrown exception.
pub fn resume(v: &Value, input: std::result::Result<Value, Raised>) -> Result<Step> {
    generator(v).resume(input)
}

/// `close()`
pub fn close(args: &[Value]) -> Result {
    let g = generator(&args[0]);
    if g.state.get() == State::Finished {
        return Ok(Value::NONE);
    }
    let exit = Raised(exception::new(&exception::GENERATOR_EXIT, Vec::new()));
    match g.resume(Err(exit)) {
        Ok(Step::Yielded(_) | Step::Produced(_)) => {
            protocol::runtime_error(format!("{} ignored GeneratorExit", g.noun()))
        }
        Ok(Step::Returned(_)) => Ok(Value::NONE),
        Err(e)
            if e.0.ty().is_subtype(&exception::GENERATOR_EXIT)
                || e.0.ty().is_subtype(&exception::STOP_ITERATION) =>
        {
            Ok(Value::NONE)
        }
        Err(e) => Err(e),
    }
}

/// `__name__`
pub fn name(v: &Value) -> Value {
    let own = generator(v).names[0].borrow().clone().bound();
    own.or_else(|| generator(v).function.cast::<Function>().map(|f| f.name.borrow().clone()))
        .unwrap_or(Value::NONE)
}

/// `__qualname__`
pub fn qualname(v: &Value) -> Value {
    let own = generator(v).names[1].borrow().clone().bound();
    own.or_else(|| generator(v).function.cast::<Function>().map(|f| f.qualname.borrow().clone()))
        .unwrap_or(Value::NONE)
}

fn set_name(v: &Value, i: usize, name: Option<Value>) -> Result<()> {
    match name.filter(|n| n.as_str().is_some()) {
        Some(n) => {
            drop(generator(v).names[i].replace(n));
            Ok(())
        }
        None => type_error(format!("{} must be set to a string object", ["__name__", "__qualname__"][i])),
    }
}

/// Sets `__name__`.
pub fn rename(v: &Value, name: Option<Value>) -> Result<()> {
    set_name(v, 0, name)
}

/// Sets `__qualname__`.
pub fn rename_fully(v: &Value, name: Option<Value>) -> Result<()> {
    set_name(v, 1, name)
}

/// `<kind object name at 0x...>`
pub fn repr(v: &Value, kind: &str) -> Result {
    let name = qualname(v);
    Ok(Value::str(&format!("<{kind} object {} at {:#x}>", name.as_str().unwrap_or("?"), v.id())))
}

/// Whether it runs just now.
pub fn is_running(v: &Value) -> bool {
    generator(v).state.get() == State::Running
}

/// Whether it has begun and waits to go on.
pub fn is_suspended(v: &Value) -> bool {
    generator(v).state.get() == State::Suspended
}

/// Whether it has ended.
pub fn is_finished(v: &Value) -> bool {
    generator(v).state.get() == State::Finished
}

/// Whether a step of an asynchronous generator has begun and not ended.
pub fn is_begun_asynchronously(v: &Value) -> bool {
    generator(v).begun.get()
}

/// See [`is_begun_asynchronously`].
pub fn set_begun_asynchronously(v: &Value, begun: bool) {
    generator(v).begun.set(begun);
}

/// Whether its code has a flag.
pub fn has_flag(v: &Value, flag: u32) -> bool {
    generator(v).flags() & flag != 0
}

/// Its code object.
pub fn code(v: &Value) -> Value {
    generator(v).function.cast::<Function>().map_or(Value::NONE, |f| f.code().value())
}

/// What it delegates to by `yield from` or `await`, or `None`.
pub fn delegated(v: &Value) -> Value {
    let g = generator(v);
    if g.state.get() != State::Suspended {
        return Value::NONE;
    }
    let at = g.suspended_at();
    if at.op != Op::YieldFrom {
        return Value::NONE;
    }
    g.regs.borrow().get(at.b as usize).and_then(|v| v.clone().bound()).unwrap_or(Value::NONE)
}

/// Its frame as an object, as long as it has not ended.
pub fn frame(v: &Value) -> Value {
    let g = generator(v);
    match g.state.get() {
        State::Finished => Value::NONE,
        State::Running => frame::watch_running(g).unwrap_or(Value::NONE),
        State::Created | State::Suspended => frame::of_generator(g),
    }
}

/// `generator`
pub static GENERATOR: Type = Type::builtin::<Generator>(
    "generator",
    Layout::Generator,
    "",
    crate::defs! {
        fn "send(value, /)" "Resumes with a value." => send;
        fn "throw(typ, val=None, tb=None, /)" "Raises at the point of suspension." => throw;
        fn "close()" "Raises GeneratorExit at the point of suspension." => close;
        get "__name__()" "" => |v| Ok(name(v)), rename;
        get "__qualname__()" "" => |v| Ok(qualname(v)), rename_fully;
        get "gi_running()" "" => |v| Ok(Value::bool(is_running(v)));
        get "gi_suspended()" "" => |v| Ok(Value::bool(is_suspended(v)));
        get "gi_code()" "" => |v| Ok(code(v));
        get "gi_frame()" "" => |v| Ok(frame(v));
        get "gi_yieldfrom()" "" => |v| Ok(delegated(v));
    },
)
.with_weakrefs()
.with_slots(Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(next),
    repr: Some(|v| repr(v, "generator")),
    finalize: Some(finalize),
    ..Slots::EMPTY
});
