//! The virtual machine: code in, effects out.

#![allow(unsafe_code)]

pub mod async_generator;
pub mod calls;
mod chain;
pub mod code;
pub mod code_type;
pub mod coroutine;
mod except_star;
pub mod frame;
pub mod generator;
pub mod import;
pub mod pattern;
mod run;
pub mod safepoint;
pub mod signals;
mod slow;
pub mod stack;
pub mod syntax;
pub mod thread;
pub mod trace;
mod unwind;
mod with;

pub use calls::{call_function, run_in_namespace};
pub use safepoint::{recursion_limit, set_recursion_limit};
pub use stack::Memory;
pub use thread::Thread;

use crate::object::{Dict, Result, Value, intern};
use crate::protocol;
use crate::types::function::{CellObject, Function};
use crate::types::module;
use crate::types::ready::ready;
use code::CodeObject;
use minipy_bytecode::{Names, Source};
use minipy_syntax::ast::Mod;
use minipy_syntax::{LineIndex, Mode};
use std::cell::{Cell, OnceCell};
use std::sync::Arc;

/// What a process has once.
pub struct State {
    /// `sys.modules`
    pub modules: Value,
    /// The namespace of `builtins`.
    pub builtins: Value,
    attr_hint: Cell<u16>,
}

struct Shared(OnceCell<State>);
// SAFETY: only the holder of the GIL uses it.
unsafe impl Sync for Shared {}
static STATE: Shared = Shared(OnceCell::new());

/// The process's state. Panics before [`init`], which is an error of start-up code.
pub fn state() -> &'static State {
    STATE.0.get().expect("the machine is initialised")
}

/// Prepares types, `builtins` and `sys.modules`. Called once, by the main thread.
pub fn init() {
    for ty in crate::builtins::all_types() {
        ready(ty);
    }
    let builtins = module::new("builtins", "Built-in functions, types and exceptions.");
    let namespace = builtins.cast::<module::Module>().map(|m| m.dict.clone()).unwrap_or(Value::NONE);
    let modules = Dict::new();
    if let Some(d) = modules.cast::<Dict>() {
        d.set_interned(&intern("builtins"), builtins);
    }
    let _ = STATE.0.set(State { modules, builtins: namespace.clone(), attr_hint: Cell::new(0) });
    if let Some(d) = namespace.cast::<Dict>() {
        crate::builtins::fill(d);
    }
}

/// Runs native code that may call back into Python; `RecursionError` (with `doing` appended) when the native stack is
/// nearly used up. What is told in words counts for the recursion limit, as in CPython.
pub fn guard_native_recursion<T>(doing: &str, f: impl FnOnce() -> Result<T>) -> Result<T> {
    let th = Thread::current();
    let done = match doing {
        "" => th.native_room().then(f),
        _ => th.counted(f),
    };
    done.unwrap_or_else(|| Err(safepoint::too_deep(doing)))
}

/// Compiles a text to a code object.
pub fn compile(source: &str, filename: &str, mode: Mode, names: Names) -> Result {
    let arena = bumpalo::Bump::new();
    let tree =
        minipy_syntax::parse(&arena, source, mode).map_err(|e| syntax::syntax_error(&e, source, filename))?;
    syntax::warn_of_text(source, filename)?;
    compile_tree(&tree, LineIndex::new(source.to_owned()), filename, names)
}

/// Compiles a tree to a code object; `lines` tells where its nodes stand.
pub fn compile_tree(tree: &Mod, lines: LineIndex, filename: &str, names: Names) -> Result {
    let origin = Arc::new(Source { filename: filename.into(), lines });
    match minipy_bytecode::compile::compile_warned(tree, origin.clone(), names) {
        Ok((code, warnings)) => {
            syntax::warn(&warnings, &origin.lines, filename)?;
            Ok(code::from_code(Arc::new(code)))
        }
        Err(e) => Err(syntax::compile_error(&e, &origin.lines, filename)),
    }
}

/// The namespace that `__builtins__` of some globals names: a module or a dictionary.
fn builtins_of(globals: &Value) -> Value {
    let named = globals.cast::<Dict>().and_then(|g| g.get_interned(&intern("__builtins__")).cloned());
    match named {
        Some(d) if d.cast::<Dict>().is_some() => d,
        Some(m) => m.cast::<module::Module>().map_or_else(|| state().builtins.clone(), |m| m.dict.clone()),
        None => state().builtins.clone(),
    }
}

