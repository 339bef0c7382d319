//! Generators: a frame whose registers live in an object, resumed by `next`, `send`, `throw` and `close`.

use super::run::run;
use super::safepoint;
use super::slow;
use super::thread::{Frame, FrameKind, Thread};
use super::unwind::unwind;
use crate::object::{
    Body, BodyLayout, Boxed, Layout, Raised, Result, Slots, Trace, Tracer, Type, Value, intern,
};
use crate::protocol::{self, raise, raise_args, type_error, value_error};
use crate::types::exception;
use crate::types::function::Function;
use minipy_bytecode::Instr;
use std::cell::{Cell, RefCell};

/// The fields of a generator.
pub struct GeneratorBody {
    function: Value,
    regs: RefCell<Box<[Value]>>,
    pc: Cell<*const Instr>,
    state: Cell<State>,
    /// The exception that it handles while it is suspended, or unbound.
    handled: RefCell<Value>,
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
        if self.state.get() != State::Running {
            self.regs.trace(tracer);
        }
    }
}
impl BodyLayout for GeneratorBody {
    const LAYOUT: Layout = Layout::Generator;
}

/// A suspended generator's `finally` blocks run when it dies.
fn finalize(v: &Value) {
    if generator(v).state.get() == State::Suspended
        && let Err(e) = close(std::slice::from_ref(v))
    {
        exception::report_unraisable(&e, v);
    }
}

type Generator = Boxed<GeneratorBody>;

/// What a step of a delegated iterator gave.
pub enum Step {
    /// It yielded.
    Yielded(Value),
    /// It ended with this value.
    Returned(Value),
}

/// A new generator of `function`, whose bound locals stand at `locals` and are moved.
///
/// # Safety
/// They are as `calls::bind` leaves them.
pub unsafe fn new(function: &Value, locals: *mut Value) -> Value {
    let (nregs, nlocals, start) = match function.cast::<Function>() {
        Some(f) => (f.code().nregs, f.code().nlocals, f.code().start),
        None => (0, 0, std::ptr::null()),
    };
    let mut regs = Vec::with_capacity(nregs);
    // SAFETY: as the caller promises.
    regs.extend((0..nlocals).map(|i| unsafe { (*locals.add(i)).take() }));
    regs.resize(nregs, Value::UNBOUND);
    let body = GeneratorBody {
        function: function.clone(),
        regs: RefCell::new(regs.into()),
        pc: Cell::new(start),
        state: Cell::new(State::Created),
        handled: RefCell::new(Value::UNBOUND),
    };
    Value::new(&GENERATOR, body)
}

impl GeneratorBody {
    /// Continues with a sent value or a thrown exception.
    fn resume(&self, input: std::result::Result<Value, Raised>) -> Result<Step> {
        let before = self.state.get();
        match before {
            State::Running => return value_error("generator already executing"),
            State::Finished => return input.map(|_| Step::Returned(Value::NONE)),
            State::Created => match input {
                Ok(v) if !v.is_none() && !v.is_unbound() => {
                    return type_error("can't send non-None value to a just-started generator");
                }
                Err(e) => {
                    self.finish();
                    return Err(e);
                }
                Ok(_) => return self.enter(None),
            },
            State::Suspended => {}
        }
        self.enter(Some(input))
    }

    fn enter(&self, input: Option<std::result::Result<Value, Raised>>) -> Result<Step> {
        let Some(f) = self.function.cast::<Function>() else { return Ok(Step::Returned(Value::NONE)) };
        let th = Thread::current();
        // SAFETY: there is always a running frame or the bottom one.
        let top = unsafe { (*th.fp()).top };
        if !th.native_room() || !th.may_push(top, 0) {
            return Err(safepoint::too_deep(""));
        }
        let regs = self.regs.borrow_mut().as_mut_ptr();
        self.state.set(State::Running);
        let outside = th.handled().unwrap_or(Value::UNBOUND);
        if let Some(mine) = self.handled.replace(Value::UNBOUND).bound() {
            drop(th.handled.replace(mine));
        }
        // SAFETY: the registers live as long as the generator, which the caller holds; nobody else runs it.
        let result = unsafe {
            th.push(Frame {
                pc: self.pc.get(),
                regs,
                code: &raw const f.code().body,
                function: &raw const f.body,
                top,
                owner: Value::UNBOUND,
                extra: Value::UNBOUND,
                dst: 0,
                kind: FrameKind::Entry,
                generator: true,
            });
            let depth = th.depth();
            let ready = match input {
                None => Ok(None),
                Some(Ok(v)) => {
                    // The instruction that suspended says where the sent value goes.
                    let at = self.suspended_at();
                    let v = if v.is_unbound() { Value::NONE } else { v };
                    drop(std::mem::replace(&mut *regs.add(at.a as usize), v));
                    Ok(None)
                }
                Some(Err(e)) => self.throw_into(th, e, depth),
            };
            match ready {
                Ok(None) => run(th),
                Ok(Some(v)) => Ok(v),
                Err(e) => Err(e),
            }
        };
        // What the generator handles is its own affair, and it goes on handling it when it is resumed.
        let inside = th.handled.replace(outside);
        if th.yielded.replace(false) {
            // SAFETY: the frame that yielded is still the topmost.
            unsafe {
                self.pc.set((*th.fp()).pc);
                if (*th.fp()).kind.is_watched() {
                    super::frame::leave(th, th.fp());
                }
                th.pop();
            }
            self.state.set(State::Suspended);
            if !th.handled().unwrap_or(Value::UNBOUND).is(&inside) {
                drop(self.handled.replace(inside));
            }
            return result.map(Step::Yielded);
        }
        self.finish();
        match result {
            Ok(v) => Ok(Step::Returned(v)),
            Err(e) if e.0.ty().is_subtype(&exception::STOP_ITERATION) => {
                let new = raise(&exception::RUNTIME_ERROR, "generator raised StopIteration");
                exception::set_context(&new.0, &e.0, false);
                exception::set_cause(&new.0, &e.0);
                Err(new)
            }
            Err(e) => Err(e),
        }
    }

