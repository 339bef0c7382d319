//! Trace and profile functions: `sys.settrace`, `sys.setprofile`, and the events that they are told of.
//!
//! Code that is not traced pays nothing. The loop exists twice: `run::<false>` knows nothing of tracing, `run::<true>`
//! asks this module before each instruction. While a thread is traced, calls compare their depth with a limit of
//! zero, so that each takes its slow path; there [`Thread::entry`] lets the frame start at [`TRAP`], an instruction
//! of no code, which leads from the first loop into the second. A frame that already runs in the first gets there
//! at its next backward jump, when a frame that an object stands for returns to it, or when the call that has
//! turned tracing on returns: see [`turned_on`].

use super::frame::{self, FrameBody};
use super::safepoint;
use super::slow;
use super::thread::{Frame, Thread};
use crate::object::{Native, Raised, Result, Value, intern};
use crate::protocol::{self, bind_native};
use crate::types::exception;
use crate::types::function::{BUILTIN, METHOD_DESCRIPTOR};
use minipy_bytecode::op::Operand;
use minipy_bytecode::{Code, Instr, Op};
use std::cell::{Cell, RefCell};

/// Where a frame starts that shall run in the traced loop.
pub static TRAP: Instr = Instr { op: Op::Trace, x: 0, a: 0, b: 0, c: 0 };

/// The two functions that a thread may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// `sys.settrace`
    Trace,
    /// `sys.setprofile`
    Profile,
}

/// What a thread knows of its being traced.
pub struct Tracing {
    functions: [RefCell<Value>; 2],
    /// There is one of the functions.
    on: Cell<bool>,
    /// One of them runs: what it does is not traced.
    busy: Cell<bool>,
    /// Where the generator goes on that starts at the trap.
    resume: Cell<*const Instr>,
    /// Its frame goes on after `throw`, which is no call.
    thrown: Cell<bool>,
}

impl Tracing {
    pub(super) fn new() -> Tracing {
        Tracing {
            functions: [const { RefCell::new(Value::UNBOUND) }; 2],
            on: Cell::new(false),
            busy: Cell::new(false),
            resume: Cell::new(std::ptr::null()),
            thrown: Cell::new(false),
        }
    }

    /// Whether what runs now is traced or profiled.
    #[inline(always)]
    pub fn live(&self) -> bool {
        self.on.get() && !self.busy.get()
    }

    /// Whether there is a function, whatever runs.
    pub(super) fn is_on(&self) -> bool {
        self.on.get()
    }

    fn has(&self, which: Which) -> bool {
        !self.functions[which as usize].borrow().is_unbound() && !self.busy.get()
    }

    /// Whether calls of native functions are to be told of.
    #[inline(always)]
    pub fn profiles(&self) -> bool {
        self.live() && self.has(Which::Profile)
    }

    /// Where the frame of a generator that starts at the trap goes on.
    pub(super) fn resume_at(&self, pc: *const Instr) {
        self.resume.set(pc);
    }
}

/// `sys.gettrace()`, `sys.getprofile()`
pub fn get(which: Which) -> Value {
    let f = Thread::current().tracing.functions[which as usize].borrow().clone();
    f.bound().unwrap_or(Value::NONE)
}

/// `sys.settrace(function)`, `sys.setprofile(function)`
pub fn set(which: Which, function: &Value) {
    set_on(Thread::current(), which, if function.is_none() { Value::UNBOUND } else { function.clone() });
}

fn set_on(th: &Thread, which: Which, function: Value) {
    let t = &th.tracing;
    let before = t.functions[which as usize].replace(function);
    let on = t.functions.iter().any(|f| !f.borrow().is_unbound());
    if t.on.replace(on) != on {
        safepoint::count_traced(if on { 1 } else { -1 });
    }
    drop(before);
}

/// The thread ends.
pub(super) fn forget(th: &Thread) {
    set_on(th, Which::Trace, Value::UNBOUND);
    set_on(th, Which::Profile, Value::UNBOUND);
}