/// Runs a code object with these globals.
pub fn run_code(code: &Value, globals: &Value, locals: Value) -> Result {
    run_in_namespace(&new_function(code, globals, Value::UNBOUND), locals)
}

/// A function without defaults; `closure` is a tuple of cells or unbound.
pub fn new_function(code: &Value, globals: &Value, closure: Value) -> Value {
    let none = || Value::UNBOUND;
    slow::new_function(code.clone(), globals.clone(), builtins_of(globals), closure, none(), none(), none())
}

/// Compiles and runs a module's text.
pub fn run_source(source: &str, filename: &str, globals: &Value) -> Result {
    let code = compile(source, filename, Mode::Module, Names::Global)?;
    run_code(&code, globals, Value::UNBOUND)
}

/// Runs a class body; returns how many attributes its instances are likely to have.
pub fn run_class_body(function: &Value, namespace: &Value) -> Result<u16> {
    run_in_namespace(function, namespace.clone())?;
    Ok(function.cast::<Function>().map_or(0, |f| f.code().code.attr_hint))
}

/// Leaves a hint for the class that is made next.
pub fn set_attr_hint(n: u16) {
    state().attr_hint.set(n);
}

/// Takes the hint left for the class that is made now.
pub fn take_attr_hint() -> u32 {
    state().attr_hint.replace(0) as u32
}

/// `__name__` of the running code's globals.
pub fn current_module_name() -> Option<Value> {
    current_globals()?.cast::<Dict>()?.get_interned(&intern("__name__")).cloned()
}

/// The globals of the running code.
pub fn current_globals() -> Option<Value> {
    // SAFETY: the frame's globals are alive; nothing is kept.
    unsafe { Thread::current().frame().map(|f| (*f).globals().value()) }
}

/// The locals of the running code, as a dictionary.
pub fn current_locals() -> Option<Value> {
    let th = Thread::current();
    let fp = th.frame()?;
    // SAFETY: the topmost frame is on the thread's stack.
    unsafe {
        if let Some(locals) = (*fp).locals().bound() {
            return Some(locals);
        }
        let code: &code::CodeBody = &*(*fp).code;
        if code.code.flags & minipy_bytecode::flags::OPTIMIZED == 0 {
            return Some((*fp).globals().value());
        }
        // The object for the frame keeps the dictionary.
        Some(frame::locals(&frame::watch(th, fp)))
    }
}

/// For `super()`: the cell `__class__` and the first argument of the running function.
pub fn super_arguments() -> Result<(Value, Value)> {
    // SAFETY: registers of the topmost frame are read, nothing is kept.
    let found = unsafe {
        Thread::current().frame().map(|f| {
            let code = &(*(*f).code).code;
            let mut first = if code.argcount > 0 { Some((*(*f).regs).clone()) } else { None };
            if code.cellvars.contains(&0) {
                first = first.and_then(|v| v.cast::<CellObject>().map(|c| c.get()));
            }
            let cell = code.freevars.iter().position(|n| &**n == "__class__").map(|at| (*f).cell(at).clone());
            (first.map(Value::bound), cell)
        })
    };
    match found.unwrap_or_default() {
        (None, _) => protocol::runtime_error("super(): no arguments"),
        (Some(None), _) => protocol::runtime_error("super(): arg[0] deleted"),
        (_, None) => protocol::runtime_error("super(): __class__ cell not found"),
        (Some(Some(first)), Some(cell)) => Ok((cell, first)),
    }
}

/// For each running frame, outermost first: its code and the instruction it is at.
pub fn stack_trace(th: &Thread) -> Vec<(Arc<minipy_bytecode::Code>, u32)> {
    // SAFETY: only positions are read.
    unsafe {
        let at = |f: &thread::Frame| f.pc.offset_from((*f.code).start).max(1) as u32 - 1;
        let mut trace: Vec<_> = th.frames().map(|f| ((*(*f).code).code.clone(), at(&*f))).collect();
        trace.reverse();
        trace
    }
}

/// The module `builtins`.
pub fn builtins_module() -> Option<Value> {
    import::loaded("builtins")
}

/// Whether a value is a code object.
pub fn is_code(v: &Value) -> bool {
    v.cast::<CodeObject>().is_some()
}
