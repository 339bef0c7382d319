//! A thread's part of the virtual machine: its register stack and its frames.
//!
//! Invariant: a register above the current window is either not written yet (from `clean` on) or a valid word
//! that owns nothing, and so is each temporary of a window that starts. A frame's window may overlap the
//! arguments that its caller prepared.

use super::code::CodeBody;
use super::stack::Memory;
use super::trace::{self, Tracing};
use crate::object::{Dict, Raised, Value};
use crate::types::function::FunctionBody;
use minipy_bytecode::Instr;
use minipy_sched::ThreadId;
use std::cell::{Cell, RefCell, UnsafeCell};
use std::rc::Weak;

/// More nested calls than this are a `RecursionError` whatever the limit says.
pub const MAX_DEPTH: usize = 1 << 20;
/// How much native stack must be left for native code to be called, in bytes.
const NATIVE_RESERVE: usize = 256 << 10;

/// What becomes of a frame's result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameKind {
    /// A call by the frame below: the result goes to register `dst`, the callable stands below the window.
    Plain,
    /// As `Plain`, but nothing stands below the window: `Frame::owner` keeps the function alive.
    Method,
    /// `__init__`: the result must be `None`, the instance in `Frame::extra` goes to `dst`.
    Init,
    /// Called by native code: the result is returned from the loop.
    Entry,
    /// The method of an operator: the frame below finishes the instruction that it has begun.
    Operator,
    /// A generator that the frame below resumes by the instruction that it has begun: see `vm::generator::inline`.
    Resumed,
    /// As the first six, while an object stands for the frame: see `vm::frame`.
    WatchedPlain,
    /// See [`FrameKind::WatchedPlain`].
    WatchedMethod,
    /// See [`FrameKind::WatchedPlain`].
    WatchedInit,
    /// See [`FrameKind::WatchedPlain`].
    WatchedEntry,
    /// See [`FrameKind::WatchedPlain`].
    WatchedOperator,
    /// See [`FrameKind::WatchedPlain`].
    WatchedResumed,
}

impl FrameKind {
    /// Whether an object stands for the frame.
    #[inline(always)]
    pub fn is_watched(self) -> bool {
        self as u8 >= FrameKind::WatchedPlain as u8
    }

    /// Whether it is that of a generator that the frame below resumes.
    #[inline(always)]
    pub fn is_resumed(self) -> bool {
        matches!(self, FrameKind::Resumed | FrameKind::WatchedResumed)
    }

    /// The same kind with an object.
    pub fn watched(self) -> FrameKind {
        match self {
            FrameKind::Plain => FrameKind::WatchedPlain,
            FrameKind::Method => FrameKind::WatchedMethod,
            FrameKind::Init => FrameKind::WatchedInit,
            FrameKind::Entry => FrameKind::WatchedEntry,
            FrameKind::Operator => FrameKind::WatchedOperator,
            FrameKind::Resumed => FrameKind::WatchedResumed,
            watched => watched,
        }
    }

    /// The same kind without one.
    pub fn unwatched(self) -> FrameKind {
        match self {
            FrameKind::WatchedPlain => FrameKind::Plain,
            FrameKind::WatchedMethod => FrameKind::Method,
            FrameKind::WatchedInit => FrameKind::Init,
            FrameKind::WatchedEntry => FrameKind::Entry,
            FrameKind::WatchedOperator => FrameKind::Operator,
            FrameKind::WatchedResumed => FrameKind::Resumed,
            plain => plain,
        }
    }
}

/// One activation of a code object. 64 bytes, so that a frame is one cache line.
#[repr(align(64))]
pub struct Frame {
    /// Where it continues, while it is not the running frame.
    pub pc: *const Instr,
    /// Its registers.
    pub regs: *mut Value,
    /// The code.
    pub code: *const CodeBody,
    /// The function, which has the closure, the globals and the builtins.
    pub function: *const FunctionBody,
    /// The first register that native code called from here may use.
    pub top: *mut Value,
    /// Keeps the function alive, unless the register below the window does; the generator of a
    /// [`FrameKind::Resumed`].
    pub owner: Value,
    /// The instance of a [`FrameKind::Init`]; the exception that who resumed a [`FrameKind::Resumed`] handles; the
    /// namespace of a class body or of `exec`; otherwise unbound.
    pub extra: Value,
    /// Where in the frame below the result goes.
    pub dst: u16,
    /// See [`FrameKind`].
    pub kind: FrameKind,
    /// Its registers belong to a generator.
    pub generator: bool,
}

