//! A thread's part of the virtual machine: its register stack and its frames.
//!
//! Invariant: registers above the current window (from [`Thread::top`] on) hold nothing that needs to be
//! dropped. A frame's window may overlap the arguments that its caller prepared.

use super::code::CodeBody;
use crate::object::{Dict, Raised, Value};
use minipy_bytecode::Instr;
use std::cell::{Cell, UnsafeCell};

/// Address space reserved for the registers of a thread, in bytes; memory is used as it is touched.
const STACK_BYTES: usize = 256 << 20;
/// How much native stack must be left for native code to be called, in bytes.
const NATIVE_RESERVE: usize = 256 << 10;

/// What becomes of a frame's result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameKind {
    /// A call by the frame below: the result goes to register `dst`, the callable stands below the window.
    Plain,
    /// As `Plain`, but nothing stands below the window; `Frame::owner` keeps the function alive.
    Method,
    /// `__init__`: the result must be `None`, the instance in `Frame::instance` goes to `dst`.
    Init,
    /// Called by native code: the result is returned from the loop.
    Entry,
}

/// One activation of a code object.
pub struct Frame {
    /// The code.
    pub code: *const CodeBody,
    /// Where it continues, while it is not the running frame.
    pub pc: *const Instr,
    /// Its registers.
    pub regs: *mut Value,
    /// The cells of its function.
    pub closure: *const Value,
    /// Its globals.
    pub globals: *const Dict,
    /// Its builtins.
    pub builtins: *const Dict,
    /// The namespace of a class body or of `exec`; otherwise unbound.
    pub locals: Value,
    /// Keeps the function or code alive.
    pub owner: Value,
    /// See [`FrameKind::Init`].
    pub instance: Value,
    /// Where in the frame below the result goes.
    pub dst: u16,
    /// See [`FrameKind`].
    pub kind: FrameKind,
    /// Its registers belong to a generator.
    pub generator: bool,
}

/// A thread of the virtual machine.
pub struct Thread {
    /// The frames, the running one last.
    pub frames: UnsafeCell<Vec<Frame>>,
    /// The first free register.
    pub top: Cell<*mut Value>,
    stack: *mut Value,
    end: *mut Value,
    native_limit: usize,
    /// The exception being handled (`sys.exc_info`), or unbound.
    pub handled: Cell<Value>,
    /// The `threading.Thread` object, or unbound.
    pub object: Cell<Value>,
    /// Set while the thread yields from a generator.
    pub yielded: Cell<bool>,
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

    /// Runs `body` with a fresh state for the calling thread. `stack_bytes` is the size of its native stack.
    pub fn enter<T>(stack_bytes: usize, body: impl FnOnce(&Thread) -> T) -> T {
        // SAFETY: an anonymous private mapping; failure is checked.
        let stack = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                STACK_BYTES,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if stack == libc::MAP_FAILED {
            eprintln!("minipy: no address space for a thread's registers");
            std::process::abort();
        }
        let stack: *mut Value = stack.cast();
        let here = &raw const stack as usize;
        let thread = Thread {
            frames: UnsafeCell::new(Vec::with_capacity(32)),
            top: Cell::new(stack),
            stack,
            // SAFETY: inside the mapping.
            end: unsafe { stack.byte_add(STACK_BYTES) },
            native_limit: here.saturating_sub(stack_bytes.saturating_sub(NATIVE_RESERVE)),
            handled: Cell::new(Value::UNBOUND),
            object: Cell::new(Value::UNBOUND),
            yielded: Cell::new(false),
        };
        let before = CURRENT.replace(&raw const thread);
        let result = body(&thread);
        drop(thread.handled.replace(Value::UNBOUND));
        drop(thread.object.replace(Value::UNBOUND));
        CURRENT.set(before);
        // SAFETY: the mapping above; no frame is left.
        unsafe { libc::munmap(thread.stack.cast(), STACK_BYTES) };
        result
    }

    /// The frames.
    ///
    /// # Safety
    /// The caller keeps no reference into the vector across anything that may push a frame.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn frames(&self) -> &mut Vec<Frame> {
        // SAFETY: only the thread itself uses its frames.
        unsafe { &mut *self.frames.get() }
    }

    /// Whether `n` registers fit above `base`.
    #[inline(always)]
    pub fn has_room(&self, base: *mut Value, n: usize) -> bool {
        (self.end as usize - base as usize) / size_of::<Value>() > n
    }

    /// Whether the native stack has room for another level of native code.
    #[inline(always)]
    pub fn native_room(&self) -> bool {
        let here = 0u8;
        &raw const here as usize > self.native_limit
    }

    /// Depth of Python calls.
    pub fn depth(&self) -> usize {
        // SAFETY: the length is read at once.
        unsafe { self.frames() }.len()
    }

    /// The exception being handled.
    pub fn handled(&self) -> Option<Value> {
        // SAFETY: the cell is only replaced; the clone is taken at once.
        unsafe { (*self.handled.as_ptr()).clone() }.bound()
    }

    /// Gives a new exception the handled one as its context.
    pub fn set_context(&self, raised: &Raised) {
        if let Some(h) = self.handled()
            && !h.is(&raised.0)
        {
            crate::types::exception::set_context(&raised.0, &h);
        }
    }
}
