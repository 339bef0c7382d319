//! Frames and tracebacks as objects.
//!
//! A frame is made an object only when somebody asks for it: an exception that passes, `sys._getframe`. While the
//! frame runs it is *watched*: its [`FrameKind`](super::thread::FrameKind) says so, so that only the slow path of
//! leaving a frame looks, and the object reads its registers. When it ends, the object keeps the locals.

use super::code::CodeObject;
use super::generator::{self, GeneratorBody};
use super::thread::{Frame, Thread};
use crate::object::{Boxed, Dict, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::exception::Place;
use crate::types::function::{CellObject, Function, FunctionBody};
use crate::types::int;
use minipy_bytecode::Code;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// The fields of a frame object.
pub struct FrameBody {
    /// The function that runs, which has code, globals and closure.
    function: Value,
    /// The namespace of a class body or of `exec`; otherwise unbound.
    namespace: Value,
    /// The frame itself, while it runs.
    live: Cell<*mut Frame>,
    /// The generator that it belongs to, until that ends: it has the registers while the frame does not run.
    generator: Cell<*const GeneratorBody>,
    /// The instruction that it ended with.
    at: Cell<u32>,
    /// The locals that it ended with, by register.
    locals: RefCell<Vec<Value>>,
    /// What `locals()` of a function gives, once it has been called: a dictionary. What else is put there stays.
    dict: RefCell<Value>,
    /// `f_back` of a frame that has ended: a frame or `None`.
    back: RefCell<Value>,
    thread: Cell<u64>,
    /// `f_trace`, or unbound.
    pub(super) trace: RefCell<Value>,
    /// `f_trace_lines`
    pub(super) lines: Cell<bool>,
    /// `f_trace_opcodes`
    pub(super) opcodes: Cell<bool>,
    /// The instruction and the line that the trace function was told of last, or that the frame was at when it got one.
    pub(super) last: Cell<Option<(u32, u32)>>,
    /// The instruction from which an exception came last to a handler in this frame.
    pub(super) raised: Cell<u32>,
    /// The line that `f_lineno` says while a trace function runs; otherwise 0.
    pub(super) shown: Cell<u32>,
}

crate::body!(FrameBody: Frame { function, namespace, locals, dict, back, trace });

impl FrameBody {
    fn new(function: Value, namespace: Value, live: *mut Frame, at: u32) -> FrameBody {
        FrameBody {
            function,
            namespace,
            live: Cell::new(live),
            generator: Cell::new(std::ptr::null()),
            at: Cell::new(at),
            locals: RefCell::new(Vec::new()),
            dict: RefCell::new(Value::UNBOUND),
            back: RefCell::new(Value::UNBOUND),
            thread: Cell::new(minipy_sched::current().0),
            trace: RefCell::new(Value::UNBOUND),
            lines: Cell::new(true),
            opcodes: Cell::new(false),
            last: Cell::new(None),
            raised: Cell::new(0),
            shown: Cell::new(0),
        }
    }
}

type FrameObject = Boxed<FrameBody>;

pub(super) fn body(v: &Value) -> &FrameBody {
    v.cast::<FrameObject>().expect("getters are only called on their own type")
}

/// The function that a running frame belongs to.
unsafe fn function_of(frame: &Frame) -> Value {
    // SAFETY: frames point to the body of a function object, which they keep alive.
    unsafe { (*frame.function.byte_sub(std::mem::offset_of!(Function, body)).cast::<Function>()).value() }
}

/// The number of the instruction that a frame is at.
pub(super) unsafe fn position(frame: &Frame) -> u32 {
    // SAFETY: `pc` points into the frame's code, past the instruction that runs.
    unsafe { frame.pc.offset_from((*frame.code).start).max(1) as u32 - 1 }
}

/// The object for a running frame of a thread; it is watched from now on.
///
/// # Safety
/// The frame is on the thread's stack and complete.
pub unsafe fn watch(th: &Thread, fp: *mut Frame) -> Value {
    let mut watched = th.watched.borrow_mut();
    // SAFETY: as the caller promises.
    unsafe {
        if (*fp).kind.is_watched()
            && let Some((_, v)) = watched.iter().rev().find(|w| w.0 == fp)
        {
            return v.clone();
        }
        let v = match generator::of_frame(&*fp) {
            Some(g) => {
                let v = of_generator(g);
                body(&v).live.set(fp);
                v
            }
            None => Value::new(&FRAME, FrameBody::new(function_of(&*fp), (*fp).locals(), fp, 0)),
        };
        body(&v).thread.set(th.id);
        (*fp).kind = (*fp).kind.watched();
        watched.push((fp, v.clone()));
        v
    }
}

/// The place of a frame that has not begun.
pub const NOT_BEGUN: u32 = u32::MAX;

/// The object for the frame of a generator that has not ended: the same each time.
pub fn of_generator(g: &GeneratorBody) -> Value {
    let mut object = g.frame.borrow_mut();
    if object.is_unbound() {
        let b = FrameBody::new(g.function().clone(), Value::UNBOUND, std::ptr::null_mut(), NOT_BEGUN);
        b.generator.set(g);
        b.at.set(g.position());
        *object = Value::new(&FRAME, b);
    }
    object.clone()
}

/// The object for the frame of a generator that runs, in this thread or another one.
pub fn watch_running(g: &GeneratorBody) -> Option<Value> {
    if let Some(v) = g.frame.borrow().as_bound() {
        return Some(v.clone());
    }
    // SAFETY: the frames of threads that have waited for the GIL are complete, as are those of the running one.
    let is_its =
        |f: &*mut Frame| unsafe { generator::of_frame(&**f) }.is_some_and(|other| std::ptr::eq(other, g));
    Thread::all().into_iter().find_map(|th| {
        // SAFETY: as above.
        th.frames().find(is_its).map(|fp| unsafe { watch(th, fp) })
    })
}

/// A generator that has an object for its frame ends without having run, or dies: the object, if it is in use,
/// keeps the locals.
#[cold]
pub fn release(g: &GeneratorBody) {
    let object = g.frame.replace(Value::UNBOUND);
    let Some(b) = object.cast::<FrameObject>() else { return };
    b.generator.set(std::ptr::null());
    if object.refcount() > 1 {
        b.locals.replace(g.locals());
    }
}

/// The watched frame, the topmost, is suspended: its generator has its registers from now on.
///
/// # Safety
/// It is a generator's, and has saved where it goes on.
#[cold]
pub unsafe fn suspend(th: &Thread, fp: *mut Frame) {
    // SAFETY: as the caller promises.
    let Some(object) = (unsafe { unwatch(th, fp) }) else { return };
    drop(body(&object).back.replace(Value::UNBOUND));
}

/// Takes the object of a watched frame from the list of those; it says that it does not run.
unsafe fn unwatch(th: &Thread, fp: *mut Frame) -> Option<Value> {
    // SAFETY: as the callers promise.
    unsafe {
        (*fp).kind = (*fp).kind.unwatched();
        let object = {
            let mut watched = th.watched.borrow_mut();
            let i = watched.iter().rposition(|w| w.0 == fp)?;
            watched.remove(i).1
        };
        let b = body(&object);
        b.at.set(position(&*fp));
        b.live.set(std::ptr::null_mut());
        Some(object)
    }
}

/// The watched frame ends: its object, if it is in use, keeps what can be seen of it.
///
/// # Safety
/// The frame is on the thread's stack, and its registers are still there.
#[cold]
pub unsafe fn leave(th: &Thread, fp: *mut Frame) {
    // SAFETY: as the caller promises.
    unsafe {
        let Some(object) = unwatch(th, fp) else { return };
        let b = body(&object);
        let generator = generator::of_frame(&*fp);
        if let Some(g) = generator {
            b.generator.set(std::ptr::null());
            drop(g.frame.replace(Value::UNBOUND));
        }
        if object.refcount() > 1 {
            let n = (*(*fp).code).nlocals;
            b.locals.replace((0..n).map(|i| (*(*fp).regs.add(i)).clone()).collect());
            let back = if generator.is_some() { Value::UNBOUND } else { below(th, fp) };
            b.back.replace(back);
        }
    }
}

/// The frame that called this one, as an object; `None` if no Python code did.
unsafe fn below(th: &Thread, fp: *mut Frame) -> Value {
    // SAFETY: below every frame is another one or the bottom.
    unsafe {
        let down = fp.add(1);
        if (*down).code.is_null() { Value::NONE } else { watch(th, down) }
    }
}

impl FrameBody {
    fn code(&self) -> &CodeObject {
        self.fun().code()
    }

    fn fun(&self) -> &FunctionBody {
        self.function.cast::<Function>().expect("a frame runs a function")
    }

    fn at(&self) -> u32 {
        match self.live.get() {
            fp if fp.is_null() => self.at.get(),
            // SAFETY: the frame runs, as `leave` would have said otherwise.
            fp => unsafe { position(&*fp) },
        }
    }

    /// Whether an instruction of it has run.
    fn has_begun(&self) -> bool {
        match self.live.get() {
            fp if fp.is_null() => self.at.get() != NOT_BEGUN,
            // SAFETY: as above.
            fp => unsafe { (*fp).pc != (*(*fp).code).start },
        }
    }

    /// The generator whose frame this is, if it does not run and has not ended.
    fn suspended(&self) -> Option<&GeneratorBody> {
        // SAFETY: null, or the generator is there: `release` says when it ends or dies.
        if self.live.get().is_null() { unsafe { self.generator.get().as_ref() } } else { None }
    }

    /// The value of register `i`.
    fn register(&self, i: usize) -> Value {
        match self.live.get() {
            fp if fp.is_null() => match self.suspended() {
                Some(g) => g.register(i),
                None => self.locals.borrow().get(i).cloned().unwrap_or(Value::UNBOUND),
            },
            // SAFETY: as above; the caller asks for locals only.
            fp => unsafe { (*(*fp).regs.add(i)).clone() },
        }
    }
}

/// Brings a dictionary up to date with the variables of a function's frame: what `register` gives for each, and the
/// closure. Those that hold nothing are taken out.
fn fill(d: &Dict, code: &Code, closure: &[Value], register: impl Fn(usize) -> Value) {
    let put = |name: &str, v: Value| match v.bound() {
        Some(v) => d.set_interned(&intern(name), v),
        None => drop(d.remove_interned(&intern(name))),
    };
    let content = |v: &Value| v.cast::<CellObject>().map_or(Value::UNBOUND, |c| c.get());
    let params = code.parameters();
    let is_cell = |i: usize| code.cellvars.contains(&(i as u16));
    // Variables that inner functions share come after the others, unless they are parameters.
    let shared = |i: usize| i >= params && is_cell(i);
    for late in [false, true] {
        for (i, name) in code.varnames.iter().enumerate().filter(|&(i, _)| shared(i) == late) {
            let v = register(i);
            put(name, if is_cell(i) && v.cast::<CellObject>().is_some() { content(&v) } else { v });
        }
    }
    for (name, cell) in code.freevars.iter().zip(closure) {
        put(name, content(cell));
    }
}

/// The locals of a frame: its namespace, or a dictionary that is the same each time.
pub fn locals(v: &Value) -> Value {
    let b = body(v);
    if let Some(namespace) = b.namespace.as_bound() {
        return namespace.clone();
    }
    let code = &b.code().code;
    if code.flags & minipy_bytecode::flags::OPTIMIZED == 0 {
        return b.fun().globals.clone();
    }
    if b.dict.borrow().is_unbound() {
        b.dict.replace(Dict::new());
    }
    let dict = b.dict.borrow().clone();
    if let Some(d) = dict.cast::<Dict>() {
        fill(d, code, b.fun().closure.as_tuple().unwrap_or_default(), |i| b.register(i));
    }
    dict
}

/// Before a trace function: a dictionary of locals that was given to the program says what they are now.
pub(super) fn refresh(v: &Value) {
    if !body(v).dict.borrow().is_unbound() {
        drop(locals(v));
    }
}

/// After a trace function: what it has put among the locals of a function's running frame becomes their value.
pub(super) fn write_back(v: &Value) {
    let b = body(v);
    let (fp, dict) = (b.live.get(), b.dict.borrow().clone());
    let Some(d) = dict.cast::<Dict>().filter(|_| !fp.is_null()) else { return };
    let code = &b.code().code;
    let put = |i: usize, value: &Value| {
        // SAFETY: the frame runs, and the register is one of its locals.
        let place = unsafe { &mut *(*fp).regs.add(i) };
        match place.cast::<CellObject>().filter(|_| code.cellvars.contains(&(i as u16))) {
            Some(cell) => cell.set(value.clone()),
            None => drop(std::mem::replace(place, value.clone())),
        }
    };
    for (i, name) in code.varnames.iter().enumerate() {
        if let Some(value) = d.get_interned(&intern(name)).cloned() {
            put(i, &value);
        }
    }
    let closure = b.fun().closure.as_tuple().unwrap_or_default();
    for (name, cell) in code.freevars.iter().zip(closure) {
        if let (Some(cell), Some(value)) = (cell.cast::<CellObject>(), d.get_interned(&intern(name)).cloned())
        {
            cell.set(value);
        }
    }
}

/// `f_trace = f`: from now on the frame's lines are told of, as those after the one that it is at.
fn set_trace(v: &Value, f: Option<Value>) -> Result<()> {
    let b = body(v);
    let f = f.filter(|f| !f.is_none()).unwrap_or(Value::UNBOUND);
    if b.last.get().is_none() && b.has_begun() {
        b.last.set(Some((b.at(), line_of(&b.code().code, b.at()) as u32)));
    }
    drop(b.trace.replace(f));
    Ok(())
}

fn set_flag(flag: &Cell<bool>, value: Option<Value>) -> Result<()> {
    match value {
        Some(v) if v.is(&Value::TRUE) || v.is(&Value::FALSE) => flag.set(v.is(&Value::TRUE)),
        Some(_) => return type_error("attribute value type must be bool"),
        None => return type_error("can't delete numeric/char attribute"),
    }
    Ok(())
}

fn line_number(v: &Value) -> i64 {
    let b = body(v);
    match b.shown.get() {
        0 => line_of(&b.code().code, b.at()),
        shown => shown as i64,
    }
}

fn back(v: &Value) -> Value {
    let b = body(v);
    let fp = b.live.get();
    if fp.is_null() {
        return b.back.borrow().clone().bound().unwrap_or(Value::NONE);
    }
    // A thread whose frame runs is there.
    let Some(th) = Thread::find(b.thread.get()) else { return Value::NONE };
    // SAFETY: the frame is on that thread's stack, which does not run while the caller has the GIL.
    unsafe { below(th, fp) }
}

fn line_of(code: &Code, at: u32) -> i64 {
    if at == NOT_BEGUN {
        return code.first_line as i64;
    }
    let span = code.spans.get(at as usize).copied().unwrap_or_default();
    code.source.lines.line(span.start) as i64
}

/// An instruction's place as CPython counts it, in bytes.
fn lasti(at: u32) -> i64 {
    if at == NOT_BEGUN { 0 } else { at as i64 * 2 }
}

/// The type `frame`.
pub static FRAME: Type = Type::builtin::<FrameObject>(
    "frame",
    Layout::Frame,
    "",
    crate::defs! {
        get "f_back()" "" => |v| Ok(back(v));
        get "f_code()" "" => |v| Ok(body(v).fun().code().value());
        get "f_globals()" "" => |v| Ok(body(v).fun().globals.clone());
        get "f_builtins()" "" => |v| Ok(body(v).fun().builtins.clone());
        get "f_locals()" "" => |v| Ok(locals(v));
        get "f_lineno()" "" => |v| Ok(int::from_i64(line_number(v)));
        get "f_lasti()" "" => |v| Ok(int::from_i64(lasti(body(v).at())));
        get "f_trace()" "" => |v| Ok(body(v).trace.borrow().clone().bound().unwrap_or(Value::NONE)), set_trace;
        get "f_trace_lines()" "" => |v| Ok(Value::bool(body(v).lines.get())), |v, x| set_flag(&body(v).lines, x);
        get "f_trace_opcodes()" "" => |v| Ok(Value::bool(body(v).opcodes.get())), |v, x| set_flag(&body(v).opcodes, x);
        fn "clear()" "Clears the locals of a frame that has ended." => |a| {
            let b = body(&a[0]);
            if !b.live.get().is_null() {
                return protocol::runtime_error("cannot clear an executing frame");
            }
            if let Some(g) = b.suspended() {
                generator::finalize(&g.value());
                return Ok(Value::NONE);
            }
            drop(b.locals.take());
            Ok(Value::NONE)
        };
    },
)
.with_slots(Slots {
    repr: Some(|v| {
        let code = &body(v).code().code;
        let file = protocol::repr_string(&Value::str(&code.source.filename))?;
        let line = line_number(v);
        Ok(Value::str(&format!("<frame at {:#x}, file {file}, line {line}, code {}>", v.id(), code.name)))
    }),
    ..Slots::EMPTY
});

/// The fields of a traceback: a frame that an exception has passed.
pub struct TracebackBody {
    frame: Value,
    at: u32,
    /// As given to the constructor; otherwise that of the instruction.
    line: Option<i64>,
    next: RefCell<Value>,
}

crate::body!(TracebackBody: Traceback { frame, next });

type Traceback = Boxed<TracebackBody>;

fn tb(v: &Value) -> &TracebackBody {
    v.cast::<Traceback>().expect("getters are only called on their own type")
}

/// The traceback whose outermost frame is `frame`, at an instruction, and whose others are `next` (or unbound).
pub fn new_traceback(frame: Value, at: u32, next: Value) -> Value {
    Value::new(&TRACEBACK, TracebackBody { frame, at, line: None, next: RefCell::new(next) })
}

/// Whether a value is a traceback.
pub fn is_traceback(v: &Value) -> bool {
    v.cast::<Traceback>().is_some()
}

/// The places of a traceback, outermost first.
pub fn places(traceback: &Value) -> Vec<Place> {
    let mut places = Vec::new();
    let mut next = traceback.clone();
    while let Some(t) = next.cast::<Traceback>() {
        places.push(Place { code: code_of(t), at: t.at, line: t.line });
        let after = t.next.borrow().clone();
        next = after;
    }
    places
}

fn code_of(t: &TracebackBody) -> Arc<Code> {
    body(&t.frame).code().code.clone()
}

fn set_next(v: &Value, next: Option<Value>) -> Result<()> {
    let Some(next) = next else { return type_error("can't delete tb_next attribute") };
    if !next.is_none() && !is_traceback(&next) {
        return type_error(format!("expected traceback object, got '{}'", next.ty().name()));
    }
    let mut t = next.clone();
    while let Some(b) = t.cast::<Traceback>() {
        if t.is(v) {
            return value_error("traceback loop detected");
        }
        let after = b.next.borrow().clone();
        t = after;
    }
    let old = tb(v).next.replace(if next.is_none() { Value::UNBOUND } else { next });
    drop(old);
    Ok(())
}

/// The type `traceback`.
pub static TRACEBACK: Type = Type::builtin::<Traceback>("traceback", Layout::Traceback, "", crate::defs! {
    get "tb_next()" "" => |v| Ok(tb(v).next.borrow().clone().bound().unwrap_or(Value::NONE)), set_next;
    member "tb_frame()" "" => |v| Ok(tb(v).frame.clone());
    member "tb_lasti()" "" => |v| Ok(int::from_i64(lasti(tb(v).at)));
    get "tb_lineno()" "" => |v| {
        let t = tb(v);
        Ok(int::from_i64(t.line.unwrap_or_else(|| line_of(&code_of(t), t.at))))
    };
    fn "__dir__()" "" => |_| Ok(Value::list(["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(intern).to_vec()));
})
.with_slots(Slots {
    new: Some(|_, args, names| {
        let a = protocol::bind_args("traceback", crate::sig!("traceback(tb_next, tb_frame, tb_lasti, tb_lineno)"), args, names)?;
        if !a[0].is_none() && !is_traceback(&a[0]) {
            return type_error(format!("expected traceback object or None, got '{}'", a[0].ty().name()));
        }
        if a[1].cast::<FrameObject>().is_none() {
            return type_error(format!(
                "traceback() argument 'tb_frame' must be frame, not {}",
                a[1].ty().name()
            ));
        }
        let at = (protocol::index_i64(&a[2])? / 2).clamp(0, u32::MAX as i64) as u32;
        let line = Some(protocol::index_i64(&a[3])?);
        let next = if a[0].is_none() { Value::UNBOUND } else { a[0].clone() };
        Ok(Value::new(&TRACEBACK, TracebackBody { frame: a[1].clone(), at, line, next: RefCell::new(next) }))
    }),
    init: Some(|_, _, _| Ok(())),
    ..Slots::EMPTY
});

/// `sys._getframe(depth)`
pub fn running(depth: i64) -> Result {
    let th = Thread::current();
    match usize::try_from(depth.max(0)).ok().and_then(|n| th.frames().nth(n)) {
        // SAFETY: one of the thread's own frames.
        Some(fp) => Ok(unsafe { watch(th, fp) }),
        None => value_error("call stack is not deep enough"),
    }
}

/// `sys._current_frames()`: the running frame of every thread, by the thread's number.
pub fn of_threads() -> Result {
    let frames = Dict::new();
    for th in Thread::all() {
        if let Some(fp) = th.frame() {
            // SAFETY: the frames of threads that have waited for the GIL are complete, as are those of the running one.
            let object = unsafe { watch(th, fp) };
            protocol::set_item(&frames, &int::from_u64(th.id), object)?;
        }
    }
    Ok(frames)
}

/// The frame of a traceback's last entry.
pub fn innermost(traceback: &Value) -> Option<Value> {
    let mut t = traceback.clone();
    loop {
        let next = t.cast::<Traceback>()?.next.borrow().clone();
        if !is_traceback(&next) {
            return Some(tb(&t).frame.clone());
        }
        t = next;
    }
}

/// `co_varnames` of a frame's code.
pub fn variable_names(frame: &Value) -> Vec<Value> {
    body(frame).code().code.varnames.iter().map(|n| intern(n)).collect()
}

/// The globals of a frame.
pub fn globals(frame: &Value) -> Value {
    body(frame).fun().globals.clone()
}

/// The builtins of a frame.
pub fn builtins(frame: &Value) -> Value {
    body(frame).fun().builtins.clone()
}