impl Frame {
    /// Its globals.
    ///
    /// # Safety
    /// The frame's function is alive.
    #[inline(always)]
    pub unsafe fn globals<'a>(&self) -> &'a Dict {
        // SAFETY: a function's globals are a dict.
        unsafe { &*((*self.function).globals.bits() as *const Dict) }
    }

    /// Its builtins.
    ///
    /// # Safety
    /// The frame's function is alive.
    #[inline(always)]
    pub unsafe fn builtins<'a>(&self) -> &'a Dict {
        // SAFETY: a function's builtins are a dict.
        unsafe { &*((*self.function).builtins.bits() as *const Dict) }
    }

    /// Cell number `i` of its closure.
    ///
    /// # Safety
    /// The frame's function is alive and its closure has such a cell.
    #[inline(always)]
    pub unsafe fn cell<'a>(&self, i: usize) -> &'a Value {
        // SAFETY: as the caller promises.
        unsafe { (*self.function).closure.as_tuple().unwrap_unchecked().get_unchecked(i) }
    }

    /// The namespace of a class body or of `exec`; otherwise unbound.
    pub fn locals(&self) -> Value {
        match self.kind.unwatched() {
            FrameKind::Init | FrameKind::Resumed => Value::UNBOUND,
            _ => self.extra.clone(),
        }
    }
}

/// Something that holds values for each thread: `threading.local`.
pub trait PerThread {
    /// The thread ends: drops what is held for it.
    fn forget(&self, id: ThreadId);
}

/// A thread of the virtual machine.
pub struct Thread {
    /// The scheduler's number for it.
    pub id: u64,
    /// The running frame.
    fp: Cell<*mut Frame>,
    /// A frame that stands for the thread's native bottom, below the outermost real one.
    base: *mut Frame,
    /// Where the frames would start if every level of native code that counts were a frame too.
    counted_from: Cell<usize>,
    /// Registers from here on have not been written yet.
    clean: Cell<*mut Value>,
    end: *mut Value,
    native_limit: usize,
    /// The exception being handled (`sys.exc_info`), or unbound.
    pub handled: Cell<Value>,
    /// The object that the thread waits for, or unbound.
    pub waits_for: Cell<Value>,
    /// The context of `contextvars`, or unbound.
    pub context: RefCell<Value>,
    /// The event loop of `asyncio` that runs, or unbound.
    pub event_loop: RefCell<Value>,
    /// What is called with asynchronous generators: when they begin, and when they die. Unbound: nothing.
    pub asyncgen_hooks: RefCell<[Value; 2]>,
    /// What holds values for this thread.
    pub locals: RefCell<Vec<Weak<dyn PerThread>>>,
    /// The running frames for which there is an object, outermost first.
    pub watched: RefCell<Vec<(*mut Frame, Value)>>,
    /// Its trace and profile functions.
    pub tracing: Tracing,
    /// Set while the thread yields from a generator.
    pub yielded: Cell<bool>,
    /// Set while it yields the next item of an asynchronous generator.
    pub produced: Cell<bool>,
}

/// The interpreter's threads that run Python code: the scheduler's number and the state.
struct Threads(UnsafeCell<Vec<(u64, *const Thread)>>);
// SAFETY: only the holder of the GIL uses it.
unsafe impl Sync for Threads {}
static THREADS: Threads = Threads(UnsafeCell::new(Vec::new()));

/// Calls `f` with the table; the caller holds the GIL, and `f` is one of the short closures below.
fn with_threads<R>(f: impl FnOnce(&mut Vec<(u64, *const Thread)>) -> R) -> R {
    // SAFETY: as above: nobody else has a reference.
    f(unsafe { &mut *THREADS.0.get() })
}

/// In a forked child: the other threads are not there.
pub fn forget_other_threads() {
    let me = CURRENT.get();
    with_threads(|t| t.retain(|&(_, thread)| thread == me));
    super::safepoint::recount_traced(Thread::here().is_some_and(|th| th.tracing.is_on()));
}

thread_local! {
    static CURRENT: Cell<*const Thread> = const { Cell::new(std::ptr::null()) };
}

impl Thread {
    /// The calling thread's. Aborts if it has none, which is a bug.
    #[inline(always)]
    pub fn current<'a>() -> &'a Thread {
        let t = CURRENT.get();
        assert!(!t.is_null(), "a thread without a Python state ran Python code");
        // SAFETY: set by `enter`, which keeps the thread alive until it returns.
        unsafe { &*t }
    }

    /// The calling thread's, if it has one.
    pub fn here<'a>() -> Option<&'a Thread> {
        // SAFETY: null, or set by `enter`, which keeps the thread alive until it returns.
        unsafe { CURRENT.get().as_ref() }
    }