/// What the native function `name` returns which may have turned tracing on: if the loop has called it, the loop is told
/// to become the traced one, by an exception that is none.
pub fn turned_on(name: &str, result: Value) -> Result {
    let th = Thread::current();
    if !th.tracing.live() || !result.is_none() {
        return Ok(result);
    }
    let Some(fp) = th.frame() else { return Ok(result) };
    // SAFETY: the frame runs and has saved its place past the instruction.
    let called = unsafe { direct_call(&*fp) };
    // SAFETY: the registers of a call.
    let by_loop = called.is_some_and(|(_, base, _)| unsafe {
        let callee = &*(*fp).regs.add(base);
        callee.cast_exact::<Native>(&BUILTIN).is_some_and(|n| n.def.name == name)
    });
    if by_loop { Err(Raised(Value::UNBOUND)) } else { Ok(result) }
}

/// Result register, base and number of arguments of the call that a frame is at.
unsafe fn direct_call(frame: &Frame) -> Option<(u16, usize, usize)> {
    // SAFETY: `pc` points past an instruction of the frame's code.
    unsafe {
        let i = *frame.pc.sub(1);
        let (base, argc) = (i.b as usize, i.c as usize);
        match i.op {
            Op::Call => Some((i.a, base, argc)),
            Op::CallMethod if (*frame.regs.add(base)).is_unbound() => Some((i.a, base + 1, argc)),
            Op::CallMethod => Some((i.a, base, argc + 1)),
            _ => None,
        }
    }
}

/// Finishes the call of which [`turned_on`] has said so.
///
/// # Safety
/// The frame runs and has saved its place past the call.
#[cold]
pub unsafe fn finish_call(fp: *mut Frame) {
    // SAFETY: the registers of the call.
    unsafe {
        if let Some((dst, base, argc)) = direct_call(&*fp) {
            slow::clear((*fp).regs, base, argc + 1);
            drop(std::mem::replace(&mut *(*fp).regs.add(dst as usize), Value::NONE));
        }
    }
}

/// Calls the trace function `f`, or the thread's one for `which`, with an event. A trace function that raises
/// is used no more.
fn notify(th: &Thread, which: Which, f: &Value, frame: &Value, event: &str, arg: Value) -> Result {
    frame::refresh(frame);
    th.tracing.busy.set(true);
    let result = protocol::call(f, &[frame.clone(), intern(event), arg]);
    th.tracing.busy.set(false);
    if result.is_err() {
        set_on(th, which, Value::UNBOUND);
    }
    result
}

/// Tells the frame's own trace function of an event; what it returns takes its place.
unsafe fn tell_local(th: &Thread, frame: &Value, line: u32, event: &str, arg: Value) -> Result<()> {
    let b = frame::body(frame);
    let f = b.trace.borrow().clone();
    if f.is_unbound() || !th.tracing.has(Which::Trace) {
        return Ok(());
    }
    b.shown.set(line);
    let result = notify(th, Which::Trace, &f, frame, event, arg);
    b.shown.set(0);
    keep_local(b, result, frame)
}

fn keep_local(b: &FrameBody, result: Result, frame: &Value) -> Result<()> {
    match result {
        Ok(f) => {
            if !f.is_none() {
                drop(b.trace.replace(f));
            }
            frame::write_back(frame);
            Ok(())
        }
        Err(e) => {
            drop(b.trace.replace(Value::UNBOUND));
            Err(e)
        }
    }
}

/// Tells the profile function of an event.
fn tell_profile(th: &Thread, frame: &Value, event: &str, arg: Value) -> Result<()> {
    if !th.tracing.has(Which::Profile) {
        return Ok(());
    }
    let f = get(Which::Profile);
    notify(th, Which::Profile, &f, frame, event, arg).map(drop)
}

