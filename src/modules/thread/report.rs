//! The report on a deadlock: who waits for what, who holds it, and where each thread is.

use super::lock;
use crate::object::{Attrs, Dict, Value, intern};
use crate::types::exception::Place;
use crate::types::function::CellObject;
use crate::types::module::Module;
use crate::types::{int, traceback};
use crate::vm::thread::Frame;
use crate::vm::{self, Thread};
use minipy_sched::{State, ThreadId, ThreadInfo};
use std::cell::RefCell;
use std::fmt::Write;

/// How many threads that are no more are remembered, for naming the owners of locks.
const REMEMBERED: usize = 256;

/// Threads that are no more: number, name, and how they went.
struct Gone(RefCell<Vec<(ThreadId, String, &'static str)>>);
// SAFETY: used only by the holder of the GIL, which no borrow outlasts.
#[allow(unsafe_code)]
unsafe impl Sync for Gone {}
static GONE: Gone = Gone(RefCell::new(Vec::new()));

fn remember(id: ThreadId, name: String, how: &'static str) {
    let mut gone = GONE.0.borrow_mut();
    if gone.len() == REMEMBERED {
        gone.remove(0);
    }
    gone.push((id, name, how));
}

/// A thread ends. Called by itself.
pub fn thread_ended(id: ThreadId) {
    if let Some(info) = minipy_sched::threads().into_iter().find(|t| t.id == id) {
        remember(id, info.name, "which has ended");
    }
}

/// In a new process, after `vm::Thread::forget_others`; `before` is who there was before the fork.
pub fn after_fork(before: &[(ThreadId, String)]) {
    let me = minipy_sched::current();
    for (id, name) in before.iter().filter(|(id, _)| *id != me) {
        remember(
            *id,
            name.clone(),
            "which does not exist in this process: it was forked while the lock was held",
        );
    }
}

/// Every thread and its name.
pub fn names() -> Vec<(ThreadId, String)> {
    minipy_sched::threads().iter().map(|t| (t.id, name(t))).collect()
}

/// The name of a thread: `threading`'s, if that module knows it.
fn name(info: &ThreadInfo) -> String {
    let modules = vm::import::modules();
    let threading = modules.cast::<Dict>().and_then(|m| m.get_interned(&intern("threading")).cloned());
    let known = threading.and_then(|t| {
        let table = t.cast::<Module>()?.namespace().get_interned(&intern("_active"))?.clone();
        let thread = table.cast::<Dict>()?.get(&int::from_u64(info.id.0)).ok().flatten()?;
        // Not the property: nothing of Python may run here.
        Attrs::of(&thread)?.get(&intern("_name"))
    });
    match known.as_ref().and_then(Value::as_str) {
        Some(n) => n.to_owned(),
        None if info.name.is_empty() => format!("thread {}", info.id.0),
        None => info.name.clone(),
    }
}

/// An owner in words.
fn describe(id: u64, threads: &[ThreadInfo]) -> String {
    if let Some(t) = threads.iter().find(|t| t.id.0 == id) {
        return name(t);
    }
    match GONE.0.borrow().iter().rev().find(|(t, ..)| t.0 == id) {
        Some((_, name, how)) if name.is_empty() => format!("thread {id}, {how}"),
        Some((_, name, how)) => format!("{name}, {how}"),
        None => format!("thread {id}, which has ended"),
    }
}

/// The expression by which a thread's own code reaches an object: a local or global variable, or an attribute
/// of one that is local; else a global variable of the main program.
fn expression(th: &Thread, object: &Value) -> Option<String> {
    let found = th.frames().find_map(|f| {
        // SAFETY: the thread waits for the GIL, so its frames are complete and stay so.
        #[allow(unsafe_code)]
        let frame = unsafe { &*f };
        in_frame(frame, object)
    });
    found.or_else(|| {
        let main = vm::import::modules().cast::<Dict>()?.get_interned(&intern("__main__"))?.clone();
        key_of(main.cast::<Module>()?.namespace(), object)
    })
}

#[allow(unsafe_code)]
fn in_frame(frame: &Frame, object: &Value) -> Option<String> {
    // SAFETY: a frame that is on a thread's stack has its code and function.
    let (code, globals) = unsafe { (&(*frame.code).code, frame.globals()) };
    if code.source.filename.starts_with('<') && &*code.source.filename != "<string>" {
        // The names inside the standard library would tell nobody anything.
        return None;
    }
    for (i, name) in code.varnames.iter().enumerate() {
        // SAFETY: the named variables are the frame's first registers.
        let mut v = unsafe { (*frame.regs.add(i)).clone() };
        if let Some(cell) = v.cast::<CellObject>() {
            v = cell.get();
        }
        let Some(v) = v.bound() else { continue };
        if v.is(object) {
            return Some(name.to_string());
        }
        if let Some((found, _)) =
            Attrs::of(&v).and_then(|a| a.items().into_iter().find(|(_, x)| x.is(object)))
        {
            return Some(format!("{name}.{}", found.as_str().unwrap_or_default()));
        }
    }
    for (i, name) in code.freevars.iter().enumerate() {
        // SAFETY: the closure has a cell for each free variable.
        let cell = unsafe { frame.cell(i) };
        if cell.cast::<CellObject>().is_some_and(|c| c.get().is(object)) {
            return Some(name.to_string());
        }
    }
    key_of(globals, object)
}

fn key_of(dict: &Dict, object: &Value) -> Option<String> {
    dict.items().into_iter().find(|(_, v)| v.is(object)).and_then(|(k, _)| k.as_str().map(str::to_owned))
}

fn line(info: &ThreadInfo, th: Option<&Thread>, threads: &[ThreadInfo]) -> String {
    let Some(reason) = info.reason else {
        return format!("  {} is in a system call\n", name(info));
    };
    if reason.what == "join" {
        return format!("  {} waits for the end of {}\n", name(info), describe(reason.object, threads));
    }
    // SAFETY: the cell is only replaced, by a thread that holds the GIL; the clone is taken at once.
    #[allow(unsafe_code)]
    let object = th.and_then(|th| unsafe { (*th.waits_for.as_ptr()).clone() }.bound());
    let called = object.as_ref().zip(th).and_then(|(o, th)| expression(th, o));
    let mut text = format!("  {} waits for {}", name(info), article(reason.what));
    if let Some(called) = called {
        let _ = write!(text, " '{called}'");
    }
    if reason.what != "condition"
        && let Some(owner) = object.as_ref().and_then(lock::owner)
    {
        let me = if owner == info.id.0 { " itself" } else { "" };
        let _ = write!(text, ", held by {}{me}", describe(owner, threads));
    }
    text.push('\n');
    text
}

fn article(what: &str) -> String {
    match what.chars().next() {
        Some('A' | 'E' | 'I' | 'O' | 'R' | 'a' | 'e' | 'i' | 'o') => format!("an {what}"),
        _ => format!("a {what}"),
    }
}

/// Reports a deadlock and ends the process. Called when every thread waits and none will wake by itself.
pub fn deadlock(threads: &[ThreadInfo]) {
    let of = |info: &ThreadInfo| Thread::find(info.id.0);
    let mut text = "Deadlock: every thread waits, and none will wake by itself.\n".to_owned();
    let waiting = threads.iter().filter(|t| t.state == State::Waiting);
    for info in waiting.clone() {
        text += &line(info, of(info), threads);
    }
    for info in waiting {
        let trace = of(info).map(vm::stack_trace).unwrap_or_default();
        let places: Vec<Place> = trace.into_iter().map(|(code, at)| Place { code, at, line: None }).collect();
        let _ =
            write!(text, "\n{} (most recent call last):\n{}", name(info), traceback::render_places(&places));
    }
    // Nobody else is to run any more.
    minipy_sched::finish();
    crate::modules::io::write_stderr(&text);
    std::process::exit(1);
}