    /// Runs `body` with a fresh state for the calling thread, which holds the GIL. `stack_bytes` is the size of its
    /// native stack.
    pub fn enter<T>(mut memory: Memory, stack_bytes: usize, body: impl FnOnce(&Thread) -> T) -> T {
        let (base, registers) = (memory.frames(), memory.registers());
        // SAFETY: the first frame's place.
        unsafe {
            base.write(Frame {
                pc: std::ptr::null(),
                regs: registers,
                code: std::ptr::null(),
                function: std::ptr::null(),
                top: registers,
                owner: Value::UNBOUND,
                extra: Value::UNBOUND,
                dst: 0,
                kind: FrameKind::Entry,
                generator: false,
            });
        }
        let here = &raw const base as usize;
        let thread = Thread {
            id: minipy_sched::current().0,
            fp: Cell::new(base),
            base,
            counted_from: Cell::new(base as usize),
            clean: Cell::new(memory.clean),
            end: memory.end(),
            native_limit: here.saturating_sub(stack_bytes.saturating_sub(NATIVE_RESERVE)),
            handled: Cell::new(Value::UNBOUND),
            waits_for: Cell::new(Value::UNBOUND),
            context: RefCell::new(Value::UNBOUND),
            event_loop: RefCell::new(Value::UNBOUND),
            asyncgen_hooks: RefCell::new([Value::UNBOUND, Value::UNBOUND]),
            locals: RefCell::new(Vec::new()),
            watched: RefCell::new(Vec::new()),
            tracing: Tracing::new(),
            yielded: Cell::new(false),
            produced: Cell::new(false),
        };
        let before = CURRENT.replace(&raw const thread);
        with_threads(|t| t.push((thread.id, &raw const thread)));
        let result = body(&thread);
        trace::forget(&thread);
        drop(thread.handled.replace(Value::UNBOUND));
        drop(thread.context.replace(Value::UNBOUND));
        drop(thread.event_loop.replace(Value::UNBOUND));
        drop(thread.asyncgen_hooks.replace([Value::UNBOUND, Value::UNBOUND]));
        for local in thread.locals.take() {
            if let Some(local) = local.upgrade() {
                local.forget(minipy_sched::current());
            }
        }
        CURRENT.set(before);
        with_threads(|t| t.retain(|&(_, other)| !std::ptr::eq(other, &thread)));
        memory.clean = thread.clean.get();
        memory.give_back();
        result
    }

    /// The states of all threads that run Python code.
    pub fn all<'a>() -> Vec<&'a Thread> {
        // SAFETY: a thread leaves the table, with the GIL, before its state is gone; the caller holds the GIL.
        with_threads(|t| t.iter().map(|&(_, thread)| unsafe { &*thread }).collect())
    }

    /// The state of the thread with this number.
    pub fn find<'a>(id: u64) -> Option<&'a Thread> {
        let found = with_threads(|t| t.iter().find(|(i, _)| *i == id).map(|&(_, thread)| thread));
        // SAFETY: a thread leaves the table, with the GIL, before its state is gone; the caller holds the GIL.
        found.map(|t| unsafe { &*t })
    }

    /// The running frame; the bottom one if no Python code runs.
    #[inline(always)]
    pub fn fp(&self) -> *mut Frame {
        self.fp.get()
    }

    /// The running frame, if Python code runs.
    pub fn frame(&self) -> Option<*mut Frame> {
        Some(self.fp()).filter(|&f| f != self.base)
    }

    /// The frames, the innermost first.
    pub fn frames(&self) -> impl Iterator<Item = *mut Frame> {
        let base = self.base;
        // SAFETY: the frames between the running one and the bottom are complete.
        std::iter::successors(self.frame(), move |&f| Some(unsafe { f.add(1) }).filter(|&f| f != base))
    }

    /// The bytes of the frames, and of as many as there are levels of native code that count.
    #[inline(always)]
    fn used(&self) -> usize {
        self.counted_from.get() - self.fp() as usize
    }

    /// Runs native code that counts for the recursion limit; `None` if there is no room for another level of it.
    #[inline]
    pub fn counted<T>(&self, f: impl FnOnce() -> T) -> Option<T> {
        use super::safepoint::{frame_limit, true_limit};
        if !self.native_room() || (self.used() >= frame_limit() && self.used() >= true_limit()) {
            return None;
        }
        let before = self.counted_from.get();
        self.counted_from.set(before + size_of::<Frame>());
        let result = f();
        self.counted_from.set(before);
        Some(result)
    }