/// A frame at the trap starts or goes on: puts its place right and tells of the call.
///
/// # Safety
/// It is the running one.
pub unsafe fn enter(th: &Thread, fp: *mut Frame) -> Result<()> {
    // SAFETY: as the caller promises.
    unsafe {
        let start = (*(*fp).code).start;
        let resume =
            if (*fp).generator { th.tracing.resume.replace(std::ptr::null()) } else { std::ptr::null() };
        (*fp).pc = if resume.is_null() { start } else { resume };
        let thrown = th.tracing.thrown.replace(false);
        if thrown || !th.tracing.live() {
            return Ok(());
        }
        let code = &(*(*fp).code).code;
        let (frame, line) = (frame::watch(th, fp), entry_line(code, (*fp).pc == start, &*fp));
        let b = frame::body(&frame);
        if (*fp).pc != start {
            b.last.set(Some((frame::position(&*fp), line)));
        }
        if th.tracing.has(Which::Trace) {
            b.shown.set(line);
            let f = get(Which::Trace);
            let result = notify(th, Which::Trace, &f, &frame, "call", Value::NONE);
            b.shown.set(0);
            keep_local(b, result, &frame)?;
        }
        b.shown.set(line);
        let told = tell_profile(th, &frame, "call", Value::NONE);
        b.shown.set(0);
        told
    }
}

unsafe fn entry_line(code: &Code, begins: bool, fp: &Frame) -> u32 {
    // SAFETY: as the caller promises.
    let at = unsafe { frame::position(fp) };
    if begins { code.first_line } else { line_of(code, at).unwrap_or(code.first_line) }
}

/// An exception is thrown into the running frame, which is a generator's: tells of the call. Gives what is raised there.
///
/// # Safety
/// The frame is complete and its place is right.
pub unsafe fn thrown_into(th: &Thread, raised: Raised) -> Raised {
    if !th.tracing.live() {
        return raised;
    }
    // SAFETY: as the caller promises.
    unsafe { enter(th, th.fp()) }.err().unwrap_or(raised)
}

/// If `handled` says that the generator, whose frame is the running one, goes on after [`thrown_into`], it does so in
/// the traced loop.
///
/// # Safety
/// As for [`thrown_into`].
pub unsafe fn go_on_traced(th: &Thread, handled: bool) {
    if !handled || !th.tracing.live() {
        return;
    }
    // SAFETY: as the caller promises.
    unsafe {
        let fp = th.fp();
        th.tracing.resume_at((*fp).pc);
        th.tracing.thrown.set(true);
        (*fp).pc = &raw const TRAP;
    }
}

/// The line of an instruction, unless it belongs to none: what the compiler adds at the ends of blocks.
fn line_of(code: &Code, at: u32) -> Option<u32> {
    let i = code.instrs.get(at as usize)?;
    let last = at as usize + 1 == code.instrs.len();
    if matches!(i.op, Op::Jump | Op::PushExc | Op::PopExc | Op::Reraise | Op::MakeCell)
        || (last && i.op == Op::ReturnK)
    {
        return None;
    }
    Some(code.source.lines.line(code.spans.get(at as usize)?.start))
}

/// Whether control has gone back from instruction `last` to `at`, as the statements see it. The instruction that
/// takes the next item of a loop stands at its end, but for the program at its beginning: control goes back to it,
/// unless it has come from before the loop, and from it forwards.
fn goes_back(code: &Code, last: u32, at: u32) -> bool {
    let takes_item = |i: &Instr| matches!(i.op, Op::ForIter | Op::ForIterPair);
    let (Some(from), Some(to)) = (code.instrs.get(last as usize), code.instrs.get(at as usize)) else {
        return false;
    };
    if takes_item(to) {
        let body = (at as i64 + 1).saturating_add(to.sc() as i64);
        return !(from.op == Op::Jump && last as i64 + 1 == body);
    }
    if last == at {
        // Some instructions start over.
        return to.op.operands().iter().any(|o| matches!(o, Operand::Jump | Operand::WideJump));
    }
    at < last && !takes_item(from)
}