    fn finish(&self) {
        self.state.set(State::Finished);
        let old = self.regs.replace(Box::default());
        drop(old);
    }

    fn suspended_at(&self) -> Instr {
        // SAFETY: `pc` points past the `Yield`, or at the `YieldFrom` that will go on delegating.
        unsafe {
            let here = *self.pc.get();
            if here.op == minipy_bytecode::Op::YieldFrom { here } else { *self.pc.get().sub(1) }
        }
    }

    /// Raises at the point of suspension; a delegated iterator gets the exception first.
    /// Returns what that one yields, if it does.
    unsafe fn throw_into(&self, th: &Thread, e: Raised, depth: usize) -> Result<Option<Value>> {
        let at = self.suspended_at();
        let mut pc = self.pc.get();
        let mut raised = e;
        if at.op == minipy_bytecode::Op::YieldFrom {
            // SAFETY: the register of the delegated iterator.
            let inner = unsafe { (*(*th.fp()).regs.add(at.b as usize)).clone() };
            // SAFETY: past the instruction.
            pc = unsafe { pc.add(1) };
            match throw_inner(&inner, raised) {
                Ok(Step::Yielded(v)) => {
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
        unsafe { unwind(th, raised, pc, depth, true) }.map(|()| None)
    }
}

/// One step of `yield from`: sends `sent` (unbound: `next`).
pub fn delegate(inner: &Value, sent: Value) -> Result<Step> {
    if let Some(g) = inner.cast::<Generator>() {
        return g.resume(Ok(sent));
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
        } else if let Some(f) = protocol::get_attr_opt(inner, &intern("close"))? {
            protocol::call(&f, &[])?;
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
pub fn yield_from_iter(v: &Value) -> Result {
    if v.cast::<Generator>().is_some() { Ok(v.clone()) } else { protocol::iter(v) }
}

fn stop(value: Value) -> Raised {
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
        Step::Yielded(v) => Ok(v),
        Step::Returned(v) => Err(stop(v)),
    }
}

fn throw(args: &[Value]) -> Result {
    let (kind, value) = (args[1].clone(), crate::object::arg(args, 2).clone());
    let e = if value.is_unbound() || value.is_none() || kind.cast::<Type>().is_none() {
        slow::make_exception(kind)?
    } else if value.ty().is_subtype(&exception::BASE_EXCEPTION) {
        Raised(value)
    } else {
        Raised(protocol::call(&kind, &[value])?)
    };
    value_of(generator(&args[0]).resume(Err(e))?)
}

fn close(args: &[Value]) -> Result {
    let g = generator(&args[0]);
    let exit = Raised(exception::new(&exception::GENERATOR_EXIT, Vec::new()));
    match g.resume(Err(exit)) {
        Ok(Step::Yielded(_)) => protocol::runtime_error("generator ignored GeneratorExit"),
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

fn qualname(v: &Value) -> Value {
    generator(v).function.cast::<Function>().map_or(Value::NONE, |f| f.qualname.borrow().clone())
}

/// `generator`
pub static GENERATOR: Type = Type::builtin::<Generator>("generator", Layout::Generator, "", crate::defs! {
    fn "send(value, /)" "Resumes with a value." => |a| value_of(generator(&a[0]).resume(Ok(a[1].clone()))?);
    fn "throw(typ, val=None, tb=None, /)" "Raises at the point of suspension." => throw;
    fn "close()" "Raises GeneratorExit at the point of suspension." => close;
    get "__name__()" "" => |v| Ok(generator(v).function.cast::<Function>().map_or(Value::NONE, |f| f.name.borrow().clone()));
    get "__qualname__()" "" => |v| Ok(qualname(v));
    get "gi_running()" "" => |v| Ok(Value::bool(generator(v).state.get() == State::Running));
}).with_weakrefs()
.with_slots(Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(|v| match generator(v).resume(Ok(Value::UNBOUND))? {
        Step::Yielded(x) => Ok(Some(x)),
        Step::Returned(x) if x.is_none() => Ok(None),
        Step::Returned(x) => Err(stop(x)),
    }),
    repr: Some(|v| {
        let name = qualname(v);
        Ok(Value::str(&format!("<generator object {} at {:#x}>", name.as_str().unwrap_or("?"), v.id())))
    }),
    finalize: Some(finalize),
    ..Slots::EMPTY
});