    /// Whether a frame with `n` registers from `window` on may be pushed: neither the recursion limit nor the
    /// registers are used up. Makes sure that those registers hold valid words.
    #[inline(always)]
    pub fn may_push(&self, window: *mut Value, n: usize) -> bool {
        if self.used() >= super::safepoint::frame_limit() {
            return false;
        }
        window as usize + n * size_of::<Value>() <= self.clean.get() as usize || self.extend(window, n)
    }

    /// As [`Thread::may_push`], also while a thread is traced.
    #[inline(always)]
    pub fn has_room(&self, window: *mut Value, n: usize) -> bool {
        self.may_push(window, n) || self.has_room_traced(window, n)
    }

    #[cold]
    fn has_room_traced(&self, window: *mut Value, n: usize) -> bool {
        self.used() < super::safepoint::true_limit()
            && (window as usize + n * size_of::<Value>() <= self.clean.get() as usize
                || self.extend(window, n))
    }

    /// Where a frame starts whose code would begin at `start`; `None` if it may not be pushed. The frames of a traced
    /// thread start at the trap.
    #[inline(always)]
    pub fn entry(&self, window: *mut Value, n: usize, start: *const Instr) -> Option<*const Instr> {
        if self.may_push(window, n) { Some(start) } else { self.entry_traced(window, n, start) }
    }

    #[cold]
    fn entry_traced(&self, window: *mut Value, n: usize, start: *const Instr) -> Option<*const Instr> {
        if !self.has_room_traced(window, n) {
            return None;
        }
        Some(if self.tracing.live() { &raw const trace::TRAP } else { start })
    }

    /// As [`Thread::entry`] for the frame of a generator, which goes on at `pc`.
    #[inline(always)]
    pub fn entry_of_generator(&self, window: *mut Value, pc: *const Instr) -> Option<*const Instr> {
        if self.may_push(window, 0) { Some(pc) } else { self.generator_traced(window, pc) }
    }

    #[cold]
    fn generator_traced(&self, window: *mut Value, pc: *const Instr) -> Option<*const Instr> {
        self.tracing.resume_at(pc);
        self.entry_traced(window, 0, pc)
    }

    /// Initialises more of the registers.
    #[cold]
    fn extend(&self, window: *mut Value, n: usize) -> bool {
        const CHUNK: usize = 128;
        if (self.end as usize - window as usize) / size_of::<Value>() < n + CHUNK {
            return false;
        }
        // SAFETY: inside the mapping, as was just checked.
        unsafe {
            let end = window.add(n + CHUNK);
            while self.clean.get() < end {
                self.clean.get().write(Value::UNBOUND);
                self.clean.set(self.clean.get().add(1));
            }
        }
        true
    }

    /// Makes `frame` the running one.
    ///
    /// # Safety
    /// [`Thread::may_push`] said yes for its registers.
    #[inline(always)]
    pub unsafe fn push(&self, frame: Frame) -> *mut Frame {
        // SAFETY: there is room for another frame.
        unsafe {
            let fp = self.fp.get().sub(1);
            fp.write(frame);
            self.fp.set(fp);
            fp
        }
    }

    /// Leaves the running frame, whose values the caller has dropped or will drop. Returns the one below.
    ///
    /// # Safety
    /// There is a running frame.
    #[inline(always)]
    pub unsafe fn pop(&self) -> *mut Frame {
        // SAFETY: the bottom frame is below, which is at a higher address.
        let fp = unsafe { self.fp.get().add(1) };
        self.fp.set(fp);
        fp
    }

    /// Whether the native stack has room for another level of native code.
    #[inline(always)]
    pub fn native_room(&self) -> bool {
        let here = 0u8;
        &raw const here as usize > self.native_limit
    }

    /// Depth of Python calls.
    pub fn depth(&self) -> usize {
        (self.base as usize - self.fp() as usize) / size_of::<Frame>()
    }

    /// Whether no exception is being handled.
    #[inline(always)]
    pub fn handles_nothing(&self) -> bool {
        // SAFETY: the cell is only looked at.
        unsafe { (*self.handled.as_ptr()).is_unbound() }
    }

    /// The exception being handled.
    #[inline(always)]
    pub fn handled(&self) -> Option<Value> {
        // SAFETY: the cell is only replaced; the clone is taken at once.
        unsafe { (*self.handled.as_ptr()).clone() }.bound()
    }

    /// Gives an exception that is raised the handled one as its context. One that only passes through native code
    /// keeps the context that it has; `anew` says that it is raised by a statement.
    pub fn set_context(&self, raised: &Raised, anew: bool) {
        if let Some(h) = self.handled()
            && !h.is(&raised.0)
        {
            crate::types::exception::set_context(&raised.0, &h, anew);
        }
    }
}