/// An instruction of a traced frame is about to run: tells of the line, if it is a new one, and of the instruction, if
/// that is wanted.
///
/// # Safety
/// The frame is the running one and has saved its place past the instruction.
pub unsafe fn step(th: &Thread, fp: *mut Frame) -> Result<()> {
    // SAFETY: as the caller promises.
    unsafe {
        if !(*fp).kind.is_watched() {
            return Ok(());
        }
        let frame = frame::watch(th, fp);
        let b = frame::body(&frame);
        if b.trace.borrow().is_unbound() {
            return Ok(());
        }
        let (code, at) = (&*(*(*fp).code).code, frame::position(&*fp));
        let before = b.last.get();
        let mut line = before.map_or(0, |l| l.1);
        let back = before.is_some_and(|(last, _)| goes_back(code, last, at));
        let mut reached = Vec::new();
        let first = code.marks.partition_point(|m| m.0 < at);
        let marks = code.marks[first..].iter().take_while(|m| m.0 == at);
        for next in marks.map(|m| code.source.lines.line(m.1.start)).chain(line_of(code, at)) {
            if next != line || (back && reached.is_empty()) {
                reached.push(next);
            }
            line = next;
        }
        b.last.set(Some((at, line)));
        for line in reached {
            if b.lines.get() {
                tell_local(th, &frame, line, "line", Value::NONE)?;
            }
        }
        if b.opcodes.get() {
            tell_local(th, &frame, line, "opcode", Value::NONE)?;
        }
        Ok(())
    }
}

/// The running frame returns or yields `value`, or an exception leaves it.
///
/// # Safety
/// It is complete and has saved its place past the instruction.
pub unsafe fn leave(th: &Thread, fp: *mut Frame, value: &Value) -> Result<()> {
    if !th.tracing.live() {
        return Ok(());
    }
    // SAFETY: as the caller promises.
    unsafe {
        if !(*fp).kind.is_watched() && !th.tracing.profiles() {
            return Ok(());
        }
        let frame = frame::watch(th, fp);
        let b = frame::body(&frame);
        let line = b.last.get().map_or(0, |l| l.1);
        tell_local(th, &frame, line, "return", value.clone())?;
        b.shown.set(line);
        let told = tell_profile(th, &frame, "return", value.clone());
        b.shown.set(0);
        told
    }
}

/// An exception is raised in the running frame or comes to it from a call. Gives what goes on: another exception if
/// the trace function raises one.
///
/// # Safety
/// As for [`leave`].
pub unsafe fn raised(th: &Thread, fp: *mut Frame, raised: Raised) -> Raised {
    // SAFETY: as the caller promises.
    unsafe {
        if !th.tracing.live() || !(*fp).kind.is_watched() {
            return raised;
        }
        let frame = frame::watch(th, fp);
        let e = &raised.0;
        let traceback = exception::traceback(e).unwrap_or(Value::NONE);
        let arg = Value::tuple(vec![e.ty().value(), e.clone(), traceback]);
        let line = frame::body(&frame).last.get().map_or(0, |l| l.1);
        match tell_local(th, &frame, line, "exception", arg) {
            Ok(()) => raised,
            Err(other) => other,
        }
    }
}

/// Calls a native function, telling the profile function before and afterwards.
pub fn call_native(th: &Thread, native: &Native, callee: &Value, args: &[Value]) -> Result {
    let shown = bound(callee, args);
    around(th, &shown, || bind_native(native, args, None))
}

/// The same for any other call: `f` calls `callee`, of which is told only if it is native.
pub fn around<T>(th: &Thread, callee: &Value, f: impl FnOnce() -> Result<T>) -> Result<T> {
    let native = th.tracing.profiles()
        && (callee.is_exact(&BUILTIN) || callee.is_exact(&METHOD_DESCRIPTOR))
        && th.frame().is_some();
    if !native {
        return f();
    }
    let tell = |event| {
        let Some(fp) = th.frame() else { return Ok(()) };
        // SAFETY: the running frame is complete.
        tell_profile(th, &unsafe { frame::watch(th, fp) }, event, callee.clone())
    };
    tell("c_call")?;
    let result = f();
    tell(if result.is_err() { "c_exception" } else { "c_return" })?;
    result
}

/// A method of a built-in type with its receiver.
fn bound(callee: &Value, args: &[Value]) -> Value {
    match (callee.is_exact(&METHOD_DESCRIPTOR), args.first()) {
        (true, Some(receiver)) => {
            let get = protocol::call_method(callee, "__get__", std::slice::from_ref(receiver));
            get.unwrap_or_else(|_| callee.clone())
        }
        _ => callee.clone(),
    }
}
